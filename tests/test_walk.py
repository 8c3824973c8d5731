"""Whole walks through engine, store and client against the stand-in: what a person would read, and
what was paid."""

import asyncio
import gc
import io
import random
from collections import Counter
from pathlib import Path

import av
import pytest
from PIL import Image

from core.adapter import Flooded, Gone, NoSuchMessage, Refused, TooLarge, Unclear, Unsent
from core.domain.requests import Step
from core.messages import Attachment, Command
from core.store import Claimed
from tests.fakes import FakeAdapter
from tests.process import until
from tests.world import World, photo, world

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time

MAKE = "turn this into a 2-second video"


def facts_of(video: bytes) -> tuple[int, int, float, str]:
    """Width, height, seconds and codecs of an MP4."""
    with av.open(io.BytesIO(video), "r") as opened:
        picture = opened.streams.video[0]
        seconds = float(opened.duration or 0) / 1_000_000
        names = "+".join(stream.codec_context.name for stream in opened.streams)
        return picture.width, picture.height, seconds, names


def posted(here: World, endpoint: str) -> int:
    """How often the stand-in was asked."""
    return len(here.standin.asked(endpoint))


async def said(here: World, beginning: str, seconds: float = 300.0) -> str:
    """The first message that begins so, once it is there."""

    def found(adapter: FakeAdapter) -> list[str]:
        return [shown.text for shown in adapter.shown if shown.text.startswith(beginning)]

    try:
        await here.adapter.until(lambda adapter: bool(found(adapter)), seconds)
    except TimeoutError:
        raise AssertionError(f"never said {beginning!r}:\n{here.adapter.transcript()}") from None
    return found(here.adapter)[0]


