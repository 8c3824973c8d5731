"""Files of people: saved at once where Discord will not give them again, else fetched through their
message."""

import asyncio
import contextlib
import hashlib
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import discord

from bots.discord.delivery.disk import Disk
from bots.discord.delivery.downloads import LARGEST, Lines, download, lines
from bots.discord.delivery.errors import translated
from bots.discord.delivery.planning.refusals import Blocked, Disliked, TooBig
from bots.discord.translate import SAVED, UNSAVED, Sent, ending, place_of, shown_by, to_attachment
from core.adapter import (
    Disconnected,
    FileGone,
    Flooded,
    Refused,
    TooLarge,
    Unavailable,
    Unsent,
)
from core.files import copy_private, private_folder
from core.messages import Attachment
from core.net import DIRECT, Proxies
from core.ops import machine

KEPT_SECONDS = 7 * 24 * 3600.0
FETCH_TRIES = 3
LONGEST_FETCH_PAUSE = 120.0
"""Seconds of a pause that somebody before "thinking…" waits for their files."""


class Files:
    """The spool folder and the ways to Discord's files. `pause` in seconds, between tries of a
    download.

    `inside`: Discord's API is one in a private net.
    """

    def __init__(
        self, folder: Path, pause: float = 1.0, proxies: Proxies = DIRECT, *, inside: bool = False,
        disk: Disk | None = None,
    ) -> None:  # fmt: skip
        self._spool, self._pause, self._inside = folder / "spool", pause, inside
        self._proxies, self._disk = proxies, disk or Disk()
        self._lines: Lines | None = None

    def begin(self) -> None:
        """Keep connections between one file and the next, until `close`."""
        self._lines = self._lines or lines(self._proxies, self._disk)

    async def close(self) -> None:
        """Close them; what is fetched from now on makes its own."""
        kept, self._lines = self._lines, None
        if kept is not None:
            await kept.session.close()

    async def keep(self, use: int, files: Sequence[Sent]) -> tuple[Attachment, ...]:
        """Save the files of one interaction. Raises FileGone or Unsent, and then none of them is
        kept."""
        names = [f"{use}-{number}{ending(file.name)}" for number, file in enumerate(files, 1)]
        named = list(zip(files, names, strict=True))
        wanted = [(file, self._spool / name) for file, name in named if _is_saved(file)]
        there = await self._disk.do(partial(self._saved_before, [path for _, path in wanted]))
        ends = await asyncio.gather(
            *(self._patiently(file.url, path) for file, path in wanted if path not in there),
            return_exceptions=True,
        )
        lost = next((end for end in ends if end is not None), None)
        if lost is not None:
            for _, path in wanted:
                await asyncio.to_thread(path.unlink, missing_ok=True)
            raise lost
        return tuple(
            to_attachment(file, f"{SAVED if _is_saved(file) else UNSAVED}{name}")
            for file, name in named
        )

    async def prints(self, files: Sequence[Attachment]) -> tuple[str, ...]:
        """What tells saved files from others: a hash of their bytes; of one that is not saved, what
        is known of it."""
        return tuple([await asyncio.to_thread(self._print, file) for file in files])

    def _print(self, file: Attachment) -> str:
        if not file.ref.startswith(SAVED):
            return f"{file.name} {file.bytes}"
        with (self._spool / Path(file.ref.removeprefix(SAVED)).name).open("rb") as saved:
            return hashlib.file_digest(saved, "sha256").hexdigest()

    def _saved_before(self, paths: Sequence[Path]) -> set[Path]:
        """Those that were saved whole before a restart; there is a folder for the others."""
        private_folder(self._spool)
        return {path for path in paths if path.exists()}

    async def _patiently(self, url: str, path: Path) -> None:
        """A command whose files are cut off because the bot ends is gone on with at its next start:
        nothing is said of them now, and its note stays."""
        kept = self._lines
        for left in reversed(range(FETCH_TRIES)):
            pause = self._pause
            try:
                await self._download(url, path)
                return
            except TooLarge:
                raise FileGone("larger than it was said to be") from None
            except Flooded as busy:
                if not left or busy.seconds > LONGEST_FETCH_PAUSE:
                    raise Unsent("asked to wait for too long") from None
                pause = max(pause, busy.seconds)
            except (Unsent, OSError) as problem:
                if self._lines is not kept:
                    await asyncio.Event().wait()
                if not left or not (isinstance(problem, Unsent) or machine.short(problem)):
                    raise
            await asyncio.sleep(pause)

    async def _download(self, url: str, path: Path) -> None:
        by = self._lines or lines(self._proxies, self._disk)
        try:
            await download(url, path, by, inside=self._inside)
        finally:
            if by is not self._lines:  # for this file alone, or of an adapter that has ended
                await by.session.close()

    async def fetch(
        self, client: discord.Client | None, attachment: Attachment, folder: Path
    ) -> Path:
        """The file behind a reference, in `folder`. Raises as the port says."""
        ref = attachment.ref
        if ref.startswith(UNSAVED):
            raise TooLarge(LARGEST)
        if ref.startswith(SAVED):
            return await self._saved(ref.removeprefix(SAVED), folder)
        place = place_of(ref)
        if place is None:
            raise FileGone("a reference that is not of this platform")
        if client is None:
            raise Disconnected("not connected")
        url = await _fresh_link(client, *place)
        path = folder / f"{place[2]}{ending(attachment.name)}"
        try:
            await self._download(url, path)
        except FileGone as gone:  # its message has just said that it is there
            raise Unavailable(str(gone)) from None
        return path

    async def _saved(self, name: str, folder: Path) -> Path:
        """A copy of what was saved under a name: as it was made then, by this version or an earlier
        one."""
        path = folder / f"saved{ending(name)}"
        try:
            await asyncio.to_thread(copy_private, self._spool / Path(name).name, path)
        except (FileNotFoundError, IsADirectoryError):
            raise FileGone("no longer saved") from None
        return path

    async def release(self, attachment: Attachment) -> None:
        """Delete a saved file that nobody needs any more."""
        if attachment.ref.startswith(SAVED):
            name = Path(attachment.ref.removeprefix(SAVED)).name
            await asyncio.to_thread((self._spool / name).unlink, missing_ok=True)

    async def sweep(self) -> None:
        """Delete what has been saved for a week."""
        await asyncio.to_thread(_sweep, self._spool, time.time() - KEPT_SECONDS)


def _is_saved(file: Sent) -> bool:
    return (file.bytes or 0) <= LARGEST


def _sweep(folder: Path, oldest: float) -> None:
    for file in folder.glob("*") if folder.exists() else ():
        with contextlib.suppress(FileNotFoundError):
            if file.stat().st_mtime < oldest:
                file.unlink()


async def _fresh_link(client: discord.Client, channel: int, message: int, file: int) -> str:
    """Links run out; the message has a new one whenever it is read."""
    try:
        with translated(repeatable=True):
            found = await client.get_partial_messageable(channel).fetch_message(message)
    except Blocked as blocked:
        raise (FileGone if blocked.code else Unavailable)(str(blocked)) from None
    except (Refused, Disliked, TooBig) as odd:
        raise Unavailable(str(odd)) from None
    url = next((sent.url for sent in shown_by(found) if sent.id == file), None)
    if url is None:
        raise FileGone("the message does not hold it any more")
    return url
