"""Which words belong to which photo, where several came: "first slow zoom, second with title B",
"one of each", "use only the second photo"; what "each" is then wished for a single one, and where a
sentence ends."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.domain.understanding.numbering import Named, Tongue, tongues
from core.domain.understanding.spelling import QUOTED
from core.patterns import Pattern

LONGEST = 2000
"""Characters of a message in which photos are looked for by number."""


@dataclass(frozen=True, slots=True)
class Together:
    """One video of all of them."""


@dataclass(frozen=True, slots=True)
class Apart:
    """A video of its own for each photo: its words, in the order of the photos; empty where nothing
    is said of it, None for one that is left out."""

    words: tuple[str | None, ...]

    @property
    def photos(self) -> tuple[int, ...]:
        """The numbers of the photos that are made a video of, counted from 1."""
        return tuple(place for place, words in enumerate(self.words, 1) if words is not None)


@dataclass(frozen=True, slots=True)
class Only:
    """One video of these photos alone, counted from 1; `words` say what to make of them, empty
    where nothing does. `without`: it is the others that are named, as those to be left out; where
    all are, and nothing else is said, there are no photos."""

    photos: tuple[int, ...]
    words: str
    without: bool = False


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nobody can tell which is meant. `apart` is how it would be divided, None where it names
    photos that are not there."""

    apart: Apart | None


Assignment = Together | Apart | Only | Unsure

ALWAYS = ("en", "zh")
"""Languages whose words for each are put right whatever they stand in."""


def each(text: str) -> bool:
    """Whether every file is to become a video of its own: "make one video of each",
    "每张照片各做一个视频", in any language."""
    return any(pattern.search(text) for tongue in tongues() for pattern in tongue.each)


def one_of(text: str) -> str:
    """The wish for a single file, so that it is not taken for a batch again."""
    for tongue in tongues():
        if tongue.code in ALWAYS or any(pattern.search(text) for pattern in tongue.each):
            for pattern, one in tongue.single:
                text = pattern.sub(one, text)
    return " ".join(text.split())


def assign_photos(
    words: str, photos: int, language: str = "", captions: tuple[str, ...] = ()
) -> Assignment:
    """What is to be made of so many photos. `captions` are the words under each of them, where
    every one has its own. Pure; any text, any language (`language` is read first)."""
    if not photos or len(words) > LONGEST:
        return Together()
    masked = QUOTED.sub(lambda quoted: HIDDEN * len(quoted[0]), words)
    for tongue in _in_order(language):
        found: Assignment | None = _only(tongue, words, masked, photos)
        if photos < SEVERAL:
            found = found if isinstance(found, Only) else None
        else:
            found = found or _numbered(tongue, words, masked, photos)
        if found is not None:
            return found
    return _by_lines(words, masked, photos, captions) if photos >= SEVERAL else Together()


def sentences(words: str) -> tuple[str, ...]:
    """Sentence by sentence; what is quoted is never cut."""
    masked = QUOTED.sub(lambda quoted: HIDDEN * len(quoted[0]), words)
    ends = [0]
    for found in BETWEEN.finditer(masked):
        ends += found.span()
    places = (*ends, len(words))
    pieces = (
        words[start:end].strip() for start, end in zip(places[::2], places[1::2], strict=True)
    )
    return tuple(filter(None, pieces))


BETWEEN = Pattern(r"\n+|(?<=[?!.])\s+|(?<=[？！。؟।])\s*")
"""What stands between two sentences."""


def photo_named(words: str, language: str = "") -> int:
    """The highest number by which a photo is called in these words, "use photo 5", 0 for none."""
    masked = QUOTED.sub(lambda quoted: HIDDEN * len(quoted[0]), words[:BEGINNING])
    return max((place for it in _in_order(language) for place in it.called(masked)), default=0)


def names_all(words: str, language: str = "") -> bool:
    """Whether all photos are spoken of: "both", "all of them"; what is quoted speaks of none."""
    masked = QUOTED.sub(" ", words[:BEGINNING])
    return any(tongue.every.search(masked) for tongue in _in_order(language))


BEGINNING = 400
"""Characters of a message in which a single number, or a word for all, is looked for."""


SEVERAL = 2
"""Photos that can be told apart; of a single one words can only say that it is let go of."""


HIDDEN = "\x00"
"""In place of what is quoted: a title says nothing of photos."""


def _in_order(language: str) -> Iterator[Tongue]:
    code = language.partition("-")[0]
    yield from sorted(tongues(), key=lambda tongue: (tongue.code != code, tongue.code != "en"))


