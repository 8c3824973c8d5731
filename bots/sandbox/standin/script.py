"""A plan as the beats of a turn, and every way in which a turn can go wrong as a change of those
beats."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bots.sandbox.standin import events
from bots.sandbox.standin.director import Kind, Plan
from bots.sandbox.standin.events import Beat, Json
from bots.sandbox.standin.faults import HEARTBEATS, Fault

Beats = tuple[Beat, ...]

RETHINK = "I encountered a temporary issue. Please try again."
GUI = {
    "en": "Click the Export button to download it. Open the Media panel to see your files.",
    "zh": "点击「导出」按钮即可下载。打开素材面板查看文件。",
}
DRAG = {
    "en": "The clip fits well there. Drag the last clip to the front of the timeline.",
    "zh": "这个片段放在那里很合适。请把最后一个片段拖拽到时间线最前面。",
}
QUESTION = {
    "en": "Before I start: should it be vertical for TikTok, or widescreen?",
    "zh": "开始之前确认一下:要竖屏还是横屏?".replace(":", "\uff1a").replace("?", "\uff1f"),
}

STYLES = {
    "en": ("Which style do you like better?", "Cinematic", "Playful"),
    "zh": ("你更喜欢哪种风格\uff1f", "电影感", "活泼"),
}


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
    return (*beats, _final(plan.answer, invocation, 0.4))


def _final(words: str, invocation: str, pause: float = 0.0) -> Beat:
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


def spoil(beats: Beats, faults: Sequence[Fault], turn: Turn) -> Beats:
    """The turn as it shall go wrong; several faults may be at work at once, heartbeats between all
    the rest."""
    for fault in sorted(faults, key=lambda fault: fault.kind == "heartbeat"):
        if beats and (spoiler := SPOILERS.get(fault.kind)):
            beats = spoiler(beats, fault, turn)
    return beats


def _silent(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """Only tool traffic; of a turn without tools nothing is left."""
    kept = []
    for beat in beats[:-1]:
        if beat.event is not None:
            content = beat.event["content"]
            parts = [part for part in content["parts"] if "text" not in part]
            beat = replace(beat, event={**beat.event, "content": {**content, "parts": parts}})  # noqa: PLW2901
        kept.append(beat)
    return tuple(kept)


def _empty_parts(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    more: Json = {"finishReason": "STOP"}
    if fault.kind == "no-content":
        more |= {
            "errorCode": "MODEL_RETURNED_NO_CONTENT",
            "errorMessage": "The model returned no content.",
        }
    last = events.event(turn.invocation, "model", [], **more)
    return (*beats[:-1], Beat(beats[-1].pause, event=last))


def _empty_turn(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    return tuple(Beat(beat.pause, beat.wait, draft=beat.draft) for beat in beats)


def _words_only(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    words = {
        "question": QUESTION[turn.language],
        "drag": DRAG[turn.language],
        "text-only": turn.plan.answer,
    }
    return (_final(words[fault.kind], turn.invocation, 0.4),)


def _ask(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """A call that nothing answers: the turn is over, and the next words are the answer."""
    prompt, *styles = STYLES[turn.language]
    options = [{"id": f"o{number}", "label": style} for number, style in enumerate(styles, 1)]
    question = {"id": "q1", "prompt": prompt, "options": options, "allow_multiple": False}
    part = events.call(
        "ask_question", {"title": prompt, "questions": [question]}, f"{turn.invocation}-ask"
    )
    asked = events.event(
        turn.invocation, "model", [part], longRunningToolIds=[f"{turn.invocation}-ask"]
    )
    return (Beat(0.4, event=asked),)


def _gui(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    return (*beats[:-1], _final(GUI[turn.language], turn.invocation, beats[-1].pause))


def _heartbeats(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    kinds = HEARTBEATS if fault.value in ("", "all") else {fault.value: HEARTBEATS[fault.value]}
    noise = tuple(Beat(raw=raw.encode()) for raw in kinds.values())
    return tuple(part for beat in beats for part in (*noise, beat))


def _silence(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    at = _work(beats)
    return (*beats[:at], Beat(wait=fault.amount or 1.0), *beats[at:])


def _work(beats: Beats) -> int:
    """Where the first change of the draft is; of a turn without work the last beat."""
    return next(
        (number for number, beat in enumerate(beats) if beat.draft is not None), len(beats) - 1
    )


def _cut(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    at = _work(beats)
    if fault.kind == "cut-lost":
        return (*beats[:at], replace(beats[at], draft=None, cut=True))
    return (*beats[:at], replace(beats[at], cut=True), *beats[at + 1 :])


def _no_blank_line(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    return (*beats[:-1], replace(beats[-1], unfinished=True))


def _separators(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    words = f"{turn.plan.answer} one\u2028two\u2029three\u0085four"
    return (*beats[:-1], _final(words, turn.invocation, beats[-1].pause))


def _temporary(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    return (*beats, _final(RETHINK, turn.invocation))


def _partial(beats: Beats, fault: Fault, turn: Turn) -> Beats:
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


def _typed(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """The shape of the withdrawn vendor document."""
    old: list[Beat] = []
    for beat in beats:
        old.append(Beat(beat.pause, beat.wait, draft=beat.draft))
        parts = (beat.event or {}).get("content", {}).get("parts", [])
        old += [Beat(raw=_plain(_old(part))) for part in parts if not part.get("thought")]
    return tuple(old)


def _old(part: Json) -> Json:
    if "functionCall" in part:
        return {"type": "tool_call", "name": part["functionCall"]["name"]}
    if "functionResponse" in part:
        return {"type": "tool_result", "name": part["functionResponse"]["name"]}
    return {"type": "text", "content": part["text"]}


def _plain(frame: Json) -> bytes:
    return b"data: " + json.dumps(frame, ensure_ascii=False).encode() + b"\n\n"


def _contentless(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    invocation = turn.invocation
    return (
        *(Beat(beat.pause, beat.wait, draft=beat.draft) for beat in beats),
        Beat(event=events.event(invocation, None, None)),
        Beat(event=events.event(invocation, None, None, stateDelta={"k": 1})),
        Beat(event=events.event(invocation, None, None, turnComplete=True)),
    )


def _code_inside(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    return (Beat(0.2, raw=_plain({"code": int(fault.value or 2001), "message": "refused"})),)


def _begun(turn: Turn) -> Beat:
    """The first words alone."""
    return Beat(0.2, event=events.event(turn.invocation, "model", [events.text("starting…")]))


def _error(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    worked = beats[:-1] if fault.kind == "error-late" else (_begun(turn),)
    return (
        *worked,
        Beat(0.2, raw=events.error('render worker "gone"\nline two', "RuntimeError", turn.now)),
    )


def _error_invalid(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    return (_begun(turn), Beat(0.2, raw=b'data: {"error": "render worker "gone"\nline two"}\n\n'))


def _error_code(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    told = {"errorCode": "RESOURCE_EXHAUSTED", "errorMessage": "quota exceeded"}
    return (Beat(0.2, event=events.event(turn.invocation, None, None, **told)),)


def _error_twice(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    told = {"errorCode": "RuntimeError", "errorMessage": "backend exploded"}
    first = Beat(0.2, event=events.event(turn.invocation, None, None, **told))
    return (first, Beat(raw=events.error("backend exploded", "RuntimeError", turn.now)))


SPOILERS: dict[str, Callable[[Beats, Fault, Turn], Beats]] = {
    "silent": _silent,
    "empty-parts": _empty_parts,
    "no-content": _empty_parts,
    "empty-turn": _empty_turn,
    "text-only": _words_only,
    "question": _words_only,
    "ask": _ask,
    "drag": _words_only,
    "gui": _gui,
    "heartbeat": _heartbeats,
    "silence": _silence,
    "cut": _cut,
    "cut-lost": _cut,
    "no-blank-line": _no_blank_line,
    "separators": _separators,
    "temporary": _temporary,
    "partial": _partial,
    "partial-same-id": _partial,
    "partial-cut": _partial,
    "typed": _typed,
    "contentless": _contentless,
    "code-inside": _code_inside,
    "error": _error,
    "error-late": _error,
    "error-invalid": _error_invalid,
    "error-code": _error_code,
    "error-twice": _error_twice,
}


def works(beats: Beats) -> bool:
    """Whether the turn changes the project; only then it is paid for."""
    return any(beat.draft is not None for beat in beats)


def priced(kind: Kind, generation: int, edit: int) -> int:
    """Credits that a kind of turn costs."""
    return {Kind.GENERATE: generation, Kind.EDIT: edit, Kind.TALK: 0}[kind]
