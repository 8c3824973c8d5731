"""The endpoints are as strict as the real ones are documented to be."""

from typing import Any

import pytest

from bots.sandbox.standin.app import StandIn
from bots.sandbox.standin.world import WEEK
from tests.bots.sandbox.standin.caller import ATTRIBUTION, Caller, part, photo
from tests.bots.sandbox.standin.conftest import Open

TOKEN = "/api/auth/anonymous-token"


async def test_a_token_comes_with_credits_a_user_and_an_expiry(caller: Caller) -> None:
    answer = await caller.http.post(TOKEN, headers={"X-Client-Id": "other"})
    data = answer.json()["data"]
    assert data["token"].startswith("nmv_usr_")
    assert len(data["token"]) == len("nmv_usr_") + 43
    assert data["user_id"].startswith("anon_")
    assert data["expires_at"].endswith("Z")
    assert data["credits"] == 1000


@pytest.mark.parametrize("headers", [{}, {"X-Client-Id": ""}, {"X-Client-Id": "x" * 65}])
async def test_a_token_needs_a_client_id_of_at_most_64_characters(
    caller: Caller, headers: dict[str, str]
) -> None:
    answer = await caller.http.post(TOKEN, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["code"] == 400


async def test_a_client_id_gets_one_token_a_week(opened: Open) -> None:
    now = [1_000_000.0]
    async with opened(clock=lambda: now[0]) as caller:
        again = await caller.http.post(TOKEN, headers={"X-Client-Id": "client-1"})
        assert again.status_code == 429
        now[0] += WEEK + 1
        later = await caller.http.post(TOKEN, headers={"X-Client-Id": "client-1"})
        assert later.status_code == 200


async def test_an_address_gets_ten_tokens_a_week(caller: Caller) -> None:
    statuses = [
        (await caller.http.post(TOKEN, headers={"X-Client-Id": f"c{number}"})).status_code
        for number in range(10)
    ]
    assert statuses == [200] * 9 + [429]


async def test_the_quota_can_be_switched_off(opened: Open) -> None:
    async with opened(quota=False) as caller:
        assert (
            await caller.http.post(TOKEN, headers={"X-Client-Id": "client-1"})
        ).status_code == 200


async def test_a_token_expires_after_seven_days(opened: Open) -> None:
    now = [1_000_000.0]
    async with opened(clock=lambda: now[0]) as caller:
        now[0] += WEEK - 1
        assert (await caller.get("/api/credits/balance/simple")).json()["code"] == 0
        now[0] += 2
        assert (await caller.get("/api/credits/balance/simple")).json()["code"] == 1001


async def test_a_session_id_is_text_of_nineteen_digits(caller: Caller) -> None:
    assert isinstance(caller.session, str)
    assert len(caller.session) == 19
    assert int(caller.session) > 2**53


PATHS = [
    ("POST", "/api/tasks/me/with-session/nemo_agent"),
    ("POST", "/api/auth/claim-token"),
    ("POST", "/api/upload-video/nemo_agent/me/1"),
    ("POST", "/run_sse"),
    ("GET", "/api/state/nemo_agent/me/1/latest"),
    ("GET", "/api/credits/balance/simple"),
    ("POST", "/api/render/proxy/lambda"),
    ("GET", "/api/render/proxy/lambda/render_1"),
    ("POST", "/api/render/proxy/lambda/render_1/cancel"),
    ("GET", "/api/render/proxy/render_1/download"),
]


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize("bearer", [None, "Bearer nobody", "nmv_usr_x"])
async def test_every_endpoint_asks_for_a_known_bearer(
    caller: Caller, method: str, path: str, bearer: str | None
) -> None:
    headers = {**ATTRIBUTION, **({"Authorization": bearer} if bearer else {})}
    answer = await caller.http.request(method, path, headers=headers, json={})
    assert answer.json()["code"] == 1001


@pytest.mark.parametrize("missing", list(ATTRIBUTION))
@pytest.mark.parametrize(("method", "path"), PATHS[6:])
async def test_exports_ask_for_all_three_attribution_headers(
    caller: Caller, method: str, path: str, missing: str
) -> None:
    headers = {name: value for name, value in caller.headers.items() if name != missing}
    answer = await caller.http.request(method, path, headers=headers, json={})
    assert (answer.status_code, answer.json()["code"]) == (402, 402)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/state/nemo_agent/me/{}/latest", None),
        (
            "POST",
            "/api/upload-video/nemo_agent/me/{}",
            {"urls": ["http://x/a.jpg"], "source_type": "url"},
        ),
        ("POST", "/api/render/proxy/lambda", {"id": "r", "sessionId": "{}", "draft": {}}),
        ("POST", "/api/auth/claim-token", {"task_id": "t", "session_id": "{}"}),
    ],
)
@pytest.mark.parametrize("whose", ["nobody's", "another's"])
async def test_an_unknown_session_is_1002(
    caller: Caller, method: str, path: str, body: dict[str, Any] | None, whose: str
) -> None:
    other = await Caller(caller.standin, caller.http).join("client-2")
    ident = other.session if whose == "another's" else "123"
    sent = {
        key: value.format(ident) if isinstance(value, str) else value
        for key, value in (body or {}).items()
    }
    answer = await caller.http.request(
        method, path.format(ident), headers=caller.headers, json=sent or None
    )
    assert answer.json()["code"] == 1002


