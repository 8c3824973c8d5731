"""How long everything on a timeline is shown, and how large its frame is."""

from collections.abc import Sequence
from dataclasses import replace

from bots.sandbox.standin.draft.timeline import Piece, Timeline, Voice

SHORTEST, LONGEST = 1_000, 180_000
"""Limits of a whole timeline, ms."""
FADE = 800


def natural_ms(pieces: Sequence[Piece], voice: Voice | None) -> int:
    """The length when nobody asks for one: a recording's, else what the pictures need to be
    seen."""
    if voice is not None:
        return _bounded(voice.ms)
    films = sum(min(piece.source_ms, 30_000) for piece in pieces if piece.film)
    photos = sum(not piece.film for piece in pieces)
    each = {1: 8_000, 2: 5_000, 3: 4_000}.get(photos, 3_000)
    return _bounded(films + photos * each)


def _bounded(ms: float) -> int:
    return round(min(LONGEST, max(SHORTEST, ms)))


def laid_out(timeline: Timeline, ms: float | None = None) -> Timeline:
    """The same project at a new length (or its own): pieces share it out, exactly to the
    millisecond."""
    whole = _bounded(timeline.ms if ms is None else ms)
    share = whole / len(timeline.pieces)
    photos = sum(not piece.film for piece in timeline.pieces)
    wanted = [
        min(piece.source_ms, share) if piece.film and photos else share for piece in timeline.pieces
    ]
    if photos:
        rest = (
            whole
            - sum(
                length for length, piece in zip(wanted, timeline.pieces, strict=True) if piece.film
            )
        ) / photos
        wanted = [
            length if piece.film else rest
            for length, piece in zip(wanted, timeline.pieces, strict=True)
        ]
    elif (films := sum(piece.source_ms for piece in timeline.pieces)) > 0:
        wanted = [whole * piece.source_ms / films for piece in timeline.pieces]
    pieces: list[Piece] = []
    end, exact = 0, 0.0
    for number, (piece, length) in enumerate(zip(timeline.pieces, wanted, strict=True)):
        exact += length
        start, end = end, round(exact)
        before = pieces[-1].ms if pieces else 0
        fade = min(FADE, round(0.35 * min(before, end - start))) if number and timeline.fades else 0
        pieces.append(replace(piece, ms=end - start, fade_ms=fade))
    words = replace(timeline.words, ms=min(timeline.words.ms, whole)) if timeline.words else None
    return replace(timeline, pieces=tuple(pieces), ms=whole, words=words)


RATIOS = {"16:9": (16, 9), "9:16": (9, 16), "1:1": (1, 1), "4:5": (4, 5)}


def canvas(aspect: str, short: int = 1080) -> tuple[int, int]:
    """Pixels of the frame whose shorter side is `short`; both even."""
    across, down = RATIOS.get(aspect, RATIOS["16:9"])
    unit = short / min(across, down)
    return max(2, round(across * unit / 2) * 2), max(2, round(down * unit / 2) * 2)
