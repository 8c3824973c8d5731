"""What Telegram says of the bot account: whether the token is accepted, what it sees in groups, who
else asks for its messages."""

from collections.abc import AsyncIterator
from typing import Any

from bots.telegram.settings import Settings
from core.connections import Answer, Asking, Unreachable
from core.ops.findings import Finding, note, well, wrong

ABOUT = "Telegram"
LISTENED = 4
"""Seconds for which the bot's messages are asked for: another program that does the same comes
back within them, and cuts us off."""
MANY = 1000
"""Messages that nobody has fetched."""


async def findings(
    settings: Settings, asking: Asking, *, runs: bool, listened: int = LISTENED
) -> AsyncIterator[Finding]:
    """Nothing is confirmed, sent or set. A bot that `runs` is not disturbed by asking for its
    messages."""
    account = Account(settings, asking)
    try:
        answer = await account.call("getMe")
        if answer.status in (401, 404):
            remedy = "Copy it again from @BotFather: /mybots, your bot, API Token."
            yield wrong(ABOUT, "TELEGRAM_BOT_TOKEN is not accepted.", remedy, "telegram-token")
            return
        me = account.result(answer)
        if not me:
            remedy = "TELEGRAM_API_URL must name a Bot API server; it may also pass."
            said = f"it answers with {answer.status}, and not as a Bot API server."
            yield wrong(ABOUT, said, remedy, "telegram-answer")
            return
        yield _of_groups(me)
        async for finding in _of_updates(account, settings, None if runs else listened):
            yield finding
        if not account.result(await account.call("getMyCommands")):
            yield note(ABOUT, "no menu is set yet.", "The bot sets it when it starts.", "menu")
    except Unreachable as problem:
        remedy = "Look at the network, PROXY_URL and TELEGRAM_API_URL."
        yield wrong(ABOUT, f"it cannot be reached: {problem}.", remedy, "telegram-unreachable")


class Account:
    """Calls with the bot's token, which stays out of every word."""

    def __init__(self, settings: Settings, asking: Asking) -> None:
        self._base, self._asking = f"{settings.telegram_api_url}/bot{settings.token}", asking

    async def call(self, method: str, patience: float | None = None) -> Answer:
        """What Telegram answers. Raises Unreachable."""
        return await self._asking.get(f"{self._base}/{method}", patience=patience)

    @staticmethod
    def result(answer: Answer) -> Any:
        """What was asked for; None where it was refused."""
        fits = isinstance(answer.value, dict) and answer.value.get("ok")
        return answer.value.get("result") if fits else None


def _of_groups(me: dict[str, Any]) -> Finding:
    name = me.get("username", "")
    if not me.get("can_join_groups", True):
        said = f"@{name} is accepted, but may not join groups."
        remedy = "@BotFather, /setjoingroups, if it should."
        return note(ABOUT, said, remedy, "telegram-groups")
    if me.get("can_read_all_group_messages"):
        said = f"@{name} is accepted, and reads everything in groups."
        return note(
            ABOUT, said, "It need not: @BotFather, /setprivacy, Enable.", "telegram-privacy"
        )
    said = f"@{name} is accepted; in groups it sees what is meant for it."
    return well(ABOUT, said, "telegram")


async def _of_updates(
    account: Account, settings: Settings, listened: int | None
) -> AsyncIterator[Finding]:
    hook = account.result(await account.call("getWebhookInfo")) or {}
    set_there, ours = hook.get("url", ""), settings.telegram_webhook_url
    if error := hook.get("last_error_message") if set_there else "":
        said = f"it could not deliver to the webhook: {error}."
        remedy = "TELEGRAM_WEBHOOK_URL must lead to this bot from outside, by a valid certificate."
        yield note(ABOUT, said, remedy, "telegram-webhook-error")
    if (waiting := hook.get("pending_update_count", 0)) > MANY:
        yield note(ABOUT, f"{waiting} messages wait for the bot.", "Start it.", "telegram-waiting")
    if set_there and set_there != ours:
        said = "a webhook is set that is not this bot's; the bot takes it away when it starts."
        remedy = "If another program uses this token, make a bot of its own for it."
        yield note(ABOUT, said, remedy, "telegram-webhook")
    elif ours and not set_there:
        said = "the webhook is not set yet; the bot sets it when it starts."
        yield note(ABOUT, said, "", "telegram-webhook-unset")
    elif not set_there and listened is not None:
        async for finding in _of_pollers(account, listened):
            yield finding


async def _of_pollers(account: Account, listened: int) -> AsyncIterator[Finding]:
    """Asking without an offset confirms nothing: the messages stay for the bot."""
    found = await account.call(f"getUpdates?timeout={listened}&limit=1", listened + 10.0)
    if found.status == 409:
        said = "another program asks for this bot's messages as well."
        remedy = "If it is not this bot itself, stop it, or revoke the token at @BotFather."
        yield note(ABOUT, said, remedy, "telegram-poller")
