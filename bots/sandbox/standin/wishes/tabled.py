"""Wishes in English and Chinese, by patterns: the languages in which the backend itself answers."""

import re
import unicodedata
from dataclasses import replace

from bots.sandbox.standin.wishes import numbers, tables, title
from bots.sandbox.standin.wishes.wish import Wishes

STEPS = {"up": 1, "down": -1}
GAINS = {"up": 1.35, "down": 0.74}


def tabled(words: str, language: str) -> Wishes:
    """What is looked up in the tables of English and Chinese; `language` is the session's."""
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
        add_first=bool(tables.ADD.search(plain) and tables.AT_START.search(plain)),
        make=bool(tables.MAKE.search(plain)),
        again=bool(tables.AGAIN.search(plain)),
        chat=bool(tables.CHAT.search(plain)),
        subject=_subject(plain),
        motion=_first(tables.MOTIONS, plain),
        light=STEPS.get(_first(tables.LIGHTS, tables.OF_TITLES.sub(" ", plain)) or ""),
        tone=_first(tables.TONES, plain),
        title_gain=GAINS.get(_first(tables.TITLE_SIZES, plain) or ""),
        scene=int(found) if (found := _first(tables.SCENES, plain)) is not None else None,
    )
    return _with_order(
        _with_music(_with_length(_with_title(wishes, words, plain), plain), plain), plain
    )


def _with_title(wishes: Wishes, words: str, plain: str) -> Wishes:
    ask = title.wanted(words)
    if ask is None:
        off = title.unwanted(words)
        wishes = replace(wishes, title_off=off, title_asked=title.mentioned(words) and not off)
        if off or not wishes.title_asked:
            return wishes
    at_end = (
        True if tables.AT_END.search(plain) else False if tables.AT_START.search(plain) else None
    )
    return replace(
        wishes,
        title=ask,
        title_seconds=_stretch(words),
        title_at_end=at_end,
        title_place=_first(tables.SEATS, plain),
    )


def chinese(words: str) -> bool:
    """Whether the words hold Chinese characters outside quotation marks (a quoted title says
    nothing)."""
    said = title.QUOTED.sub("", words) or words
    return bool(re.search(r"[\u4e00-\u9fff]", said)) and not re.search(r"[\u3041-\u30fa]", said)


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
    if tables.SWAP.search(words) and not tables.MUSIC.search(words):
        return replace(wishes, swap=(named[0], named[1]) if len(named) > 1 else (1, 2))
    if tables.REVERSE.search(words):
        return replace(wishes, reverse=True)
    if named and tables.ONLY.search(words):
        return replace(wishes, only=named[0])
    if named and tables.DROP.search(words):
        return replace(wishes, drop=named[0])
    if named and named[0] != 1 and tables.MOVE_FIRST.search(words):
        return replace(wishes, first=named[0])
    return wishes


def _subject(words: str) -> str:
    found = tables.SUBJECT.search(words)
    return next((group.strip() for group in found.groups() if group), "") if found else ""
