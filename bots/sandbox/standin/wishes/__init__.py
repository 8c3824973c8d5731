"""What somebody wants, read from their words by tables: this stands where the real backend has a
language model."""

import re
import unicodedata
from dataclasses import dataclass, replace

from bots.sandbox.standin.wishes import numbers, tables, title


@dataclass(frozen=True, slots=True)
class Wishes:
    """All that was understood; None, False and empty where nothing was said.

    `seconds` is a length, `stretch` a factor on the present one. `volume` is 0-1, `gain` a factor.
    Places count from 1,
    -1 is the last. `title_asked` means that a title was spoken of without its text, `title_lost`
    are signs of it that cannot be drawn, `title_cut` that it was too long."""

    language: str = "en"
    seconds: float | None = None
    stretch: float | None = None
    aspect: str | None = None
    title: str | None = None
    title_seconds: float | None = None
    title_at_end: bool = False
    title_off: bool = False
    title_asked: bool = False
    title_lost: str = ""
    title_cut: bool = False
    music: str | None = None
    music_off: bool = False
    volume: float | None = None
    gain: float | None = None
    fades: bool | None = None
    swap: tuple[int, int] | None = None
    first: int | None = None
    reverse: bool = False
    drop: int | None = None
    add: bool = False
    make: bool = False
    again: bool = False
    chat: bool = False
    subject: str = ""
    scene: int | None = None

    @property
    def edits(self) -> bool:
        """Whether anything was said that can be done to a finished timeline."""
        named = (
            self.seconds,
            self.stretch,
            self.aspect,
            self.title,
            self.music,
            self.volume,
            self.gain,
            self.fades,
        )
        moved = (self.swap, self.first, self.drop)
        flags = self.title_off or self.music_off or self.reverse
        return flags or any(value is not None for value in (*named, *moved))

    @property
    def music_named(self) -> bool:
        """Whether the sound track was decided by the user, either way."""
        return self.music is not None or self.music_off or self.volume is not None


def read(words: str, language: str = "en") -> Wishes:
    """Understand a message; `language` is the session's and gives way to what the words are written
    in."""
    # full-width punctuation and digits become ASCII, which spares every table a second spelling
    plain = " ".join(unicodedata.normalize("NFKC", title.without(words)).lower().split())
    wishes = Wishes(
        language="zh"
        if chinese(words) or (language.startswith("zh") and not _latin(words))
        else "en",
        aspect=_first(tables.ASPECTS, plain),
        fades=False
        if tables.FADES_OFF.search(plain)
        else True
        if tables.FADES.search(plain)
        else None,
        add=bool(tables.ADD.search(plain)),
        make=bool(tables.MAKE.search(plain)),
        again=bool(tables.AGAIN.search(plain)),
        chat=bool(tables.CHAT.search(plain)),
        subject=_subject(plain),
        scene=int(found) if (found := _first(tables.SCENES, plain)) is not None else None,
    )
    return _with_order(_with_music(_with_length(_with_title(wishes, words), plain), plain), plain)


def _with_title(wishes: Wishes, words: str) -> Wishes:
    ask = title.wanted(words)
    if ask is None:
        off = title.unwanted(words)
        return replace(wishes, title_off=off, title_asked=title.mentioned(words) and not off)
    return replace(
        wishes,
        title=ask,
        title_seconds=_stretch(words),
        title_at_end=bool(
            re.search(r"at the end|end card|结尾|片尾|最后.{0,3}(?:加|写|显示)", words.lower())
        ),
    )


def chinese(words: str) -> bool:
    """Whether the words hold Chinese characters outside quotation marks (a quoted title says
    nothing)."""
    return bool(re.search(r"[\u4e00-\u9fff]", title.QUOTED.sub("", words) or words))


def _latin(words: str) -> bool:
    return bool(re.search(r"[a-z]{3}", words.lower()))


def _first(rows: tables.Rows, words: str) -> str | None:
    return next((name for name, pattern in rows if pattern.search(words)), None)


def _stretch(words: str) -> float | None:
    text = title.stretch(words)
    return numbers.number(text) if re.fullmatch(numbers.NUMBER, text.lower()) else None


_PACES = (
    (tables.FASTER, 0.75),
    (tables.SLOWER, 1.35),
    (tables.LONGER, 1.5),
    (tables.SHORTER, 0.67),
)


def _with_length(wishes: Wishes, words: str) -> Wishes:
    if (seconds := numbers.seconds(words)) is not None:
        return replace(wishes, seconds=seconds)
    return replace(
        wishes, stretch=next((factor for pattern, factor in _PACES if pattern.search(words)), None)
    )


def _with_music(wishes: Wishes, words: str) -> Wishes:
    spoken = tables.MUSIC.search(words)
    volume = numbers.share(words) if spoken or tables.VOLUME.search(words) else None
    if volume is not None:
        return replace(wishes, volume=volume)
    if tables.MUSIC_OFF.search(words):
        return replace(wishes, music_off=True)
    if tables.QUIETER.search(words):
        return replace(wishes, gain=0.5)
    if tables.LOUDER.search(words):
        return replace(wishes, gain=1.6)
    style = _first(tables.STYLES, words) if spoken or tables.MOOD.search(words) else None
    return replace(wishes, music=style or ("soft" if spoken else None))


def _with_order(wishes: Wishes, words: str) -> Wishes:
    named = numbers.places(words)
    if tables.SWAP.search(words):
        return replace(wishes, swap=(named[0], named[1]) if len(named) > 1 else (1, 2))
    if tables.REVERSE.search(words):
        return replace(wishes, reverse=True)
    if named and tables.DROP.search(words):
        return replace(wishes, drop=named[0])
    if named and named[0] != 1 and tables.MOVE_FIRST.search(words):
        return replace(wishes, first=named[0])
    return wishes


def _subject(words: str) -> str:
    found = tables.SUBJECT.search(words)
    return next((group.strip() for group in found.groups() if group), "") if found else ""
