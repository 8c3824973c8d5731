"""What people call the files they send: a photo, a clip, a sound, a voice message."""

from collections import Counter
from collections.abc import Iterable, Sequence
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


def are_photos(files: Iterable[Attachment]) -> bool:
    """Whether they may all be called photos."""
    return all(kind_of(file) == "photo" for file in files)


def still_here(files: Sequence[Attachment], language: str) -> str:
    """That these wait for words, called what they are."""
    if are_photos(files):
        return text("answer.next_photo", language, count=len(files))
    return text("answer.next_files", language, files=counted(files, language))


def dropped(files: Sequence[Attachment], language: str) -> str:
    """That these are let go, called what they are."""
    if are_photos(files):
        return text("ask.dropped_photo", language, count=len(files))
    return text("ask.dropped_files", language, files=counted(files, language))


def too_late(files: Sequence[Attachment], language: str) -> str:
    """That these came after their request had begun, called what they are."""
    if _is_one_photo(files):
        return text("talk.late_photo", language)
    return text("talk.late_files", language, files=counted(files, language))


def to_drop(files: Sequence[Attachment], language: str) -> str:
    """The button that lets these go, called what they are; where they are not known, a photo.

    Several kinds are files: a label has little room."""
    if not files or _is_one_photo(files):
        return text("button.drop_kept", language)
    alike = len(set(map(kind_of, files))) == 1
    named = counted(files, language) if alike else text("kinds.file", language, count=len(files))
    return text("button.drop_files", language, files=named)


def _is_one_photo(files: Sequence[Attachment]) -> bool:
    return len(files) == 1 and are_photos(files)


def counted(files: Sequence[Attachment], language: str) -> str:
    """`2 photos and 1 voice message`, as the language lists things."""
    kinds = Counter(map(kind_of, files))
    return listed(
        [text(f"kinds.{kind}", language, count=count) for kind, count in kinds.items()],
        language,
    )
