"""Which fault of a turn is which change of its beats."""

from collections.abc import Callable, Sequence

from bots.sandbox.standin.faults import Fault
from bots.sandbox.standin.script.errors import (
    code_inside,
    error,
    error_code,
    error_invalid,
    error_twice,
)
from bots.sandbox.standin.script.lines import (
    contentless,
    cut,
    heartbeats,
    no_blank_line,
    partial,
    silence,
    typed,
)
from bots.sandbox.standin.script.performance import Beats, Turn
from bots.sandbox.standin.script.words import (
    ask,
    empty_parts,
    empty_turn,
    gui,
    separators,
    silent,
    temporary,
    words_only,
)


def spoil(beats: Beats, faults: Sequence[Fault], turn: Turn) -> Beats:
    """The turn as it shall go wrong; several faults may be at work at once, heartbeats between all
    the rest."""
    for fault in sorted(faults, key=lambda fault: fault.kind == "heartbeat"):
        if beats and (spoiler := SPOILERS.get(fault.kind)):
            beats = spoiler(beats, fault, turn)
    return beats


SPOILERS: dict[str, Callable[[Beats, Fault, Turn], Beats]] = {
    "silent": silent,
    "empty-parts": empty_parts,
    "no-content": empty_parts,
    "empty-turn": empty_turn,
    "text-only": words_only,
    "question": words_only,
    "ask": ask,
    "drag": words_only,
    "gui": gui,
    "heartbeat": heartbeats,
    "silence": silence,
    "cut": cut,
    "cut-lost": cut,
    "no-blank-line": no_blank_line,
    "separators": separators,
    "temporary": temporary,
    "partial": partial,
    "partial-same-id": partial,
    "partial-cut": partial,
    "typed": typed,
    "contentless": contentless,
    "code-inside": code_inside,
    "error": error,
    "error-late": error,
    "error-invalid": error_invalid,
    "error-code": error_code,
    "error-twice": error_twice,
}
