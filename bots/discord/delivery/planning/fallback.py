"""What comes after a refusal: with less in it, another way, or the end.

Words that were refused together with their file go again without it, where Discord says that this
was the reason. Where it does not say why, the core leaves out one of the suspects and sends again:
nothing is left out here and there."""

from dataclasses import replace

from bots.discord.delivery.planning.course import Closed, Course, Failed, Post, State, post, settled
from bots.discord.delivery.planning.refusals import RIGHT_MISSING, Blocked, Disliked, TooBig
from bots.discord.delivery.planning.shapes import Shape
from bots.discord.delivery.planning.ways import BY_OWN_RIGHT, EDITS, Kind
from bots.discord.translate import Piece
from core.adapter import Blame, Refused

Refusal = Blocked | TooBig | Disliked | Refused
"""What surely was not posted."""


def refused(course: Course, refusal: Refusal) -> State:
    """After a refusal: with less in it, another way, or the end."""
    tried = post(course)
    less = _less(course, tried, refusal)
    if less is not None and tried.piece.file and not course.scene.linked:
        return Failed(Refused(str(refusal), Blame.FILES))  # the core has words for that
    if less is not None:
        return replace(course, shape=less)
    match refusal:
        case Refused():
            return _invalid(course, tried, refusal)
        case TooBig() if tried.piece.document:
            return Failed(Refused("too large", Blame.FILES))
        case TooBig() | Disliked() if tried.way.kind in EDITS:
            return Failed(Refused(type(refusal).__name__))
        case Blocked(code=code):
            shut = course.scene.ground.shut if tried.way.kind is Kind.CHANNEL else course.shut
            return _next(replace(course, shut=shut), tried, code)
        case _:
            return _next(course, tried, 0)


def _less(course: Course, tried: Post, refusal: Refusal) -> Shape | None:
    """The shape that mends what Discord has named; None where that is no matter of its shape."""
    way, piece = tried.way, tried.piece
    match refusal:
        case TooBig() if piece.file or piece.picture:
            return Shape.SMALL
        case Disliked() if course.shape is not Shape.MODERATED and way.kind is not Kind.WITHDRAW:
            return Shape.MODERATED
        case Blocked(code=code) if piece.card is not None and code == RIGHT_MISSING:
            return Shape.PLAIN
        case Blocked() if piece.file and way.kind in BY_OWN_RIGHT and course.scene.token is None:
            return Shape.HINTED
    return None


def _invalid(course: Course, tried: Post, refusal: Refused) -> State:
    """Discord does not take it as it is, and has not named a reason that is known here."""
    piece, suspects = tried.piece, _suspects(tried.piece)
    refers = piece.reply_to or piece.refers_to
    if refers and (refusal.blame is Blame.REPLY or not suspects):
        return replace(course, referring=False)
    if suspects or tried.way.kind in EDITS:
        blame = refusal.blame if refusal.blame in suspects else None
        return Failed(Refused(str(refusal), blame, suspects))
    # with nothing left to leave out, it is the place that does not take it
    return _next(course, tried, 0)


def _passed(course: Course, tried: Post, code: int) -> int:
    """How many ways are over: with one that is taken after another, or depends on it, two.

    A follow-up takes the place of an open "thinking…", and all can read it, if that was not taken
    away: it may only go on where there is none (Blocked)."""
    kept = tried.way.kind is Kind.WITHDRAW and code == 0
    return 2 if kept or tried.way is not course.ways[0] else 1


def _suspects(piece: Piece) -> tuple[Blame, ...]:
    """What of a piece could be the reason, besides its words."""
    parts = {
        Blame.BUTTONS: piece.rows,
        Blame.PICTURES: piece.card,
        Blame.REPLY: piece.reply_to,
        Blame.FILES: piece.file or piece.document,
    }
    return tuple(blame for blame, part in parts.items() if part)


def _next(course: Course, tried: Post, code: int) -> State:
    """On to the next way. What was too large, or disliked by the server, is not tried again."""
    ways = course.ways[_passed(course, tried, code) :]
    lasting = course.shape is Shape.SMALL or (
        course.shape is Shape.MODERATED and ways and ways[0].kind is not Kind.DIRECT
    )
    closed = Closed(tried.way, code, bool(tried.piece.file))
    return settled(
        replace(
            course,
            ways=ways,
            shape=course.shape if lasting else Shape.WHOLE,
            referring=True,
            count=0,
            closed=(*course.closed, closed),
        )
    )
