"""Turns: what is said and done for which words, what it costs, and what becomes of a turn whose
client is gone."""

import asyncio
import io
import json
import wave as wave_file
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bots.sandbox.standin.caller import Caller, eventually, frames, part, photo, texts
from tests.bots.sandbox.standin.conftest import Open

RECORDINGS = Path(__file__).parents[3] / "recordings"


def wave(seconds: float) -> bytes:
    """A WAV file of silence."""
    buffer = io.BytesIO()
    with wave_file.open(buffer, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(8000)
        target.writeframes(bytes(round(seconds * 8000) * 2))
    return buffer.getvalue()


async def until(caller: Caller, running: int) -> None:
    """Wait until so many turns run on the caller's session."""

    async def so_many() -> bool:
        return caller.standin.world.sessions[caller.session].running == running

    await eventually(so_many)


async def test_photos_and_words_become_a_timeline_and_an_answer(caller: Caller) -> None:
    await caller.upload(part("1.jpg"), part("2.jpg"))
    answer = await caller.turn("turn these into a 10-second video with the title 'Hello'")
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert texts(answer)[-1].endswith("Click the Export button to download it.")
    assert "10-second" in texts(answer)[-1]
    assert any("Putting together your 10-second" in said for said in texts(answer))
    draft = await caller.draft()
    assert draft["d"] == 10_000
    assert [segment["m"]["name"] for segment in draft["t"][0]["sg"]] == ["1.jpg", "2.jpg"]


async def test_a_chinese_wish_is_answered_in_chinese(caller: Caller) -> None:
    await caller.upload()
    answer = await caller.turn("把照片做成10秒竖屏视频,加标题“海边”")
    assert texts(answer)[-1].endswith("点击「导出」按钮即可下载。")
    draft = await caller.draft()
    assert (draft["m"]["aspect"], draft["t"][-1]["sg"][0]["m"]["text"]) == ("9:16", "海边")


async def test_signs_without_a_font_stay_out_of_the_title_and_are_told_of(caller: Caller) -> None:
    await caller.upload()
    answer = await caller.turn("make a video with the title 'Summer \U0001f984', no music")
    assert "\U0001f984" in texts(answer)[-1]
    assert (await caller.draft())["t"][-1]["sg"][0]["m"]["text"] == "Summer"
    before, paid = await caller.draft(), await caller.credits()
    answer = await caller.turn("change the title to \U0001f984")
    assert "no title" in texts(answer)[-1]
    assert (await caller.draft(), await caller.credits()) == (before, paid)


async def test_a_title_moves_at_a_word_in_any_language_and_the_answer_is_in_it(
    caller: Caller,
) -> None:
    await caller.upload()
    await caller.turn("mach ein Video daraus mit dem Titel Sommer, ohne Musik")
    answer = await caller.turn("Titel nach unten")
    assert texts(answer)[-1].endswith("Der Titel steht unten.")
    shown = (await caller.draft())["t"][-1]["sg"][0]["m"]
    assert shown == {"text": "Sommer", "place": "bottom"}


async def test_without_named_music_some_is_added_in_a_second_stage(caller: Caller) -> None:
    await caller.upload()
    answer = await caller.turn("animate this")
    drafts = [
        frame["actions"]["stateDelta"]["draft"]
        for frame in frames(answer)
        if frame["actions"]["stateDelta"]
    ]
    assert [[track["tt"] for track in draft["t"]] for draft in drafts] == [[0], [0, 1]]
    assert "raw clip" in "".join(texts(answer))


@pytest.mark.parametrize(
    ("words", "tracks"), [("animate this, no music", [0]), ("animate this with lofi", [0, 1])]
)
async def test_named_music_is_not_second_guessed(
    caller: Caller, words: str, tracks: list[int]
) -> None:
    await caller.upload()
    answer = await caller.turn(words)
    assert sum(bool(frame["actions"]["stateDelta"]) for frame in frames(answer)) == (
        1 if "no" in words else 2
    )
    assert [track["tt"] for track in (await caller.draft())["t"]] == tracks


async def test_the_frames_look_like_the_recorded_ones(caller: Caller) -> None:
    recorded = [
        json.loads(block[6:])
        for block in (RECORDINGS / "01_text_thought_tool_result.sse")
        .read_text("utf-8")
        .split("\n\n")
        if block
    ]
    await caller.upload()
    mine = frames(await caller.turn("animate this, no music"))
    for theirs, ours in ((recorded[0], mine[0]), (recorded[1], mine[1]), (recorded[2], mine[-1])):
        assert set(ours) == set(theirs)
        assert set(ours["actions"]) == set(theirs["actions"])
        assert ours["content"]["role"] == theirs["content"]["role"]
        assert [set(part) for part in ours["content"]["parts"]] == [
            set(part) for part in theirs["content"]["parts"]
        ]


async def test_later_turns_edit_the_kept_draft(caller: Caller) -> None:
    await caller.upload(part("1.jpg"), part("2.jpg"))
    await caller.turn("a 10 second video with lofi music")
    await caller.turn("make it 15 seconds and lower the music to 20%")
    answer = await caller.turn("add the title 'Hi'")
    draft = await caller.draft()
    assert draft["d"] == 15_000
    assert draft["t"][1]["sg"][0]["m"]["volume"] == 0.2
    assert draft["t"][2]["sg"][0]["m"]["text"] == "Hi"
    assert 'Title "Hi" is on the picture (0-3s).' in texts(answer)[-1]
    await caller.turn("remove the music and the title")
    assert (await caller.draft())["d"] == 15_000


async def test_buttons_are_spoken_of_now_and_then_in_edits_too(caller: Caller) -> None:
    await caller.upload()
    await caller.turn("a video")
    said = [texts(await caller.turn(f"make it {seconds} seconds"))[-1] for seconds in (5, 6, 7)]
    assert sum("Export button" in words for words in said) == 1


@pytest.mark.parametrize(
    ("before", "words", "start"),
    [
        ((), "hello", "Hi! I make videos"),
        ((), "blah blah", "Click the upload button"),
        (("a video",), "make it pop somehow", "What would you like me to change?"),
        (("a video",), "add a title", "What should the title say?"),
        (("a 7 second video",), "make it 7 seconds", "That is already so"),
        (("a video",), "thanks!", "Hi! I make videos"),
    ],
)
async def test_what_is_not_understood_changes_nothing_and_costs_nothing(
    caller: Caller, before: tuple[str, ...], words: str, start: str
) -> None:
    if before:
        await caller.upload()
    for earlier in before:
        await caller.turn(earlier)
    old, credits = await caller.draft(), await caller.credits()
    assert texts(await caller.turn(words))[-1].startswith(start)
    assert (await caller.draft(), await caller.credits()) == (old, credits)


async def test_words_alone_make_a_video_of_invented_pictures(caller: Caller) -> None:
    answer = await caller.turn("make a 9:16 video about the sea")
    assert "about sea" in texts(answer)[0]
    state = await caller.state()
    assert [info["filename"] for info in state["generated_media"]] == [
        "sea-1.jpg",
        "sea-2.jpg",
        "sea-3.jpg",
    ]
    assert all(info["height"] > info["width"] for info in state["video_infos"])
    assert len(state["draft"]["t"][0]["sg"]) == 3


async def test_a_recording_becomes_the_voice_and_sets_the_length(caller: Caller) -> None:
    sound = wave(2.5)
    await caller.upload(part("1.jpg"), part("voice.wav", sound, "audio/wav"))
    await caller.turn("make a video from these")
    draft = await caller.draft()
    assert draft["d"] == 2_500
    assert [(track["tt"], track["sg"][0]["m"]["volume"]) for track in draft["t"][1:]] == [
        (1, 1.0),
        (1, 0.15),
    ]


async def test_a_recording_alone_gets_invented_pictures(caller: Caller) -> None:
    await caller.upload(part("voice.wav", wave(1.5), "audio/wav"))
    await caller.turn("make a video about autumn with my voice")
    draft = await caller.draft()
    assert (len(draft["t"][0]["sg"]), draft["d"]) == (3, 1_500)


async def test_a_recording_that_comes_later_lowers_the_music(caller: Caller) -> None:
    await caller.upload()
    await caller.turn("a 5 second video with upbeat music")
    await caller.upload(part("voice.wav", wave(1.5), "audio/wav"))
    await caller.turn("use this as voice-over")
    tracks = (await caller.draft())["t"]
    assert [track["sg"][0]["m"]["volume"] for track in tracks[1:]] == [1.0, 0.15]


async def test_new_photos_make_a_new_video_unless_they_are_to_be_added(caller: Caller) -> None:
    await caller.upload(part("1.jpg"))
    await caller.turn("a 10 second video")
    await caller.upload(part("2.jpg"))
    await caller.turn("add this photo")
    assert [segment["m"]["name"] for segment in (await caller.draft())["t"][0]["sg"]] == [
        "1.jpg",
        "2.jpg",
    ]
    await caller.upload(part("3.jpg"))
    await caller.turn("make a 5 second video of this one")
    assert [segment["m"]["name"] for segment in (await caller.draft())["t"][0]["sg"]] == ["3.jpg"]


async def test_generations_and_edits_have_their_price(opened: Open) -> None:
    async with opened(credits=115) as caller:
        await caller.upload()
        await caller.turn("a video")
        assert await caller.credits() == {"available": 15, "frozen": 0, "total": 15}
        await caller.turn("make it 9 seconds")
        assert (await caller.credits())["total"] == 5
        refused = await caller.turn("make it 8 seconds")
        assert (refused.status_code, refused.json()["code"]) == (200, 2001)
        assert texts(await caller.turn("hello"))


async def test_credits_are_frozen_while_a_turn_runs_and_a_second_one_runs_beside_it(
    opened: Open,
) -> None:
    async with opened(speed=1) as caller:
        await caller.upload()
        first = asyncio.create_task(caller.turn("a video [[fault:silence:0.2]]"))
        await until(caller, 1)
        assert (await caller.credits())["frozen"] == 100
        second = asyncio.create_task(caller.turn("a 5 second video"))
        await until(caller, 2)
        first.cancel()
        second.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        await until(caller, 0)
        overlaps = [call.facts["overlap"] for call in caller.standin.asked("turn")]
        assert overlaps == [False, True]
        assert (await caller.credits()) == {"available": 1000, "frozen": 0, "total": 1000}


async def hang_up(caller: Caller, words: str) -> None:
    """Begin a turn and leave while it runs."""
    turn = asyncio.create_task(caller.turn(words))
    await until(caller, 1)
    turn.cancel()
    await asyncio.gather(turn, return_exceptions=True)


async def test_hanging_up_cancels_the_run(opened: Open) -> None:
    async with opened(speed=0.2) as caller:
        await caller.upload()
        await hang_up(caller, "a video")
        await until(caller, 0)
        assert await caller.draft() is None
        assert (await caller.credits())["total"] == 1000


async def test_a_run_outlives_the_hang_up_when_it_shall(opened: Open) -> None:
    async with opened(speed=0.05) as caller:
        await caller.upload()
        await hang_up(caller, "a video [[fault:outlives-hang-up]]")
        await until(caller, 0)
        assert (await caller.draft())["d"] == 8_000
        assert (await caller.credits())["total"] == 900


@pytest.mark.parametrize("body", [{"parts": []}, {"parts": [{"text": ""}]}, {}])
async def test_a_message_without_words_is_a_stream_with_an_error(
    caller: Caller, body: dict[str, Any]
) -> None:
    answer = await caller.post("/run_sse", {**caller.message(""), "new_message": body})
    assert answer.status_code == 200
    assert frames(answer)[0]["error"]


async def test_camel_case_is_understood_too(caller: Caller) -> None:
    body = {
        "appName": "nemo_agent",
        "userId": "me",
        "sessionId": caller.session,
        "newMessage": {"parts": [{"text": "hi"}]},
    }
    assert texts(await caller.post("/run_sse", body))


async def test_an_unknown_app_is_not_found(caller: Caller) -> None:
    answer = await caller.post("/run_sse", {**caller.message("hi"), "app_name": "other"})
    assert (answer.status_code, answer.json()) == (404, {"detail": "App not found: other"})


async def test_headers_come_before_the_first_event(opened: Open) -> None:
    async with opened(speed=1000) as caller:
        await caller.upload(part("1.jpg", photo()))
        sent = {"headers": caller.headers, "json": caller.message("a video")}
        async with asyncio.timeout(60), caller.http.stream("POST", "/run_sse", **sent) as answer:  # type: ignore[arg-type]
            assert answer.status_code == 200
            assert isinstance(answer, httpx.Response)
