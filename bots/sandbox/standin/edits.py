"""What wishes do to a timeline: the first rough cut, and every later change, each with a name for
the answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bots.sandbox.standin.draft import (
    LARGEST,
    LIGHTEST,
    SMALLEST,
    USUAL,
    Piece,
    Timeline,
    Voice,
    Words,
    laid_out,
    natural_ms,
)
from bots.sandbox.standin.music import UNDER_VOICE, bed
from bots.sandbox.standin.wishes import Wishes

MOTIONS = ("zoom_in", "zoom_out", "pan_right", "zoom_in_high", "pan_left", "zoom_out_low")


def rough_cut(pieces: Sequence[Piece], voice: Voice | None, wishes: Wishes) -> Timeline:
    """A new project from pictures, in the order they came; music only where the words name it."""
    pieces = chosen(tuple(pieces), wishes.only)
    moved = tuple(
        replace(piece, motion=MOTIONS[number % len(MOTIONS)]) for number, piece in enumerate(pieces)
    )
    ms = (
        wishes.seconds * 1000
        if wishes.seconds
        else natural_ms(moved, voice) * (wishes.stretch or 1)
    )
    start = Timeline(
        moved,
        round(ms),
        wishes.aspect or usual_aspect(moved),
        voice=voice,
        fades=wishes.fades is not False,
    )
    return changed(
        laid_out(start, ms),
        replace(wishes, seconds=None, stretch=None, aspect=None, drop=None, only=None),
    )[0]


def usual_aspect(pieces: Sequence[Piece]) -> str:
    """As most of the pictures are: upright ones make an upright video."""
    upright = sum(piece.height > piece.width * 1.05 for piece in pieces)
    return "9:16" if upright * 2 > len(pieces) else "16:9"


def changed(timeline: Timeline, wishes: Wishes) -> tuple[Timeline, tuple[str, ...]]:
    """The timeline after all wishes that can be met, and the names of the changes (keys of the
    answers)."""
    done: list[str] = []
    for name, edit in EDITS.items():
        after = edit(timeline, wishes)
        if after != timeline:
            done.append(name)
            timeline = after
    return timeline, tuple(done)


def _aspect(timeline: Timeline, wishes: Wishes) -> Timeline:
    return replace(timeline, aspect=wishes.aspect) if wishes.aspect else timeline


def _order(timeline: Timeline, wishes: Wishes) -> Timeline:
    pieces = list(timeline.pieces)
    count = len(pieces)

    def at(place: int) -> int | None:
        index = count - 1 if place == -1 else place - 1
        return index if 0 <= index < count else None

    if wishes.swap is not None:
        one, other = at(wishes.swap[0]), at(wishes.swap[1])
        if one is not None and other is not None:
            pieces[one], pieces[other] = pieces[other], pieces[one]
    if wishes.first is not None and (index := at(wishes.first)) is not None:
        pieces.insert(0, pieces.pop(index))
    if wishes.reverse:
        pieces.reverse()
    return (
        laid_out(replace(timeline, pieces=tuple(pieces)))
        if tuple(pieces) != timeline.pieces
        else timeline
    )


def _drop(timeline: Timeline, wishes: Wishes) -> Timeline:
    index = len(timeline.pieces) - 1 if wishes.drop == -1 else (wishes.drop or 0) - 1
    if wishes.drop is None or not 0 <= index < len(timeline.pieces) or len(timeline.pieces) == 1:
        return timeline
    pieces = timeline.pieces[:index] + timeline.pieces[index + 1 :]
    return laid_out(
        replace(timeline, pieces=pieces), timeline.ms * len(pieces) / len(timeline.pieces)
    )


def _length(timeline: Timeline, wishes: Wishes) -> Timeline:
    if wishes.seconds is not None:
        return laid_out(timeline, wishes.seconds * 1000)
    return (
        laid_out(timeline, timeline.ms * wishes.stretch) if wishes.stretch is not None else timeline
    )


def _fades(timeline: Timeline, wishes: Wishes) -> Timeline:
    if wishes.fades is None or wishes.fades == timeline.fades:
        return timeline
    return laid_out(replace(timeline, fades=wishes.fades))


def _only(timeline: Timeline, wishes: Wishes) -> Timeline:
    """One picture alone, for as long as one alone is shown."""
    kept = chosen(timeline.pieces, wishes.only)
    if len(kept) == len(timeline.pieces):
        return timeline
    return laid_out(replace(timeline, pieces=kept), natural_ms(kept, timeline.voice))


def chosen(pieces: tuple[Piece, ...], place: int | None) -> tuple[Piece, ...]:
    """The one at a place (1 is the first, -1 the last); all of them where there is none such."""
    index = None if place is None else place - (place > 0)
    return pieces if index is None or not -1 <= index < len(pieces) else (pieces[index],)


def _motion(timeline: Timeline, wishes: Wishes) -> Timeline:
    if wishes.motion is None:
        return timeline
    pieces = (
        piece if piece.film else replace(piece, motion=wishes.motion) for piece in timeline.pieces
    )
    return replace(timeline, pieces=tuple(pieces))


def _light(timeline: Timeline, wishes: Wishes) -> Timeline:
    light = timeline.light + (wishes.light or 0)
    return replace(timeline, light=max(-LIGHTEST, min(LIGHTEST, light)))


def _tone(timeline: Timeline, wishes: Wishes) -> Timeline:
    return replace(timeline, tone=wishes.tone) if wishes.tone else timeline


def _title(timeline: Timeline, wishes: Wishes) -> Timeline:
    if wishes.title_off:
        return replace(timeline, words=None)
    old = timeline.words
    text = wishes.title if wishes.title is not None else old.text if old else None
    if text is None:
        return timeline
    seconds = wishes.title_seconds or (old.ms / 1000 if old else 3.0)
    at_end = bool(old and old.at_end) if wishes.title_at_end is None else wishes.title_at_end
    place = wishes.title_place or (old.place if old else USUAL)
    ms = min(round(seconds * 1000), timeline.ms)
    scale = round((old.scale if old else 1.0) * (wishes.title_gain or 1), 2)
    scale = min(LARGEST, max(SMALLEST, scale))
    return replace(timeline, words=Words(text, ms, at_end, place, scale))


def _music(timeline: Timeline, wishes: Wishes) -> Timeline:
    if wishes.music_off:
        return replace(timeline, bed=None)
    if wishes.music is None:
        return timeline
    volume = timeline.bed.volume if timeline.bed else UNDER_VOICE if timeline.spoken else 0.35
    return replace(timeline, bed=bed(wishes.music, wishes.language, volume))


def _volume(timeline: Timeline, wishes: Wishes) -> Timeline:
    if wishes.volume is None and wishes.gain is None:
        return timeline
    old = timeline.bed or bed("soft", wishes.language, 0.35)
    volume = (
        wishes.volume
        if wishes.volume is not None
        else min(1.0, round(old.volume * (wishes.gain or 1), 2))
    )
    return replace(timeline, bed=replace(old, volume=volume))


EDITS: dict[str, Callable[[Timeline, Wishes], Timeline]] = {
    "aspect": _aspect,
    "order": _order,
    "drop": _drop,
    "only": _only,
    "length": _length,
    "fades": _fades,
    "motion": _motion,
    "light": _light,
    "tone": _tone,
    "title": _title,
    "music": _music,
    "volume": _volume,
}
