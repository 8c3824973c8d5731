"""Posts, edits and fetches: the Bot API's limits are met beforehand, its refusals become the core's few errors."""

import asyncio
from pathlib import Path
from typing import Any

import structlog
from telegram import Bot, InputFile, Message, ReplyParameters
from telegram.error import BadRequest, TelegramError

from bots.telegram.delivery import errors, files, pictures
from bots.telegram.delivery.answers import Answers
from bots.telegram.delivery.working import Working
from bots.telegram.translate import (
    CAPTION_LIMIT,
    SCHEME,
    TEXT_LIMIT,
    cut,
    post_thread,
    preview,
    to_keyboard,
    with_link,
)
from core.adapter import DeliveryError, Posted, TooLarge, Unsent
from core.messages import Attachment, Outbound, Video

log = structlog.get_logger()

LARGEST_UPLOAD = 50_000_000
LARGEST_LOCAL_UPLOAD = 2_000_000_000
"""Bytes of a clip at the public server, and at one's own (Bot API, "Using a Local Bot API Server")."""

UPLOAD_PATIENCE = 300.0
"""Seconds for Telegram to answer once it has a clip: the library's 5 would make many posted clips look doubtful."""


class Delivery:
    """Everything that goes out through one bot account. `folder` holds files that live for one call."""

    def __init__(self, bot: Bot, folder: Path, action_every: float = 4.5, answer_within: float = 0.6) -> None:
        self._bot, self._folder = bot, folder
        self.largest_upload = LARGEST_LOCAL_UPLOAD if bot.local_mode else LARGEST_UPLOAD
        self.working = Working(bot, action_every)
        self.answers = Answers(bot, answer_within)

    async def close(self) -> None:
        """End what runs in the background."""
        await self.working.close()
        await self.answers.close()

    async def send(self, message: Outbound, edit: str | None) -> str:
        """Post, or edit; see core.adapter. A clip is always a new message, since an edit does not ring."""
        if message.toast:
            await self.answers.toast(message)
            return ""
        self.working.follow(message)
        clip = message.video if message.video and (message.video.path or message.video.ref) else None
        try:
            if clip:
                return await self._clip(message, clip)
            return await (self._edit(message, edit) if edit else self._text(message, _words(message)))
        except TelegramError as error:
            self.working.stop(message.address)
            problem = errors.to_delivery_error(error, message.address, repeatable=bool(edit and not clip))
        raise problem

    async def fetch(self, attachment: Attachment, folder: Path) -> Path:
        """Stream the file behind `attachment.ref` into `folder`; see core.adapter."""
        return await files.fetch(self._bot, attachment, folder)

    async def _text(self, message: Outbound, text: str) -> str:
        where = self._where(message) | {"reply_markup": to_keyboard(message.buttons)}
        what: dict[str, Any] = {"text": cut(text, TEXT_LIMIT)[0], "link_preview_options": preview(message)}
        try:
            posted = await self._bot.send_message(**where, **what)
        except BadRequest as error:
            if not _lost_thread(where, error):
                raise
            posted = await self._bot.send_message(**where | {"message_thread_id": None}, **what)
        return str(posted.message_id)

    async def _edit(self, message: Outbound, edit: str) -> str:
        where: dict[str, Any] = {"chat_id": message.address.chat, "message_id": int(edit)}
        where["reply_markup"] = to_keyboard(message.buttons)
        text = _words(message)
        try:
            try:
                shown = cut(text, TEXT_LIMIT)[0]
                await self._bot.edit_message_text(shown, **where, link_preview_options=preview(message))
            except BadRequest as error:
                if not errors.says(error, errors.NO_TEXT):
                    raise
                await self._bot.edit_message_caption(**where, caption=cut(text, CAPTION_LIMIT)[0])
        except BadRequest as error:
            if not errors.says(error, errors.NOT_MODIFIED):
                raise
        return edit

    async def _clip(self, message: Outbound, video: Video) -> str:
        """The clip with as many words as fit; the rest follows and must not make the clip come twice."""
        caption, rest = cut(_words(message), CAPTION_LIMIT)
        where = self._where(message) | {"reply_markup": to_keyboard(message.buttons), "caption": caption or None}
        try:
            posted = await self._again(where, video)
            if posted is None:
                self.working.begin(message.address)
                posted = await self._upload(where, video)
        except BadRequest as error:
            if not errors.says(error, *errors.NO_VIDEOS):
                raise
            return await self._text(message, _words(message))
        finally:
            self.working.stop(message.address)
        if rest:
            await self._rest(message, rest, posted)
        media = posted.video or posted.animation or posted.document
        return Posted(str(posted.message_id), SCHEME + media.file_id if media else "")

    async def _again(self, where: dict[str, Any], video: Video) -> Message | None:
        """By its id, without an upload; None where there is no id, or none that still works and a file is at hand."""
        if not video.ref:
            return None
        file_id = video.ref.removeprefix(SCHEME)
        try:
            return await self._send_video(where, {"video": file_id})
        except BadRequest as error:
            if video.path and errors.says(error, *errors.WRONG_FILE):
                return None
            raise

    async def _upload(self, where: dict[str, Any], video: Video) -> Message:
        path = Path(video.path)
        try:
            size = (await asyncio.to_thread(path.stat)).st_size
        except FileNotFoundError:
            raise Unsent("the local copy of the clip is gone") from None
        if size > self.largest_upload:
            raise TooLarge(self.largest_upload)
        what: dict[str, Any] = {
            "width": video.width or None,
            "height": video.height or None,
            "duration": max(1, round(video.seconds)) if video.seconds else None,
            "supports_streaming": True,
        }
        if tile := await self._tile(video):
            what["thumbnail"] = InputFile(tile, filename="tile.jpg", attach=True)
        if video.cover.startswith(SCHEME):
            try:
                return await self._send_video(where, what | {"cover": video.cover.removeprefix(SCHEME)}, path)
            except BadRequest as error:
                if not errors.says(error, *errors.WRONG_FILE):
                    raise  # the cover was sent as a file, say: a photo it must be
        return await self._send_video(where, what, path)

    async def _send_video(self, where: dict[str, Any], what: dict[str, Any], path: Path | None = None) -> Message:
        """With a path, that file is streamed from disk; again from its start where the topic turns out to be gone."""
        handle = await asyncio.to_thread(path.open, "rb") if path else None
        try:
            if handle:
                what = what | {"video": InputFile(handle, filename="clip.mp4", read_file_handle=False)}
            return await self._bot.send_video(**where, **what, read_timeout=UPLOAD_PATIENCE, write_timeout=120)
        except BadRequest as error:
            if not _lost_thread(where, error):
                raise
        finally:
            if handle:
                handle.close()
        return await self._send_video(where | {"message_thread_id": None}, what, path)

    async def _rest(self, message: Outbound, rest: str, posted: Message) -> None:
        where = self._where(message) | {"disable_notification": True}
        where["reply_parameters"] = ReplyParameters(posted.message_id, allow_sending_without_reply=True)
        try:
            await self._bot.send_message(**where, text=cut(rest, TEXT_LIMIT)[0], link_preview_options=preview(message))
        except TelegramError as error:
            log.warning("the end of a long caption was not posted", error=type(error).__name__)

    async def _tile(self, video: Video) -> bytes | None:
        if video.cover.startswith(SCHEME):
            try:
                photo = await files.fetch(self._bot, Attachment(video.cover), self._folder)
            except DeliveryError:
                photo = None
            if photo:
                try:
                    return await asyncio.to_thread(pictures.from_photo, photo, video.width, video.height)
                finally:
                    photo.unlink(missing_ok=True)
        return await asyncio.to_thread(pictures.from_video, Path(video.path))

    def _where(self, message: Outbound) -> dict[str, Any]:
        reply = ReplyParameters(int(message.reply_to), allow_sending_without_reply=True) if message.reply_to else None
        return {
            "chat_id": message.address.chat,
            "message_thread_id": post_thread(message.address),
            "disable_notification": message.silent or None,
            "reply_parameters": reply,
        }


def _words(message: Outbound) -> str:
    return with_link(message.text, message.video) if message.video else message.text


def _lost_thread(where: dict[str, Any], error: BadRequest) -> bool:
    """The topic was deleted or closed: then the message goes into the chat itself."""
    return where["message_thread_id"] is not None and errors.says(error, *errors.NO_THREAD)
