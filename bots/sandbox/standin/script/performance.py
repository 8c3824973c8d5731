"""A plan as the beats of a turn as it should be."""

from collections.abc import Callable
from dataclasses import dataclass

from bots.sandbox.standin import events
from bots.sandbox.standin.director import Kind, Plan
from bots.sandbox.standin.events import Beat

Beats = tuple[Beat, ...]


def perform(plan: Plan, invocation: str, mint: Callable[[], str]) -> Beats:
    """The turn as it should be: for each stage words and a tool call, its result, and at the end
    the answer."""
    beats: list[Beat] = []
    for number, stage in enumerate(plan.stages):
        ident = mint()
        opening = [events.text(plan.thought, thought=True)] if number == 0 and plan.thought else []
        asked = [*opening, events.text(stage.opening), events.call(stage.tool, stage.args, ident)]
        running = (
            {"longRunningToolIds": [ident]} if stage.seconds > 2 else {"longRunningToolIds": []}
        )
        beats.append(Beat(0.4, event=events.event(invocation, "model", asked, **running)))
        delta = {"draft": stage.draft} if stage.draft is not None else {}
        answer = [events.result(stage.tool, stage.response, ident)]
        done = events.event(invocation, "user", answer, stateDelta=delta)
        beats.append(Beat(stage.seconds, event=done, draft=stage.draft))
    return (*beats, final(plan.answer, invocation, 0.4))


def final(words: str, invocation: str, pause: float = 0.0) -> Beat:
    """The answer, which ends the turn."""
    return Beat(
        pause, event=events.event(invocation, "model", [events.text(words)], finishReason="STOP")
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """What the faults need to know of the turn they spoil; `now` is seconds since the epoch."""

    plan: Plan
    invocation: str
    language: str
    now: float


def works(beats: Beats) -> bool:
    """Whether the turn changes the project; only then it is paid for."""
    return any(beat.draft is not None for beat in beats)


def priced(kind: Kind, generation: int, edit: int) -> int:
    """Credits that a kind of turn costs."""
    return {Kind.GENERATE: generation, Kind.EDIT: edit, Kind.TALK: 0}[kind]
