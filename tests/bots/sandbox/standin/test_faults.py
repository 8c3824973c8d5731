"""Every way in which the stand-in misbehaves on demand."""

import json
from typing import Any

import httpx
import pytest

from bots.sandbox.standin.faults import (
    EVERYWHERE,
    HEARTBEATS,
    KINDS,
    TURN,
    Fault,
    Faults,
    UnknownFault,
    from_words,
    parse,
)
from tests.bots.sandbox.standin.caller import Caller, frames, texts
from tests.bots.sandbox.standin.conftest import Open

CREDITS = "/api/credits/balance/simple"


def test_a_fault_is_taken_as_often_as_it_says() -> None:
    faults = Faults()
    faults.set("turn", "silent", times=2)
    faults.set("turn", "heartbeat", times=None)
    kinds = [[fault.kind for fault in faults.take("turn", TURN)] for _ in range(3)]
    assert kinds == [["silent", "heartbeat"], ["silent", "heartbeat"], ["heartbeat"]]
    faults.clear()
    assert faults.pending() == ()


@pytest.mark.parametrize(
    ("endpoint", "kind"), [("turn", "slient"), ("trun", "silent"), ("credits", "silent")]
)
def test_a_slip_of_the_pen_is_no_silent_success(endpoint: str, kind: str) -> None:
    with pytest.raises(UnknownFault):
        Faults().set(endpoint, kind)


def test_a_fault_can_be_written_into_the_words() -> None:
    words, found = from_words(
        "a video [[fault:silent]] please [[fault:render=failedx2]] [[fault:poll=http:503*]]"
    )
    assert words == "a video please"
    assert found == (
        Fault("turn", "silent"),
        Fault("render", "failed", 2),
        Fault("poll", "http", None, "503"),
    )
    assert from_words("untouched  words") == ("untouched  words", ())


def test_every_kind_is_described() -> None:
    assert all(text for kinds in KINDS.values() for text in kinds.values())


@pytest.mark.parametrize("code", [1001, 1002, 2001, 4001, 4002, 7777])
@pytest.mark.parametrize("status", [200, 402, 500])
async def test_an_error_code_with_any_status(caller: Caller, code: int, status: int) -> None:
    caller.standin.faults.set(
        "credits", f"code:{code}@{status}" if status != 200 else f"code:{code}"
    )
    answer = await caller.get(CREDITS)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    "status", [400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504]
)
async def test_an_http_status(caller: Caller, status: int) -> None:
    caller.standin.faults.set("credits", f"http:{status}")
    answer = await caller.get(CREDITS)
    assert answer.status_code == status
    assert "retry-after" not in answer.headers
    assert (await caller.get(CREDITS)).status_code == 200


@pytest.mark.parametrize(
    ("kind", "status", "content", "start"),
    [
        ("html", 502, "text/html", b"<html>"),
        ("html:504", 504, "text/html", b"<html>"),
        ("empty", 200, "", b""),
        ("empty:500", 500, "", b""),
        ("malformed", 200, "application/json", b'{"code"'),
        ("array", 200, "application/json", b"["),
    ],
)
async def test_an_answer_that_is_no_json_object(
    caller: Caller, kind: str, status: int, content: str, start: bytes
) -> None:
    caller.standin.faults.set("credits", kind)
    answer = await caller.get(CREDITS)
    assert (answer.status_code, answer.headers.get("content-type", "").split(";")[0]) == (
        status,
        content,
    )
    assert answer.content.startswith(start)


async def test_a_rate_limit_can_say_when_to_come_back(caller: Caller) -> None:
    caller.standin.faults.set("credits", "http:429=7")
    answer = await caller.get(CREDITS)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")


async def test_a_refused_token_stays_refused_and_its_client_gets_a_new_one(caller: Caller) -> None:
    caller.standin.faults.set("credits", "code:1001")
    assert (await caller.get(CREDITS)).json()["code"] == 1001
    assert (await caller.get(CREDITS)).json()["code"] == 1001
    await caller.join()
    assert (await caller.get(CREDITS)).json()["code"] == 0


@pytest.mark.parametrize(
    "endpoint", ["token", "session", "upload", "turn", "credits", "state", "render", "claim"]
)
async def test_the_line_drops_before_anything_is_done(caller: Caller, endpoint: str) -> None:
    await caller.upload()
    await caller.turn("a video")
    before = (
        await caller.state(),
        len(caller.standin.world.sessions),
        len(caller.standin.world.renders),
    )
    caller.standin.faults.set(endpoint, "reset")
    with pytest.raises(httpx.TransportError):
        await asked(caller, endpoint)
    assert (
        await caller.state(),
        len(caller.standin.world.sessions),
        len(caller.standin.world.renders),
    ) == before


