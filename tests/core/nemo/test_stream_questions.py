"""What the service asks: calls of tools in any shape, and alternatives in plain words."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nemo.stream import Question, Reader, TurnEnd, alternatives, option_label, with_question
from core.nemo.stream.questions import MOST, question

STYLE = {
    "id": "q1",
    "prompt": "Which style?",
    "options": ["Cinematic", "Playful"],
    "allow_multiple": False,
}
TOLD = "Which style?\n1. Cinematic\n2. Playful"
ANSWERS = ("Cinematic", "Playful")


@pytest.mark.parametrize(
    ("name", "arguments", "text", "options"),
    [
        ("ask_question", {"questions": [STYLE]}, TOLD, ANSWERS),
        ("ask_question", {"title": "Style", "questions": [STYLE]}, f"Style\n\n{TOLD}", ANSWERS),
        ("ask_question", {"title": "Which style?", "questions": [STYLE]}, TOLD, ANSWERS),
        ("anything", {"questions": [STYLE]}, TOLD, ANSWERS),
        ("anything", {"questions": {"q1": STYLE}}, TOLD, ANSWERS),
        (
            "AskUserQuestion",
            {"question": "Which style?", "choices": "Cinematic, Playful"},
            TOLD,
            ANSWERS,
        ),
        (
            "ask",
            {"question": "Which style?", "options": [{"value": "Cinematic"}, {"label": "Playful"}]},
            TOLD,
            ANSWERS,
        ),
        (
            "ask",
            {"question": "Which style?", "options": {"a": "Cinematic", "b": "Playful"}},
            TOLD,
            ANSWERS,
        ),
        (
            "ask",
            {"question": "Which style?", "options": ["Cinematic", "**Playful**", "Playful", {}]},
            TOLD,
            ANSWERS,
        ),
        (
            "ask",
            {"question": "How many?", "options": [5, 10, True]},
            "How many?\n1. 5\n2. 10",
            ("5", "10"),
        ),
        ("ask", {"options": ["Cinematic", "Playful"]}, "1. Cinematic\n2. Playful", ANSWERS),
        (
            "ask",
            {"questions": ["Which style?", "Which colour?"]},
            "Which style?\n\nWhich colour?",
            (),
        ),
        (
            "ask",
            {
                "questions": [
                    {"prompt": "Style?", "options": ["A"]},
                    {"prompt": "Music?", "options": ["B"]},
                ]
            },
            "Style?\n1. A\n\nMusic?\n1. B",
            ("Style? A", "Music? B"),
        ),
        ("ask", {"questions": [7.5, None, {}], "prompt": "x"}, "7.5", ()),
        ("ask", {"questions": [None], "prompt": "Which style?"}, "Which style?", ()),
        (
            "ask",
            {"id": "1", "why": "So that I can begin", "what": {"deep": [1]}},
            "So that I can begin",
            (),
        ),
        ("ask", {"prompt": "x" * 5000}, "x" * 2000 + "…", ()),
        ("ask", {"prompt": "x" * 2000}, "x" * 2000, ()),
        ("ask", {"prompt": "`Which` style?"}, "Which style?", ()),
        (
            "ask",
            {"type": "choice", "name": "style", "why": "So that I can begin", "what": "A style"},
            "So that I can begin\nA style",
            (),
        ),
        (
            "ask",
            {"questions": [{"options": ["A"]}, {"prompt": "Music?", "options": ["B"]}]},
            "1. A\n\nMusic?\n1. B",
            ("A", "Music? B"),
        ),
        ("ask", {"prompt": "a\ud800b"}, "a\ufffdb", ()),
    ],
)
def test_a_call_that_asks_is_told_in_plain_words(
    name: str, arguments: Any, text: str, options: Any
) -> None:
    assert question(name, arguments) == Question(text, options)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("generate_video", {"prompt": "a cat", "options": ["fast"]}),
        ("task_create", {"prompt": "a cat"}),
        ("add_text", {"text": "Ask me anything?"}),
        ("ask", {}),
        ("ask", {"id": "1", "deep": {"deeper": []}}),
        ("x", {"questions": []}),
        ("x", {"questions": [None]}),
        ("x", {"questions": "Which?"}),
    ],
)
def test_other_calls_ask_nobody(name: str, arguments: Any) -> None:
    assert question(name, arguments) is None


def test_no_more_answers_are_offered_than_fit() -> None:
    found = question("ask", {"prompt": "Which?", "options": [f"number {n}" for n in range(30)]})
    assert found is not None
    assert len(found.options) == MOST
    assert "30. number 29" in found.text


def turn(*events: Any) -> TurnEnd:
    reader = Reader()
    for event in events:
        reader.feed("message", json.dumps(event))
    return reader.finish()


def model(*parts: Any, **more: Any) -> Any:
    return {"author": "agent", "content": {"role": "model", "parts": list(parts)}, **more}


def user(*parts: Any) -> Any:
    return {"author": "agent", "content": {"role": "user", "parts": list(parts)}}


def call(name: str, ident: str = "c1", **arguments: Any) -> Any:
    return {"functionCall": {"id": ident, "name": name, "args": arguments}}


def answer(name: str, ident: str = "c1") -> Any:
    return {"functionResponse": {"id": ident, "name": name, "response": {"status": "pending"}}}


ASK = call("ask_question", questions=[STYLE])
WEAK = call("ask_vision", question="What is in the photo?")


@pytest.mark.parametrize(
    ("events", "text"),
    [
        ([model(ASK)], TOLD),
        ([model({"text": "One moment."}, ASK)], TOLD),
        ([model(ASK), user(answer("ask_question"))], TOLD),
        ([model(ASK), user(answer("ask_question")), model({"text": "I wait."})], TOLD),
        ([model(ASK), model(call("add_music", "c2"))], None),
        ([model(call("add_music", "c2")), user(answer("add_music", "c2")), model(ASK)], TOLD),
        ([model(WEAK)], "What is in the photo?"),
        ([model(WEAK), user(answer("ask_vision"))], None),
        ([model(WEAK), user(answer("other", "c9"))], "What is in the photo?"),
        (
            [model(WEAK, longRunningToolIds=["c1", 7]), user(answer("ask_vision"))],
            "What is in the photo?",
        ),
        (
            [
                model(call("add_music"), longRunningToolIds=["c2"]),
                model(call("ask_vision", "c2", question="What is it?")),
                user(answer("ask_vision", "c2")),
            ],
            "What is it?",
        ),
        ([model(ASK, partial=True)], None),
        ([{"type": "tool_call", "name": "ask", "arguments": '{"prompt": "Which?"}'}], "Which?"),
        ([{"type": "tool_call", "name": "ask", "input": "Which?"}], "Which?"),
        ([{"type": "tool_call", "name": "ask", "input": 5}], None),
        ([model({"functionCall": "ask"}, {"functionResponse": [1]})], None),
        ([model({"functionCall": {"name": ["ask"], "args": [1], "id": 5}})], None),
    ],
)
def test_a_turn_ends_with_the_question_that_nothing_has_answered(
    events: Any, text: str | None
) -> None:
    asked = turn(*events).question
    assert (asked and asked.text) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Would you like A or B?", ("A", "B")),
        (
            "Before I start: should it be vertical for TikTok, or widescreen?",
            ("vertical for TikTok", "widescreen"),
        ),
        ("Which do you prefer, fast, slow, or very slow?", ("fast", "slow", "very slow")),
        ("All done.\nSo, should I use warm colours or cool ones?", ("warm colours", "cool ones")),
        ("Format: vertical, square or wide?", ("vertical", "square", "wide")),
        ("Soll es sein: hoch oder quer?", ("hoch", "quer")),
        ("开始之前确认一下：要竖屏还是横屏？", ("竖屏", "横屏")),
        ("你想要竖屏、横屏还是方形？", ("竖屏", "横屏", "方形")),
        ("Which style would you like?\n1. Cinematic\n2. Playful", ("Cinematic", "Playful")),
        (
            "Which style?\n\n- **Warm** – slow;\n- **Cold** – fast.\n",
            ("Warm – slow", "Cold – fast"),
        ),
        ("Please choose:\na) Warm\nb) Cold", ("Warm", "Cold")),
        ("两种风格：\n① 温暖\n② 冷色\n你想要哪一种？", ("温暖", "冷色")),
        ("1. Warm\n2. Cold\nWhich one would you like?", ("Warm", "Cold")),
        ("Which style?\n- `Warm`\n- Cold", ("Warm", "Cold")),
        ("Would you like A or X?", ("A", "X")),
        ("Colour: red, green, blue, black or white?", ("red", "green", "blue", "black", "white")),
        ("Which format?\n- DivX.\n- MP4", ("DivX", "MP4")),
        ("Choose:\n" + "\n".join(f"- {n}" for n in range(8)), tuple("01234567")),
        (f"Choose:\n- {'x' * 120}\n- no", ("x" * 120, "no")),
        # nothing that can be read off with confidence
        ("", ()),
        ("Your video is ready.", ()),
        ("I did this:\n- music\n- title", ()),
        ("I did this:\n- music\n- title\nAnything else?", ()),
        ("- music\n- title\nAnything else?", ()),
        ("Choose:\n" + "\n".join(f"- {n}" for n in range(9)), ()),
        (f"Choose:\n- {'x' * 121}\n- no", ()),
        ("Which style?\n1. Cinematic", ()),
        ("Tell me first:\n1. What style?\n2. Which music?\nWhich would you answer?", ()),
        ("Would you like it or not?", ()),
        ("Would you like to keep it or something else?", ()),
        ("Is that okay, or would you like changes?", ()),
        ("Would you like music?", ()),
        ("Was it fast or slow?", ()),
        ("Colour: red, green, blue, black, white or grey?", ()),
        ("Would you like plan A o B?", ()),
        ("Would you like it slower or faster? Just tell me.", ()),
        (f"Would you like {'x' * 40} or fast?", ("x" * 40, "fast")),
        (f"Would you like {'x' * 41} or fast?", ()),
        (f"Would you like {'very ' * 5}slow or fast?", ("very very very very very slow", "fast")),
        (f"Would you like {'very ' * 6}slow or fast?", ()),
        ("Choose:\n" + "\n".join(f"- number {n}" for n in range(20)), ()),
    ],
)
def test_the_alternatives_of_a_plain_question_are_read_off(
    text: str, found: tuple[str, ...]
) -> None:
    assert alternatives(text) == found


def test_a_question_is_not_said_twice() -> None:
    asked = Question(TOLD, ANSWERS)
    assert with_question("Hello.", asked) == f"Hello.\n\n{TOLD}"
    assert with_question(f"Hello.\n\n{TOLD}", asked) == f"Hello.\n\n{TOLD}"
    assert with_question("Which style?", Question("Which style?")) == "Which style?"
    assert with_question("", asked) == TOLD
    assert with_question("Which style?", asked) == f"Which style?\n\n{TOLD}", (
        "the options are not there yet"
    )
    assert (
        with_question("So: Which style?", Question("Which style?\nIn your own words."))
        == "So: Which style?"
    )
    assert (
        with_question("Hello.", Question("Which style?\nIn your words."))
        == "Hello.\n\nWhich style?\nIn your words."
    )


def test_a_long_answer_is_cut_for_its_button() -> None:
    assert option_label("Cinematic") == "Cinematic"
    assert option_label("x" * 40) == "x" * 40
    assert option_label("x" * 41) == "x" * 39 + "…"
    assert option_label("x" * 38 + " and so on") == "x" * 38 + "…"


NAMES = st.sampled_from(
    ["questions", "prompt", "options", "label", "title", "id", "question", "choices"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, JSON, max_size=4), st.text())
def test_any_call_is_told_without_its_form(arguments: Any, words: str) -> None:
    asked = turn(model({"functionCall": {"name": "ask_user", "args": arguments}})).question
    assert asked is None or (asked.text and all(asked.options))
    alternatives(words)
