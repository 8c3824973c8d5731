"""Undo, redo, and back to a version that is named: the project moves there, and its video comes
once more."""

from core.domain.conversation.chat import Context, Decision, to_job
from core.domain.conversation.commands.replies import about, begin, briefly, phrase
from core.domain.requests import Export, Plan, Progress, Wish, version_shown
from core.domain.understanding import resolution_asked, version_named
from core.domain.versions import Direction, Move, numbered
from core.messages import Inbound, Pressed

MOVES = frozenset({Plan.MAKE, Plan.EDIT, Plan.RESTORE})
"""Plans after which another version may be shown."""


def undo(context: Context, inbound: Inbound, now: float) -> Decision:
    """The version that the one it stands under, or the shown one, was built on; or the one that the
    words name. Exporting is free."""
    return _go(context, inbound, Direction.BACK, now)


def redo(context: Context, inbound: Inbound, now: float) -> Decision:
    """The version that was undone last, or the one that the words name."""
    return _go(context, inbound, Direction.FORWARD, now)


def show_again(context: Context, inbound: Inbound, number: int, now: float) -> Decision:
    """The version of that number, from which the project goes on."""
    return _begun(context, inbound, Move(Direction.TO, to=number), now)


def _go(context: Context, inbound: Inbound, direction: Direction, now: float) -> Decision:
    if inbound.job and context.named is None:
        return Decision(context.chat, posts=(briefly(context, inbound, "talk.history_gone"),))
    named = numbered(inbound.text) or version_named(inbound.text)
    if named:
        return _begun(context, inbound, Move(Direction.TO, to=named), now)
    subject = context.named if inbound.job else context.answered
    start = version_shown(subject, context.versions) if subject else 0
    return _begun(context, inbound, Move(direction, start), now)


def _begun(context: Context, inbound: Inbound, move: Move, now: float) -> Decision:
    """The request for another version; where it is known that there is none, words and no more."""
    project = context.chat.project
    coming = any(job.plan in MOVES and not job.cancelled for job in context.open)
    if project is None or not (coming or move.end(context.versions)):
        said = briefly if isinstance(inbound.happened, Pressed) else phrase
        return Decision(
            context.chat, posts=(said(context, inbound, NOTHING_THERE[move.direction]),)
        )
    wish = Wish(resolution=resolution_asked(inbound.text))
    learnt = Progress(wish, about(project), export=Export(pinned=True, move=move))
    job = to_job(context, inbound, Plan.RESTORE, learnt, now)
    return begin(context, job, STATUS[move.direction])


NOTHING_THERE = {
    Direction.BACK: "talk.nothing_to_undo",
    Direction.FORWARD: "talk.nothing_to_redo",
    Direction.TO: "talk.no_such_version",
}
STATUS = {
    Direction.BACK: "status.undoing",
    Direction.FORWARD: "status.redoing",
    Direction.TO: "status.going_to",
}
