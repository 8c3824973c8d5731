"""Exports over HTTP: start, poll in both shapes, cancel, download, and a file host that knows Range
and HEAD."""

import asyncio
import gc
import io
import warnings
from pathlib import Path
from typing import Any

import av
import httpx
import pytest

from tests.bots.sandbox.standin.caller import Caller, eventually, part, photo
from tests.bots.sandbox.standin.conftest import Open


async def ready(caller: Caller, words: str = "a 1 second video, no music") -> Caller:
    await caller.upload(part("1.jpg", photo(160, 120)))
    await caller.turn(words)
    return caller


async def completed(caller: Caller) -> None:
    """Wait for the worker without polling."""

    async def over() -> bool:
        return caller.standin.world.renders["render_1"].status == "completed"

    await eventually(over)


async def test_an_export_gives_a_real_video_behind_a_link_without_token(caller: Caller) -> None:
    await ready(caller)
    started = (await caller.export()).json()
    assert started == {"taskId": "render_1", "status": "pending", "progress": 0}
    done = await caller.finished()
    assert (done["status"], done["progress"], done["output"]["duration"]) == ("completed", 100, 1.0)
    file = await caller.http.get(done["output"]["url"])
    assert file.headers["content-type"] == "video/mp4"
    assert len(file.content) == done["output"]["size"]
    with av.open(io.BytesIO(file.content)) as video:
        assert (video.streams.video[0].width, video.streams.video[0].height) == (214, 120)
    assert (await caller.credits())["total"] == 900
    assert caller.standin.asked("render")[0].facts["verbatim"] is True


async def test_a_draft_that_was_tampered_with_is_noticed(caller: Caller) -> None:
    await ready(caller)
    draft = await caller.draft()
    draft.pop("lut")
    await caller.export(draft=draft)
    assert caller.standin.asked("render")[0].facts["verbatim"] is False


async def test_the_file_host_knows_head_and_range(caller: Caller) -> None:
    await ready(caller)
    await caller.export()
    url = (await caller.finished())["output"]["url"]
    head = await caller.http.head(url)
    part_ = await caller.http.get(url, headers={"Range": "bytes=4-7"})
    assert (head.status_code, head.content, head.headers["accept-ranges"]) == (200, b"", "bytes")
    assert (part_.status_code, part_.content) == (206, b"ftyp")
    assert [call.method for call in caller.standin.asked("file")] == ["HEAD", "GET"]


async def test_a_file_can_break_off_or_be_missing(caller: Caller) -> None:
    await ready(caller)
    await caller.export()
    url = (await caller.finished())["output"]["url"]
    caller.standin.faults.set("file", "short")
    with pytest.raises(httpx.RemoteProtocolError):
        await caller.http.get(url)
    assert (await caller.http.get(url.replace("render_1", "render_2"))).status_code == 404


async def test_the_owner_can_download_through_the_api(caller: Caller) -> None:
    await ready(caller)
    path = "/api/render/proxy/render_1/download"
    assert (await caller.get(path)).status_code == 404
    await caller.export()
    url = (await caller.finished())["output"]["url"]
    assert (await caller.get(path)).content == (await caller.http.get(url)).content


async def test_both_reply_shapes(opened: Open) -> None:
    async with opened(shape="wrapped") as caller:
        await ready(caller)
        started = (await caller.export()).json()
        assert (started["success"], started["data"]["id"]) == (True, "render_1")
        await completed(caller)
        data = (await caller.poll())["data"]
        assert data["outputUrl"].endswith("/render-result/render_1.mp4")
        assert data["completedAt"] >= data["createdAt"]
        caller.standin.faults.set("poll", "flat")
        assert (await caller.poll())["output"]["url"] == data["outputUrl"]


@pytest.mark.parametrize(
    "draft",
    [
        {"t": []},
        {"x": 1},
        {"t": [{"tt": 0, "sg": [{"m": {"width": "x"}}]}]},
        {"t": [{"tt": 7, "sg": [{"d": 1}]}]},
    ],
)
async def test_an_empty_draft_is_refused(caller: Caller, draft: dict[str, Any]) -> None:
    answer = await caller.export(draft=draft)
    assert (answer.status_code, answer.json()["success"]) == (400, False)


async def test_a_draft_with_a_file_nobody_uploaded_fails(caller: Caller) -> None:
    await ready(caller)
    draft = await caller.draft()
    draft["t"][0]["sg"][0]["m"]["src"] = "http://elsewhere/media/unknown/x.jpg"
    await caller.export(draft=draft)
    assert (await caller.finished())["status"] == "failed"


async def test_a_duplicate_id_is_an_error_or_joins_the_first(caller: Caller) -> None:
    await ready(caller)
    await caller.export()
    again = await caller.export()
    assert (again.status_code, again.json()["success"]) == (409, False)
    caller.standin.faults.set("render", "joins")
    assert (await caller.export()).json()["taskId"] == "render_1"