@pytest.mark.parametrize("endpoint", ["token", "session", "upload", "turn", "render", "claim"])
async def test_the_work_is_done_and_then_the_line_drops(caller: Caller, endpoint: str) -> None:
    await caller.upload()
    await caller.turn("a video")
    draft = await caller.draft()
    caller.standin.faults.set(endpoint, "drop")
    with pytest.raises(httpx.TransportError):
        await asked(caller, endpoint)
    world, state = caller.standin.world, await caller.state()
    done = {
        "token": len(world.accounts) == 2,
        "session": len(world.sessions) == 2,
        "upload": len(state["video_infos"]) == 2,
        "turn": state["draft"] != draft,
        "render": list(world.renders) == ["render_1"],
        "claim": True,
    }
    assert done[endpoint]
    assert caller.standin.asked(endpoint)[-1].status == 499


async def asked(caller: Caller, endpoint: str) -> Any:
    """One more request to the endpoint."""
    match endpoint:
        case "token":
            return await caller.http.post(
                "/api/auth/anonymous-token", headers={"X-Client-Id": "client-2"}
            )
        case "session":
            return await caller.open()
        case "upload":
            return await caller.upload()
        case "turn":
            return await caller.turn("make it 5 seconds")
        case "credits":
            return await caller.credits()
        case "state":
            return await caller.state()
        case "render":
            return await caller.export()
        case _:
            return await caller.post(
                "/api/auth/claim-token", {"task_id": caller.task, "session_id": caller.session}
            )


async def test_a_delay_is_only_a_delay(caller: Caller) -> None:
    caller.standin.faults.set("credits", "delay:0.05")
    assert (await caller.get(CREDITS)).elapsed.total_seconds() >= 0.05


async def test_faults_are_set_listed_and_cleared_over_http(caller: Caller) -> None:
    told = [
        {"endpoint": "turn", "kind": "silent"},
        {"endpoint": "poll", "kind": "slow:3", "times": None},
    ]
    pending = (await caller.http.post("/_control/faults", json=told)).json()
    assert pending == [
        {"endpoint": "turn", "kind": "silent", "times": 1, "value": ""},
        {"endpoint": "poll", "kind": "slow", "times": None, "value": "3"},
    ]
    wrong = await caller.http.post("/_control/faults", json={"endpoint": "turn", "kind": "x"})
    assert wrong.status_code == 400
    assert (await caller.http.delete("/_control/faults")).json() == []


async def test_a_gate_fault_in_the_words_meets_that_turn_only(caller: Caller) -> None:
    refused = await caller.turn("hello [[fault:http:503]]")
    assert refused.status_code == 503
    assert texts(await caller.turn("hello"))


async def test_a_dropped_line_in_the_words_comes_after_the_work(caller: Caller) -> None:
    await caller.upload()
    with pytest.raises(httpx.TransportError):
        await caller.turn("a video [[fault:drop]]")
    assert await caller.draft() is not None


async def ready(caller: Caller) -> Any:
    """A project with a first draft, which is returned."""
    await caller.upload()
    await caller.turn("a 10 second video with lofi music")
    return await caller.draft()


EDIT = "make it 5 seconds"

WORK_DONE = [
    "silent",
    "empty-parts",
    "no-content",
    "empty-turn",
    "gui",
    "separators",
    "temporary",
    "partial",
]
WORK_DONE += [
    "partial-same-id",
    "partial-cut",
    "typed",
    "contentless",
    "no-blank-line",
    "error-late",
    "cut",
    "heartbeat",
]
NO_WORK = [
    "text-only",
    "question",
    "ask",
    "drag",
    "error",
    "error-invalid",
    "error-code",
    "error-twice",
    "code-inside",
    "cut-lost",
]


@pytest.mark.parametrize("kind", WORK_DONE)
async def test_these_faults_leave_the_work_done_and_paid(caller: Caller, kind: str) -> None:
    before = await ready(caller)
    await spoilt(caller, kind)
    await settled(caller)
    assert (await caller.draft())["d"] == 5_000 != before["d"]
    assert (await caller.credits())["total"] == 890


@pytest.mark.parametrize("kind", NO_WORK)
async def test_these_faults_leave_everything_as_it_was(caller: Caller, kind: str) -> None:
    before = await ready(caller)
    await spoilt(caller, kind)
    await settled(caller)
    assert await caller.draft() == before
    assert (await caller.credits())["total"] == 900


async def spoilt(caller: Caller, kind: str) -> httpx.Response | None:
    """An edit under a fault; None where the line broke."""
    caller.standin.faults.set("turn", kind)
    try:
        return await caller.turn(EDIT)
    except httpx.RemoteProtocolError:
        assert kind.startswith("cut")
        return None


async def settled(caller: Caller) -> None:
    """Let a run that goes on unheard come to its end: nothing waits here, so a few requests are
    enough."""
    for _ in range(5):
        await caller.credits()


def test_no_turn_fault_is_left_untested() -> None:
    elsewhere = {"silence", "two-stage", "one-stage", "outlives-hang-up"}
    assert {*WORK_DONE, *NO_WORK, *elsewhere} == set(TURN)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("silent", []),
        ("empty-parts", ["On it, changing the timeline now."]),
        ("no-content", ["On it, changing the timeline now."]),
        ("empty-turn", []),
        ("contentless", []),
        ("text-only", ["The video runs 5 seconds now."]),
        ("drag", ["The clip fits well there. Drag the last clip to the front of the timeline."]),
        ("question", ["Before I start: should it be vertical for TikTok, or widescreen?"]),
        ("error-code", []),
        ("error", ["starting…"]),
    ],
)
async def test_what_is_said_under_a_fault(caller: Caller, kind: str, said: list[str]) -> None:
    await ready(caller)
    answer = await spoilt(caller, kind)
    assert answer is not None
    assert texts(answer) == said


