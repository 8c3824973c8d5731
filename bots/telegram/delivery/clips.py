"""Posts a clip: by its id where it has been posted before, else as an upload with all that its tile
needs."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from telegram import Bot, InputFile, Message
from telegram.error import BadRequest

from bots.telegram.delivery import errors, files
from bots.telegram.translate import PHOTO, to_file_id
from core.adapter import DeliveryError, TooLarge, Unsent
from core.media import MediaError, Occupied, TooSlow
from core.messages import Attachment, Form, Video
from core.net import DIRECT, Proxies
from core.workshop import Workshop

UPLOAD_PATIENCE = 300.0
"""Seconds for Telegram to answer once it has a file: the library's 5 would make many posted clips
look doubtful."""

Where = dict[str, Any]
"""The arguments that every kind of post has in common; `message_thread_id` is always among them."""


async def post(call: Callable[..., Awaitable[Message]], where: Where, **what: Any) -> Message:
    """Post, and if the topic was deleted or closed, into the chat itself."""
    try:
        return await call(**where, **what)
    except BadRequest as error:
        if where["message_thread_id"] is None or not errors.says(error, *errors.NO_THREAD):
            raise
    return await call(**where | {"message_thread_id": None}, **what)


class Clips:
    """`folder` holds the user's photo while its tile is made; `largest` is the most bytes that may
    be uploaded."""

    def __init__(self, bot: Bot, folder: Path, largest: int, proxies: Proxies = DIRECT) -> None:
        self._bot, self._folder, self._largest, self._proxies = bot, folder, largest, proxies
        self._workshop = Workshop()

    async def close(self) -> None:
        """No tile is made any more."""
        await self._workshop.close()

    async def again(self, where: Where, video: Video) -> Message | None:
        """By its id; None where there is no id, or none that still works while a file is at
        hand."""
        if not video.ref:
            return None
        try:
            return await post(self._bot.send_video, where, video=to_file_id(video.ref))
        except BadRequest as error:
            if video.path and errors.says(error, *errors.WRONG_FILE):
                return None
            raise

    async def upload(self, where: Where, video: Video) -> Message:
        """From `video.path`. Raises TooLarge before trying, Unsent where the file has vanished."""
        path = Path(video.path)
        try:
            size = (await asyncio.to_thread(path.stat)).st_size
        except FileNotFoundError:
            raise Unsent("the local copy of the clip is gone") from None
        if size > self._largest:
            raise TooLarge(self._largest)
        if video.form is Form.DOCUMENT:
            plain = {"disable_content_type_detection": True}
            return await self._streamed(path, where, plain, kind="document")
        if video.form is Form.MOVING:
            return await self._streamed(path, where, {}, kind="animation")
        what: dict[str, Any] = {
            "width": video.width or None,
            "height": video.height or None,
            "duration": max(1, round(video.seconds)) if video.seconds else None,
            "supports_streaming": True,
        }
        if video.form is Form.CLIP and (tile := await self._tile(video)):
            what["thumbnail"] = InputFile(tile, filename="tile.jpg", attach=True)
        if video.cover.startswith(PHOTO):
            try:
                return await self._streamed(path, where, what | {"cover": to_file_id(video.cover)})
            except BadRequest as error:
                if not errors.says(error, *errors.WRONG_FILE):
                    raise  # else Telegram no longer has the photo
        return await self._streamed(path, where, what)

    async def _streamed(
        self, path: Path, where: Where, what: dict[str, Any], *, kind: str = "video"
    ) -> Message:
        """From disk in pieces, and on a second try from the first byte again."""
        calls: dict[str, Callable[..., Awaitable[Message]]] = {
            "document": self._bot.send_document,
            "animation": self._bot.send_animation,
            "video": self._bot.send_video,
        }
        send = calls[kind]

        async def call(**arguments: Any) -> Message:
            with path.open("rb") as handle:  # a thread would leave it open
                file = InputFile(handle, filename=f"clip{path.suffix}", read_file_handle=False)
                arguments |= {kind: file, "read_timeout": UPLOAD_PATIENCE, "write_timeout": 120}
                return await send(**arguments)

        return await post(call, where, **what)

    async def _tile(self, video: Video) -> bytes | None:
        """From the user's own photo, else from the clip."""
        if video.cover.startswith(PHOTO):
            with suppress(DeliveryError, MediaError, OSError):
                photo = await files.fetch(
                    self._bot, Attachment(video.cover), self._folder, self._proxies
                )
                try:
                    return await self._workshop.tile(photo, video.width, video.height)
                except (Occupied, TooSlow):
                    return None  # a clip goes without rather than late
                finally:
                    photo.unlink(missing_ok=True)
        with suppress(MediaError, OSError):
            return await self._workshop.still(Path(video.path))
        return None