async def test_another_token_sees_no_render(caller: Caller) -> None:
    await ready(caller)
    await caller.export()
    other = await Caller(caller.standin, caller.http).join("client-2")
    assert (await other.get("/api/render/proxy/lambda/render_1")).status_code == 404
    assert (await caller.get("/api/render/proxy/lambda/render_9")).status_code == 404


async def test_a_render_fails_once_and_then_no_more(caller: Caller) -> None:
    await ready(caller)
    caller.standin.faults.set("render", "failed")
    await caller.export("render_1")
    assert await caller.finished("render_1") == {
        "taskId": "render_1",
        "status": "failed",
        "progress": 0,
        "error": "render worker gone",
    }
    await caller.export("render_2")
    assert (await caller.finished("render_2"))["status"] == "completed"


async def test_a_failure_in_the_wrapped_shape(caller: Caller) -> None:
    await ready(caller)
    caller.standin.faults.set("render", "failed", times=None)
    await caller.export()
    await caller.finished()
    caller.standin.faults.set("poll", "wrapped")
    answer = await caller.poll()
    assert (answer["success"], answer["error"]) == (False, "render worker gone")


async def test_a_poll_can_tell_of_a_failure(caller: Caller) -> None:
    await ready(caller)
    caller.standin.faults.set("poll", "failed")
    await caller.export()
    assert (await caller.poll())["status"] == "failed"


async def test_a_slow_render_stays_at_work_for_some_polls(caller: Caller) -> None:
    await ready(caller)
    caller.standin.faults.set("render", "slow:2")
    await caller.export()
    await completed(caller)
    assert [(await caller.poll())["status"] for _ in range(3)] == [
        "processing",
        "processing",
        "completed",
    ]


@pytest.mark.parametrize(
    ("kind", "urls"), [("no-url:2", [False, False, True]), ("no-url", [False] * 3)]
)
async def test_a_finished_render_may_keep_its_url_to_itself(
    caller: Caller, kind: str, urls: list[bool]
) -> None:
    await ready(caller)
    caller.standin.faults.set("render", kind)
    await caller.export()
    await completed(caller)
    answers = [await caller.poll() for _ in range(3)]
    assert [answer["status"] for answer in answers] == ["completed"] * 3
    assert ["output" in answer for answer in answers] == urls


async def test_progress_is_real_and_a_cancelled_render_stops(opened: Open) -> None:
    async with opened(video_height=720) as caller:
        await ready(caller, "a 3 minute video, no music")
        await caller.export()

        async def begun() -> bool:
            return bool((await caller.poll())["progress"])

        await eventually(begun)
        answer = await caller.post("/api/render/proxy/lambda/render_1/cancel")
        assert answer.json()["success"] is True
        assert (await caller.poll())["status"] == "failed"


async def test_a_resolution_can_be_asked_for_but_not_above_the_own_one(opened: Open) -> None:
    async with opened(video_height=240) as caller:
        await ready(caller)
        await caller.export(output={"format": "mp4", "quality": "high", "resolution": "180p"})
        with av.open(
            io.BytesIO((await caller.http.get((await caller.finished())["output"]["url"])).content)
        ) as video:
            assert video.streams.video[0].height == 180


async def test_a_film_is_made_once_and_another_photo_makes_another(caller: Caller) -> None:
    paths = []
    for ident, colour in (("render_1", "teal"), ("render_2", "teal"), ("render_3", "crimson")):
        await caller.open()
        await caller.upload(part("1.jpg", photo(160, 120, colour)))
        await caller.turn("a 1 second video, no music")
        await caller.export(ident)
        await caller.finished(ident)
        paths.append(caller.standin.world.renders[ident].path)
    assert paths[0] == paths[1] != paths[2]


async def test_a_film_that_an_earlier_stand_in_has_made_is_not_made_again(
    opened: Open, tmp_path: Path
) -> None:
    served, paths = [], []
    for colour in ("teal", "teal", "crimson"):
        async with opened(films=tmp_path) as caller:
            await caller.upload(part("1.jpg", photo(160, 120, colour)))
            await caller.turn("a 1 second video, no music")
            await caller.export()
            served.append(
                (await caller.http.get((await caller.finished())["output"]["url"])).content
            )
            paths.append(caller.standin.world.renders["render_1"].path)
    assert served[0] == served[1] != served[2]
    assert [path.parent == tmp_path for path in paths if path] == [False, True, False]
    assert len(list(tmp_path.iterdir())) == 2


async def test_clients_that_hang_up_on_a_file_leave_none_open_and_no_complaint(
    caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    await ready(caller)
    await caller.export()
    url = httpx.URL((await caller.finished())["output"]["url"])
    for number in range(60):
        _, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(f"GET {url.path} HTTP/1.1\r\nHost: {url.host}\r\n\r\n".encode())
        await writer.drain()
        for _ in range(number % 12):  # until the server has read it, and begun, and somewhat later
            await asyncio.sleep(0)
        writer.transport.abort()
    with warnings.catch_warnings(record=True) as noticed:
        warnings.simplefilter("always", ResourceWarning)
        assert (await caller.http.get(url)).status_code == 200
        gc.collect()
    assert [str(each.message) for each in noticed] == []
    assert "never retrieved" not in caplog.text
