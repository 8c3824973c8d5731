"""Reads large JSON in a process of its own, so that one person's draft of megabytes does not make
all others wait.

`python -m core.nemo.beside TASK ARGUMENT…` is that process: it takes texts from its standard input,
gives back one line of JSON and one text, and ends. A thread would not do: while it decodes, it
holds what the event loop needs to go on."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import core
from core.nemo import digest
from core.nemo.digest import Differences, Digest
from core.nemo.errors import NemoError, Trouble
from core.nemo.stream import slim

SMALL = 128 * 1024
"""Bytes that are read on the spot: a few milliseconds, less than a process takes to start."""
SECONDS = 90.0
MEGABYTES = 2048
"""Of address space; 16 MB of the worst JSON take about 1 GB."""
FOUND = ("SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR")
"""What the process needs of the environment; tokens and keys are not among it."""
UNREADABLE = '{"type":"large"}'
"""In place of a frame that could not be read: something came, whatever it was."""


class Beside:
    """One process at a time, with so many seconds; what has no more than `small` bytes is read
    without one."""

    def __init__(self, small: int = SMALL, seconds: float = SECONDS) -> None:
        self._small, self._seconds = small, seconds
        self._place = asyncio.Semaphore(1)

    async def read(
        self, body: bytes, headers: Mapping[str, str], status: int, secret: str, language: str
    ) -> Digest:
        """As core.nemo.digest.read."""
        if len(body) <= self._small or not 200 <= status < 300:
            return digest.read(body, headers, status, secret, language)
        said, text = await self._run("read", [language], [body])
        if (
            "refused" in said
        ):  # the error is told by the rules for all answers; nobody sends a large one
            await asyncio.to_thread(digest.read, body, headers, status, secret, language)
            raise Trouble("an answer that cannot be read", endpoint="state")
        return digest.restored(said, text)

    async def differences(self, before: str, after: str, language: str) -> Differences:
        """As core.nemo.digest.differences."""
        if len(before) + len(after) <= self._small:
            return digest.differences(before, after, language)
        said, _ = await self._run("differences", [language], [encoded(before), encoded(after)])
        return Differences(tuple(said["changes"]), tuple(said["added"]))

    async def timeline(self, text: str, language: str) -> str:
        """As core.nemo.digest.timeline."""
        if len(text) <= self._small:
            return digest.timeline(text, language)
        _, words = await self._run("timeline", [language], [encoded(text)])
        return words

    async def outline(self, text: str, language: str) -> str:
        """As core.nemo.digest.outline."""
        if len(text) <= self._small:
            return digest.outline(text, language)
        _, words = await self._run("outline", [language], [encoded(text)])
        return words

    async def slim(self, frame: str) -> str:
        """A frame of a turn, made small if it is large. Raises nothing: hanging up may end what is
        paid for."""
        if len(frame) <= self._small:
            return frame
        try:
            _, text = await self._run("slim", [], [encoded(frame)])
        except (NemoError, OSError):
            return UNREADABLE
        return text

    async def _run(
        self, task: str, arguments: Sequence[str], texts: Sequence[bytes]
    ) -> tuple[dict[str, Any], str]:
        """What the process says: a line of JSON, and a text. Raises Trouble where it crashed or
        took too long."""
        async with self._place:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "core.nemo.beside", task, *arguments),
                env=_environment(),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
            )
            try:
                async with asyncio.timeout(self._seconds):
                    said, _ = await process.communicate(b"".join(map(_framed, texts)))
            except TimeoutError:
                raise Trouble("takes too long to read", endpoint=task) from None
            finally:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        line, _, text = said.partition(b"\n")
        if not line:
            raise Trouble("too much to read", endpoint=task)
        return json.loads(line), decoded(text)


def encoded(text: str) -> bytes:
    """A text as it goes to the process, whatever it holds."""
    return text.encode(errors="surrogatepass")


def decoded(text: bytes) -> str:
    """The same back."""
    return text.decode(errors="surrogatepass")


def _framed(text: bytes) -> bytes:
    return len(text).to_bytes(8) + text


def _environment() -> dict[str, str]:
    found = {name: os.environ[name] for name in FOUND if name in os.environ}
    return {
        **found,
        "PYTHONPATH": os.pathsep.join(
            [str(Path(core.__file__).parents[1]), *filter(None, sys.path[1:])]
        ),
    }


# The process


def _read(language: str, texts: list[bytes]) -> tuple[object, str]:
    try:
        found = digest.read(texts[0], {}, 200, "", language)
    except NemoError:
        return {"refused": True}, ""
    return asdict(found) | {"text": ""}, found.text


def _differences(language: str, texts: list[bytes]) -> tuple[object, str]:
    return asdict(digest.differences(decoded(texts[0]), decoded(texts[1]), language)), ""


def _timeline(language: str, texts: list[bytes]) -> tuple[object, str]:
    return {}, digest.timeline(decoded(texts[0]), language)


def _outline(language: str, texts: list[bytes]) -> tuple[object, str]:
    return {}, digest.outline(decoded(texts[0]), language)


def _slim(_: str, texts: list[bytes]) -> tuple[object, str]:
    return {}, slim(decoded(texts[0]))


def bounded(megabytes: int, seconds: float) -> None:
    """Memory and processor time have an end, where the system knows such limits; and the others
    come first."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, megabytes * 2**20),
        (resource.RLIMIT_CPU, round(seconds)),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(5)


TASKS: Mapping[str, Callable[[str, list[bytes]], tuple[object, str]]] = {
    "read": _read,
    "differences": _differences,
    "timeline": _timeline,
    "outline": _outline,
    "slim": _slim,
}


def texts_in(given: BinaryIO) -> list[bytes]:
    """The texts, each behind its length."""
    found = []
    while length := given.read(8):
        found.append(given.read(int.from_bytes(length)))
    return found


def main(task: str, language: str = "en") -> None:
    """Do one task."""
    bounded(MEGABYTES, SECONDS)
    said, text = TASKS[task](language, texts_in(sys.stdin.buffer))
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + encoded(text))


if __name__ == "__main__":
    main(*sys.argv[1:])
