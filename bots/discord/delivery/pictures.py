"""Small pictures of the user's photos for the status card: made beside the first post, never
awaited, lost at will."""

import asyncio
import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import discord
import structlog

from bots.discord.delivery.files import Files
from bots.discord.translate import PREVIEW
from core.adapter import DeliveryError
from core.files import private_folder
from core.i18n import text
from core.media import MediaError
from core.messages import Attachment
from core.workshop import Workshop

log = structlog.get_logger()

LARGEST = 50 * 2**20
"""Bytes of a photo that is worth fetching once more for a small picture."""

KEPT = 64
"""Pictures that are remembered, under 200 kB each: for the next edit of their status, or the same
photo again."""


class Pictures:
    """One picture is made at a time, since a large photo takes memory. `folder` is for files that
    pass."""

    def __init__(self, files: Files, folder: Path) -> None:
        self._files, self._folder = files, folder / "previews"
        self._made: dict[str, bytes] = {}
        self._making: dict[str, asyncio.Task[None]] = {}
        self._one = asyncio.Semaphore(1)
        self._workshop = Workshop()

    async def begin(self) -> None:
        """Take away what a process left that was killed."""
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)

    def of(self, client: discord.Client, photo: Attachment) -> bytes:
        """The picture, if it is ready; otherwise it is begun, once, and is there for a later edit.
        Empty: none."""
        found = self._made.get(photo.ref)
        if found is None and photo.ref not in self._making and (photo.bytes or 0) <= LARGEST:
            self._making[photo.ref] = asyncio.create_task(
                self._make(client, photo), name="discord: a preview"
            )
        return found or b""

    def refuse(self, photo: Attachment) -> None:
        """It was not taken: it is not tried again."""
        self._note(photo.ref, b"")

    async def close(self) -> None:
        """Nobody waits for a picture."""
        for task in (tasks := list(self._making.values())):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._workshop.close()

    def _note(self, ref: str, picture: bytes) -> None:
        self._made.pop(ref, None)
        self._made[ref] = picture
        if len(self._made) > KEPT:
            del self._made[next(iter(self._made))]

    async def _make(self, client: discord.Client, photo: Attachment) -> None:
        """A photo that cannot be had, or read, has no picture: that is the request's trouble, not
        the card's."""
        try:
            async with self._one:
                await asyncio.to_thread(private_folder, self._folder)
                with TemporaryDirectory(dir=self._folder) as folder:
                    source = await self._files.fetch(client, photo, Path(folder))
                    self._note(photo.ref, await self._workshop.thumbnail(source))
        except (DeliveryError, MediaError, OSError) as problem:
            log.info("no preview", error=type(problem).__name__)
            self._note(photo.ref, b"")
        finally:
            self._making.pop(photo.ref, None)


def to_file(picture: bytes, language: str) -> discord.File:
    """The upload, with words for who cannot see it."""
    return discord.File(io.BytesIO(picture), PREVIEW, description=text("discord.preview", language))
