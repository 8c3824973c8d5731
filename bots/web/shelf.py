"""The files of the page on disk: what visitors bring, their small pictures, and what the bot posts.

Names on disk are drawn by lot: they owe nothing to what anybody calls a file."""

import asyncio
import os
import re
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bots.copies import copied
from core.adapter import FileGone
from core.files import copy_private, open_private, private_folder
from core.workshop import Workshop

PLACE = re.compile(r"[0-9a-f]{32}")
SMALL = "-small"
"""How the name of a small picture ends."""
LEFT_BEHIND = 3600.0
"""Seconds after which a file that no row names was left by a process that ended."""


@dataclass(frozen=True, slots=True)
class Space:
    """How much may lie there, in bytes: of one visitor, and of all; `free` is what the disk must
    have left."""

    each: int = 2 * 2**30
    all: int = 20 * 2**30
    free: int = 2**29


USUAL = Space()


class Shelf:
    """`folder` is a private one."""

    def __init__(self, folder: Path, workshop: Workshop, space: Space) -> None:
        self._folder, self._workshop, self.space = folder / "files", workshop, space
        self._making = asyncio.Semaphore()

    async def begin(self) -> None:
        """Make the folder. Raises OSError."""
        await asyncio.to_thread(private_folder, self._folder)

    def path(self, place: str) -> Path:
        """Where a file lies. Raises FileGone for what is no name of ours."""
        if not PLACE.fullmatch(place):
            raise FileGone("no file of the page")
        return self._folder / place

    async def write(self, pieces: AsyncIterator[bytes]) -> tuple[str, int]:
        """Take a file in, piece by piece; its name on disk and its bytes. What was cut off leaves
        nothing. Raises OSError, and what the pieces raise."""
        place, size = secrets.token_hex(16), 0
        target = self._folder / place
        try:
            with await asyncio.to_thread(open_private, target) as out:
                async for piece in pieces:
                    await asyncio.to_thread(out.write, piece)
                    size += len(piece)
                await asyncio.to_thread(_settle, out.fileno(), out)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        return place, size

    async def copied(self, source: Path) -> tuple[str, int]:
        """Keep a file of the engine's. Raises OSError."""
        place = secrets.token_hex(16)
        return place, await asyncio.to_thread(_copy, source, self._folder / place)

    async def written(self, text: str) -> tuple[str, int]:
        """Keep a text. Raises OSError."""

        async def piece() -> AsyncIterator[bytes]:
            yield text.encode()

        return await self.write(piece())

    async def fetch(self, place: str, folder: Path) -> Path:
        """A copy in that folder. Raises FileGone, and the OSError of a full disk."""
        target = folder / f"{place}-{secrets.token_hex(4)}"
        return await copied(self.path(place), target)

    async def small(self, place: str, *, film: bool) -> Path:
        """The small picture of a file, made when it is first asked for. Raises MediaError,
        FileGone or OSError."""
        source = self.path(place)
        target = source.with_name(f"{place}{SMALL}")
        async with self._making:  # of an album one after the other: the workshop waits for nobody
            if not await asyncio.to_thread(target.exists):
                make = self._workshop.still if film else self._workshop.thumbnail
                await asyncio.to_thread(_put, source, target, await make(source))
        return target

    async def remove(self, places: Iterable[str]) -> None:
        """Delete these, with their small pictures, as far as it goes."""
        await asyncio.to_thread(_remove, [self._folder / place for place in places])

    async def sweep(self, named: set[str]) -> None:
        """Delete what no row names and no process is writing any more."""
        await asyncio.to_thread(_sweep, self._folder, named)

    async def free(self) -> int:
        """Bytes that the disk has left."""
        return (await asyncio.to_thread(shutil.disk_usage, self._folder)).free


def _settle(descriptor: int, out: object) -> None:
    out.flush()  # type: ignore[attr-defined]
    os.fsync(descriptor)


def _copy(source: Path, target: Path) -> int:
    try:
        copy_private(source, target)
        with target.open("rb") as file:
            os.fsync(file.fileno())
        return target.stat().st_size
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _put(source: Path, target: Path, picture: bytes) -> None:
    """Raises FileGone where the file was erased meanwhile: then nothing of it may stay."""
    half = target.with_name(f"{target.name}-{secrets.token_hex(4)}")
    with open_private(half) as out:
        out.write(picture)
    half.replace(target)
    if not source.exists():
        target.unlink(missing_ok=True)
        raise FileGone("it was erased meanwhile")


def _remove(paths: list[Path]) -> None:
    for path in paths:
        for each in (path, path.with_name(f"{path.name}{SMALL}")):
            with suppress(OSError):
                each.unlink(missing_ok=True)


def _sweep(folder: Path, named: set[str]) -> None:
    """By the age on disk, which is the system's clock and not ours."""
    oldest = time.time() - LEFT_BEHIND
    for path in folder.glob("*"):
        with suppress(OSError):
            if path.name[:32] not in named and path.stat().st_mtime < oldest:
                path.unlink()
