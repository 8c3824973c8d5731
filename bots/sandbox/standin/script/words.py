"""Turns in which something else is said than what should be, or nothing."""

from dataclasses import replace

from bots.sandbox.standin import events
from bots.sandbox.standin.events import Beat, Json
from bots.sandbox.standin.faults import Fault
from bots.sandbox.standin.script.performance import Beats, Turn, final

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


def silent(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """Only tool traffic; of a turn without tools nothing is left."""
    kept = []
    for beat in beats[:-1]:
        if beat.event is not None:
            content = beat.event["content"]
            parts = [part for part in content["parts"] if "text" not in part]
            beat = replace(beat, event={**beat.event, "content": {**content, "parts": parts}})  # noqa: PLW2901
        kept.append(beat)
    return tuple(kept)


def empty_parts(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """The last event has no parts."""
    more: Json = {"finishReason": "STOP"}
    if fault.kind == "no-content":
        more |= {
            "errorCode": "MODEL_RETURNED_NO_CONTENT",
            "errorMessage": "The model returned no content.",
        }
    last = events.event(turn.invocation, "model", [], **more)
    return (*beats[:-1], Beat(beats[-1].pause, event=last))


def empty_turn(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """All is done, and not a word of it comes."""
    return tuple(Beat(beat.pause, beat.wait, draft=beat.draft) for beat in beats)


def words_only(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """Nothing is done: a question, talk of clicks, or the answer as if it were."""
    words = {
        "question": QUESTION[turn.language],
        "drag": DRAG[turn.language],
        "text-only": turn.plan.answer,
    }
    return (final(words[fault.kind], turn.invocation, 0.4),)


def ask(beats: Beats, fault: Fault, turn: Turn) -> Beats:
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


def gui(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """The answer tells of buttons that are not there."""
    return (*beats[:-1], final(GUI[turn.language], turn.invocation, beats[-1].pause))


def separators(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """Signs within the answer that some take for the end of a line."""
    words = f"{turn.plan.answer} one\u2028two\u2029three\u0085four"
    return (*beats[:-1], final(words, turn.invocation, beats[-1].pause))


def temporary(beats: Beats, fault: Fault, turn: Turn) -> Beats:
    """A complaint behind the answer, though all is done."""
    return (*beats, final(RETHINK, turn.invocation))
