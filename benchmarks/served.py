"""What our adapters take for the same as benchmarks.bare.platforms: `python -m benchmarks.served
NAME Plan`."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bare.platforms import PAUSE, WORDS, Counter, Plan
from benchmarks.measuring import arguments, say
from bots import discord, telegram
from bots.telegram.run import Telegram
from core.adapter import Adapter
from core.messages import Address, Inbound, Outbound, Recipient, Words
from core.ops.logs import configure


def environment(plan: Plan) -> dict[str, str]:
    """As an operator sets it."""
    if not plan.gateway:
        return {"TELEGRAM_BOT_TOKEN": plan.token, "TELEGRAM_API_URL": plan.api}
    return {
        "DISCORD_BOT_TOKEN": plan.token,
        "DISCORD_API_URL": plan.api,
        "DISCORD_GATEWAY_URL": plan.gateway,
    }


async def heard(adapter: Adapter, plan: Plan, counter: Counter) -> float:
    """All that comes, handed to a core that does nothing."""

    async def receive(inbound: Inbound) -> None:
        counter.one()

    if isinstance(adapter, Telegram):
        adapter.menus = ()  # told once, at a first start: no part of an update
    running = asyncio.create_task(adapter.run(receive))
    try:
        return await counter.done
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def sent(adapter: Adapter, plan: Plan, counter: Counter) -> float:
    """Messages as the core hands them out."""
    assert isinstance(adapter, Telegram)
    try:
        for number in range(plan.warm + plan.many):
            to = Recipient(Address(adapter.platform, plan.chats[number % len(plan.chats)]))
            await adapter.send(Outbound(to, Words(f"{WORDS} {number}")), None, str(number))
            counter.one()
            await asyncio.sleep(PAUSE)
        return await counter.done
    finally:
        await adapter.close()


MEASURES: dict[str, Callable[[Adapter, Plan, Counter], Awaitable[float]]] = {
    "telegram heard": heard,
    "telegram sent": sent,
    "discord": heard,
}


async def follow(name: str, plan: Plan) -> float:
    """What it took."""
    connect = discord.connect if plan.gateway else telegram.connect
    with TemporaryDirectory(prefix="benchmark-") as folder:
        adapter = connect(environment(plan), Path(folder))
        assert adapter is not None
        return await MEASURES[name](adapter, plan, Counter(plan))


if __name__ == "__main__":
    configure("WARNING", "console", [], libraries=False)
    name, given = arguments()
    say(asyncio.run(follow(name, Plan(**given))))
