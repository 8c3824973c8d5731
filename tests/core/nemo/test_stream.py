"""What a user sees of a turn: every recording through a real socket, every rule of docs/backend.md
7.6 by itself."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from core.nemo import wire
from core.nemo.errors import Busy, NoCredits, SessionGone, TokenRejected
from core.nemo.stream import Reader, TurnCut, TurnEnd, Visible
from core.nemo.stream.frames import LONGEST
from core.nemo.stream.reader import MOST
from core.nemo.values import dumps
from tests.core.nemo.conftest import Connect, Serve

CALL = wire.run_sse(
    "nmv_usr_x", wire.Attribution("slug", "1.0.0", "unknown"), "s-1", "make it move"
)
HI = {
    "t": [{"tt": 7, "sg": [{"d": 3000, "m": {"text": "Hi"}}]}],
    "d": 3000,
    "m": {"width": 1080, "height": 1920},
}
CROP = {"t": [{"tt": 0, "sg": [{"d": 10000}]}]}
ADDING = "I'll add a title now..."
READY = "Your video is ready! Click the Export button to save it."
TIMELINE = "Your 10-second video is on the timeline. Click the Export button to download it."
SEPARATORS = (
    "点击「导出」按钮 \u2028 line-sep \u2029 par-sep \x85 nel \x0b vt \x0c ff \x1c fs 🎬 \r\n "
    "crlf \r cr \n lf"
)


@dataclass(frozen=True)
class Shows:
    """What a right reader shows of a recording, and what is left of it when its last event is
    lost."""

    text: str = ""
    status: tuple[str, ...] = ()
    failed: bool = False
    tools: int = 0
    draft: object = None


TITLED = Shows(READY, (ADDING,), tools=1, draft=HI)
ADDED = Shows("", (ADDING,), tools=1, draft=HI)

RECORDED: dict[str, tuple[Shows, Shows]] = {
    "01_text_thought_tool_result": (
        TITLED,
        ADDED,
    ),
    "02_partials_then_full_then_tool": (
        Shows(TIMELINE, ("I will animate your photo.",), tools=1, draft={"t": []}),
        Shows("", ("I will animate your photo.",), tools=1, draft={"t": []}),
    ),
    "03_partials_same_id_as_full": (
        TITLED,
        TITLED,
    ),
    "04_silent_turn_tools_only": (Shows(tools=1, draft=CROP), Shows(tools=1)),
    "05_silent_turn_no_content_code": (
        ADDED,
        ADDED,
    ),
    "06_silent_turn_empty_parts": (ADDED, ADDED),
    "07_empty_turn": (Shows(), Shows()),
    "08_error_code_event": (Shows(failed=True), Shows()),
    "09_exception_after_text_valid_json": (Shows("starting…", failed=True), Shows("starting…")),
    "10_exception_after_text_invalid_json": (Shows("starting…", failed=True), Shows("starting…")),
    "11_error_code_event_then_error_frame": (Shows(failed=True), Shows(failed=True)),
    "12_many_part_kinds_one_event": (Shows("Part one. Part two.", tools=1), Shows()),
    "13_unicode_separators": (Shows(SEPARATORS), Shows()),
    "14_contentless_events": (Shows(), Shows()),
    "15_heartbeats_injected": (
        Shows("Working on it.\n\nDone after 8.5 s of silence."),
        Shows("Working on it."),
    ),
}
NAMES = pytest.mark.parametrize("name", RECORDED)
STREAM = {"Content-Type": "text/event-stream; charset=utf-8"}


def shown(end: TurnEnd) -> Shows:
    return Shows(end.text, end.status_texts, end.failed, end.tools, end.draft_hint)


async def listen(
    serve: Serve, connect: Connect, body: bytes, size: int, broken: bool = False
) -> tuple[TurnEnd, list[str]]:
    """One turn whose answer is `body` in pieces of `size` bytes, and all that was told
    meanwhile."""

    async def turn(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=STREAM)
        response.enable_chunked_encoding()
        await response.prepare(request)
        for start in range(0, len(body), size):
            await response.write(body[start : start + size])
        if broken:
            assert request.transport is not None
            request.transport.close()
        return response

    told: list[str] = []

    async def heard(text: str) -> None:
        told.append(text)

    return await connect(await serve(turn)).turn(CALL, heard), told


def test_every_recorded_stream_is_in_the_table(recordings: Path) -> None:
    assert {path.stem for path in recordings.glob("*.sse")} == set(RECORDED)


@NAMES
@pytest.mark.parametrize("size", [1, 5, 2**20])
async def test_a_recording_shows_what_it_should(
    name: str, size: int, recordings: Path, serve: Serve, connect: Connect
) -> None:
    whole, _ = RECORDED[name]

    end, told = await listen(serve, connect, (recordings / f"{name}.sse").read_bytes(), size)

    assert shown(end) == whole
    assert end.visible is bool(whole.text or whole.status)
    assert (end.cut, end.refusal) == (False, None)
    assert (told[-1] if told else "") == "\n\n".join(filter(None, [*whole.status, whole.text]))
    for secret in ("planning", "thinking", "quota", "exploded", "gone", "functionCall", "{"):
        assert secret not in "".join(told) + end.text


@NAMES
async def test_a_last_event_without_its_blank_line_is_lost(
    name: str, recordings: Path, serve: Serve, connect: Connect
) -> None:
    _, less = RECORDED[name]
    body = (recordings / f"{name}.sse").read_bytes().rstrip(b"\n")

    end, _ = await listen(serve, connect, body, 5)

    assert shown(end) == less


@NAMES
async def test_a_stream_that_breaks_off_is_cut_and_brings_what_was_said(
    name: str, recordings: Path, serve: Serve, connect: Connect
) -> None:
    _, less = RECORDED[name]
    body = (recordings / f"{name}.sse").read_bytes().rstrip(b"\n")
    middle = (body.rfind(b"\n\n") + len(body)) // 2

    with pytest.raises(TurnCut) as caught:
        await listen(serve, connect, body[:middle], 5, broken=True)

    assert caught.value.end.cut
    assert shown(caught.value.end) == less


@pytest.mark.parametrize(
    ("cut", "text", "status"), [(True, "", ("On it.",)), (False, "On it.", ())]
)
def test_what_announced_a_tool_is_no_answer_where_the_tool_was_cut_off(
    cut: bool, text: str, status: tuple[str, ...]
) -> None:
    reader = Reader()
    call = '{"functionCall":{"id":"1","name":"edit","args":{}}}'
    reader.feed(
        "message",
        f'{{"content":{{"role":"model","parts":[{{"text":"On it."}},{call}]}},"author":"a"}}',
    )
    end = reader.finish(cut)
    assert (end.text, end.status_texts) == (text, status)


async def test_fragments_are_the_text_when_the_stream_ends_first(
    recordings: Path, serve: Serve, connect: Connect
) -> None:
    events = (recordings / "02_partials_then_full_then_tool.sse").read_bytes().split(b"\n\n")
    body = b"\n\n".join(events[:3]) + b"\n\n"

    end, told = await listen(serve, connect, body, 5)

    assert told == ["I will", "I will animate", "I will animate your photo."]
    assert end == TurnEnd("I will animate your photo.", visible=True)


async def test_fragments_are_the_text_when_the_stream_breaks_off(
    recordings: Path, serve: Serve, connect: Connect
) -> None:
    events = (recordings / "02_partials_then_full_then_tool.sse").read_bytes().split(b"\n\n")

    with pytest.raises(TurnCut) as caught:
        await listen(serve, connect, b"\n\n".join(events[:3]) + b"\n\ndata: {", 5, broken=True)

    assert caught.value.end == TurnEnd("I will animate your photo.", visible=True, cut=True)


def read(*frames: object, event: str = "message") -> TurnEnd:
    reader = Reader()
    for frame in frames:
        reader.feed(event, frame if isinstance(frame, str) else json.dumps(frame))
    return reader.finish()


def says(text: str, /, **more: object) -> dict[str, object]:
    return {
        "content": {"role": "model", "parts": [{"text": text}]},
        "author": "nemo_agent",
        "invocationId": "e-1",
    } | more


def part(**kinds: object) -> dict[str, object]:
    return {
        "content": {"role": "model", "parts": [kinds]},
        "author": "nemo_agent",
        "invocationId": "e-1",
    }


RESULT = {
    "content": {"role": "user", "parts": [{"functionResponse": {"name": "edit"}}]},
    "author": "nemo_agent",
}

RULES: dict[str, tuple[tuple[object, ...], Shows]] = {
    "1: no JSON is a heartbeat": (("heartbeat", "", " ", "{", "[1", '{"err'), Shows()),
    "1: an unescaped error frame is a failure": ((' { "error": "a "b"',), Shows(failed=True)),
    "1: JSON that is nested too deeply is a heartbeat": (("[" * 100_000,), Shows()),
    "2: JSON that is no object": ((1, None, "null", [says("no")], '"x"'), Shows()),
    "3: the author user": ((says("secret", author="user"),), Shows()),
    "3: the role user": (({"content": {"role": "user", "parts": [{"text": "secret"}]}},), Shows()),
    "3: a tool result divides": (
        (says("now"), RESULT, says("done")),
        Shows("done", ("now",), tools=1),
    ),
    "3: each tool result counts": (
        (says("now"), RESULT, RESULT, says("done")),
        Shows("done", ("now",), tools=2),
    ),
    "3: a tool result without parts": (
        (says("now"), {"author": "user", "actions": {"stateDelta": {"draft": CROP}}}),
        Shows("", ("now",), tools=1, draft=CROP),
    ),
    "3: the last draft counts, no draft does not": (
        (
            {"actions": {"stateDelta": {"draft": HI}}},
            {"actions": {"stateDelta": {"draft": None}}},
            {"actions": 3},
        ),
        Shows(draft=HI),
    ),
    "3: a result of the model's own event after its text": (
        ({"content": {"parts": [{"text": "now"}, {"functionResponse": {}}]}},),
        Shows("", ("now",), tools=1),
    ),
    "3: a result of the model's own event before its text": (
        ({"content": {"parts": [{"functionResponse": {}}, {"text": "done"}]}},),
        Shows("done", tools=1),
    ),
    "3: a result of the model's own event without text": (
        (says("now"), part(functionResponse={})),
        Shows("", ("now",), tools=1),
    ),
    "4: white space is no text": (
        (says(" \n\u2028 "), part(text=5), part(text=None), part()),
        Shows(),
    ),
    "4: thoughts are not shown": ((part(text="secret", thought=True),), Shows()),
    "4: odd shapes": (
        ({"content": "x"}, {"content": {"parts": "x"}}, {"content": {"parts": [1, None]}}, {}),
        Shows(),
    ),
    "4: lone surrogates cannot be sent on": ((says("a\ud83cb"),), Shows("a�b")),
    "5: the whole replaces its fragments": (
        (says("I ", partial=True), says("am", partial=True), says("I am here.")),
        Shows("I am here."),
    ),
    "5: fragments of two speakers": (
        (
            says("a", partial=True),
            says("b", partial=True, author="x"),
            says("a!"),
            says("b!", author="x"),
        ),
        Shows("a!\n\nb!"),
    ),
    "5: fragments of two authors are two paragraphs": (
        (says("a", partial=True), says("b", partial=True, author="x")),
        Shows("a\n\nb"),
    ),
    "5: fragments of two turns of the model are two paragraphs": (
        (says("a", partial=True), says("b", partial=True, invocationId="e-2")),
        Shows("a\n\nb"),
    ),
    "5: fragments of white space keep the words apart": (
        (says("I", partial=True), says(" ", partial=True), says("am", partial=True)),
        Shows("I am"),
    ),
    "5: fragments of white space alone are no text": (
        (says(" ", partial=True), RESULT),
        Shows(tools=1),
    ),
    "5: an event without text does not end the fragments": (
        (says("I ", partial=True), part(functionCall={}), says("am", partial=True)),
        Shows("I am", tools=1),
    ),
    "5: fragments after a tool result are another message": (
        (says("now", partial=True), RESULT, says("done", partial=True)),
        Shows("done", ("now",), tools=1),
    ),
    "5: a whole after a tool result is another message": (
        (says("now", partial=True), RESULT, says("done")),
        Shows("done", ("now",), tools=1),
    ),
    "5: unless it begins with the fragments": (
        (says("all ", partial=True), RESULT, says("all done")),
        Shows("all done", tools=1),
    ),
    "5: further fragments that begin with them are no whole": (
        (says("all ", partial=True), RESULT, says("all done", partial=True)),
        Shows("all done", ("all",), tools=1),
    ),
    "5: calls in fragments are counted once": (
        (part(functionCall={}) | {"partial": True}, part(functionCall={})),
        Shows(tools=1),
    ),
    "6: no content is no failure": (({"errorCode": "MODEL_RETURNED_NO_CONTENT"},), Shows()),
    "6: any other code is": ((says("now", errorCode="SAFETY"),), Shows("now", failed=True)),
    "6: an error is": (({"error": {"message": "x"}},), Shows(failed=True)),
    "6: empty codes are not": (({"errorCode": None, "error": ""}, {"errorCode": ""}), Shows()),
    "7: the older shape": (
        (
            {"type": "text", "content": "now"},
            {"type": "tool_call", "name": "x"},
            {"type": "tool_result", "content": {"text": "secret"}},
            {"type": "heartbeat"},
            {"type": "text", "content": "done"},
            {"type": "text"},
        ),
        Shows("done", ("now",), tools=1),
    ),
    "7: a type beside parts is no older shape": (
        (says("Hi", type="text"),),
        Shows("Hi"),
    ),
    "7: two texts of the older shape": (
        ({"type": "text", "content": "now"}, {"type": "text", "content": "done"}),
        Shows("now\n\ndone"),
    ),
    "7: calls alone say that tools ran": (
        ({"type": "tool_call"}, {"type": "tool_call"}),
        Shows(tools=2),
    ),
    "7: results alone say that tools ran": (
        ({"type": "tool_result"}, {"type": "tool_result"}),
        Shows(tools=2),
    ),
    "7: an error of the older shape": (({"type": "error", "message": "x"},), Shows(failed=True)),
    "8: zero and words are no refusal": (
        ({"code": 0}, {"code": "ok"}, says("hi", code=7)),
        Shows("hi"),
    ),
    "9: a temporary issue after output": (
        (says("Done."), says("I encountered a temporary issue. Retry")),
        Shows("Done."),
    ),
    "9: also before a tool": (
        (
            says("now"),
            RESULT,
            says("I encountered a temporary issue"),
            says(" i encountered a Temporary issue again"),
        ),
        Shows("", ("now",), tools=1),
    ),
    "9: alone it stays": (
        (says("I encountered a temporary issue."),),
        Shows("I encountered a temporary issue."),
    ),
    "9: in the middle it stays": (
        (says("a"), says("I encountered a temporary issue"), says("b")),
        Shows("a\n\nI encountered a temporary issue\n\nb"),
    ),
    "10: paragraphs, and no echo": (
        (says("a"), says("a "), says("b"), says("a")),
        Shows("a\n\nb\n\na"),
    ),
    "10: an echo after a tool result is the answer": (
        (says("a"), RESULT, says("a")),
        Shows("a", tools=1),
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_frame_is_read_by_the_rules(rule: str) -> None:
    frames, expected = RULES[rule]

    assert shown(read(*frames)) == expected


def test_a_heartbeat_by_name_is_one_whatever_it_holds() -> None:
    assert read(says("secret"), event="heartbeat") == TurnEnd("")


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        ({"code": 1001, "message": "x"}, TokenRejected),
        ({"code": "1002"}, SessionGone),
        ({"code": 404}, SessionGone),
        ({"code": 2001, "data": {"bind_id": "anon_1"}}, NoCredits),
        ({"type": "error", "code": 429}, Busy),
        ({"code": 2001, "error": "x", "content": None}, NoCredits),
    ],
)
def test_a_number_inside_the_stream_is_a_refusal(frame: object, kind: type[Exception]) -> None:
    end = read(frame, {"code": 7777})

    assert type(end.refusal) is kind
    assert end.refusal is not None
    assert end.refusal.endpoint == "turn"
    assert end.failed
    assert not end.visible


def test_what_is_told_grows_and_is_told_once() -> None:
    reader = Reader()
    frames = [
        says("a", partial=True),
        says("b", partial=True),
        says("ab"),
        {"turnComplete": True},
        says("ab"),
        says("c"),
    ]

    told = [said.text for frame in frames for said in reader.feed("message", json.dumps(frame))]

    assert told == ["a", "ab", "ab\n\nc"]


def test_memory_stays_bounded_and_the_answer_survives() -> None:
    reader = Reader()
    for number in range(3 * MOST):
        reader.feed("message", json.dumps(says(f"{number} " + "x" * 1000)))
    for _ in range(100):
        reader.feed("message", json.dumps(says("y" * 1000, partial=True)))
    reader.feed("message", json.dumps(says("The answer.")))

    end = reader.finish()

    assert len(end.text) <= LONGEST + 2 * MOST
    assert end.text.endswith("The answer.")
    assert len(read(*[says("z" * 1000, partial=True)] * 100).text) == LONGEST
    assert read(*[says(f"{number}") for number in range(2 * MOST)]).text.count("\n\n") == MOST - 1


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ([60_000, 60_000], [60_000]),
        ([10, LONGEST - 10], [10, LONGEST - 10]),
        ([10, 10, LONGEST - 10], [10, LONGEST - 10]),
        ([10, 10, LONGEST], [LONGEST]),
    ],
)
def test_the_oldest_paragraphs_go_until_the_others_fit(said: list[int], left: list[int]) -> None:
    shown = read(*(says(chr(ord("a") + place) * size) for place, size in enumerate(said))).text

    assert [len(paragraph) for paragraph in shown.split("\n\n")] == left


def test_a_timeline_is_told_of_when_there_is_one_for_the_first_time() -> None:
    reader = Reader()
    drafts: tuple[Any, ...] = ({"t": []}, CROP, HI, {"t": []})
    frames = [{"actions": {"stateDelta": {"draft": draft}}} for draft in drafts]

    told = [reader.feed("message", json.dumps(frame)) for frame in (*frames, says("Hi"))]

    assert told == [(), (Visible("", True),), (), (), (Visible("Hi", False),)]


def test_heartbeats_do_not_count_as_events() -> None:
    reader = Reader()
    for frame in ({"type": "heartbeat"}, says("Hi"), {"type": "heartbeat"}, {"type": "text"}):
        reader.feed("message", json.dumps(frame))
    reader.feed("heartbeat", json.dumps(says("Hi")))

    assert reader.events == 2


def test_a_reader_may_be_asked_at_any_time() -> None:
    reader = Reader()

    assert reader.finish() == TurnEnd("")
    assert reader.finish(cut=True) == TurnEnd("", cut=True)


NAMES_OF_KEYS = """
content role parts text thought functionCall functionResponse author invocationId partial errorCode
error type code
actions stateDelta draft user model
"""
KEYS = st.sampled_from(NAMES_OF_KEYS.split())
VALUES = st.sampled_from(
    ["user", "model", "text", "tool_result", "tool_call", "MODEL_RETURNED_NO_CONTENT"]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
)
DATA = st.text(max_size=30) | ANYTHING.map(lambda value: dumps(value).decode())
FRAMES = st.tuples(st.sampled_from(["message", "heartbeat", "error", ""]), DATA)


@given(st.lists(FRAMES, max_size=12), st.booleans())
def test_no_frame_makes_the_reader_stumble(frames: Iterable[tuple[str, str]], cut: bool) -> None:
    reader = Reader()
    for event, data in frames:
        for said in reader.feed(event, data):
            said.text.encode()
    end = reader.finish(cut)

    assert end.visible is bool(end.text or end.status_texts)
    assert end.cut is cut


async def test_comments_keep_a_stream_alive_and_are_not_seen(
    serve: Serve, connect: Connect
) -> None:
    go_on = asyncio.Event()

    async def turn(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=STREAM)
        await response.prepare(request)
        await response.write(b"id: 1\ndata: " + dumps(says("now")) + b"\n\n")
        await go_on.wait()
        await response.write(b": ping\n\n" * 3 + b"data: " + dumps(says("done")) + b"\n\n")
        return response

    async def heard(text: str) -> None:
        go_on.set()

    end = await connect(await serve(turn)).turn(CALL, heard)

    assert end.text == "now\n\ndone"
