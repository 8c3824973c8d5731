"""Files of strangers are decoded in a process of their own: what a crafted one does must not happen
to the bot.

A process (core.media.workshop_process) lives for one file, knows no secret, has limits of memory
and time, and costs nothing while there is none. Who finds all places taken is told so at once and
comes again: waiting holds nothing."""

import asyncio
import errno
import json
import os
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import structlog

import core
from core.media import copies_films, prepare, recognise, sound
from core.media.errors import (
    ConverterMissing,
    DamagedFile,
    DoesNotFit,
    MediaError,
    Occupied,
    PictureTooLarge,
    SoundTooLong,
    TooSlow,
    UnsupportedMedia,
)
from core.media.kinds import Kind
from core.media.line import LONGEST_QUEUE_PAUSE, Line
from core.media.prepared import Prepared

log = structlog.get_logger()

SIGXCPU, SIGKILL = 24, 9
"""What a process has been ended by that has used up its time or its memory (as numbers: Windows
names neither)."""
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
FOUND = ("SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "PYTHONHOME")
"""What the process needs of the environment; tokens and keys are not among it."""
START = (
    "import gc, json, sys; gc.disable(); sys.path[:] = json.loads(sys.argv[1]);"
    " from core.media.workshop_process import main; main(*sys.argv[2:])"
)
"""The libraries are where this process has found them, by whatever way (a variable, a .pth file, an
option), so they are not looked for once more (-S). It is gone too soon to have any garbage."""


COPY = "copy"
"""The work of copying a film, and the line in which one waits for it."""


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
    ) -> None:
        self._line = Line({"jpeg": at_once, "m4a": at_once, COPY: at_once})
        self.copies = copies_films()
        """Looked up once: where open files run out, looking for a library fails as well."""
        self._copy_seconds = copy_seconds
        self._small = asyncio.Semaphore(at_once)
        self._seconds, self._megabytes, self._clock = seconds, megabytes, clock

    async def prepare(self, source: Path, folder: Path, name: str, person: str = "") -> Prepared:
        """As core.media.prepare, and raising the same; only what has to be decoded goes to the
        process.

        A `person` has one conversion at a time. Raises Occupied, before anything was done, where
        others come first."""
        kind, passed_on = await asyncio.to_thread(_passed_on, source, folder, name)
        if passed_on is not None:
            return passed_on
        if kind.convert == "m4a":
            await asyncio.to_thread(sound.check_length, source)
        with self._place(kind.convert, person or str(source)):
            said = await self._run("prepare", str(source), str(folder), name)
        return _prepared(said)

    async def copy(self, film: Path, target: Path, most: int, person: str = "") -> int:
        """Write the film as a GIF, or as a smaller MP4, as the ending of `target` says; its bytes,
        at most `most`.

        Nothing is there before it is whole. Raises as core.media.copies does, and Occupied as
        `prepare`."""
        with self._place(COPY, person or str(film)):
            said = await _run(
                self._copy_seconds, self._megabytes, COPY, str(film), str(target), str(most)
            )
        match _answer(said):
            case {"bytes": int(size)}:
                return size
        raise _error(said)

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
            said = await _run(SMALL_SECONDS, self._megabytes, work, *arguments)
        finally:
            self._small.release()
        if said.startswith(b"\xff\xd8"):
            return said
        raise _error(said)

    @contextmanager
    def _place(self, sort: str, person: str) -> Iterator[None]:
        if seconds := self._line.enter(sort, person, self._clock()):
            raise Occupied(seconds)
        try:
            yield
        finally:
            self._line.leave(sort, person)

    async def _run(self, *arguments: str) -> bytes:
        return await _run(self._seconds, self._megabytes, *arguments)


async def _run(seconds: float, megabytes: int, work: str, *arguments: str) -> bytes:
    """What the process says; nothing from one that crashed. Raises TooSlow or ConverterMissing."""
    limits = (str(megabytes), str(max(1, round(seconds))))
    try:
        process = await asyncio.create_subprocess_exec(
            *(
                sys.executable,
                "-P",
                "-S",
                "-c",
                START,
                json.dumps(_paths()),
                work,
                *limits,
                *arguments,
            ),
            env=_environment(),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=DEVNULL,
        )
    except OSError as problem:
        if problem.errno not in SHORT:
            raise
        log.warning("no process for a file just now", error=problem.strerror)
        raise Occupied(LONGEST_QUEUE_PAUSE) from None
    try:
        async with asyncio.timeout(seconds):
            said, _ = await process.communicate()
    except TimeoutError:
        raise TooSlow("takes too long to convert") from None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode in (-SIGXCPU, -SIGKILL):
        raise TooSlow("ended by its limits")
    if (
        process.returncode == 1
    ):  # Python itself has ended it: the libraries are not there, or not whole
        log.error("the process that converts files does not start", work=work)
        raise ConverterMissing
    return said


def _paths() -> list[str]:
    found = [*sys.path, str(Path(core.__file__).parents[1])]
    return list(dict.fromkeys(str(Path(path).resolve()) for path in found))


def _environment() -> dict[str, str]:
    found = {name: os.environ[name] for name in FOUND if name in os.environ}
    return {**found, "MALLOC_ARENA_MAX": "2", "PYTHONDONTWRITEBYTECODE": "1"}


def _passed_on(source: Path, folder: Path, name: str) -> tuple[Kind, Prepared | None]:
    """What it is, and the part to upload where nothing has to be decoded for that."""
    kind = recognise(source)
    return kind, None if kind.convert else prepare(source, folder, name)


def _prepared(said: bytes) -> Prepared:
    match _answer(said):
        case {"path": path, "name": name, "mime": mime, "bytes": size}:
            return Prepared(Path(path), name, mime, size)
    raise _error(said)


def _answer(said: bytes) -> dict[str, Any]:
    """Silence is a crash: of the decoder, not of the bot."""
    try:
        found: dict[str, Any] = json.loads(said)
    except ValueError:
        return {"detail": "the converter crashed"}
    return found


def _error(said: bytes) -> MediaError | OSError:
    match answer := _answer(said):
        case {"error": "PictureTooLarge", "pixels": pixels, "limit": limit}:
            return PictureTooLarge(pixels, limit)
        case {"error": "DoesNotFit", "limit": limit}:
            return DoesNotFit(limit)
        case {"error": "SoundTooLong", "seconds": seconds}:
            return SoundTooLong(seconds)
        case {"error": "UnsupportedMedia", "extension": extension}:
            return UnsupportedMedia(extension)
        case {"error": "ConverterMissing"}:
            return ConverterMissing()
        case {"errno": int(number), "detail": detail}:  # a full disk, say: not the file's fault
            return OSError(number, detail)
    return DamagedFile(str(answer.get("detail", "")))
