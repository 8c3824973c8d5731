"""Whole walks: a person in Telegram, the unmodified library, the engine, and the stand-in for the
video service."""

import io
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import av
import pytest

from tests.backend import quick_standin
from tests.bots.telegram.conftest import PACE, connected
from tests.servers.telegram import BOT_NAME, USER, FakeTelegram, Seen, photograph
from tests.world import bot

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time

GROUP = -1_000_000_000_700


@pytest.fixture
async def walk(telegram: FakeTelegram, tmp_path: Path) -> AsyncIterator[FakeTelegram]:
    """A whole bot behind the fake Telegram; status edits come without their 3 seconds of
    distance."""
    adapter = connected(telegram, tmp_path, replace(PACE, group_edit=0.0), time.time)
    adapter.edit_seconds = 0.0
    async with quick_standin().serving() as url, bot(tmp_path, url, adapter):
        yield telegram


async def clip(telegram: FakeTelegram, chat: int = USER, number: int = 1) -> Seen:
    """The clip of that number, once the chat has it."""

    def found() -> list[Seen]:
        return [seen for seen in telegram.said(chat) if seen.video]

    await telegram.wait_for(lambda: len(found()) >= number)
    return found()[number - 1]


async def test_an_album_and_a_sentence_become_a_clip_in_the_chat(walk: FakeTelegram) -> None:
    walk.user_sends_album(
        (photograph(480, 320), "turn this into a 2-second video"), (photograph(480, 320, "red"), "")
    )
    result = await clip(walk)
    with av.open(io.BytesIO(result.video or b""), "r") as opened:
        picture = opened.streams.video[0]
        assert {stream.codec_context.name for stream in opened.streams} == {"h264", "aac"}
        assert abs(float(opened.duration or 0) / 1_000_000 - 2) < 0.15
        shown = result.body["video"]
        assert (shown["width"], shown["height"], shown["duration"]) == (
            picture.width,
            picture.height,
            2,
        )
    assert "http" not in result.text
    assert result.thumbnail
    assert result.cover.startswith("FILE-photo-")
    assert not result.silent
    await walk.wait_for(lambda: "💳 Used" in walk.said()[0].text)
    assert [(bool(seen.video), seen.silent) for seen in walk.said()] == [
        (False, True),
        (True, False),
    ]
    assert (USER, None, "upload_video") in walk.world.actions


async def test_photo_first_and_words_later_in_chinese(walk: FakeTelegram) -> None:
    walk.user_sends(photo=photograph(480, 320), language="zh-hans")
    question = await walk.wait_for(lambda: [seen for seen in walk.said() if seen.labels])
    assert "照片" in question[0].text
    walk.user_sends("做成一个2秒的视频", language="zh-hans")
    assert "http" not in (await clip(walk)).text


async def test_in_a_topic_the_clip_answers_there_and_its_buttons_belong_to_who_asked(
    walk: FakeTelegram,
) -> None:
    walk.add_group(GROUP, forum=True, topics=[5])
    walk.user_sends(
        f"@{BOT_NAME} make a 2-second video", photo=photograph(480, 320), chat=GROUP, thread=5
    )
    asked = walk.last_id(GROUP)
    result = await clip(walk, GROUP)
    assert (result.thread, result.reply_to) == (5, asked)
    walk.presses(result.id, result.labels[0], chat=GROUP, user=2002)
    await walk.wait_for(lambda: walk.world.queries["9001"])
    assert {seen.thread for seen in walk.said(GROUP)} == {5}


async def test_a_clip_comes_again_from_the_history_without_an_upload(walk: FakeTelegram) -> None:
    walk.user_sends("turn this into a 2-second video", photo=photograph(480, 320))
    first = await clip(walk)
    walk.user_sends("/history")
    listed = await walk.wait_for(lambda: [seen for seen in walk.said() if "▶️ 1" in seen.labels])
    walk.presses(listed[0].id, "▶️ 1")
    again = await clip(walk, number=3)
    assert first.video == listed[0].video == again.video, "the list shows the newest itself"
    assert [bool(call.files) for call in walk.calls("sendVideo")] == [True, False, False]


async def test_a_file_over_the_limit_is_refused_before_it_is_asked_for(walk: FakeTelegram) -> None:
    walk.user_sends("make a video", document=("big.mp4", b"x", "video/mp4"), size=21_000_000)
    await walk.wait_for(lambda: walk.said())
    assert "20 MB" in walk.said()[0].text
    assert walk.calls("getFile") == []


async def test_a_group_that_moves_in_the_middle_gets_its_clip_in_the_new_one(
    walk: FakeTelegram,
) -> None:
    walk.add_group(-500)
    walk.user_sends(f"@{BOT_NAME} make a 2-second video", photo=photograph(480, 320), chat=-500)
    await walk.wait_for(lambda: walk.said(-500))
    walk.group_migrates(-500, GROUP)
    assert (await clip(walk, GROUP)).video


async def test_a_copy_of_ones_data_comes_as_a_file(walk: FakeTelegram) -> None:
    walk.user_sends("/mydata")
    await walk.wait_for(lambda: [seen for seen in walk.said() if seen.document])
