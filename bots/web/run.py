"""The adapter of the page: the chat of each visitor in a journal, shown by a server of its own."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import structlog

from bots.web.desk import REF, Desk
from bots.web.journal import Journal, TooNew
from bots.web.posting import Posting
from bots.web.server import application, serving
from bots.web.settings import Settings
from bots.web.shelf import USUAL, Shelf, Space
from bots.web.streams import Streams
from bots.web.translate import PLATFORM
from core.adapter import FileGone, Receive, Unsent
from core.clock import SteadyClock
from core.domain.privacy import lifetime
from core.domain.spans import DAY, HOUR
from core.files import private_folder, reason_of
from core.messages import Attachment, Outbound
from core.settings import WrongSetting
from core.vault import Vault
from core.workshop import Workshop

log = structlog.get_logger()

LARGEST = 2**31
AGAIN_SECONDS = 30.0
"""After so long, what the engine did not take in is handed to it again."""


class Kept(NamedTuple):
    """What `run` opens, and the other verbs use."""

    journal: Journal
    shelf: Shelf
    posting: Posting


class Web:
    """One page, with a private chat for each visitor; implements core.adapter.Adapter, Audible and
    Keeping. `folder` is a private one; `tell` gets the address once the page is there."""

    platform: str = PLATFORM
    edit_seconds: float = 0.4
    repeatable: bool = True  # by the nonce, which the journal keeps as long as the message
    largest_upload: int = LARGEST
    largest_download: int = 0

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        vault: Callable[[], Vault],
        tell: Callable[[str], None] = lambda address: log.info("the page is there", at=address),
        clock: Callable[[], float] | None = None,
        space: Space = USUAL,
    ) -> None:
        self._settings, self._folder, self._vault, self._tell = settings, folder, vault, tell
        self._clock, self._space = clock or SteadyClock(), space
        self._streams = Streams()
        self._kept: Kept | None = None
        self._open = asyncio.Event()
        self._listening = False

    @property
    def heard(self) -> float:
        """See core.adapter.Audible: the server hears as long as it listens."""
        return self._clock() if self._listening else 0.0

    async def run(self, receive: Receive) -> None:
        """Serve the page until cancelled. Raises WrongSetting where the port, or the journal,
        cannot be used."""
        async with Workshop() as workshop:
            await self._run(Shelf(self._folder, workshop, self._space), receive)

    async def _run(self, shelf: Shelf, receive: Receive) -> None:
        journal = await self._opened(shelf)
        try:
            self._streams = Streams()
            posting = Posting(journal, shelf, self._streams, self._clock)
            kept = self._kept = Kept(journal, shelf, posting)
            self._open.set()
            desk = Desk(journal, self._streams, receive, self._clock)
            app = application(self._settings, journal, shelf, self._streams, desk, self._clock)
            async with serving(app, self._settings, self._streams) as address:
                await self._serve(address, desk, kept)
        finally:
            self._listening = False
            self._open.clear()
            await journal.close()

    async def _serve(self, address: str, desk: Desk, kept: Kept) -> None:
        self._listening = True
        self._tell(address)
        swept, before = -HOUR, self._clock()
        while True:
            await self._resume(desk, before)
            if self._clock() - swept >= HOUR:
                swept = self._clock()
                await self._sweep(kept)
            await asyncio.sleep(AGAIN_SECONDS)
            before = self._clock() - AGAIN_SECONDS

    async def _resume(self, desk: Desk, before: float) -> None:
        """Nobody stays without an answer: what could not be handed on at once is, a little
        later."""
        try:
            await desk.resume(before - DAY, before)
        except (sqlite3.Error, OSError) as problem:
            log.warning("what was said could not be handed on", error=type(problem).__name__)

    async def _opened(self, shelf: Shelf) -> Journal:
        try:
            await asyncio.to_thread(private_folder, self._folder)
            await shelf.begin()
            vault = await asyncio.to_thread(self._vault)
            return await Journal.open(self._folder, vault, self._clock)
        except OSError as problem:
            raise WrongSetting(f"{self._folder} cannot be used: {reason_of(problem)}.") from None
        except (sqlite3.Error, TooNew) as problem:
            raise WrongSetting(
                f"{self._folder / 'journal.sqlite'} cannot be used: {problem}. Put a copy of it in"
                " its place, or remove it: the chats of the page begin anew then"
            ) from None

    async def _ready(self) -> Kept:
        """Messages that are owed may come before the journal is open."""
        await self._open.wait()
        assert self._kept is not None
        return self._kept

    async def send(
        self, message: Outbound, edit: str | None, nonce: str, *, again: bool = False
    ) -> str:
        """See core.adapter."""
        if message.toast:
            if message.ticket and message.ticket.expires > self._clock():
                self._streams.passing(message.address.chat, "toast", {"text": message.text})
            return ""
        kept = await self._ready()
        try:
            return await kept.posting.post(message, edit, nonce)
        except sqlite3.Error as problem:
            raise Unsent(type(problem).__name__) from None

    async def fetch(self, attachment: Attachment, folder: Path) -> Path:
        """See core.adapter."""
        if not attachment.ref.startswith(REF):
            raise FileGone("no file of the page")
        kept = await self._ready()
        return await kept.shelf.fetch(attachment.ref.removeprefix(REF), folder)

    async def copy(self, user: str) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """See core.adapter.Keeping."""
        kept = await self._ready()
        try:
            return await kept.journal.copy_of(user)
        except sqlite3.Error as problem:
            raise OSError(f"the journal: {type(problem).__name__}") from None

    async def forget(self, user: str, until: float) -> None:
        """See core.adapter.Keeping."""
        kept = await self._ready()
        try:
            places = await kept.journal.forget(user, until)
        except sqlite3.Error as problem:
            raise OSError(f"the journal: {type(problem).__name__}") from None
        await kept.shelf.remove(places)
        self._streams.wake(user)

    async def _sweep(self, kept: Kept) -> None:
        now = self._clock()
        try:
            ended = await kept.journal.sweep(now - lifetime("page"), now - DAY)
            await kept.shelf.remove(ended)
            await kept.shelf.sweep(await kept.journal.places())
        except (sqlite3.Error, OSError) as problem:  # the next one finds what is left
            log.warning("the page could not tidy up", error=type(problem).__name__)
