"""The walk without a prompt: says fixed lines one after the other, prints the conversation, keeps the MP4."""

import asyncio
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from bots import sandbox
from bots.console.board import QUIET_SECONDS
from bots.console.chat import Chat
from bots.console.lines import MEDIA, find_in
from core.adapter import Receive
from core.i18n import text
from core.intents import language_of
from core.messages import Outbound, Video

LONGEST_SECONDS = 1800.0
"""A walk that takes longer has failed."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What is said: the photos with the first line, then line by line. Without photos a sample is made."""

    photos: tuple[Path, ...] = ()
    lines: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def to_script(arguments: Sequence[str], out: Path, target: TextIO | None = None, language: str = "en") -> "Script":
    """The walk of `python -m bots try`, printed to `target`, its MP4 saved as `out`.

    Arguments that are files are photos. Each other one is a line; bare words are one line where nothing was quoted.
    """
    find = find_in(Path.cwd())
    files = {argument: find(argument) for argument in arguments if re.search(r"[./\\]", argument)}
    photos = tuple(path for path in files.values() if path is not None)
    said = [argument.strip() for argument in arguments if files.get(argument) is None and argument.strip()]
    missing = tuple(argument for argument in said if MEDIA.search(argument) and not re.search(r"\s|://", argument))
    lines = joined(said)
    language = language_of(" ".join(lines)) or language
    walk = Walk(photos, lines or (text("console.try_words", language),), missing)
    return Script(walk, out, target or sys.stdout, language)


def joined(arguments: Sequence[str]) -> tuple[str, ...]:
    """One line for each argument where any of them was quoted; bare words alone are one line."""
    if any(re.search(r"\s", argument) for argument in arguments):
        return tuple(arguments)
    lines: list[str] = []
    bare = False
    for argument in arguments:
        before, bare = bare, bool(re.fullmatch(r"[!-~]+", argument))
        if before and bare:
            lines[-1] += f" {argument}"
        else:
            lines.append(argument)
    return tuple(lines)


class Script(Chat):
    """An adapter whose user is a list of lines. `arrived` is the newest saved MP4, once there is one."""

    def __init__(self, walk: Walk, out: Path, target: TextIO, language: str, quiet: float = QUIET_SECONDS) -> None:
        super().__init__(out.parent, language, quiet)
        self.arrived: Path | None = None
        self._walk, self._out, self._target = walk, out, target
        self._over = asyncio.Event()
        self._clips = 0

    async def run(self, receive: Receive) -> None:
        """Say every line, each after the answer to the one before; return when the last answer is complete."""
        try:
            if self._walk.missing:
                await self._note("console.not_found", name=self._walk.missing[0])
                return
            with TemporaryDirectory() as folder:
                photos = self._walk.photos or (await asyncio.to_thread(sandbox.sample, Path(folder) / "sample.jpg"),)
                async with asyncio.timeout(LONGEST_SECONDS):
                    await self._walk_through(photos, receive)
            if self.arrived is None:
                await self._note("console.no_video")
        except TimeoutError:
            await self._note("console.no_video")
        finally:
            self._over.set()

    async def wait_for_video(self, seconds: float) -> Path | None:
        """The saved MP4 when the walk is over, or None if it brought none, or took longer."""
        try:
            await asyncio.wait_for(self._over.wait(), seconds)
        except TimeoutError:
            return None
        return self.arrived

    async def _walk_through(self, photos: tuple[Path, ...], receive: Receive) -> None:
        for number, line in enumerate(self._walk.lines):
            files = photos if number == 0 else ()
            self._clips = 0
            names = "".join(f"📎 {path.name}  " for path in files)
            self._write("you", [f"{names}{line}"])
            await self._say(line, receive, files)
            await self.until_quiet()

    async def _saved(self, video: Video | None) -> list[str]:
        if video is None or not video.path:
            return []
        # the clips of one line (one video of each) lie side by side; those of the next take their place
        self._clips += 1
        out = self._out if self._clips == 1 else self._out.with_stem(f"{self._out.stem}-{self._clips}")
        await asyncio.to_thread(_keep, Path(video.path), out)
        self.arrived = out
        return [text("console.saved", self._language, path=out)]

    async def _print(self, lines: list[str], choices: list[str]) -> None:
        self._write("bot", [piece for line in [*lines, *choices] for piece in line.split("\n")])

    async def _redraw(self, message: Outbound) -> None:
        if news := self._news(message):
            self._write("  …", news.split("\n"))

    def _write(self, who: str, lines: list[str]) -> None:
        self._target.write(
            "".join(f"{who if n == 0 else '   '}  {line}".rstrip() + "\n" for n, line in enumerate(lines))
        )
        self._target.flush()


def _keep(source: Path, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, out)
