"""The files that people send, as their senders claim them: what they are called, and which are too
large or too many for one request."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from core.i18n import listed, text
from core.messages import Attachment
from core.settings import Limits
from core.skills import MB

FileKind = Literal["photo", "clip", "sound", "voice", "file"]
VOICES = ("voice.ogg", "voice-message.ogg")
"""The names that Telegram's voice messages have here, and those of Discord there."""
KINDS: tuple[tuple[str, FileKind], ...] = (
    ("image/", "photo"),
    ("video/", "clip"),
    ("audio/", "sound"),
)


def file_kind(file: Attachment) -> FileKind:
    """As its sender claims. A file without a claim is taken for a photo: most are."""
    if file.name.lower() in VOICES:
        return "voice"
    claimed = (kind for start, kind in KINDS if file.mime.startswith(start))
    return next(claimed, "file" if file.mime else "photo")


SOUNDS = (".mp3", ".wav", ".m4a", ".aac", ".ogg", ".oga", ".opus")


def is_sound(file: Attachment) -> bool:
    """Whether it is heard and not seen, as its sender claims."""
    return file_kind(file) in ("sound", "voice") or file.name.lower().endswith(SOUNDS)


def are_photos(files: Iterable[Attachment]) -> bool:
    """Whether they may all be called photos."""
    return all(file_kind(file) == "photo" for file in files)


def files_still_here(files: Sequence[Attachment], language: str) -> str:
    """That these wait for words, called what they are."""
    if are_photos(files):
        return text("answer.next_photo", language, count=len(files))
    return text("answer.next_files", language, files=files_counted(files, language))


def files_dropped(files: Sequence[Attachment], language: str) -> str:
    """That these are let go, called what they are."""
    if are_photos(files):
        return text("ask.dropped_photo", language, count=len(files))
    return text("ask.dropped_files", language, files=files_counted(files, language))


def files_too_late(files: Sequence[Attachment], language: str) -> str:
    """That these came after their request had begun, called what they are."""
    if _is_one_photo(files):
        return text("talk.late_photo", language)
    return text("talk.late_files", language, files=files_counted(files, language))


def drop_label(files: Sequence[Attachment], language: str) -> str:
    """The button that lets these go, called what they are; where they are not known, a photo.

    Several kinds are files: a label has little room."""
    if not files or _is_one_photo(files):
        return text("button.drop_kept", language)
    alike = len(set(map(file_kind, files))) == 1
    named = (
        files_counted(files, language) if alike else text("kinds.file", language, count=len(files))
    )
    return text("button.drop_files", language, files=named)


def _is_one_photo(files: Sequence[Attachment]) -> bool:
    return len(files) == 1 and are_photos(files)


def files_counted(files: Sequence[Attachment], language: str) -> str:
    """`2 photos and 1 voice message`, as the language lists things."""
    kinds = Counter(map(file_kind, files))
    return listed(
        [text(f"kinds.{kind}", language, count=count) for kind, count in kinds.items()],
        language,
    )


def oversize_files(files: Iterable[Attachment], most: int) -> tuple[Attachment, ...]:
    """The files known to have more than `most` bytes (D12); one of unknown size is judged after the
    download."""
    return tuple(file for file in files if file.bytes is not None and file.bytes > most)


def fitting_files(
    files: Iterable[Attachment], held: Iterable[Attachment], limits: Limits
) -> tuple[Attachment, ...]:
    """As many of these files, the first ones, as go into one request beside those that it holds
    already."""
    there = list(held)
    begun, most, heaviest = len(there), limits.files_per_request, limits.mb_per_request * MB
    for file in files:
        size = sum(known.bytes or 0 for known in (*there, file))
        if (most and len(there) >= most) or (heaviest and size > heaviest):
            break
        there.append(file)
    return tuple(there[begun:])


def files_out_of_reach(files: Iterable[Attachment], largest: int) -> tuple[Attachment, ...]:
    """The files that the platform will not hand out to us: more than `largest` bytes (0: no
    limit)."""
    return tuple(file for file in files if largest and (file.bytes or 0) > largest)
