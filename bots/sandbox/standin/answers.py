"""What the stand-in says, in English and Chinese; like the real backend it sometimes talks of
buttons."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from bots.sandbox.standin.draft import Timeline
from bots.sandbox.standin.wishes import Wishes

JOINED = ("zh", "ja")
"""Languages that put no gap between sentences."""


@cache
def phrases() -> dict[str, dict[str, str]]:
    """`phrases/<language>.toml`, read once. Only the backend's own two languages talk of
    buttons."""
    folder = Path(__file__).parent / "phrases"
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.toml"))
    }


def say(language: str, key: str, **values: object) -> str:
    """One phrase."""
    return phrases()[language][key].format(**values)


def joined(language: str, sentences: Iterable[str]) -> str:
    """Sentences one after another."""
    gap = "" if language in JOINED else " "
    return gap.join(sentence for sentence in sentences if sentence)


def counted(language: str, what: str, count: int) -> str:
    """ "one shot", "3 shots", "photo", "3 photos"."""
    return say(language, what if count == 1 else f"{what}s", count=count)


def number(ms: float) -> str:
    """Seconds without needless decimals."""
    return f"{ms / 1000:.1f}".rstrip("0").rstrip(".")


def about(language: str, timeline: Timeline) -> dict[str, object]:
    """Everything the phrases ask of a timeline."""
    words, bed = timeline.words, timeline.bed
    start = timeline.ms - words.ms if words and words.at_end else 0
    return {
        "seconds": number(timeline.ms),
        "aspect": timeline.aspect,
        "shots": counted(language, "shot", len(timeline.pieces)),
        "title": words.text if words else "",
        "start": number(start),
        "end": number(start + words.ms) if words else "",
        "music": bed.name if bed else "",
        "volume": round(bed.volume * 100) if bed else 0,
    }


def noted(wishes: Wishes) -> list[str]:
    """What could not be done with the title as it was asked for."""
    notes = []
    if wishes.title_lost:
        notes.append(
            say(
                wishes.language,
                "title_lost" if wishes.title else "title_none",
                signs=wishes.title_lost,
            )
        )
    if wishes.title_cut and wishes.title:
        notes.append(say(wishes.language, "title_cut", end=wishes.title[-16:]))
    return notes


def told(wishes: Wishes, timeline: Timeline, changes: Sequence[str]) -> str:
    """One sentence a change."""
    keys = []
    named = {"light": f"light_{'up' if (wishes.light or 0) > 0 else 'down'}"}
    named["tone"] = f"tone_{timeline.tone}"
    if wishes.title_gain and wishes.title is None:
        named["title"] = f"title_{'bigger' if wishes.title_gain > 1 else 'smaller'}"
    for change in changes:
        gone = (change, True) in (
            ("title", timeline.words is None),
            ("music", timeline.bed is None),
            ("fades", not timeline.fades),
        )
        keys.append(f"no_{change}" if gone else named.get(change, change))
    if wishes.title_place and timeline.words is not None and "title" in changes:
        keys.append(f"place_{timeline.words.place}")
    values = about(wishes.language, timeline)
    return joined(wishes.language, (say(wishes.language, key, **values) for key in keys))
