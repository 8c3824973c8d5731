"""Telegram's adapter on the fake Bot API."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from tests.bots.platform import Platform, Seen, Trait, at_work
from tests.bots.telegram.conftest import PACE, connected
from tests.servers.telegram import BOT_NAME, USER, FakeTelegram
from tests.servers.telegram import Seen as There

GROUP = -1_000_000_000_700
PATIENT = replace(PACE, answer=300.0)
"""A toast is in time, however busy the machine is."""


class AtTelegram(Platform):
    """One person, in private and in one group."""

    lacks: ClassVar[Mapping[Trait, str]] = {
        Trait.CARDS: "a message is words; they say the same",
        Trait.FORGETTING: "there is no such key",
    }

    def __init__(self, fake: FakeTelegram, folder: Path) -> None:
        super().__init__(connected(fake, folder, PATIENT, time.time), folder)
        self._fake = fake
        fake.add_group(GROUP)

    async def say(self, words: str, picture: bytes | None = None, *, group: bool = False) -> None:
        """In a group the bot is named."""
        words, chat = (f"{words} @{BOT_NAME}", GROUP) if group else (words, USER)
        self._fake.user_sends(words, photo=picture, chat=chat)

    async def press(self, label: str) -> None:
        """In the private chat."""
        found = [seen for seen in self._fake.said() if label in seen.labels]
        self._fake.presses(found[-1].id, label)

    def shown(self) -> list[Seen]:
        """Both chats."""
        return [_seen(there) for there in self._fake.said()] + self.overheard()

    def overheard(self) -> list[Seen]:
        """All of the group."""
        return [_seen(there) for there in self._fake.said(GROUP)]

    def toasts(self) -> list[str]:
        """What the presses were answered with."""
        return [words for words in self._fake.world.queries.values() if words]

    def busy(self) -> bool:
        """Whether a chat action was sent."""
        return bool(self._fake.calls("sendChatAction"))

    def pause(self, seconds: float) -> None:
        """429 with a pause."""
        words = f"Too Many Requests: retry after {seconds:g}"
        self._fake.refuse("sendMessage", 429, words, retry_after=int(seconds))

    def cut(self) -> None:
        """After it was posted."""
        self._fake.drop("sendMessage")

    def close(self) -> None:
        """The bot is blocked."""
        self._fake.user_blocks()

    def delete(self, words: str) -> None:
        """For both sides."""
        self._fake.user_deletes(next(seen.id for seen in self._fake.said() if words in seen.text))

    def confirmed(self) -> int:
        """Asked for no more."""
        return len(self._fake.confirmed())


def _seen(there: There) -> Seen:
    buttons = [button for row in there.buttons for button in row]
    return Seen(
        text=there.text,
        labels=tuple(there.labels),
        pages=tuple(data for _, data in buttons if data.startswith("https://")),
        video=there.video,
        document=there.document,
        silent=there.silent,
        reply_to=str(there.reply_to or ""),
        bold=tuple(
            there.text[it["offset"] : it["offset"] + it["length"]]
            for it in there.body.get("entities", ())
            if it["type"] == "bold"
        ),
    )


@asynccontextmanager
async def platform(folder: Path) -> AsyncIterator[Platform]:
    """An adapter that polls."""
    async with FakeTelegram() as fake, at_work(AtTelegram(fake, folder)) as here:
        yield here
