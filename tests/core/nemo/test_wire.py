"""Calls carry what the backend asks for; answers are read tolerantly; refusals are sorted by what
can be done."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.nemo import errors, wire
from core.nemo.draft.state import State, read_state
from core.nemo.errors import NemoError, Trouble
from core.nemo.values import DEEPEST, dumps, loads
from core.nemo.wire import Attribution, Call, RenderStatus
from tests.core.nemo.test_values import ANYTHING

SKILL = Attribution("image-to-video", "1.0.0", "unknown")
TOKEN = "nmv_usr_Secret-123"
SKILL_HEADERS = {
    "X-Skill-Source": "image-to-video",
    "X-Skill-Version": "1.0.0",
    "X-Skill-Platform": "unknown",
}
BEARER = {"Authorization": f"Bearer {TOKEN}"}
JSON = {"Content-Type": "application/json"}
NOW = 1_800_000_000.0
SESSION = "5529798706024415232"

CALLS: tuple[tuple[str, Callable[[], Call], str, str, dict[str, str], object], ...] = (
    (
        "token",
        lambda: wire.anonymous_token("c-1", SKILL),
        "POST",
        "/api/auth/anonymous-token",
        {"X-Client-Id": "c-1"},
        None,
    ),
    (
        "session",
        lambda: wire.create_session(TOKEN, SKILL, "zh-CN"),
        "POST",
        "/api/tasks/me/with-session/nemo_agent",
        BEARER | JSON,
        {"task_name": "project", "language": "zh-CN"},
    ),
    (
        "upload",
        lambda: wire.upload_urls(TOKEN, SKILL, SESSION, ["https://a.example/b.jpg"]),
        "POST",
        f"/api/upload-video/nemo_agent/me/{SESSION}",
        BEARER | JSON,
        {"urls": ["https://a.example/b.jpg"], "source_type": "url"},
    ),
    (
        "upload",
        lambda: wire.upload_files(TOKEN, SKILL, SESSION),
        "POST",
        f"/api/upload-video/nemo_agent/me/{SESSION}",
        BEARER,
        None,
    ),
    (
        "turn",
        lambda: wire.run_sse(TOKEN, SKILL, SESSION, "make it 10 s\ud83c"),
        "POST",
        "/run_sse",
        BEARER | JSON | {"Accept": "text/event-stream"},
        {
            "app_name": "nemo_agent",
            "user_id": "me",
            "session_id": SESSION,
            "new_message": {"parts": [{"text": "make it 10 s�"}]},
        },
    ),
    (
        "credits",
        lambda: wire.credits(TOKEN, SKILL),
        "GET",
        "/api/credits/balance/simple",
        BEARER,
        None,
    ),
    (
        "state",
        lambda: wire.state(TOKEN, SKILL, "a/b ?"),
        "GET",
        "/api/state/nemo_agent/me/a%2Fb%20%3F/latest",
        BEARER,
        None,
    ),
    (
        "render",
        lambda: wire.render_start(TOKEN, SKILL, SESSION, "render_1", {"t": [1.5, None]}),
        "POST",
        "/api/render/proxy/lambda",
        BEARER | JSON,
        {
            "id": "render_1",
            "sessionId": SESSION,
            "draft": {"t": [1.5, None]},
            "output": {"format": "mp4", "quality": "high"},
        },
    ),
    (
        "poll",
        lambda: wire.render_poll(TOKEN, SKILL, "render_1"),
        "GET",
        "/api/render/proxy/lambda/render_1",
        BEARER,
        None,
    ),
    (
        "render-cancel",
        lambda: wire.render_cancel(TOKEN, SKILL, "render_1"),
        "POST",
        "/api/render/proxy/lambda/render_1/cancel",
        BEARER,
        None,
    ),
    (
        "download",
        lambda: wire.render_download(TOKEN, SKILL, "render_1"),
        "GET",
        "/api/render/proxy/render_1/download",
        BEARER,
        None,
    ),
    (
        "claim",
        lambda: wire.claim_token(TOKEN, SKILL, "t-1", SESSION),
        "POST",
        "/api/auth/claim-token",
        BEARER | JSON,
        {"task_id": "t-1", "session_id": SESSION},
    ),
)


@pytest.mark.parametrize(("name", "made", "method", "path", "headers", "body"), CALLS)
def test_each_call_is_what_the_reference_describes(
    name: str,
    made: Callable[[], Call],
    method: str,
    path: str,
    headers: dict[str, str],
    body: object,
) -> None:
    call = made()
    assert (call.name, call.method, call.path, call.json) == (name, method, path, body)
    assert dict(call.headers) == SKILL_HEADERS | headers


@pytest.mark.parametrize("made", [row[1] for row in CALLS], ids=[row[0] for row in CALLS])
def test_a_call_shows_neither_token_nor_words(made: Callable[[], Call]) -> None:
    shown = repr(made()) + str(made())

    assert TOKEN not in shown
    assert "10 s" not in shown
    assert "c-1" not in shown


def test_a_resolution_is_sent_only_when_asked_for() -> None:
    call = wire.render_start(TOKEN, SKILL, SESSION, "render_1", {}, "1080p")

    assert call.json == {
        "id": "render_1",
        "sessionId": SESSION,
        "draft": {},
        "output": {"format": "mp4", "quality": "high", "resolution": "1080p"},
    }


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "пароль", "a\x00b"])
def test_a_token_that_no_header_can_carry_is_rejected_here(token: str) -> None:
    with pytest.raises(errors.TokenRejected):
        wire.credits(token, SKILL)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("session", lambda token: wire.create_session(token, SKILL, "en")),
        ("upload", lambda token: wire.upload_files(token, SKILL, SESSION)),
        ("turn", lambda token: wire.run_sse(token, SKILL, SESSION, "a film")),
        ("poll", lambda token: wire.render_poll(token, SKILL, "render_1")),
        ("render-cancel", lambda token: wire.render_cancel(token, SKILL, "render_1")),
    ],
)
def test_it_is_said_which_call_the_token_was_for(name: str, made: Callable[[str], Call]) -> None:
    with pytest.raises(errors.TokenRejected) as caught:
        made("two words")

    assert caught.value.endpoint == name


def test_headers_hold_only_what_headers_may_hold() -> None:
    call = wire.anonymous_token(
        "c\n1" + "x" * 100, Attribution("slug\r\nX-Evil: 1", "1.0.0", "平台clawhub")
    )

    assert dict(call.headers) == {
        "X-Client-Id": ("c1" + "x" * 100)[:64],
        "X-Skill-Source": "slugX-Evil:1",
        "X-Skill-Version": "1.0.0",
        "X-Skill-Platform": "clawhub",
    }


@pytest.mark.parametrize("words", ["", "  \n\t"])
def test_a_turn_without_words_is_never_sent(words: str) -> None:
    with pytest.raises(errors.BadRequest) as caught:
        wire.run_sse(TOKEN, SKILL, SESSION, words)

    assert caught.value.endpoint == "turn"


# status, body, call -> error. Rows of docs/backend.md 11.
REFUSALS: tuple[tuple[str, int, Any, type[NemoError]], ...] = (
    ("state", 200, {"code": 1001}, errors.TokenRejected),
    ("state", 200, {"code": "1001"}, errors.TokenRejected),
    ("state", 200, {"code": 1001.0}, errors.TokenRejected),
    ("state", 401, {}, errors.TokenRejected),
    ("state", 403, {}, errors.TokenRejected),
    ("turn", 200, {"code": 1002, "message": "gone"}, errors.SessionGone),
    ("turn", 404, {"detail": "Session not found: x"}, errors.SessionGone),
    ("turn", 404, "<html>", errors.SessionGone),
    ("upload", 404, {}, errors.SessionGone),
    ("state", 404, {}, errors.SessionGone),
    ("claim", 404, {"detail": "Session not found"}, errors.SessionGone),
    ("claim", 404, {}, errors.BadRequest),
    ("poll", 404, {}, errors.BadRequest),
    ("render", 402, {"code": 2001}, errors.NoCredits),
    ("turn", 200, {"code": 2001}, errors.NoCredits),
    ("upload", 200, {"code": 4001}, errors.UnsupportedFile),
    ("upload", 200, {"code": 4002}, errors.FileTooLarge),
    ("upload", 413, "<html>", errors.FileTooLarge),
    ("token", 400, {"detail": "X-Client-Id"}, errors.ClientIdMissing),
    ("token", 200, {"code": 400}, errors.ClientIdMissing),
    ("session", 400, {}, errors.BadRequest),
    ("token", 401, {}, errors.BadRequest),
    ("token", 403, {}, errors.BadRequest),
    ("token", 200, {"code": 1001}, errors.BadRequest),
    ("render", 402, {}, errors.ExportBlocked),
    ("render", 200, {"code": 402}, errors.ExportBlocked),
    ("render", 403, {}, errors.ExportBlocked),
    ("poll", 403, {}, errors.ExportBlocked),
    ("download", 403, {}, errors.ExportBlocked),
    ("render-cancel", 403, {}, errors.ExportBlocked),
    ("token", 429, {}, errors.Busy),
    ("turn", 200, {"code": 429}, errors.Busy),
    ("turn", 422, {"detail": [{"type": "missing"}]}, errors.BadRequest),
    ("turn", 405, {}, errors.BadRequest),
    ("turn", 408, {}, errors.Trouble),
    ("turn", 425, {}, errors.Trouble),
    ("turn", 500, "Internal Server Error", errors.Trouble),
    ("turn", 503, "<html>busy</html>", errors.Trouble),
    ("turn", 500, {"code": 0}, errors.Trouble),
    ("state", 200, {"code": 503}, errors.Trouble),
    ("state", 200, {"code": 599}, errors.Trouble),
    ("state", 200, {"code": 600}, errors.Unknown),
    ("state", 300, {}, errors.Trouble),
    ("state", 302, "", errors.Trouble),
    ("state", 200, "<html>hello</html>", errors.Trouble),
    ("state", 200, "", errors.Trouble),
    ("state", 200, "{", errors.Trouble),
    ("state", 200, "[1]", errors.Trouble),
    ("state", 200, "null", errors.Trouble),
    ("state", 200, "[" * 100_000, errors.Trouble),
    ("state", 200, '{"a":' * (DEEPEST + 1) + "1" + "}" * (DEEPEST + 1), errors.Trouble),
    ("state", 200, '{"code":' + "9" * 5000 + "}", errors.Trouble),
    ("state", 200, {"code": 7777}, errors.Unknown),
    ("state", 500, {"code": 7777}, errors.Unknown),
    ("state", 200, {"code": -3}, errors.Unknown),
    ("file", 403, {}, errors.BadRequest),
)


@pytest.mark.parametrize(("call", "status", "body", "kind"), REFUSALS)
def test_a_refusal_is_sorted_by_what_can_be_done(
    call: str, status: int, body: object, kind: type[NemoError]
) -> None:
    raw = body.encode() if isinstance(body, str) else json.dumps(body).encode()

    with pytest.raises(NemoError) as caught:
        wire.decipher(call, status, {}, raw)

    assert type(caught.value) is kind
    assert (caught.value.endpoint, caught.value.status) == (call, status)


@pytest.mark.parametrize(
    "answer",
    [
        {"code": 0, "data": {}},
        {"code": "0"},
        {},
        {"code": None},
        {"code": ""},
        {"code": True},
        {"code": "ok"},
        {"code": []},
    ],
)
def test_an_object_without_a_number_is_a_success(answer: dict[str, Any]) -> None:
    assert wire.decipher("poll", 200, {}, json.dumps(answer).encode()) == answer


def test_a_cancel_may_answer_with_nothing() -> None:
    assert wire.decipher("render-cancel", 204, {}, b" ") == {}


RECORDED = (
    ("16_unknown_session_404.json", 404, errors.SessionGone),
    ("17_missing_field_422.json", 422, errors.BadRequest),
)


@pytest.mark.parametrize(("name", "status", "kind"), RECORDED)
def test_the_recorded_refusals_are_known(
    name: str, status: int, kind: type[NemoError], recordings: Any
) -> None:
    with pytest.raises(kind):
        wire.decipher("turn", status, {}, (recordings / name).read_bytes())


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "900"}, 120.0),
        ({"retry-after": "-1"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        (
            {
                "retry-after": "Wed, 21 Oct 2026 07:28:30 GMT",
                "date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            30.0,
        ),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT"}, None),
        (
            {"retry-after": "Wed, 21 Oct 2026 07:28:30", "date": "Wed, 21 Oct 2026 07:28:00 GMT"},
            None,
        ),
    ],
)
def test_busy_says_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    with pytest.raises(errors.Busy) as caught:
        wire.decipher("state", 429, headers, b"{}")

    assert caught.value.retry_after == seconds


def test_an_error_tells_the_message_without_its_secrets() -> None:
    body = json.dumps(
        {"code": 1001, "msg": f"token {TOKEN} and home-made are bad " + "x" * 500}
    ).encode()

    with pytest.raises(errors.TokenRejected) as caught:
        wire.decipher("state", 200, {}, body, secret="home-made")

    assert caught.value.detail.startswith("token *** and *** are bad xxx")
    assert len(caught.value.detail) == 200
    assert TOKEN not in repr(caught.value) + str(caught.value)


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        ({"code": 1001, "msg": "not you"}, "not you"),
        ({"code": 1001, "message": "", "detail": "not you"}, "not you"),
        ({"code": 1001, "message": ["not you"]}, ""),
        ({"code": 1001}, ""),
    ],
)
def test_an_error_tells_the_message_as_it_came(answer: object, detail: str) -> None:
    refused = wire.refusal("turn", answer)

    assert refused is not None
    assert (refused.code, refused.detail) == (1001, detail)


def test_an_error_brings_what_registration_needs() -> None:
    link = "https://nemovideo.com/register?bind=anon_5f"
    body = json.dumps(
        {"code": 2001, "data": {"hint": f"go to {link}, please", "x": [{"bind_id": "anon_5f"}]}}
    ).encode()

    with pytest.raises(errors.NoCredits) as caught:
        wire.decipher("turn", 200, {}, body)

    assert (caught.value.bind, caught.value.register_url) == ("anon_5f", link)


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("register_url", "https://app.nemovideo.com/x", "https://app.nemovideo.com/x"),
        ("message", "see https://nemovideo.com/register.", "https://nemovideo.com/register"),
        ("message", "看 https://nemovideo.com/register。", "https://nemovideo.com/register"),
        ("message", "https://nemovideo.com/registerX", "https://nemovideo.com/registerX"),
        ("register_url", "http://nemovideo.com/register", ""),
        ("register_url", "https://nemovideo.com.evil.example/register", ""),
        ("register_url", "https://evilnemovideo.com/register", ""),
        ("register_url", "https://nemovideo.com@evil.example/register", ""),
        ("register_url", "https://evil@nemovideo.com/register", ""),
        ("register_url", "https://nemovideo.com/register?token=nmv_usr_x", ""),
        ("register_url", "https://[nemovideo.com/register", ""),
        ("message", "https://nemovideo.com/pricing", ""),
        ("register_url", 7, ""),
    ],
)
def test_a_registration_page_counts_only_on_the_vendors_own_host(
    key: str, value: object, found: str
) -> None:
    refused = wire.refusal("turn", {"code": 2001, "data": {key: value}})

    assert refused is not None
    assert refused.register_url == found


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"data": {"user_id": "anon_1", "deep": [{"bind_id": "anon_2"}]}}, "anon_2"),
        ({"data": {"user_id": "anon_1"}}, "anon_1"),
        ({"data": {"user_id": "17"}}, ""),
        ({"data": {"bind_id": "17", "user_id": "anon_1"}}, "anon_1"),
        ({"bind_id": "anon_1&x=<script>"}, ""),
        ({"bind_id": 5}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_the_bind_id_is_an_anonymous_users(answer: object, found: str) -> None:
    assert wire.bind_of(answer) == found


def test_session_ids_are_text_even_as_numbers() -> None:
    answer = loads(b'{"data":{"session_id":5529798706024415232,"task_id":7,"user_id":"anon_1"}}')

    assert wire.read_session(answer) == wire.Session("5529798706024415232", "7", "anon_1")


@pytest.mark.parametrize("value", [None, "", " ", True, 1.5, [], {}, 10**40])
def test_a_session_without_an_id_is_trouble(value: object) -> None:
    with pytest.raises(Trouble) as caught:
        wire.read_session({"data": {"session_id": value}})

    assert (caught.value.endpoint, bool(caught.value.detail)) == ("session", True)


@pytest.mark.parametrize(
    ("endpoint", "read"),
    [
        ("token", lambda answer: wire.read_grant(answer, NOW)),
        ("credits", wire.read_credits),
        ("state", read_state),
        ("claim", lambda answer: wire.read_claim(answer, NOW)),
    ],
)
@pytest.mark.parametrize("answer", [None, {}, {"data": []}, {"data": "x"}])
def test_an_answer_without_what_was_asked_for_is_trouble(
    endpoint: str, read: Callable[[object], object], answer: object
) -> None:
    with pytest.raises(Trouble) as caught:
        read(answer)

    assert (caught.value.endpoint, bool(caught.value.detail)) == (endpoint, True)


@pytest.mark.parametrize(
    ("data", "balance"),
    [
        ({"available": 80, "frozen": 20, "total": 100}, wire.Credits(80, 20, 100)),
        ({"available": "80"}, wire.Credits(80, 0, 80)),
        ({"available": 80.9, "frozen": -4}, wire.Credits(80, 0, 80)),
        ({"total": 5}, wire.Credits(0, 0, 5)),
        ({"frozen": 5}, wire.Credits(0, 5, 5)),
        ({"available": 80, "frozen": 20}, wire.Credits(80, 20, 100)),
    ],
)
def test_a_balance_counts_what_is_missing_as_nothing(data: object, balance: wire.Credits) -> None:
    assert wire.read_credits({"data": data}) == balance


RENDERS: tuple[Any, ...] = (
    (
        {
            "taskId": "r",
            "status": "completed",
            "progress": 100,
            "output": {"url": "https://a/x.mp4"},
        },
        wire.Render(RenderStatus.COMPLETED, 100, "https://a/x.mp4"),
    ),
    (
        {
            "success": True,
            "data": {"status": "completed", "progress": 7, "outputUrl": "https://a/x.mp4"},
        },
        wire.Render(RenderStatus.COMPLETED, 100, "https://a/x.mp4"),
    ),
    (
        {"status": "completed", "output_url": "https://a/x.mp4"},
        wire.Render(RenderStatus.COMPLETED, 100, "https://a/x.mp4"),
    ),
    ({"status": "COMPLETED"}, wire.Render(RenderStatus.COMPLETED, 100, "")),
    (
        {"success": True, "data": {"status": "pending", "progress": 5}},
        wire.Render(RenderStatus.PENDING, 5, ""),
    ),
    ({"status": "pending", "progress": "12"}, wire.Render(RenderStatus.PENDING, 12, "")),
    (
        {"data": {"status": "processing"}, "progress": 40.7},
        wire.Render(RenderStatus.PROCESSING, 40, ""),
    ),
    ({"status": "uploading", "progress": 140}, wire.Render(RenderStatus.PROCESSING, 100, "")),
    ({"status": 3, "progress": -4}, wire.Render(RenderStatus.PROCESSING, 0, "")),
    ({}, wire.Render(RenderStatus.PROCESSING, 0, "")),
    (
        {"status": "completed", "output": {"url": "http://a/x.mp4"}, "error": "late"},
        wire.Render(RenderStatus.COMPLETED, 100, "http://a/x.mp4", "late"),
    ),
    ({"status": "failed", "error": "boom"}, wire.Render(RenderStatus.FAILED, 0, "", "boom")),
    ({"success": False, "error": "boom"}, wire.Render(RenderStatus.FAILED, 0, "", "boom")),
    (
        {"success": True, "data": {"success": False, "error": "in"}},
        wire.Render(RenderStatus.FAILED, 0, "", "in"),
    ),
    (
        {"status": "completed", "output": {"url": "javascript:x"}},
        wire.Render(RenderStatus.COMPLETED, 100, ""),
    ),
    (
        {"status": "completed", "data": {"output": {"url": "https://a/in"}}},
        wire.Render(RenderStatus.COMPLETED, 100, "https://a/in"),
    ),
)


@pytest.mark.parametrize(("answer", "render"), RENDERS)
def test_a_render_is_read_from_both_shapes(answer: object, render: wire.Render) -> None:
    assert wire.read_render(answer) == render


def test_links_quote_what_they_carry() -> None:
    assert (
        wire.claim_link("https://w.example/", "clm_a&b")
        == "https://w.example/workspace/claim?ct=clm_a%26b"
    )
    assert (
        wire.register_link("https://w.example", "anon_1 x")
        == "https://w.example/register?bind=anon_1%20x"
    )
    assert wire.register_link("https://w.example", "") == "https://w.example/register"
    assert (
        wire.claim_link("https://w.example/X", "a/b")
        == "https://w.example/X/workspace/claim?ct=a%2Fb"
    )
    assert (
        wire.register_link("https://w.example/X/", "a/X")
        == "https://w.example/X/register?bind=a%2FX"
    )
    assert wire.register_link("//w.example", "") == "//w.example/register"


@given(
    st.sampled_from([row[0] for row in CALLS]),
    st.integers(100, 599),
    st.binary(max_size=200) | ANYTHING.map(dumps),
)
def test_any_answer_is_deciphered_or_refused(call: str, status: int, body: bytes) -> None:
    try:
        found: object = wire.decipher(call, status, {"retry-after": "x"}, body)
    except NemoError as error:
        found = error

    assert isinstance(found, dict | NemoError)


@given(ANYTHING)
def test_readers_give_a_value_or_trouble(answer: object) -> None:
    assert isinstance(wire.read_render(answer), wire.Render)
    for read in (wire.read_session, wire.read_credits, read_state):
        try:
            found = read(answer)
        except Trouble:
            continue
        if isinstance(found, State):
            assert len(found.fingerprint) == 64
            assert found.exportable in (True, False)
    for timed in (wire.read_grant, wire.read_claim):
        try:
            assert timed(answer, NOW).expires > NOW
        except Trouble:
            continue


@pytest.mark.parametrize(
    ("folder", "source", "platform"),
    [
        ("/home/ann/.clawhub/skills/x", "", "clawhub"),
        ("/home/ann/.cursor/skills/x", "", "cursor"),
        ("/home/ann/.cursor/rules", "", "unknown"),
        ("/home/ann/skills/.cursor", "", "unknown"),
        ("/srv/bot/core/skills", "", "unknown"),
        ("/home/ann/.clawhub/skills/x", " my-shop ", "my-shop"),
        ("/home/ann/.clawhub/skills/x", "  ", "clawhub"),
    ],
)
def test_the_platform_header_follows_the_operator_then_the_folder(
    folder: str, source: str, platform: str
) -> None:
    assert wire.platform_of(Path(folder), source) == platform