@pytest.mark.parametrize("whose", ["nobody's", "another's", "of another user id"])
async def test_a_turn_on_an_unknown_session_is_404_with_a_detail(
    caller: Caller, whose: str
) -> None:
    message = caller.message("hi")
    if whose == "another's":
        message["session_id"] = (await Caller(caller.standin, caller.http).join("client-2")).session
    elif whose == "nobody's":
        message["session_id"] = "123"
    else:
        message["user_id"] = "somebody"
    answer = await caller.post("/run_sse", message)
    assert answer.status_code == 404
    assert answer.json() == {"detail": f"Session not found: {message['session_id']}"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/tasks/me/with-session/nemo_agent", {}),
        ("/api/tasks/me/with-session/nemo_agent", []),
        ("/api/auth/claim-token", {"task_id": "x"}),
        ("/api/upload-video/nemo_agent/me/{}", {"urls": "http://x"}),
        ("/api/upload-video/nemo_agent/me/{}", {"urls": ["http://x/a.jpg"]}),
        (
            "/run_sse",
            {
                "app_name": "nemo_agent",
                "session_id": "{}",
                "new_message": {"parts": [{"text": "hi"}]},
            },
        ),
        (
            "/run_sse",
            {
                "app_name": "nemo_agent",
                "user_id": "me",
                "session_id": 5,
                "new_message": {"parts": []},
            },
        ),
        (
            "/run_sse",
            {"app_name": "nemo_agent", "user_id": "me", "session_id": "{}", "new_message": "hi"},
        ),
        ("/api/render/proxy/lambda", {"sessionId": "{}", "draft": {}}),
        ("/api/render/proxy/lambda", {"id": "a b", "sessionId": "{}", "draft": {}}),
        ("/api/render/proxy/lambda", {"id": "a", "sessionId": "{}"}),
    ],
)
async def test_a_wrong_body_is_422(caller: Caller, path: str, body: Any) -> None:
    if isinstance(body, dict):
        body = {key: caller.session if value == "{}" else value for key, value in body.items()}
    answer = await caller.post(path.format(caller.session), body)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][0] == "body"


@pytest.mark.parametrize(("content", "kind"), [(b"{", "application/json"), (b"{}", "text/plain")])
async def test_broken_or_undeclared_json_is_422(caller: Caller, content: bytes, kind: str) -> None:
    headers = {**caller.headers, "Content-Type": kind}
    assert (await caller.http.post("/run_sse", content=content, headers=headers)).status_code == 422


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (part("a.jpg", kind="image/jpeg"), 0),
        (part("a.JPEG", kind="image/jpeg"), 0),
        (part("a.jpg", kind="image/png"), 4001),
        (part("a.heic", kind="image/heic"), 4001),
        (part("a", kind="image/jpeg"), 4001),
        (part("a.jpg", b"no picture", "image/jpeg"), 4001),
        (part("a.mp4", photo(), "video/mp4"), 4001),
        (part("a.mp3", b"no sound", "audio/mpeg"), 4001),
        (part("a.jpg", photo() + bytes(20_000), "image/jpeg"), 4002),
    ],
)
async def test_uploads_are_judged_by_name_type_size_and_content(
    opened: Open, sent: Any, code: int
) -> None:
    async with opened(largest=10_000) as caller:
        answer = await caller.upload(sent)
        assert answer.json()["code"] == code
        assert len((await caller.state())["video_infos"]) == (code == 0)


async def test_the_part_must_be_named_files(caller: Caller) -> None:
    answer = await caller.upload(("file", ("a.jpg", photo(), "image/jpeg")))
    assert answer.status_code == 422


