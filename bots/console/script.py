"""The walk without a prompt: says fixed lines one after the other, prints the conversation, keeps
the MP4."""

import asyncio
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from bots import sandbox
from bots.console.arguments import Walk, check_out, to_walk
from bots.console.board import QUIET_SECONDS
from bots.console.chat import Chat
from core import sanitize as harmless
from core.adapter import Receive
from core.domain.understanding import (
    language_of,
)
from core.i18n import text
from core.messages import Outbound, Video

LONGEST_SECONDS = 1800.0
"""A walk that takes longer has failed."""


def to_script(
    arguments: Sequence[str], out: Path, target: TextIO | None = None, language: str = "en"
) -> "Script":
    """The walk of `python -m bots try`, printed to `target`, its MP4 saved as `out`. Raises
    WrongSetting."""
    check_out(out)
    walk = to_walk(arguments, Path.cwd())
    language = language_of(" ".join(walk.lines)) or language
    return Script(
        replace(walk, lines=walk.lines or (text("console.try_words", language),)),
        out,
        target or sys.stdout,
        language,
    )


class Script(Chat):
    """An adapter whose user is a list of lines. `arrived` is the newest saved MP4, once there is
    one."""

    def __init__(
        self, walk: Walk, out: Path, target: TextIO, language: str, quiet: float = QUIET_SECONDS
    ) -> None:
        super().__init__(out.parent, language, quiet)
        self.arrived: Path | None = None
        self._walk, self._out, self._target = walk, out, target
        self._clips = 0

    async def run(self, receive: Receive) -> None:
        """Say every line, each after the answer to the one before; return when the last answer is
        complete."""
        try:
            with TemporaryDirectory() as folder:
                photos = self._walk.photos or (
                    await asyncio.to_thread(sandbox.sample, Path(folder) / "sample.jpg"),
                )
                async with asyncio.timeout(LONGEST_SECONDS):
                    await self._walk_through(photos, receive)
            if self.arrived is None:
                await self._note("console.no_video")
        except TimeoutError:
            await self._note("console.no_video")

    async def _walk_through(self, photos: tuple[Path, ...], receive: Receive) -> None:
        for number, line in enumerate(self._walk.lines):
            files = photos if number == 0 else ()
            self._clips = 0
            names = "".join(f"📎 {harmless.name(path.name)}  " for path in files)
            self._write("you", [f"{names}{line}"])
            await self._say(line, receive, files)
            await self.until_quiet()

    async def _saved(self, video: Video) -> str:
        # the clips of one line (one video of each) lie side by side; those of the next take their
        # place
        self._clips += 1
        out = (
            self._out
            if self._clips == 1
            else self._out.with_stem(f"{self._out.stem}-{self._clips}")
        )
        await asyncio.to_thread(_keep, Path(video.path), out)
        self.arrived = out
        return str(out)

    async def _print(self, lines: list[str], choices: list[str]) -> None:
        self._write("bot", [piece for line in [*lines, *choices] for piece in line.split("\n")])

    async def _redraw(self, message: Outbound) -> None:
        if news := self._news(message):
            self._write("  …", news.split("\n"))

    def _write(self, who: str, lines: list[str]) -> None:
        words = "".join(
            f"{who if n == 0 else '   '}  {line}".rstrip() + "\n" for n, line in enumerate(lines)
        )
        with suppress(
            OSError
        ):  # nobody reads it any more, or the disk is full: the film matters more
            self._target.write(words)
            self._target.flush()


def _keep(source: Path, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, out)
