"""Wishes in the languages that are read by concepts: a part of a sentence that names the music and
something to do away with wants no music, in whatever order they stand."""

import re
from typing import Any

from bots.sandbox.standin.wishes import lengths
from bots.sandbox.standin.wishes.clauses import STOP, Clause, around, clauses
from bots.sandbox.standin.wishes.folding import Folded
from bots.sandbox.standin.wishes.lexicon import Lexicon
from bots.sandbox.standin.wishes.wording import span_of

Found = dict[str, Any]
"""Fields of `Wishes` with what was said of them."""
QUOTE = "\x01"
"""Stands where something in quotation marks was taken out."""
_LOFI = re.compile(r"\blo-?fi\b|ローファイ|로파이")
_INSTRUMENT = re.compile("klavier|piano|piyano|пианино|фортепиано|рояль|بيانو|पियानो|ピアノ|피아노")
STYLES = ("upbeat", "epic", "piano", "electronic", "soft")
ASPECTS = (("vertical", "9:16"), ("square", "1:1"), ("wide", "16:9"))
MOTIONS = ("zoom_out", "still", "zoom_in")
PACES = (("faster", 0.75), ("slower", 1.35), ("longer", 1.5), ("shorter", 0.67))
LIGHTS = (("brighter", 1), ("darker", -1))
TONES = (("black_and_white", "grey"), ("warmer", "warm"), ("in_colour", "plain"))
SEATS = ("top", "bottom", "middle")


def read(words: Folded, lexicon: Lexicon, quote: str = "") -> Found:
    """What is wished for. `quote` is the text of a title that stood in quotation marks and was
    taken out."""
    found: Found = {}
    text = words.text
    if opened := lengths.opening(text, lexicon):
        seconds, (start, end) = opened
        text = text[:start] + STOP * (end - start) + text[end:]
        if lexicon["title"].search(text) or quote:
            found |= {"title_seconds": seconds, "seconds": None}
    title = ""
    for clause in clauses(text, lexicon):
        span = None if title or quote or clause.off("title") else span_of(clause.text, lexicon)
        if span is not None:
            title = words.original(clause.start + span[0], clause.start + span[1])
        rest = clause if span is None else around(clause, span)
        for reader in (_sound, _title, _order, _picture, _look, _late):
            found = reader(rest) | found
    if title or quote:
        found |= {"title": title or quote, "title_off": False}
    if title:
        text = _blanked(text, words, title)
    return found | _length(text, lexicon) | _told(text, lexicon)


def _blanked(text: str, words: Folded, title: str) -> str:
    at = words.source.find(title)
    inside = [place for place, source in enumerate(words.places) if at <= source < at + len(title)]
    return "".join(" " if place in set(inside) else letter for place, letter in enumerate(text))


def _sound(clause: Clause) -> Found:
    if clause.off("music", "volume"):
        return {"music_off": True}
    spoken = clause.has("music") or bool(_INSTRUMENT.search(clause.text))
    bare = len(clause.text.split()) <= 3 and not clause.has("title", "photo")
    for concept, gain in (("quieter", 0.5), ("louder", 1.6)):
        if clause.has(concept) and (spoken or clause.has("volume") or bare):
            return {"gain": gain}
    if not spoken:
        return {}
    if _LOFI.search(clause.text):
        return {"music": "lofi"}
    return {"music": next((style for style in STYLES if clause.has(style)), "soft")}


def _title(clause: Clause) -> Found:
    if not clause.has("title", "saying"):
        return {"title_off": True} if clause.off("title") else {}
    if clause.off("title"):
        return {"title_off": True}
    found: Found = {"title_asked": True}
    if seat := next((seat for seat in SEATS if clause.has(seat)), None):
        found["title_place"] = seat
    if clause.has("end") or clause.has("start"):
        found["title_at_end"] = clause.has("end")
    return found


def _order(clause: Clause) -> Found:
    if clause.has("title"):
        return {}
    named = lengths.places(clause.text, clause.lexicon)
    if clause.has("swap") and not clause.has("music", "volume"):
        return {"swap": (named[0], named[1]) if len(named) > 1 else (1, 2)}
    if clause.has("reverse"):
        return {"reverse": True}
    if not named:
        return {}
    if clause.has("only"):
        return {"only": named[0]}
    if clause.off("photo"):
        return {"drop": named[0]}
    later = next((place for place in named if place != 1), None)
    return {"first": later} if clause.has("front") and later is not None else {}


def _picture(clause: Clause) -> Found:
    found: Found = {}
    if aspect := next((aspect for name, aspect in ASPECTS if clause.has(name)), None):
        found["aspect"] = aspect
    if motion := next((motion for motion in MOTIONS if clause.has(motion)), None):
        found["motion"] = motion
    if clause.has("fades"):
        found["fades"] = not clause.off("fades")
    if (
        not motion
        and not clause.has("title", "music")
        and (pace := next((factor for name, factor in PACES if clause.has(name)), None))
    ):
        found["stretch"] = pace
    return found


def _look(clause: Clause) -> Found:
    """The light and the colours of the pictures; those of a title are its own."""
    if clause.has("title"):
        return {}
    found: Found = {}
    if light := next((step for name, step in LIGHTS if clause.has(name)), None):
        found["light"] = light
    if tone := next((tone for name, tone in TONES if clause.has(name)), None):
        found["tone"] = tone
    return found


def _late(clause: Clause) -> Found:
    """Photos that come later and belong to the video there is."""
    if clause.has("title", "saying", "music", "volume", "fades", "off"):
        return {}
    joins = clause.has("join") and clause.has("photo", "this")
    placed = clause.has("this") and clause.has("start", "end") and not clause.has("make")
    return {"add": True, "add_first": clause.has("start")} if joins or placed else {}


def _length(text: str, lexicon: Lexicon) -> Found:
    seconds = lengths.seconds(text, lexicon)
    return {"seconds": seconds, "stretch": None} if seconds is not None else {}


def _told(text: str, lexicon: Lexicon) -> Found:
    return {name: True for name in ("make", "again") if lexicon[name].search(text)}
