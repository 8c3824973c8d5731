"""What the platforms' libraries alone take to hear of a message or a command, and to send one:
children that say what it took. `python -m benchmarks.bare.platforms NAME Plan`."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import discord
from discord import app_commands, gateway, http
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from yarl import URL

from benchmarks.measuring import arguments, say, spent


@dataclass(frozen=True, slots=True)
class Plan:
    """`api` and `gateway` are addresses, `chats` those that are written to. `many` are counted,
    after `warm` others. `noting`: a wish is on disk before it is answered for good."""

    token: str
    api: str
    many: int
    warm: int
    gateway: str = ""
    chats: tuple[str, ...] = ()
    noting: bool = False


class Counter:
    """Processor seconds from the end of the warm ones, which is told, to the last one: the rest is
    only sent then, so that nothing of it was done before."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._seen, self._begun = plan, 0, 0.0
        self.done: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def one(self) -> None:
        """Another one is through."""
        self._seen += 1
        if self._seen == self._plan.warm:
            self._begun = spent()
            say("warm")
        if self._seen == self._plan.warm + self._plan.many:
            self.done.set_result(spent() - self._begun)


async def heard(plan: Plan, counter: Counter) -> float:
    """Telegram: updates by polling."""

    async def handle(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        counter.one()

    bot = Application.builder().token(plan.token).base_url(f"{plan.api}/bot").build()
    bot.add_handler(MessageHandler(filters.ALL, handle))
    async with bot:
        await bot.start()
        assert bot.updater is not None
        await bot.updater.start_polling()
        try:
            return await counter.done
        finally:
            await bot.updater.stop()
            await bot.stop()


async def sent(plan: Plan, counter: Counter) -> float:
    """Telegram: messages, one after the other, as fast as it may be."""
    bot = Application.builder().token(plan.token).base_url(f"{plan.api}/bot").build().bot
    async with bot:
        for number in range(plan.warm + plan.many):
            await bot.send_message(plan.chats[number % len(plan.chats)], f"{WORDS} {number}")
            counter.one()
            await asyncio.sleep(PAUSE)
        return await counter.done


WORDS = "Setting things up…"
PAUSE = 1 / 25
"""Telegram takes thirty messages a second."""


class Bare(discord.Client):
    """Hears, and answers one command at first with nothing."""

    def __init__(self, counter: Counter, folder: Path, *, noting: bool) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__(
            intents=intents, max_messages=None, member_cache_flags=discord.MemberCacheFlags.none()
        )
        self.counter = counter
        self.tree = app_commands.CommandTree(self)

        @self.tree.command(name="help", description="What there is")
        async def answer(use: discord.Interaction[Any]) -> None:
            await use.response.defer(ephemeral=True, thinking=True)
            counter.one()

        @self.tree.command(name="video", description="Make a video")
        async def make(
            use: discord.Interaction[Any], prompt: str, photo1: discord.Attachment
        ) -> None:
            note = folder / f"{use.id}.json"
            if noting:
                asked = {"use": use.id, "by": use.user.id, "words": prompt, "photo": photo1.url}
                await asyncio.gather(
                    asyncio.to_thread(written, note, asked), use.response.defer(thinking=True)
                )
            else:
                await use.response.defer(thinking=True)
            await photo1.save(folder / f"{use.id}.jpg")
            if noting:
                await asyncio.to_thread(note.unlink)
            counter.one()

    async def setup_hook(self) -> None:
        """Tell of the command."""
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        """One more."""
        self.counter.one()


def written(note: Path, asked: dict[str, Any]) -> None:
    """Whole, or not at all."""
    half = note.with_suffix(".part")
    half.write_text(json.dumps(asked), encoding="utf-8")
    half.rename(note)


async def gateway_heard(plan: Plan, counter: Counter) -> float:
    """Discord: messages or commands, whichever come."""
    http.Route.BASE = plan.api
    gateway.DiscordWebSocket.DEFAULT_GATEWAY = URL(plan.gateway)
    with TemporaryDirectory(prefix="benchmark-") as folder:
        return await _connected(Bare(counter, Path(folder), noting=plan.noting), plan)


async def _connected(client: Bare, plan: Plan) -> float:
    async with client:
        running = asyncio.create_task(client.start(plan.token))
        try:
            return await client.counter.done
        finally:
            await client.close()
            await asyncio.gather(running, return_exceptions=True)


MEASURES: dict[str, Callable[[Plan, Counter], Awaitable[float]]] = {
    "telegram heard": heard,
    "telegram sent": sent,
    "discord": gateway_heard,
}


async def follow(name: str, plan: Plan) -> float:
    """What it took."""
    return await MEASURES[name](plan, Counter(plan))


if __name__ == "__main__":
    name, given = arguments()
    say(asyncio.run(follow(name, Plan(**given))))
