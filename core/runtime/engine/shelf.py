"""Files that every process can reach: what a chat hands out only once is kept where all are, and so
is what one process makes for another to post. One process alone needs no shelf."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import structlog

from core.adapter import FileGone, TooLarge, Unavailable
from core.files import copy_private, private_folder
from core.messages import SPOOL, Attachment, Inbound
from core.store import StoreAway

log = structlog.get_logger()

TRIES = 3
"""So many there are where it is this machine that fails."""
NOT_NOW = (OSError, StoreAway)
"""What getting or deleting a file raises that cannot be reached."""
MOST = 50 * 2**20
"""Bytes of a file that goes into the database; a larger one needs a folder that all share."""
WORK = "work"
"""In the place of a platform: files of our own making."""


class Shelved(Protocol):
    """Where files are by name; see core.store.postgres.files."""

    async def put(self, ref: str, path: Path) -> None: ...

    async def get(self, ref: str, path: Path) -> bool: ...

    async def drop(self, refs: Collection[str]) -> None: ...

    async def sweep(self, seconds: float, held: Collection[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class Shelf:
    """`folder` is this process's own, `shared` one that all processes see, if there is one;
    `pause` are the seconds between two tries."""

    files: Shelved
    folder: Path
    shared: Path | None = None
    pause: float = 1.0

    async def keep(self, inbound: Inbound) -> None:
        """The files that came with a message and are on this disk alone, before the message is
        taken in."""
        platform = inbound.address.platform
        for file in inbound.attachments:
            if file.ref.startswith(SPOOL):
                await self.put(platform, file.ref, self._spooled(platform, file.ref))

    async def put(self, platform: str, ref: str, path: Path) -> None:
        """A file of this disk, for all; as the store waits for its database, so does this. Too
        large a one stays where it is, and so does one that this machine cannot read or copy:
        whoever needs it elsewhere finds that it is gone, and says so."""
        failures = 0
        while failures < TRIES:
            try:
                await self._put(platform, ref, path)
                return
            except StoreAway as problem:
                log.warning("a file waits to be kept for all", problem=str(problem))
                await asyncio.sleep(self.pause)
            except FileNotFoundError:
                return
            except OSError as problem:
                failures += 1
                log.error("a file could not be kept for all", ref=ref, problem=str(problem))
                await asyncio.sleep(self.pause)

    async def _put(self, platform: str, ref: str, path: Path) -> None:
        size = (await asyncio.to_thread(path.stat)).st_size
        if size <= MOST:
            await self.files.put(name(platform, ref), path)
        elif self.shared is not None:
            await asyncio.to_thread(_copied, path, self._large(self.shared, platform, ref))

    async def fetch(self, platform: str, file: Attachment, folder: Path) -> Path:
        """The file behind a reference, in `folder`. Raises FileGone, TooLarge and Unavailable."""
        path = folder / f"shelved{Path(file.ref).suffix}"
        try:
            if await self.get(platform, file.ref, path):
                return path
        except NOT_NOW as problem:
            raise Unavailable(str(problem)) from None
        if (file.bytes or 0) > MOST and self.shared is None:
            raise TooLarge(MOST)
        raise FileGone("no longer kept")

    async def get(self, platform: str, ref: str, path: Path) -> bool:
        """Whether there is such a file, which is at `path` then. Raises NOT_NOW."""
        own = self._spooled(platform, ref)
        large = self._large(self.shared, platform, ref) if self.shared is not None else None
        for there in (own, large):
            if there is not None and there != path and await asyncio.to_thread(there.is_file):
                await asyncio.to_thread(copy_private, there, path)
                return True
        return await self.files.get(name(platform, ref), path)

    async def drop(self, platform: str, refs: Collection[str]) -> None:
        """Nobody needs these any more. Raises NOT_NOW."""
        if refs:
            await self.files.drop([name(platform, ref) for ref in refs])
        for ref in refs if self.shared is not None else ():
            await asyncio.to_thread(self._large(self.shared, platform, ref).unlink, missing_ok=True)

    async def sweep(self, seconds: float, held: Collection[str]) -> None:
        """Delete what is older than so many seconds; references that are `held` stay. Raises
        NOT_NOW."""
        await self.files.sweep(seconds, held)

    def _spooled(self, platform: str, ref: str) -> Path:
        inside = "work" if platform == WORK else f"{platform}/spool"
        return self.folder / inside / Path(ref.removeprefix(SPOOL)).name

    def _large(self, shared: Path | None, platform: str, ref: str) -> Path:
        assert shared is not None, "asked for where there is one"
        return shared / f"{platform}-{Path(ref.removeprefix(SPOOL)).name}"


def name(platform: str, ref: str) -> str:
    """By which the file is known to all."""
    return f"{platform}/{ref}"


def _copied(source: Path, target: Path) -> None:
    copy_private(source, private_folder(target.parent) / target.name)
