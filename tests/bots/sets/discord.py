"""Discord's adapter on the fake REST API and gateway."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar

from tests.bots.discord.conftest import connected
from tests.bots.platform import Platform, Seen, Trait, at_work
from tests.servers.discord import Channel, FakeDiscord, Message, Photo
from tests.servers.discord.world import COMPONENT

POST = "POST /channels/{channel_id}/messages"


class AtDiscord(Platform):
    """One person, in the direct chat and in one channel of a server."""

    lacks: ClassVar[Mapping[Trait, str]] = {
        Trait.CONFIRMING: "the gateway tells once; what was missed is read again",
    }

    def __init__(self, fake: FakeDiscord, folder: Path) -> None:
        super().__init__(connected(fake, folder), folder)
        self._fake = fake

    async def say(self, words: str, picture: bytes | None = None, *, group: bool = False) -> None:
        """In a channel the bot is mentioned."""
        photos = [Photo("cat.jpg", picture)] if picture is not None else []
        channel = self._fake.general if group else self._fake.dm
        self._fake.says(words, photos, channel=channel, mention=group)

    async def press(self, label: str) -> None:
        """In the direct chat."""
        found = [seen for seen in self._fake.bot_says(self._fake.dm) if label in seen.labels]
        self._fake.presses(found[-1], label)

    def shown(self) -> list[Seen]:
        """Both chats, without what a press has called forth for the moment."""
        here = [*self._there(self._fake.dm), *self._there(self._fake.general)]
        return [_seen(message) for message in here if not _passing(message)]

    def overheard(self) -> list[Seen]:
        """What the other person sees."""
        said = self._fake.bot_says(self._fake.general, self._fake.onlooker)
        return [_seen(message) for message in said]

    def toasts(self) -> list[str]:
        """Hidden answers to presses."""
        return [message.content for message in self._there(self._fake.dm) if _passing(message)]

    def busy(self) -> bool:
        """Whether it types."""
        return bool(self._fake.dm.typing)

    def pause(self, seconds: float) -> None:
        """429 with a pause that the library does not sit out."""
        self._fake.refuse(POST, 429, seconds=seconds)

    def cut(self) -> None:
        """After it was posted."""
        self._fake.cut(POST)

    def close(self) -> None:
        """Direct messages are shut."""
        self._fake.refuse(POST, 403, 50007, times=9)

    def delete(self, words: str) -> None:
        """In the direct chat."""
        self._fake.deletes(next(m for m in self._there(self._fake.dm) if words in m.content))

    def forget(self) -> None:
        """The nonce of a message is kept for some minutes."""
        self._fake.clock.advance(24 * 3600.0)

    def _there(self, channel: Channel) -> list[Message]:
        return self._fake.bot_says(channel, self._fake.asker)


def _passing(message: Message) -> bool:
    return message.ephemeral and bool(message.asked_by and message.asked_by.kind == COMPONENT)


def _seen(there: Message) -> Seen:
    files = {file.photo.name.rpartition(".")[2]: file.photo.data for file in there.files}
    return Seen(
        text=f"{there.content}\n{there.card}".strip(),
        labels=tuple(there.labels),
        pages=tuple(button["url"] for button in there.buttons if button.get("url")),
        video=files.get("mp4"),
        document=files.get("json"),
        silent=there.silent,
        reply_to=str(there.reply_to.id) if there.reply_to else "",
        bold=tuple(re.findall(r"\*\*(.+?)\*\*", there.content)),
    )


@asynccontextmanager
async def platform(folder: Path) -> AsyncIterator[Platform]:
    """An adapter that is connected."""
    async with FakeDiscord() as fake:
        before = fake.gateway.identified
        async with at_work(AtDiscord(fake, folder)) as here:
            await fake.wait_for(lambda: fake.gateway.identified > before)
            yield here