async def test_a_photo_and_a_sentence_become_a_video(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says("turn this into a 3-second video", photo())
        result = await here.adapter.result()
        assert result.text.startswith("🎬 Your video is ready!")
        assert "http" not in result.text, "beside the file no link is needed"
        width, height, seconds, codecs = facts_of(result.video)
        assert codecs == "h264+aac"
        assert abs(seconds - 3) < 0.15
        assert width > height
        await said(here, "💳 Used 100 credits")
        status, end = here.adapter.shown
        assert status.outbound.silent
        assert not end.outbound.silent
        seen = [*status.before, status.text]
        assert seen[0].startswith("📷 Got your photo.")
        assert any(words.startswith("⬆️ Uploading 1 of 1") for words in seen)
        assert seen[-1] == "💳 Used 100 credits, 900 left."
        asked = Counter(call.endpoint for call in here.standin.calls)
        assert asked.pop("poll")
        assert asked == {
            **dict.fromkeys(("token", "session", "upload", "turn", "render", "claim"), 1),
            **dict.fromkeys(("state", "credits"), 2),
            "file": 1,
        }, "each is asked for as often as it is needed, and none of them twice"
        assert all(call.attributed for call in here.standin.calls if call.endpoint != "file")


async def test_an_edit_changes_the_video_and_export_sends_it(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        await here.adapter.says("make it 4 seconds")
        await here.adapter.until(lambda adapter: len(adapter.shown) >= 4)
        await here.adapter.says("export")
        second = await here.adapter.result(2)
        assert abs(facts_of(second.video)[2] - 4) < 0.15
        assert (posted(here, "session"), posted(here, "turn"), posted(here, "upload")) == (1, 2, 1)


async def test_new_photos_get_a_project_of_their_own(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        await here.adapter.says("make a 2-second video of this one", photo(1))
        await here.adapter.result(2)
        assert posted(here, "session") == 2
        assert posted(here, "token") == 1


async def test_photos_then_words_in_chinese(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says("", photo(), photo(1), language="zh-hans")
        await said(here, "📷 2 张照片收到了")
        await here.adapter.says("做成2秒的竖屏视频", language="zh-hans")
        result = await here.adapter.result()
        assert result.text.startswith("🎬 视频做好了！")
        width, height, _, _ = facts_of(result.video)
        assert height > width


async def test_status_and_credits_answer_without_a_turn(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        await here.adapter.says("status")
        assert "1. Video" in await said(here, "Timeline (")
        await here.adapter.says("credits")
        await said(here, "💳 You have")
        assert posted(here, "turn") == 1


async def test_a_silent_turn_still_ends_with_the_video(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "silent")
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        assert posted(here, "turn") == 1


async def test_a_silent_edit_says_what_changed(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        here.standin.faults.set("turn", "silent")
        await here.adapter.says('add the title "Summer"')
        changed = await here.adapter.result(2)
        assert changed.text.startswith("🎬 Here is your new version:")
        assert "Summer" in changed.text


async def test_an_edit_that_changes_nothing_is_never_called_done(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        here.standin.faults.set("turn", "empty-turn")
        here.standin.faults.set("turn", "cut-lost")
        await here.adapter.says('add the title "Summer"')
        await said(here, "😕 The connection dropped")
        assert posted(here, "turn") == 2


@pytest.mark.parametrize("kind", ["cut", "drop"])
async def test_a_turn_that_broke_off_is_found_done_and_not_sent_again(
    tmp_path: Path, kind: str
) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", kind)
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        assert posted(here, "turn") == 1


async def test_a_turn_that_was_lost_is_told_and_runs_again_only_on_demand(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "cut-lost")
        await here.adapter.says(MAKE, photo())
        await said(here, "😕 The connection dropped")
        assert posted(here, "turn") == 1
        await here.adapter.presses("Again")
        await here.adapter.result()
        assert posted(here, "turn") == 2


@pytest.mark.parametrize(
    ("endpoint", "kind", "asked"),
    [
        ("token", "reset", 2),
        ("session", "http:503", 2),
        ("session", "code:1001", 2),
        ("session", "http:429", 2),
        ("upload", "http:502", 2),
        ("upload", "drop", 1),
        ("upload", "code:1002", 2),
        ("state", "malformed", None),
        ("state", "html", None),
        ("turn", "code:1002", 2),
        ("turn", "http:404", 2),
        ("turn", "http:429", 2),
        ("render", "drop", 1),
        ("render", "reset", 2),
        ("render", "failed", 2),
        ("poll", "http:500", None),
        ("poll", "reset", None),
        ("claim", "http:500", 2),
    ],
)
async def test_passing_trouble_ends_with_the_video_all_the_same(
    tmp_path: Path, endpoint: str, kind: str, asked: int | None
) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set(endpoint, kind)
        await here.adapter.says(MAKE, photo())
        result = await here.adapter.result(seconds=40)
        assert facts_of(result.video)[3] == "h264+aac"
        if asked is not None:
            assert posted(here, endpoint) == asked
        paid = [
            call
            for call in here.standin.asked("turn")
            if call.status == 200 and not call.facts["faults"]
        ]
        assert len(paid) == 1


async def test_an_export_that_never_began_is_no_failed_one(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("render", "reset", 4)
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        ids = {call.facts["render"] for call in here.standin.asked("poll")}
        assert (posted(here, "render"), len(ids)) == (5, 1), (
            "under one id: what comes late is made once"
        )


@pytest.mark.parametrize(
    ("endpoint", "kind", "words"),
    [
        ("turn", "code:2001", "💳 Your free credits are used up."),
        ("upload", "code:4001", "📎 I can't use one of your files"),
        ("upload", "code:4002", "📎 one of your files is too large: 200 MB"),
        ("render", "http:402", "🔒 Register or upgrade your plan to unlock export."),
        ("turn", "http:422", "😕 Something went wrong on our side."),
        ("turn", "error-code", "😕 That did not work."),
        ("token", "http:429", "😕 All free starts of this week are taken."),
    ],
)
async def test_what_cannot_go_on_ends_in_plain_words(
    tmp_path: Path, endpoint: str, kind: str, words: str
) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set(endpoint, kind, None)
        await here.adapter.says(MAKE, photo())
        text = await said(here, words)
        for technical in ("Error", "Traceback", "http 4", "nmv_usr", "{", "code"):
            assert technical not in text


async def test_nobody_reachable_keeps_the_request_and_goes_on_by_itself(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("token", "reset", 3)
        await here.adapter.says(MAKE, photo())
        await here.adapter.result(seconds=40)
        assert any("can't reach" in words for words in here.adapter.shown[0].before)


async def test_a_bad_file_is_named_and_the_others_can_go_on_without_it(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo(), b"MZ this is a program")
        await said(here, "📎 I can't use photo-2.jpg")
        assert posted(here, "turn") == 0
        await here.adapter.presses("Go on without it")
        await here.adapter.result()
        assert len(here.standin.asked("upload")) == 1


async def test_files_that_turn_out_too_large_together_are_named_and_the_others_can_go_on(
    tmp_path: Path,
) -> None:
    async with world(tmp_path, MB_PER_REQUEST="1") as here:
        refs = [f"fake:{number}" for number in range(3)]
        here.adapter.files |= dict.fromkeys(refs, noisy())
        await here.adapter.tells(tuple(Attachment(ref, f"{ref[5:]}.jpg") for ref in refs), MAKE)
        await said(here, "📎 With 2.jpg the files come to more than 1 MB")
        assert (posted(here, "upload"), posted(here, "turn")) == (0, 0)
        await here.adapter.presses("Go on without it")
        await here.adapter.result()
        assert [len(call.facts["parts"]) for call in here.standin.asked("upload")] == [2]


def noisy() -> bytes:
    """A small picture of 0.4 MB: nothing but noise."""
    buffer = io.BytesIO()
    Image.frombytes("RGB", (700, 700), random.Random(1).randbytes(3 * 700 * 700)).save(
        buffer, "JPEG", quality=90
    )
    return buffer.getvalue()


async def test_what_the_backend_says_rings_for_nobody(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        await here.adapter.says("add the title @everyone wins")
        words = await said(here, "🎬 Here is your new version")
        assert "@everyone" not in words
        assert "everyone wins" in words


async def test_still_working_is_said_in_place_while_nothing_else_changes(tmp_path: Path) -> None:
    async with world(tmp_path, STILL_WORKING_SECONDS="0.2") as here:
        here.standin.faults.set("turn", "silence:1.2")
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        status = here.adapter.shown[0]
        assert any(words.startswith("⏳ Still working...") for words in status.before)
        assert len(here.adapter.shown) == 2


def claims() -> list[Claimed]:
    """All that are in memory."""
    gc.collect()
    return [each for each in gc.get_objects() if type(each) is Claimed]


async def test_cancelling_while_it_is_made_stops_before_the_export(tmp_path: Path) -> None:
    """And while it is made, nothing of the steps before it is kept."""
    before = claims()
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "silence:0.6")
        await here.adapter.says(MAKE, photo())
        await here.adapter.until(
            lambda adapter: any("Creating" in shown.text for shown in adapter.shown)
        )
        await until(lambda: posted(here, "turn") == 1)
        kept = [each for each in claims() if not any(each is old for old in before)]
        assert [each.job.step for each in kept] == [Step.GENERATE]
        await here.adapter.presses("Cancel")
        await said(here, "🚫 Cancelled.")
        assert posted(here, "render") == 0
        assert not here.adapter.videos


@pytest.mark.parametrize("failure", [Unsent(), Flooded(0.05), NoSuchMessage(), TooLarge()])
async def test_a_delivery_that_fails_for_the_moment_arrives_later(
    tmp_path: Path, failure: Exception
) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        await said(here, "💳 Used")
        here.adapter.failures.append(failure)
        await here.adapter.says("/new", command=Command.NEW)
        await said(here, "✨ Fresh start!")


async def test_a_result_that_may_have_been_posted_says_so_the_second_time(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says("hello")
        await said(here, "Share your still images")
        here.adapter.failures.append(Unclear())
        await here.adapter.says("/new", command=Command.NEW)
        text = await said(here, "✨ Fresh start!")
        assert "twice" in text


async def test_a_blocked_chat_is_left_alone_and_gets_its_result_when_the_user_returns(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        here.adapter.failures += [Gone(), Gone()]
        await here.adapter.says("hello")
        await asyncio.sleep(0.3)
        assert here.adapter.shown == []
        here.adapter.failures.clear()
        await here.adapter.says("upload")
        await said(here, "📷 Send the photo here")
        assert here.adapter.shown[0].text.startswith("Share your still images"), (
            "what was owed comes first"
        )


async def test_a_message_the_platform_will_never_take_does_not_hold_up_the_next(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        here.adapter.failures.append(Refused("bad"))
        await here.adapter.says("hello")
        await here.adapter.says("upload")
        await said(here, "📷 Send the photo here")


async def test_history_posts_a_video_again(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        first = await here.adapter.result()
        await here.adapter.says("", command=Command.HISTORY)
        await said(here, "🎞 Your last videos:")
        await here.adapter.presses("▶️ 1")
        assert (await here.adapter.result(2)).video == first.video
        assert posted(here, "render") == 1


async def test_a_page_that_says_it_is_a_film_is_not_in_the_history(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("file", "posing", None)
        here.standin.faults.set("download", "posing", None)
        await here.adapter.says(MAKE, photo())
        await said(here, "🎬 Your video is made, but I can't send it here")
        await here.adapter.says("", command=Command.HISTORY)
        await said(here, "No videos here yet.")


async def test_logging_in_pays_from_the_users_own_account(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.add_token("nmv_usr_my-own-token", 500)
        await here.adapter.says("nmv_usr_wrong", command=Command.LOGIN)
        await said(here, "🔑 That token was not accepted.")
        await here.adapter.says("nmv_usr_my-own-token", command=Command.LOGIN)
        await said(here, "🔑 You're logged in with your own account: 500")
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        assert posted(here, "token") == 0
        database = b"".join(path.read_bytes() for path in tmp_path.glob("bot.sqlite*"))
        assert b"my-own-token" not in database


async def test_no_token_stands_in_the_database(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        tokens = [token.encode() for token in here.standin.world.accounts]
        assert tokens
    database = b"".join(path.read_bytes() for path in tmp_path.glob("bot.sqlite*"))
    assert database
    assert not any(token in database for token in tokens)


async def test_a_button_of_somebody_else_does_nothing(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        await here.adapter.presses("Again", user="somebody-else")
        await said(here, "That button belongs to somebody else's video.")
        assert posted(here, "turn") == 1


async def test_two_users_in_one_chat_have_projects_of_their_own(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo(), user="user-1")
        await here.adapter.says(MAKE, photo(1), user="user-2")
        await here.adapter.result(2)
        assert posted(here, "token") == 2
        assert posted(here, "session") == 2


async def test_local_copies_are_gone_when_the_request_is_over(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo(), photo(1))
        await here.adapter.result()
        await here.adapter.says("/new", command=Command.NEW)
        await said(here, "✨ Fresh start!")
        assert list((tmp_path / "work").iterdir()) == []


async def test_a_photo_that_its_platform_gives_once_outlives_its_question_and_its_video(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        spool = tmp_path / "fake" / "spool"
        spool.mkdir(parents=True)
        for name in ("a", "b"):
            (spool / name).write_bytes(photo())
        files = tuple(Attachment(f"spool:{name}") for name in ("a", "b"))
        here.adapter.files |= {file.ref: photo() for file in files}
        await here.adapter.tells(files)
        await said(here, "📷 Got your 2 photos.")
        assert {file.name for file in spool.iterdir()} == {"a", "b"}
        await here.adapter.says("make one 2-second video of each photo")
        await said(here, "👍 One video of each")
        await here.adapter.result(2)
        await here.adapter.says("/new", command=Command.NEW)
        await said(here, "✨ Fresh start!")
        assert {file.name for file in spool.iterdir()} == {"a", "b"}, (
            "for Again; the sweep takes them after a day"
        )
