"""A state is read whatever it holds, and a draft goes back to the service as it came."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nemo import wire
from core.nemo.draft.state import State, read_state
from core.nemo.values import as_it_came, dumps
from core.nemo.wire import Attribution
from tests.core.nemo.test_values import ANYTHING

DRAFT = {"t": [{"tt": 0, "sg": [{"d": 10000}]}]}


def test_a_state_holds_the_backends_own_values() -> None:
    inner = {
        "draft": DRAFT,
        "video_infos": [{"a": 1}],
        "generated_media": {"g": 1},
        "canvas_config": {"width": 9},
    }

    state = read_state({"code": 0, "data": {"user_id": "anon_1", "state": inner}})

    assert (state.draft, state.videos, state.generated) == (DRAFT, ({"a": 1},), {"g": 1})
    assert (state.canvas, state.bind, state.exportable) == ({"width": 9}, "anon_1", True)


def test_an_empty_state_is_not_exportable() -> None:
    state = read_state({"data": {"state": None}})

    assert state == State(None, (), None, None, "")
    assert not state.exportable


@pytest.mark.parametrize(
    ("draft", "exportable"),
    [
        (DRAFT, True),
        ({"t": [{"sg": []}, {"sg": [{}]}]}, True),
        ({"t": [{"sg": []}]}, False),
        ({"t": []}, False),
        ({"t": {"a": {"sg": [1]}}}, True),
        ({"t": "sg"}, False),
        ([], False),
        (None, False),
    ],
)
def test_a_draft_with_a_segment_is_exportable(draft: object, exportable: bool) -> None:
    assert State(draft, (), None, None, "").exportable is exportable


def test_a_fingerprint_follows_what_was_made_and_nothing_else() -> None:
    def fingerprint(**changed: object) -> str:
        inner = {"draft": DRAFT, "video_infos": [1], "generated_media": []} | changed
        return read_state({"data": {"state": inner}}).fingerprint

    assert fingerprint() == fingerprint(video_analyses={"x": 1}, canvas_config={"y": 2})
    assert fingerprint(draft={"a": 1, "b": 2}) == fingerprint(draft={"b": 2, "a": 1})
    assert (
        len(
            {
                fingerprint(),
                fingerprint(draft={}),
                fingerprint(video_infos=[2]),
                fingerprint(generated_media=[1]),
            }
        )
        == 4
    )
    assert fingerprint(draft={"x": "\ud800"}) != fingerprint(draft={"x": float("nan")})


def state_with(draft: str, **around: str) -> bytes:
    """An answer to the state call, in which the draft stands as this text."""
    between = around.get("between", '"video_infos":[{"draft":{}}] ,')
    state = f'{{{between}"draft":\n{draft} ,"canvas_config":{{}}}}'
    return f'\n{{"code": 0, "data":{{ "draft" : "no", "state":{state} }}}} '.encode()


DRAFTS = (
    '{"z":9007199254740993,"a":[1.10,null,1e-7, '
    '0.12345678901234567890],"\\ud83d\\ude00":"\u2028é","half":"\\ud800"}',
    '{ "t" : [ { "sg" : [ {"d":1e3,"d":2E+3} ] } ] ,\t"x\\u0041":"\\/" }',
    "{}",
    "{\r\n}",
)


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_draft_goes_back_byte_for_byte_as_it_came(draft: str) -> None:
    read = read_state(wire.decipher("state", 200, {}, state_with(draft)))

    stored = dumps(read.draft).decode()
    skill = Attribution("image-to-video", "1.0.0", "unknown")
    sent = wire.render_start("nmv_usr_a", skill, "1", "render_1", as_it_came(stored))

    assert read.draft == json.loads(draft)
    assert stored == draft
    assert b'"draft":' + draft.encode() + b',"output":' in dumps(sent.json)
    assert json.loads(dumps(sent.json))["draft"] == json.loads(draft)


@given(ANYTHING, st.sampled_from((None, 0, 1)), st.booleans())
def test_any_draft_goes_back_as_it_came(value: object, indent: int | None, plain: bool) -> None:
    draft = json.dumps({"t": value}, indent=indent, ensure_ascii=plain)
    try:
        answer = state_with(draft)
    except UnicodeEncodeError:
        return

    assert dumps(read_state(wire.decipher("state", 200, {}, answer)).draft) == draft.encode()


@pytest.mark.parametrize(
    "between", ['"draft":{"old":1},', '"draft":null,', '"a":{"draft":{"b":2}},']
)
def test_of_two_drafts_the_last_is_the_one_that_goes_back(between: str) -> None:
    read = read_state(wire.decipher("state", 200, {}, state_with('{"new": 1.0}', between=between)))

    assert (read.draft, dumps(read.draft)) == ({"new": 1.0}, b'{"new": 1.0}')


@pytest.mark.parametrize("draft", ["null", "[1.0 ]", '"{}"', "7"])
def test_what_is_no_draft_is_left_as_it_is(draft: str) -> None:
    assert read_state(wire.decipher("state", 200, {}, state_with(draft))).draft == json.loads(draft)


def test_a_draft_that_is_no_utf_8_goes_back_as_the_same_value() -> None:
    answer = state_with('{"a": "X"}').replace(b"X", b"\xed\xa0\x80")  # half of a pair, as bytes

    read = read_state(wire.decipher("state", 200, {}, answer))

    assert dumps(read.draft) == b'{"a":"\\ud800"}'


def test_the_fingerprint_of_a_draft_does_not_depend_on_how_it_is_written() -> None:
    one, other = (
        read_state(wire.decipher("state", 200, {}, state_with(d)))
        for d in ('{"a":1,"b":2}', '{"b":2, "a":1}')
    )

    assert one.fingerprint == other.fingerprint
    assert dumps(one.draft, ordered=True) == dumps(other.draft, ordered=True)
