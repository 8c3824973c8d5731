"""A large frame says the same in little room."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.nemo.stream import Reader, Visible, slim_frame
from core.nemo.stream.frames import LONGEST
from core.nemo.values import loads


def said(frames: list[str], made: Callable[[str], str]) -> tuple[Any, ...]:
    """What a reader makes of the frames, its hint at the draft apart."""
    heard: list[Visible] = []
    reader = Reader()
    for frame in frames:
        heard += reader.feed("message", made(frame))
    end = reader.finish()
    refused = type(end.refusal), getattr(end.refusal, "bind", "")
    return (
        heard,
        end.text,
        end.status_texts,
        end.failed,
        end.tools,
        refused,
        end.visible,
        reader.events,
        end.question,
    )


def test_a_slim_frame_says_the_same(recordings: Path) -> None:
    for recording in sorted(recordings.glob("*.sse")):
        lines = recording.read_text(encoding="utf-8").split("\n")
        frames = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
        assert said(frames, slim_frame) == said(frames, str), recording.stem


@pytest.mark.parametrize(
    "frame",
    [
        {"actions": {"stateDelta": {"draft": {"t": [{"sg": [{"x": "y" * 99}] * 50}]}}}},
        {"actions": {"stateDelta": {"draft": {"t": [{"sg": []}], "x": "y" * 9999}}}},
        {
            "content": {
                "role": "model",
                "parts": [{"text": "words", "inlineData": {"data": "x" * 9999}}],
            }
        },
        {
            "content": {
                "parts": [{"functionCall": {"name": "ask", "args": {"choices": ["a", "b"]}}}]
            }
        },
        {"content": {"parts": [{"functionResponse": {"response": "x" * 9999}}, {"text": "after"}]}},
        {"content": {"role": "user", "parts": [{"functionResponse": {"response": "x" * 9999}}]}},
        {"type": "text", "content": "words", "more": ["x" * 9999]},
        {"type": "tool_result", "content": ["x" * 9999]},
        {"type": "heartbeat", "more": "x" * 9999},
        {"error": {"message": "x" * 9999}},
        {"code": 2001, "message": "no", "data": {"bind_id": "anon_1", "more": "x" * 9999}},
        ["x" * 9999],
        "x" * 9999,
        None,
    ],
)
def test_a_large_frame_becomes_small_and_says_the_same(frame: object) -> None:
    text = json.dumps(frame)
    assert said([text], lambda it: slim_frame(it, roomy=200)) == said([text], str)
    if isinstance(frame, dict) and "code" not in frame:
        assert len(slim_frame(text, roomy=200)) < 600


ASKS = {"functionCall": {"id": "c1", "name": "ask_vision", "args": {"question": "What is it?"}}}


@pytest.mark.parametrize("result", [{"id": "c1"}, {"id": "c2"}, {}, "c1", None])
def test_a_slim_result_answers_the_same_call(result: object) -> None:
    if isinstance(result, dict):
        result = {**result, "response": "x" * 9999}
    frames = [{"content": {"parts": [part]}} for part in (ASKS, {"functionResponse": result})]
    texts = [json.dumps(frame) for frame in frames]
    assert said(texts, lambda it: slim_frame(it, roomy=200)) == said(texts, str)


@pytest.mark.parametrize(
    ("frame", "left"),
    [
        ({"a": "x" * 30, "b": 5, "c": None}, {"a": "x" * 20, "b": 5, "c": None}),
        ({"a": {"b": "x" * 30}, "c": ["x" * 30]}, {"a": {"large": True}, "c": ["large"]}),
        ({"a": ["x" * 16], "b": ["x" * 17]}, {"a": ["x" * 16], "b": ["large"]}),
        ({"type": "text", "content": "x" * 30}, {"type": "text", "content": "x" * 20}),
        (
            {"content": {"role": "r" * 30, "parts": [{"text": "x" * 30}, 7], "more": 1}},
            {"content": {"role": "r" * 20, "parts": [{"text": "x" * 20}, {}]}},
        ),
        (
            {"content": {"parts": [{"functionResponse": {"id": "c1", "response": {"a": 1}}}]}},
            {"content": {"role": None, "parts": [{"functionResponse": {"id": "c1"}}]}},
        ),
        (
            {"actions": {"stateDelta": {"draft": {"t": [{"sg": [1, 2]}], "d": 5}}, "more": 1}},
            {"actions": {"stateDelta": {"draft": {"t": [{"sg": [{}]}]}}}},
        ),
        (
            {"actions": {"stateDelta": {"draft": {"d": 5}}}},
            {"actions": {"stateDelta": {"draft": {"t": []}}}},
        ),
        ({"actions": {"more": 1}, "code": 0}, {"code": 0}),
        ({"code": 2001, "message": "x" * 30}, {"code": 2001, "message": "x" * 30}),
    ],
)
def test_only_so_much_stays_in_a_slim_frame(frame: object, left: object) -> None:
    assert json.loads(slim_frame(json.dumps(frame), roomy=20)) == left


def test_of_what_is_no_json_the_beginning_stays() -> None:
    assert slim_frame("{" + "x" * 30, roomy=20) == "{" + "x" * 19


def test_what_a_question_offers_stays_in_a_slim_frame() -> None:
    frame: Any = loads(
        slim_frame(
            json.dumps({"content": {"parts": [{"functionCall": {"args": {"choices": ["a"]}}}]}})
        )
    )
    assert frame["content"]["parts"][0]["functionCall"]["args"] == {"choices": ["a"]}


@pytest.mark.parametrize(
    "frame", ['{"error": "quo"ted"' + "x" * 2 * LONGEST, "{" + "x" * 2 * LONGEST, "[" * 2 * LONGEST]
)
def test_a_large_frame_that_is_no_json_says_the_same_by_its_beginning(frame: str) -> None:
    assert len(slim_frame(frame)) == LONGEST
    assert said([frame], slim_frame) == said([frame], str)