async def test_several_files_in_one_request_keep_their_order(caller: Caller) -> None:
    data = (await caller.upload(part("1.jpg"), part("2.jpg", photo(30, 60)), part("3.jpg"))).json()[
        "data"
    ]
    assert [info["filename"] for info in data["files"]] == ["1.jpg", "2.jpg", "3.jpg"]
    assert (data["files"][1]["width"], data["files"][1]["height"]) == (30, 60)
    assert data["session_state_applied"] is True
    assert [info["filename"] for info in (await caller.state())["video_infos"]] == [
        "1.jpg",
        "2.jpg",
        "3.jpg",
    ]


async def test_one_refused_file_refuses_the_request(caller: Caller) -> None:
    assert (await caller.upload(part("1.jpg"), part("2.txt", b"x", "text/plain"))).json()[
        "code"
    ] == 4001
    assert (await caller.state())["video_infos"] == []


async def test_an_uploaded_file_can_be_had_again_without_a_token(caller: Caller) -> None:
    url = (await caller.upload()).json()["data"]["files"][0]["cdn_url"]
    answer = await caller.http.get(url)
    assert answer.content == photo()
    assert caller.standin.asked("file")[-1].token == ""


async def test_a_loopback_url_is_fetched_and_any_other_becomes_a_picture(caller: Caller) -> None:
    own = (await caller.upload()).json()["data"]["files"][0]["cdn_url"]
    body = {"urls": [own, "https://example.org/pics/cat.jpg"], "source_type": "url"}
    answer = await caller.post(f"/api/upload-video/nemo_agent/me/{caller.session}", body)
    first, second = answer.json()["data"]["files"]
    assert (first["width"], first["height"]) == (64, 48)
    assert second["filename"] == "cat.jpg"
    assert second["width"] > 100
    assert caller.standin.asked("upload")[-1].facts["json"] == body


async def test_credits_are_a_sum_of_available_and_frozen(caller: Caller) -> None:
    assert await caller.credits() == {"available": 1000, "frozen": 0, "total": 1000}


async def test_a_claim_token_opens_ones_own_project_only(caller: Caller) -> None:
    body = {"task_id": caller.task, "session_id": caller.session}
    data = (await caller.post("/api/auth/claim-token", body)).json()["data"]
    assert data["claim_token"].startswith("clm_")
    assert data["expires_in"] == 604800
    wrong = await caller.post("/api/auth/claim-token", {**body, "task_id": "x"})
    assert wrong.json()["code"] == 1002


async def test_a_fresh_project_has_no_draft(caller: Caller) -> None:
    state = await caller.state()
    assert "draft" not in state
    assert state["video_infos"] == []
    assert state["user_id"].startswith("anon_")


async def test_a_registered_token_can_be_made_known(caller: Caller) -> None:
    caller.standin.add_token("nmv_usr_operator", credits=5)
    caller.headers["Authorization"] = "Bearer nmv_usr_operator"
    assert (await caller.credits())["total"] == 5


async def test_a_renewed_token_of_the_same_client_still_owns_the_project(caller: Caller) -> None:
    caller.standin.forget_tokens()
    assert (await caller.get("/api/credits/balance/simple")).json()["code"] == 1001
    old = caller.session
    await caller.join()
    caller.session = old
    assert (await caller.state())["video_infos"] == []


async def test_forgotten_sessions_are_gone(caller: Caller) -> None:
    caller.standin.forget_sessions()
    assert (await caller.turn("hi")).status_code == 404


async def test_every_call_is_on_record_without_its_token(caller: Caller) -> None:
    await caller.upload(part("1.jpg"))
    call = caller.standin.asked("upload")[0]
    assert call.token == "token-1"
    assert call.attributed
    assert call.facts["parts"] == [
        {"field": "files", "filename": "1.jpg", "content_type": "image/jpeg", "bytes": len(photo())}
    ]
    assert "authorization" not in call.headers
    assert "nmv_usr_" not in repr(caller.standin.calls)
    counted = (await caller.http.get("/_control/calls")).json()
    assert counted == {"token": 1, "session": 1, "upload": 1, "overlaps": 0}


def test_the_same_seed_makes_the_same_ids_and_none_makes_new_ones() -> None:
    assert StandIn(seed=3).world.hexadecimal(16) == StandIn(seed=3).world.hexadecimal(16)
    assert StandIn(seed=None).world.hexadecimal(16) != StandIn(seed=None).world.hexadecimal(16)


@pytest.mark.parametrize("page", ["/workspace/claim?ct=clm_1", "/register?bind=anon_1"])
async def test_links_for_people_lead_to_a_page_that_says_where_they_are(
    caller: Caller, page: str
) -> None:
    shown = await caller.get(page)
    assert shown.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "This is the sandbox" in shown.text
