"""Turns that end with an error."""

from bots.sandbox.standin import events
from bots.sandbox.standin.events import Beat
from bots.sandbox.standin.faults import Fault
from bots.sandbox.standin.script.lines import plain
from bots.sandbox.standin.script.performance import Beats, Turn


def code_inside(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """A code as the other calls have them, within the stream."""
    return (Beat(0.2, raw=plain({"code": int(fault.value or 2001), "message": "refused"})),)


def begun(turn: Turn) -> Beat:
    """The first words alone."""
    return Beat(0.2, event=events.event(turn.invocation, "model", [events.text("starting…")]))


def error(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """An error frame, before the work or behind it."""
    worked = beats[:-1] if fault.kind == "error-late" else (begun(turn),)
    return (
        *worked,
        Beat(0.2, raw=events.error('render worker "gone"\nline two', "RuntimeError", turn.now)),
    )


def error_invalid(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """An error frame that is no JSON."""
    return (begun(turn), Beat(0.2, raw=b'data: {"error": "render worker "gone"\nline two"}\n\n'))


def error_code(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """An error as an event."""
    told = {"errorCode": "RESOURCE_EXHAUSTED", "errorMessage": "quota exceeded"}
    return (Beat(0.2, event=events.event(turn.invocation, None, None, **told)),)


def error_twice(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """An error as an event, and as a frame behind it."""
    told = {"errorCode": "RuntimeError", "errorMessage": "backend exploded"}
    first = Beat(0.2, event=events.event(turn.invocation, None, None, **told))
    return (first, Beat(raw=events.error("backend exploded", "RuntimeError", turn.now)))