def _only(tongue: Tongue, words: str, masked: str, photos: int) -> Only | Unsure | None:
    """ "Use only the second photo", "without the third"."""
    for pattern, left_out in ((tongue.only, False), (tongue.without, True)):
        match = pattern.search(masked) if pattern else None
        if match is None or not tongue.closes(masked, match.start(), match.end()):
            continue
        named = [it.place(photos) for it in tongue.named(masked, match.start(), match.end())]
        if not named or (len(named) >= photos and not left_out):
            continue
        if not all(1 <= place <= photos for place in named):
            return Unsure(None)
        kept = [place for place in range(1, photos + 1) if (place in named) is not left_out]
        rest = f"{words[: match.start()]} {words[match.end() :]}"
        said = "" if tongue.hollow(rest) else _trimmed(rest)
        return Only(tuple(kept), said, left_out) if kept or not said else None
    return None


def _numbered(tongue: Tongue, words: str, masked: str, photos: int) -> Assignment | None:
    """ "First slow zoom, second with title B", "1: …, 2: …"."""
    labels = [it for it in tongue.labels(masked) if not tongue.is_span(masked, it)]
    if len({it.number for it in labels}) < 2 or "?" in masked or "？" in masked:
        return None
    before = words[: labels[0].start]
    bodies, common = _bodies(tongue, words, masked, labels)
    places = [it.place(photos) for it in labels]
    if not any(bodies) or tongue.together.search(f"{before} {common}"):
        return Together()
    if any(place > photos for place in places):
        return Unsure(None)
    own: dict[int, list[str]] = {}
    for place, body in zip(places, bodies, strict=True):
        own.setdefault(place, []).append(body)
    general = "" if tongue.hollow(before) or _announces(before) else _trimmed(one_of(before))
    rest = own.pop(0, None)
    told = tuple(
        "\n".join(filter(None, (general, *said, common))) if said else None
        for said in (own.get(place, rest) for place in range(1, photos + 1))
    )
    of_one = tongue.one_video.search(before) or any(map(tongue.together.search, bodies))
    sure = None not in told and not of_one
    return Apart(told) if sure else Unsure(Apart(told))


def _bodies(tongue: Tongue, words: str, masked: str, labels: list[Named]) -> tuple[list[str], str]:
    """What is said of each label, and what the last words say of all. "The first and the third with
    a zoom": who has no words of their own has those of the next."""
    ends = [*(label.start for label in labels[1:]), len(words)]
    spans = [(label.end, end) for label, end in zip(labels, ends, strict=True)]
    common = ""
    if found := tongue.all.search(masked, *spans[-1]):
        common = _trimmed(words[found.end() :])
        spans[-1] = (spans[-1][0], found.start())
    bodies = [tongue.trimmed(words[start:end]) for start, end in spans]
    for place in range(len(bodies) - 2, -1, -1):
        bodies[place] = bodies[place] or bodies[place + 1]
    return bodies, common


def _announces(before: str) -> bool:
    """Whether it only says that several videos are wanted: "Hi! One of each:", "make 2 videos:"."""
    return len(before.split()) <= FEW and (each(before) or PLURAL.search(before) is not None)


FEW = 6
PLURAL = Pattern(
    r"\bv[ií]deos\b|[两兩二三四五六七八九十\d]\s*[个個条條段支]短?(?:视频|視頻|影片)", re.IGNORECASE
)


def _by_lines(
    words: str, masked: str, photos: int, captions: tuple[str, ...]
) -> Apart | Unsure | Together:
    """Words under each photo, or as many lines as there are photos: only with "one of each" is it
    said that they are for one each."""
    lines = [line for line in map(_trimmed, words.splitlines()) if line]
    if each(masked):
        lines = lines[1:] if len(lines) == photos + 1 and _announces(lines[0]) else lines
        own = tuple(map(one_of, lines)) if len(lines) == photos else None
        return Apart(own or ("" if _hollow(words) else one_of(words),) * photos)
    if len(captions) == photos and len(set(captions)) == photos:
        return Unsure(Apart(captions))
    apart = len(lines) == len(set(lines)) == photos and _separate(lines)
    return Unsure(Apart(tuple(lines))) if apart else Together()


def _hollow(words: str) -> bool:
    """Whether they say no more than "one of each"."""
    return not VIDEO.search(words) and any(tongue.hollow(words) for tongue in tongues())


VIDEO = Pattern(
    "v[ií]d[eé]o|clip|klip|reel|видео|ролик|视频|視頻|影片|短片|動画|ビデオ|영상|비디오|فيديو|مقطع|वीडियो|विडियो",
    re.IGNORECASE,
)


def _separate(lines: Iterable[str]) -> bool:
    """Whether no line goes on with the one before it: "make a video / with music"."""
    return not any(tongue.goes_on(line) for line in list(lines)[1:] for tongue in tongues())


def names_video(text: str) -> bool:
    """Whether a video is spoken of by one of its names, in any language."""
    return VIDEO.search(text) is not None


def _trimmed(words: str) -> str:
    return words.strip(" \t\n,;:.，；：、。-–—•*")
