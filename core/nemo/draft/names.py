"""Names of files on a timeline: what kind of file each is, and what people call those that we
named ourselves."""

import re
from collections.abc import Collection
from typing import Literal

from core.i18n import text

FileKind = Literal["photo", "clip", "sound", "voice"]
ENDINGS: dict[str, FileKind] = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "heic", "avif", "bmp"), "photo"),
    **dict.fromkeys(("mp4", "mov", "avi", "webm", "mkv", "m4v"), "clip"),
    **dict.fromkeys(("mp3", "wav", "m4a", "aac", "ogg", "opus"), "sound"),
}
VOICE = "-voice"
"""What our name of a voice message has before its ending, so that it is told from other sounds."""
OURS = re.compile(
    rf"(?<![\w-])\d+-(\d+)({VOICE})?\.(jpg|png|gif|webp|mp4|mov|avi|webm|mkv|mp3|wav|m4a|aac)\b"
)


def for_people(words: str, language: str) -> str:
    """Our own names of uploaded files (`7-2.jpg`) as people would call them: photo 2."""
    return OURS.sub(
        lambda found: text(f"result.{_kind(found[0])}", language, number=found[1]), words
    )


def kind_of(names: Collection[str]) -> FileKind | None:
    """The kind of file that all of these names are by their endings; None where there is not one
    kind."""
    kinds = {_kind(name) for name in names}
    return kinds.pop() if len(kinds) == 1 else None


def is_ours(name: str) -> bool:
    """Whether we have named the file, so that people know it only by its number."""
    return OURS.fullmatch(name) is not None


def _kind(name: str) -> FileKind | None:
    stem, dot, ending = name.rpartition(".")
    kind = ENDINGS.get(ending.lower()) if dot else None
    return "voice" if kind == "sound" and stem.endswith(VOICE) else kind
