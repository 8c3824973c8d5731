"""Conversions in a process of their own: what a crafted picture does to the decoder must not happen to the bot.

`python -m core.media.workshop SOURCE FOLDER NAME` is that process: it limits itself, prepares one file, and says in
one line of JSON what came of it. It lives for one file, knows no secret, and costs nothing while there is none.
"""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import core
from core.media import prepare
from core.media.errors import ConverterMissing, DamagedFile, MediaError, PictureTooLarge, UnsupportedMedia
from core.media.kinds import HEAD, sniff
from core.media.prepared import Prepared

SECONDS = 120.0
MEGABYTES = 1536
"""Of address space: the largest picture that is decoded at all needs about 1.1 GB."""
LARGEST = 2**30
"""Bytes of a file that is written."""
FOUND = ("SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR")
"""What the process needs of the environment; tokens and keys are not among it."""


class Workshop:
    """Prepares files for the upload. `at_once` processes run at a time, each with so many seconds and megabytes."""

    def __init__(self, at_once: int = 1, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._seconds, self._megabytes = seconds, megabytes

    async def prepare(self, source: Path, folder: Path, name: str) -> Prepared:
        """As core.media.prepare, and raising the same; only what has to be decoded goes to the process."""
        if not await asyncio.to_thread(_needs_decoding, source):
            return await asyncio.to_thread(prepare, source, folder, name)
        async with self._places:
            said = await self._run(str(source), str(folder), name)
        return _understood(said)

    async def _run(self, *arguments: str) -> bytes:
        """What the process says; nothing from one that crashed or had to be ended."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "core.media.workshop", *arguments, str(self._megabytes)),
            env=_environment(),
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=DEVNULL,
        )
        try:
            async with asyncio.timeout(self._seconds):
                said, _ = await process.communicate()
        except TimeoutError:
            raise DamagedFile("takes too long to convert") from None
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        return said


def _needs_decoding(source: Path) -> bool:
    with source.open("rb") as file:
        return bool(sniff(file.read(HEAD)).convert)


def _environment() -> dict[str, str]:
    found = {name: os.environ[name] for name in FOUND if name in os.environ}
    return {**found, "PYTHONPATH": str(Path(core.__file__).parents[1]), "MALLOC_ARENA_MAX": "2"}


def _understood(said: bytes) -> Prepared:
    """The prepared file, or the error that stopped it. Silence is a crash: of the decoder, not of the bot."""
    try:
        answer = json.loads(said)
    except ValueError:
        raise DamagedFile("the converter crashed") from None
    match answer:
        case {"path": path, "name": name, "mime": mime, "bytes": size}:
            return Prepared(Path(path), name, mime, size)
        case {"error": "PictureTooLarge", "pixels": pixels, "limit": limit}:
            raise PictureTooLarge(pixels, limit)
        case {"error": "UnsupportedMedia", "detail": extension}:
            raise UnsupportedMedia(extension)
        case {"error": "ConverterMissing"}:
            raise ConverterMissing
    raise DamagedFile(str(answer.get("detail", "")))


def _told(error: MediaError) -> dict[str, object]:
    more = {"pixels": error.pixels, "limit": error.limit} if isinstance(error, PictureTooLarge) else {}
    return {"error": type(error).__name__, "detail": str(error), **more}


def _limit(megabytes: int) -> None:
    """Memory, processor time and file size, where the system knows such limits; and the others come first."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, megabytes * 2**20),
        (resource.RLIMIT_CPU, round(SECONDS)),
        (resource.RLIMIT_FSIZE, LARGEST),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(5)


def main(source: str, folder: str, name: str, megabytes: str) -> None:
    """Prepare one file."""
    _limit(int(megabytes))
    try:
        made = asdict(prepare(Path(source), Path(folder), name))
    except MediaError as error:
        made = _told(error)
    sys.stdout.write(json.dumps(made, default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
