"""What people call the files they send: a photo, a clip, a sound, a voice message."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from core.i18n import listed, text
from core.messages import Attachment

FileKind = Literal["photo", "clip", "sound", "voice", "file"]
VOICES = ("voice.ogg", "voice-message.ogg")
"""The names that Telegram's voice messages have here, and those of Discord there."""
KINDS: tuple[tuple[str, FileKind], ...] = (
    ("image/", "photo"),
    ("video/", "clip"),
    ("audio/", "sound"),
)


def kind_of(file: Attachment) -> FileKind:
    """As its sender claims. A file without a claim is taken for a photo: most are."""
    if file.name.lower() in VOICES:
        return "voice"
    claimed = (kind for start, kind in KINDS if file.mime.startswith(start))
    return next(claimed, "file" if file.mime else "photo")


def counted(files: Sequence[Attachment], language: str) -> str:
    """`2 photos and 1 voice message`, as the language lists things."""
    kinds = Counter(map(kind_of, files))
    return listed(
        [text(f"kinds.{kind}", language, count=count) for kind, count in kinds.items()],
        language,
    )
