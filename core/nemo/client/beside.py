"""Has large JSON read in a process of its own (core.nemo.decoding), beside the event loop: a thread
would not do, for while it decodes, it holds what the loop needs to go on."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import core
from core.nemo import draft
from core.nemo.decoding import SECONDS, decoded, encoded
from core.nemo.draft import Differences, Digest
from core.nemo.errors import NemoError, Trouble

SMALL = 128 * 1024
"""Bytes that are read on the spot: a few milliseconds, less than a process takes to start."""
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
        """As core.nemo.draft.digested."""
        if len(body) <= self._small or not 200 <= status < 300:
            return draft.digested(body, headers, status, secret, language)
        said, text = await self._run("read", [language], [body])
        if (
            "refused" in said
        ):  # the error is told by the rules for all answers; nobody sends a large one
            await asyncio.to_thread(draft.digested, body, headers, status, secret, language)
            raise Trouble("an answer that cannot be read", endpoint="state")
        return draft.restored_digest(said, text)

    async def differences(self, before: str, after: str, language: str) -> Differences:
        """As core.nemo.draft.differences."""
        if len(before) + len(after) <= self._small:
            return draft.differences(before, after, language)
        said, _ = await self._run("differences", [language], [encoded(before), encoded(after)])
        return Differences(tuple(said["changes"]), tuple(said["added"]))

    async def timeline(self, text: str, language: str) -> str:
        """As core.nemo.draft.timeline_of."""
        if len(text) <= self._small:
            return draft.timeline_of(text, language)
        _, words = await self._run("timeline", [language], [encoded(text)])
        return words

    async def outline(self, text: str, language: str) -> str:
        """As core.nemo.draft.outline_of."""
        if len(text) <= self._small:
            return draft.outline_of(text, language)
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
                *(sys.executable, "-P", "-m", "core.nemo.decoding", task, *arguments),
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
