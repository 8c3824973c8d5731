"""The files of a message as references, with what Telegram says about them.

A reference is `telegram:<file_id>`, and `telegram:photo:<file_id>` for what was sent as a photo:
only such a one can be the cover of a clip."""

from telegram import (
    Animation,
    Audio,
    Document,
    ExternalReplyInfo,
    Message,
    PhotoSize,
    Video,
    VideoNote,
    Voice,
)

from core.messages import Attachment

SCHEME = "telegram:"
PHOTO = "telegram:photo:"

DOWNLOAD_LIMIT = 20_971_520
"""Bytes that the public server hands out; its own constant, where the documents say 20 MB
(tdlib/telegram-bot-api)."""


def attachments(source: Message | ExternalReplyInfo) -> tuple[Attachment, ...]:
    """What a message carries: one file at most, albums come as several messages. Names and types
    are only claims."""
    if source.photo:
        return (_photo(source.photo),)
    if source.animation:  # before the document, as which it shows too
        return (_file(source.animation, "animation.mp4", "video/mp4"),)
    if source.video:
        return (_file(source.video, "video.mp4", "video/mp4"),)
    if source.video_note:
        return (_file(source.video_note, "video_note.mp4", "video/mp4"),)
    if source.voice:
        return (_file(source.voice, "voice.ogg", "audio/ogg"),)
    if source.audio:
        return (_file(source.audio, "audio.mp3", "audio/mpeg"),)
    if source.document:
        return (_file(source.document, "file", ""),)
    return ()


def to_file_id(ref: str) -> str:
    """What the Bot API calls the file."""
    return ref.rpartition(":")[2]


def _photo(sizes: tuple[PhotoSize, ...]) -> Attachment:
    """The largest size that can be fetched; without any, the smallest, so that it is refused by its
    number."""
    ordered = sorted(sizes, key=lambda size: size.width * size.height)
    fitting = [size for size in ordered if (size.file_size or 0) <= DOWNLOAD_LIMIT]
    best = fitting[-1] if fitting else ordered[0]
    return Attachment(
        PHOTO + best.file_id,
        "photo.jpg",
        "image/jpeg",
        bytes=best.file_size,
        width=best.width,
        height=best.height,
    )


def _file(
    item: Animation | Audio | Document | Video | VideoNote | Voice, name: str, mime: str
) -> Attachment:
    return Attachment(
        ref=SCHEME + item.file_id,
        name=getattr(item, "file_name", None) or name,
        mime=getattr(item, "mime_type", None) or mime,
        bytes=item.file_size,
        width=getattr(item, "width", None),
        height=getattr(item, "height", None),
    )
