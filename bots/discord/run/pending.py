"""Commands that were answered and are not in the store yet: their photos are being saved, which may take a while.

Discord sends a command once, and a killed bot would leave its user before "thinking…". So what was asked is written to
a file as soon as it is answered, and taken in at the next start. Without the token, which is a secret: what comes of it
is posted in the channel then, or directly. The few milliseconds between Discord's answer and the file stay a gap.
"""

import asyncio
import contextlib
from dataclasses import dataclass
from pathlib import Path

import structlog
from pydantic import TypeAdapter, ValidationError

from bots.discord.translate import Sent
from core import private
from core.messages import Inbound

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Noted:
    """What was asked, without files and ticket, and the files with links that are good for a day."""

    use: int
    inbound: Inbound
    files: tuple[Sent, ...]


NOTED = TypeAdapter(Noted)


class Pending:
    """A private folder with one file for each such command."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "pending"

    async def note(self, noted: Noted) -> None:
        """Remember it."""
        await asyncio.to_thread(self._write, noted)

    async def done(self, use: int) -> None:
        """It is in the store, or its user knows that it is not."""
        await asyncio.to_thread(self._path(use).unlink, missing_ok=True)

    async def left(self) -> list[Noted]:
        """What a killed process has left, oldest first."""
        return await asyncio.to_thread(self._read)

    def _path(self, use: int) -> Path:
        return self._folder / f"{use}.json"

    def _write(self, noted: Noted) -> None:
        half = private.folder(self._folder) / f"{noted.use}.part"
        with private.opened(half) as file:
            file.write(NOTED.dump_json(noted))
        half.rename(self._path(noted.use))

    def _read(self) -> list[Noted]:
        found = []
        for path in sorted(self._folder.glob("*.json")):
            try:
                found.append(NOTED.validate_json(path.read_bytes()))
            except ValidationError:
                log.error("what was asked before the restart cannot be read", file=path.name)
                with contextlib.suppress(FileNotFoundError):
                    path.unlink()
        return found
