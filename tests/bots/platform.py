"""What the suite for all adapters asks of a platform: the hands and eyes of the people there."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

import pytest

from core.adapter import Adapter
from core.messages import Inbound


class Trait(StrEnum):
    """What not every platform can show, or do. Where a platform can, its adapter has to."""

    GROUP = "a chat that others read"
    DISCREET = "something for one reader's eyes"
    SILENT = "a message without a ring"
    REPLY = "a message that refers to another"
    TOAST = "a line that appears and goes"
    IN_PLACE = "a message that changes in place"
    WORKING = "that the bot is busy"
    PAUSES = "a request for a pause"
    CUTS = "a line that breaks"
    CLOSING = "somebody who does not want to hear of the bot"
    DELETING = "a message that is deleted"
    SPANS = "words that are set apart from others"
    CARDS = "the parts of a status, set apart"
    FORGETTING = "a key for what was posted, which is forgotten after a while"
    CONFIRMING = "a word from the bot that a message was taken in"


@dataclass(frozen=True)
class Seen:
    """One message of the bot as a person sees it; `pages` are what its buttons open."""

    text: str
    labels: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    video: bytes | None = None
    document: bytes | None = None
    silent: bool = False
    reply_to: str = ""
    bold: tuple[str, ...] = ()


class Platform:
    """One adapter at work on its fake platform, and a person there.

    `lacks` says what the platform has not, and why: those cases are left out. `patience` is how
    long the other side of the wire may take, in seconds. While `open` is not set, nothing that
    comes in is stored; `begun` counts what came."""

    lacks: ClassVar[Mapping[Trait, str]] = {}
    adapter: Adapter
    folder: Path
    patience: float = 60.0

    def __init__(self, adapter: Adapter, folder: Path) -> None:
        self.adapter, self.folder = adapter, folder
        self.taken: list[Inbound] = []
        self.running: asyncio.Future[None] | None = None
        self.begun = 0
        self.open = asyncio.Event()
        self.open.set()

    # What each platform says for itself

    async def say(self, words: str, picture: bytes | None = None, *, group: bool = False) -> None:
        """One message, in the chat with the bot alone, or in a group where the bot is meant."""
        raise NotImplementedError

    async def press(self, label: str) -> None:
        """The newest button with this label."""
        raise NotImplementedError

    def shown(self) -> list[Seen]:
        """What the person reads of the bot, wherever, oldest first."""
        raise NotImplementedError

    def overheard(self) -> list[Seen]:
        """What another person in the group reads of the bot."""
        raise NotImplementedError

    def toasts(self) -> list[str]:
        """The lines that have appeared, and gone."""
        raise NotImplementedError

    def busy(self) -> bool:
        """Whether the person was shown that the bot is at work."""
        raise NotImplementedError

    def pause(self, seconds: float) -> None:
        """The platform asks whoever posts next to wait so long."""
        raise NotImplementedError

    def cut(self) -> None:
        """The next message is posted, but the answer is lost."""
        raise NotImplementedError

    def close(self) -> None:
        """The person does not want to hear of the bot any more."""
        raise NotImplementedError

    def delete(self, words: str) -> None:
        """The message with these words goes."""
        raise NotImplementedError

    def forget(self) -> None:
        """So much time passes that the platform knows no nonce any more."""
        raise NotImplementedError

    def confirmed(self) -> int:
        """How many messages the platform takes for delivered."""
        raise NotImplementedError

    # What follows from it

    def needs(self, *traits: Trait) -> None:
        """Leave the case out where the platform lacks one of them."""
        for trait in traits:
            if trait in self.lacks:
                pytest.skip(f"{self.adapter.platform} has not {trait}: {self.lacks[trait]}")

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what happens on the other side of a wire. Raises TimeoutError."""
        async with asyncio.timeout(self.patience):
            while not condition():  # (another program's screen rings no event)
                assert self.running is None or not self.running.done(), "the adapter has stopped"
                await asyncio.sleep(0.01)

    async def hears(
        self, words: str, picture: bytes | None = None, *, group: bool = False
    ) -> Inbound:
        """What the adapter makes of one message."""
        before = len(self.taken)
        await self.say(words, picture, group=group)
        await self.until(lambda: len(self.taken) > before)
        return self.taken[-1]

    async def pressed(self, label: str) -> Inbound:
        """What the adapter makes of the press of a button."""
        before = len(self.taken)
        await self.press(label)
        await self.until(lambda: len(self.taken) > before)
        return self.taken[-1]

    async def reads(self, part: str) -> Seen:
        """The first shown message that holds these words."""
        await self.until(lambda: any(part in seen.text for seen in self.shown()))
        return next(seen for seen in self.shown() if part in seen.text)

    async def receive(self, inbound: Inbound) -> None:
        """As the core takes it in."""
        self.begun += 1
        await self.open.wait()
        self.taken.append(inbound)


Set = Callable[[Path], AbstractAsyncContextManager[Platform]]
"""Makes a platform whose adapter is at work; the folder is the test's own."""


@asynccontextmanager
async def at_work(platform: Platform) -> AsyncIterator[Platform]:
    """The adapter takes in while the block lasts."""
    task = platform.running = asyncio.create_task(platform.adapter.run(platform.receive))
    try:
        yield platform
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