async def test_a_silent_turn_still_shows_its_tools(caller: Caller) -> None:
    await ready(caller)
    answer = await spoilt(caller, "silent")
    assert answer is not None
    parts = [part for frame in frames(answer) for part in frame["content"]["parts"]]
    assert [next(iter(part)) for part in parts] == ["functionCall", "functionResponse"]


@pytest.mark.parametrize("kind", [*HEARTBEATS, "all"])
async def test_heartbeats_stand_between_all_events(caller: Caller, kind: str) -> None:
    await ready(caller)
    answer = await spoilt(caller, f"heartbeat:{kind}")
    assert answer is not None
    for raw in HEARTBEATS.values() if kind == "all" else [HEARTBEATS[kind]]:
        assert answer.text.count(raw) >= 3


async def test_fragments_come_before_the_whole(caller: Caller) -> None:
    await ready(caller)
    answer = await spoilt(caller, "partial")
    assert answer is not None
    events = [frame for frame in frames(answer) if "partial" in frame]
    assert [event["partial"] for event in events] == [True, True, True, False]
    whole = [event["content"]["parts"][0]["text"] for event in events]
    assert "".join(whole[:3]) == whole[3]
    assert len({event["id"] for event in events}) == 4


async def test_fragments_may_share_an_id_with_the_whole(caller: Caller) -> None:
    await ready(caller)
    answer = await spoilt(caller, "partial-same-id")
    assert answer is not None
    assert len({frame["id"] for frame in frames(answer) if "partial" in frame}) == 1


async def test_the_old_shape(caller: Caller) -> None:
    await ready(caller)
    answer = await spoilt(caller, "typed")
    assert answer is not None
    assert [frame["type"] for frame in frames(answer)] == [
        "text",
        "tool_call",
        "tool_result",
        "text",
    ]


async def test_raw_separators_travel_unescaped(caller: Caller) -> None:
    await ready(caller)
    answer = await spoilt(caller, "separators")
    assert answer is not None
    assert all(sign.encode() in answer.content for sign in "\u2028\u2029\u0085")


@pytest.mark.parametrize(("kind", "end"), [("no-blank-line", b"}\n"), ("partial", b"}\n\n")])
async def test_the_last_event_may_lack_its_blank_line(
    caller: Caller, kind: str, end: bytes
) -> None:
    await ready(caller)
    answer = await spoilt(caller, kind)
    assert answer is not None
    assert answer.content.endswith(end)
    assert answer.content.endswith(b"\n\n") == (end == b"}\n\n")


async def test_an_invalid_error_frame_breaks_its_own_json(caller: Caller) -> None:
    await ready(caller)
    answer = await spoilt(caller, "error-invalid")
    assert answer is not None
    frame = answer.text.split("\n\n")[1].split("\n")[0].removeprefix("data: ")
    assert frame.startswith('{"error"')
    with pytest.raises(json.JSONDecodeError):
        json.loads(frame)


async def test_one_exception_may_be_reported_twice(caller: Caller) -> None:
    await ready(caller)
    answer = await spoilt(caller, "error-twice")
    assert answer is not None
    first, second = frames(answer)
    assert first["errorCode"] == "RuntimeError"
    assert second["error"].startswith("RuntimeError")


async def test_a_code_inside_the_stream(caller: Caller) -> None:
    await ready(caller)
    answer = await spoilt(caller, "code-inside:2001")
    assert answer is not None
    assert frames(answer) == [{"code": 2001, "message": "refused"}]


@pytest.mark.parametrize(("kind", "stages"), [("one-stage", 1), ("two-stage", 2)])
async def test_the_second_stage_can_be_chosen(opened: Open, kind: str, stages: int) -> None:
    async with opened(two_stage=kind == "one-stage") as caller:
        await caller.upload()
        answer = await caller.turn(f"a video [[fault:{kind}]]")
        assert sum(bool(frame["actions"]["stateDelta"]) for frame in frames(answer)) == stages


async def test_odd_answers_of_session_and_upload(caller: Caller) -> None:
    caller.standin.faults.set("session", "number-id")
    await caller.open()
    assert isinstance(caller.session, int)
    await caller.open()
    caller.standin.faults.set("upload", "not-applied")
    assert (await caller.upload()).json()["data"]["session_state_applied"] is False
    caller.standin.faults.set("upload", "bare")
    assert list((await caller.upload()).json()["data"]) == ["uploaded_files"]


def test_a_value_belongs_to_the_kind() -> None:
    assert parse("credits", "delay:2.5").amount == 2.5
    assert parse("poll", "no-url").amount is None
    assert set(EVERYWHERE) <= set(KINDS["file"])
