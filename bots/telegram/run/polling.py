"""A getUpdates loop of our own: the library's confirms an update before anybody has stored it
(docs/platforms.md).

The offset moves past a batch only after `take` has returned for each update in it. A
crash at any moment thus brings the same updates again, which the core knows by their ids."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bots.telegram.delivery import seconds
from bots.telegram.run.lanes import lanes
from core.settings import WrongSetting

log = structlog.get_logger()
T = TypeVar("T")

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
"""Named each time: left out, the Bot API keeps whatever was set before."""

REJECTED = (
    "TELEGRAM_BOT_TOKEN cannot be used: Telegram does not accept this token. Copy it again "
    "from @BotFather "
    "(and leave TELEGRAM_API_URL empty unless you run a Bot API server). Example: "
    "TELEGRAM_BOT_TOKEN=123456789:AA…"
)
CONFLICT = (
    "another program receives this bot's messages: a second instance with the same "
    "TELEGRAM_BOT_TOKEN, or a webhook; "
    "stop it, this one keeps trying"
)

Take = Callable[[Update], Awaitable[None]]

ODD = (AttributeError, TypeError, LookupError, ValueError, ArithmeticError, OSError, RecursionError)
"""What an update of an unforeseen shape leads to, in the library, in our reading of it, or in what
comes of that."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: how long Telegram may hold a poll, when a poll counts as stalled, the pauses after
    trouble; between two chat actions, before the empty answer to a button, between two edits in a
    group, between two messages in a private chat; for a webhook call; between two looks at
    the menus."""

    poll: int = 25
    stalled: float = 45.0
    first_pause: float = 1.0
    longest_pause: float = 60.0
    conflict: float = 15.0
    action: float = 4.5
    answer: float = 0.6
    group_edit: float = 6.0
    apart: float = 1.0
    body: float = 15.0
    menus: float = 6 * 3600.0

    def pause(self, failures: int) -> float:
        """How long to wait after so many failures in a row: twice as long each time."""
        return min(self.longest_pause, self.first_pause * 2.0 ** min(failures - 1, 16))


class Keeping(HTTPXRequest):
    """The library's own transport, which keeps the last answer: the library drops a whole batch for
    one odd update."""

    last = b"{}"

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As in the library."""
        status, self.last = await super().do_request(*args, **kwargs)
        return status, self.last


class Poller:
    """Asks Telegram for updates until cancelled, and outlasts whatever the network does in
    between."""

    def __init__(
        self, bot: Bot, transport: Keeping, pace: Pace, clock: Callable[[], float]
    ) -> None:
        self._bot, self._transport, self._pace, self._clock = bot, transport, pace, clock
        self._conflicted = False
        self._worked = False
        self.answered = 0.0  # when Telegram last answered, by the clock

    async def run(self, take: Take) -> None:
        """Hand each update to `take`, a batch at a time, in order for each chat and person: so the
        store writes them together, and who comes last in a crowd hears as soon as the first.

        Raises WrongSetting for a token that is not accepted, and in a group whatever `take` does.
        """
        await self.persist(lambda: self._bot.delete_webhook(drop_pending_updates=False))
        offset: int | None = None
        while True:
            batch = await self.persist(lambda asked=offset: self._poll(asked))  # type: ignore[misc]
            known = (update for _, update in batch if update is not None)
            async with asyncio.TaskGroup() as group:
                for lane in lanes(known):
                    group.create_task(_in_order(lane, take))
            offset = max((number + 1 for number, _ in batch), default=offset)

    async def persist(self, call: Callable[[], Awaitable[T]]) -> T:
        """Repeat a call until it succeeds, with growing pauses."""
        failures = 0
        while True:
            try:
                answer = await call()
            except InvalidToken:
                failures += 1
                if failures >= 3 or not self._worked:
                    raise WrongSetting(REJECTED) from None
                pause = self._pace.pause(failures)
            except Conflict:
                pause = self._conflict()
            except RetryAfter as error:
                pause = min(seconds(error), self._pace.longest_pause)
            except (TelegramError, TimeoutError) as error:
                failures += 1
                pause = self._trouble(error, failures)
            else:
                self._recovered(failures)
                return answer
            await asyncio.sleep(pause)

    async def _poll(self, offset: int | None) -> list[tuple[int, Update | None]]:
        """One long poll, cut off when it stalls. An update that the library cannot read comes back
        as None."""
        async with asyncio.timeout(self._pace.stalled):
            try:
                updates = await self._bot.get_updates(
                    offset, timeout=self._pace.poll, allowed_updates=ALLOWED, read_timeout=15
                )
            except ODD:
                return self._one_by_one(json.loads(self._transport.last)["result"])
        return [(update.update_id, update) for update in updates]

    def _one_by_one(self, batch: list[dict[str, Any]]) -> list[tuple[int, Update | None]]:
        """The updates of a batch that the library cannot read as a whole."""
        return [
            (raw["update_id"], readable(raw, self._bot))
            for raw in batch
            if isinstance(raw.get("update_id"), int)
        ]

    def _conflict(self) -> float:
        if not self._conflicted:
            log.error(CONFLICT, again_in=self._pace.conflict)
        self._conflicted = True
        return self._pace.conflict

    def _trouble(self, error: TelegramError | TimeoutError, failures: int) -> float:
        """Say it once, and again now and then: a night without network must not fill the log."""
        pause = self._pace.pause(failures)
        if failures == 1 or failures % 20 == 0:
            stalled = not isinstance(error, TelegramError)
            what = (
                "Telegram's answer stalled, asking again"
                if stalled
                else "Telegram cannot be reached"
            )
            log.warning(what, error=type(error).__name__, failures=failures, again_in=pause)
        return pause

    def _recovered(self, failures: int) -> None:
        if failures or self._conflicted:
            log.info("Telegram answers again")
        self._conflicted, self._worked = False, True
        self.answered = self._clock()


async def _in_order(updates: Sequence[Update], take: Take) -> None:
    for update in updates:
        await take(update)


def readable(raw: dict[str, Any], bot: Bot) -> Update | None:
    """The update as the library's object, or None, with a line in the log, where the library cannot
    read it."""
    try:
        return Update.de_json(raw, bot)
    except ODD as error:
        log.error(
            "an update cannot be read and is left out",
            update=raw.get("update_id"),
            error=type(error).__name__,
        )
        return None
