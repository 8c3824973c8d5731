"""Commands that were answered and are not in the store yet: their photos are being saved, which may
take a while.

Discord sends a command once, and a killed bot would leave its user before "thinking…". So what was
asked is written to a file while it is answered, and taken in at the next start. Without the token,
which is a secret: what comes of it is posted in the channel then, or directly. Who uses the command
once more meanwhile is known by it (run.repeated)."""

import asyncio
import contextlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import structlog

from bots.discord.delivery import Disk
from bots.discord.run.notes import Noted, read, written
from core.files import open_private, private_folder

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in after a restart: when (seconds since the epoch), and which use it was."""

    at: float
    use: int = 0


class Pending:
    """A private folder with one file for each such command."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder, self._disk = folder / "pending", disk

    async def note(self, noted: Noted) -> None:
        """Remember it."""
        await self._disk.do(partial(self._write, noted))

    async def done(self, use: int) -> None:
        """It is in the store, or its user knows that it is not."""
        await self._disk.do(partial(self._path(use).unlink, missing_ok=True))

    async def left(self) -> list[Noted]:
        """What a killed process has left, oldest first."""
        return await asyncio.to_thread(self._read)

    # What was taken in after a restart: the same again may still come, and is known by a hash that
    # tells nothing

    async def took(self, same: str, taken: Taken) -> None:
        """Remember that it was."""
        await asyncio.to_thread(self._mark, same, taken)

    async def forget(self, same: str) -> None:
        """It has come again, or cannot come any more."""
        await asyncio.to_thread((self._folder / f"{same}.took").unlink, missing_ok=True)

    async def taken(self) -> dict[str, Taken]:
        """What is remembered."""
        return await asyncio.to_thread(self._marks)

    def _path(self, use: int) -> Path:
        return self._folder / f"{use}.json"

    def _write(self, noted: Noted) -> None:
        self._whole(self._path(noted.use), written(noted))

    def _whole(self, path: Path, body: bytes) -> None:
        half = private_folder(self._folder) / f"{path.stem}.part"
        with open_private(half) as file:
            file.write(body)
        half.rename(path)

    def _mark(self, same: str, taken: Taken) -> None:
        self._whole(self._folder / f"{same}.took", f"{taken.at} {taken.use}".encode())

    def _marks(self) -> dict[str, Taken]:
        found = {}
        for path in self._folder.glob("*.took"):
            at, _, use = path.read_text().partition(" ")
            with contextlib.suppress(ValueError):
                found[path.stem] = Taken(float(at), int(use or 0))
        return found

    def _read(self) -> list[Noted]:
        found = []
        for path in sorted(self._folder.glob("*.json")):
            try:
                found.append(read(path.read_bytes()))
            except ValueError:
                log.error("what was asked before the restart cannot be read", file=path.name)
                with contextlib.suppress(FileNotFoundError):
                    path.unlink()
        return found
