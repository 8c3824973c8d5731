"""Files of strangers are decoded in processes of their own: what a crafted one does must not happen
to the bot.

A process (core.media.decoding) lives for one file, knows no secret, and has limits of memory and
time. Who finds all places taken is told so at once and comes again: waiting holds nothing."""

import asyncio
import errno
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, Self

import structlog

from core.media import (
    COPYING,
    ConverterMissing,
    Kind,
    Occupied,
    Prepared,
    TooSlow,
    check_sound_length,
    copies_films,
    passed_on,
    recognise,
)
from core.workshop.alone import Alone
from core.workshop.answers import picture_of, prepared_of, size_of
from core.workshop.forks import LIMITS, Forks
from core.workshop.line import LONGEST_QUEUE_PAUSE, Line

log = structlog.get_logger()

FORKING = sys.platform == "linux"
"""Elsewhere a process is started from nothing for each file."""
SHORT = (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE)
"""What the machine has too little of at the moment: memory, processes, open files."""
SECONDS = 60.0
"""For one conversion; also of processor time."""
COPY_SECONDS = 300.0
"""For a copy of a finished film: a minute in full size takes 40 of them, and the machine has other
things to do."""
SMALL_SECONDS = 10.0
"""For a small picture, which nobody misses for long."""
SOON = 5.0
"""Seconds that a small picture waits for its turn."""
MEGABYTES = 1536
"""Of address space: the largest picture that is decoded at all needs about 1.1 GB."""


class Processes(Protocol):
    """Where one does a piece of work."""

    async def run(self, seconds: float, *words: str) -> tuple[int, bytes]:
        """How it has ended, as `Popen.returncode`, and what it said. Raises TooSlow, or OSError
        where no process can be started."""
        ...

    async def close(self) -> None:
        """No process is left."""
        ...


class Workshop:
    """Prepares files for the upload, and makes small pictures and copies of films.

    `at_once` conversions of pictures run at a time, as many of sound, as many copies of films, and
    as many small pictures: none of the four waits for the others. Each has so many seconds and
    megabytes."""

    def __init__(
        self,
        at_once: int = 1,
        seconds: float = SECONDS,
        megabytes: int = MEGABYTES,
        clock: Callable[[], float] = time.monotonic,
        copy_seconds: float = COPY_SECONDS,
        *,
        forking: bool = FORKING,
    ) -> None:
        self._processes: Processes = Forks() if forking else Alone()
        self._line = Line({"jpeg": at_once, "m4a": at_once, COPYING: at_once})
        self.copies = copies_films()
        """Looked up once: where open files run out, looking for a library fails as well."""
        self._copy_seconds = copy_seconds
        self._small = asyncio.Semaphore(at_once)
        self._seconds, self._megabytes, self._clock = seconds, megabytes, clock

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Nothing is decoded any more, and no process waits for that."""
        await self._processes.close()

    async def prepare(self, source: Path, folder: Path, name: str, person: str = "") -> Prepared:
        """As core.media.prepare, and raising the same; only what has to be decoded goes to the
        process.

        A `person` has one conversion at a time. Raises Occupied, before anything was done, where
        others come first."""
        kind, there = await asyncio.to_thread(_passed_on, source, name)
        if there is not None:
            return there
        if kind.convert == "m4a":
            await asyncio.to_thread(check_sound_length, source)
        with self._place(kind.convert, person or str(source)):
            said = await self._run(self._seconds, "prepare", str(source), str(folder), name)
        becomes = kind.becomes
        target = folder / f"{name}.{becomes.extension}"
        return await asyncio.to_thread(prepared_of, said, target, becomes.mime)

    async def copy(self, film: Path, target: Path, most: int, person: str = "") -> int:
        """Write the film as a GIF, or as a smaller MP4, as the ending of `target` says; its bytes,
        at most `most`.

        Nothing is there before it is whole. Raises as core.media.copies does, and Occupied as
        `prepare`."""
        with self._place(COPYING, person or str(film)):
            said = await self._run(self._copy_seconds, COPYING, str(film), str(target), str(most))
        return size_of(said)

    async def thumbnail(self, photo: Path) -> bytes:
        """As core.media.pictures.thumbnail. Raises MediaError, also where there was no time for
        it."""
        return await self._picture("thumbnail", str(photo))

    async def tile(self, photo: Path, width: int, height: int) -> bytes:
        """As core.media.pictures.tile. Raises MediaError, also where there was no time for it."""
        return await self._picture("tile", str(photo), str(width), str(height))

    async def still(self, clip: Path) -> bytes:
        """As core.media.stills.still. Raises MediaError, also where there was no time for it."""
        return await self._picture("still", str(clip))

    async def sheet(self, pictures: Sequence[Path | None], first: int) -> bytes:
        """As core.media.sheets.sheet. Raises MediaError, also where there was no time for it."""
        return await self._picture("sheet", str(first), *(str(it or "") for it in pictures))

    async def _picture(self, work: str, *arguments: str) -> bytes:
        try:
            async with asyncio.timeout(SOON):
                await self._small.acquire()
        except TimeoutError:
            raise Occupied(SOON) from None
        try:
            return picture_of(await self._run(SMALL_SECONDS, work, *arguments))
        finally:
            self._small.release()

    @contextmanager
    def _place(self, sort: str, person: str) -> Iterator[None]:
        if seconds := self._line.enter(sort, person, self._clock()):
            raise Occupied(seconds)
        try:
            yield
        finally:
            self._line.leave(sort, person)

    async def _run(self, seconds: float, work: str, *arguments: str) -> bytes:
        """What the process says; nothing from one that crashed. Raises TooSlow, ConverterMissing or
        Occupied."""
        limits = (str(self._megabytes), str(max(1, round(seconds))))
        try:
            code, said = await self._processes.run(seconds, work, *limits, *arguments)
        except OSError as problem:
            if problem.errno not in SHORT:
                raise
            log.warning("no process for a file just now", error=problem.strerror)
            raise Occupied(LONGEST_QUEUE_PAUSE) from None
        if code in LIMITS:
            raise TooSlow("ended by its limits")
        if code == 1:  # Python itself has ended it: the libraries are not there, or not whole
            log.error("the process that converts files does not start", work=work)
            raise ConverterMissing
        return said


def _passed_on(source: Path, name: str) -> tuple[Kind, Prepared | None]:
    """What it is, and the part to upload where nothing has to be decoded for that."""
    kind = recognise(source)
    return kind, None if kind.convert else passed_on(source, name, kind)
