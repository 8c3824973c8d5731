"""The console at a pipe."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path
from typing import ClassVar

from bots.console.pipe import Pipe
from tests.bots.platform import Platform, Seen, Trait, at_work

ALONE = "one person sits before it, and nothing lies in between"
PRINTED = "what is printed stays as it is"


class AtPipe(Platform):
    """Lines go in, and what is printed is read."""

    lacks: ClassVar[Mapping[Trait, str]] = {
        Trait.GROUP: ALONE,
        Trait.DISCREET: ALONE,
        Trait.SILENT: "it never rings",
        Trait.REPLY: ALONE,
        Trait.TOAST: PRINTED,
        Trait.IN_PLACE: PRINTED,
        Trait.WORKING: "the words of the status are all there is",
        Trait.PAUSES: ALONE,
        Trait.CUTS: ALONE,
        Trait.CLOSING: ALONE,
        Trait.DELETING: PRINTED,
        Trait.SPANS: "what is printed may be read by a program",
        Trait.CARDS: PRINTED,
        Trait.FORGETTING: ALONE,
        Trait.CONFIRMING: ALONE,
    }

    def __init__(self, folder: Path, source: int, target: int) -> None:
        self._target, self._written = target, StringIO()
        super().__init__(Pipe(source, self._written, folder, "en"), folder)

    async def say(self, words: str, picture: bytes | None = None, *, group: bool = False) -> None:
        """A path is an attachment."""
        if picture is not None:
            (self.folder / "cat.jpg").write_bytes(picture)
            words = f"{self.folder / 'cat.jpg'} {words}"
        os.write(self._target, f"{words}\n".encode())

    async def press(self, label: str) -> None:
        """By its number."""
        number = self._written.getvalue().rpartition(f"] {label}")[0].rpartition("[")[2]
        os.write(self._target, f"{number}\n".encode())

    def shown(self) -> list[Seen]:
        """A clip and a document are the newest files of their kind beside the user."""
        return [self._seen(printed) for printed in self._written.getvalue().split("\n\n")]

    def _seen(self, printed: str) -> Seen:
        parts = [part for line in printed.split("\n") for part in line.split("  ")]
        labels = tuple(part.partition("] ")[2] for part in parts if part[:1] == "[")
        pages = tuple(part.split(" → ")[1] for part in parts if " → " in part)
        return Seen(
            printed, labels, pages, self._saved(printed, ".mp4"), self._saved(printed, ".json")
        )

    def _saved(self, printed: str, ending: str) -> bytes | None:
        names = [word for word in printed.split() if word.endswith(ending) and "://" not in word]
        return (self.folder / names[0]).read_bytes() if names else None


@asynccontextmanager
async def platform(folder: Path) -> AsyncIterator[Platform]:
    """A console between two pipes."""
    source, target = os.pipe()
    async with at_work(AtPipe(folder, source, target)) as here:
        yield here
    os.close(target)
    for reading in [thread for thread in threading.enumerate() if thread.name == "lines"]:
        await asyncio.to_thread(reading.join)  # at the end of its input
    os.close(source)
