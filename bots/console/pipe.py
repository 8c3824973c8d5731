"""The terminal chat without a terminal: lines as they come, every change of a status on a line of
its own."""

import asyncio
import codecs
import contextlib
import os
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TextIO

from bots.console.board import QUIET_SECONDS
from bots.console.chat import LEAVE, Chat
from core.adapter import Receive
from core.messages import Outbound


class Pipe(Chat):
    """A chat for pipes: lines as they come, every change of a status on a line of its own."""

    def __init__(
        self, source: int, target: TextIO, folder: Path, language: str, quiet: float = QUIET_SECONDS
    ) -> None:
        super().__init__(folder, language, quiet)
        self._source, self._target = source, target

    async def run(self, receive: Receive) -> None:
        """Say every line of the input; at its end wait for what is still open."""
        said = False
        async for line in _lines(self._source):
            if line.lower() in LEAVE:
                if self.board.busy:
                    await self._note("console.left_early")
                return
            if line:
                said = True
                await self._say(line, receive)
        if said:
            await self.until_quiet()

    async def _print(self, lines: list[str], choices: list[str]) -> None:
        self._write("\n".join([*lines, *choices]) + "\n\n")

    async def _redraw(self, message: Outbound) -> None:
        if news := self._news(message):
            self._write(f"{news}\n")

    def _write(self, words: str) -> None:
        with contextlib.suppress(OSError):  # nobody reads it any more, or the disk is full
            self._target.write(words)
            self._target.flush()


async def _lines(source: int) -> AsyncIterator[str]:
    """The lines of a file descriptor of any kind.

    A daemon thread reads it without Python's buffers: a stdin that never ends must not keep the
    process from ending."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue()

    def pump() -> None:
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        rest = ""
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            while chunk := os.read(source, 65_536):
                *lines, rest = (rest + decoder.decode(chunk)).split("\n")
                for line in lines:
                    loop.call_soon_threadsafe(queue.put_nowait, line.strip())
            loop.call_soon_threadsafe(queue.put_nowait, (rest + decoder.decode(b"", True)).strip())
            loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=pump, name="lines", daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line
