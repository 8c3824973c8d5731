"""Turns that come in another way than they should: late, in parts, cut, or in another shape."""

import json
from dataclasses import replace

from bots.sandbox.standin import events
from bots.sandbox.standin.events import Beat, Json
from bots.sandbox.standin.faults import HEARTBEATS, Fault
from bots.sandbox.standin.script.performance import Beats, Turn


def heartbeats(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """Frames that say nothing between all others."""
    kinds = HEARTBEATS if fault.value in ("", "all") else {fault.value: HEARTBEATS[fault.value]}
    noise = tuple(Beat(raw=raw.encode()) for raw in kinds.values())
    return tuple(part for beat in beats for part in (*noise, beat))


def silence(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """Nothing for so many seconds before the work."""
    at = work(beats)
    return (*beats[:at], Beat(wait=fault.amount or 1.0), *beats[at:])


def work(beats: Beats) -> int:
    """Where the first change of the draft is; of a turn without work the last beat."""
    return next(
        (number for number, beat in enumerate(beats) if beat.draft is not None), len(beats) - 1
    )


def cut(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """The line breaks off at the work, which is done all the same, or lost."""
    at = work(beats)
    if fault.kind == "cut-lost":
        return (*beats[:at], replace(beats[at], draft=None, cut=True))
    return (*beats[:at], replace(beats[at], cut=True), *beats[at + 1 :])


def no_blank_line(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """The last event lacks its end."""
    return (*beats[:-1], replace(beats[-1], unfinished=True))


def partial(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """The answer in pieces, and then, unless that is cut off, as a whole."""
    invocation, words = turn.invocation, turn.plan.answer
    same = {"id": f"{invocation}-text"} if fault.kind == "partial-same-id" else {}
    third = max(1, len(words) // 3)
    pieces = [words[:third], words[third : 2 * third], words[2 * third :]]
    fragments = [
        Beat(
            0.05,
            event=events.event(invocation, "model", [events.text(piece)], partial=True, **same),
        )
        for piece in pieces
    ]
    if fault.kind == "partial-cut":
        return (*beats[:-1], *fragments)
    whole = events.event(
        invocation, "model", [events.text(words)], partial=False, finishReason="STOP", **same
    )
    return (*beats[:-1], *fragments, Beat(0.05, event=whole))


def typed(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """The shape of the withdrawn vendor document."""
    old: list[Beat] = []
    for beat in beats:
        old.append(Beat(beat.pause, beat.wait, draft=beat.draft))
        parts = (beat.event or {}).get("content", {}).get("parts", [])
        old += [Beat(raw=plain(_old(part))) for part in parts if not part.get("thought")]
    return tuple(old)


def _old(part: Json) -> Json:
    if "functionCall" in part:
        return {"type": "tool_call", "name": part["functionCall"]["name"]}
    if "functionResponse" in part:
        return {"type": "tool_result", "name": part["functionResponse"]["name"]}
    return {"type": "text", "content": part["text"]}


def plain(frame: Json) -> bytes:
    """A frame of the stream that is no event of the agent."""
    return b"data: " + json.dumps(frame, ensure_ascii=False).encode() + b"\n\n"


def contentless(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """Events without any content."""
    invocation = turn.invocation
    return (
        *(Beat(beat.pause, beat.wait, draft=beat.draft) for beat in beats),
        Beat(event=events.event(invocation, None, None)),
        Beat(event=events.event(invocation, None, None, stateDelta={"k": 1})),
        Beat(event=events.event(invocation, None, None, turnComplete=True)),
    )
