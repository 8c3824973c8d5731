"""Walks through what the five documents promise and no single step can show: failed turns, lost
projects, workflows."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bots.compose import running
from bots.console.arguments import Walk
from bots.console.script import Script
from core.messages import Command
from core.runtime.engine import Finished
from tests.backend import quick_standin
from tests.fakes import FakeAdapter, Shown
from tests.test_walk import MAKE, facts_of, posted, said
from tests.world import photo, settings_for, world

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


async def test_after_a_failed_turn_other_words_go_on_with_the_photos_that_are_there(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "error-code")
        await here.adapter.says(MAKE, photo())
        await said(here, "😕 That did not work.")
        await here.adapter.says("make a 2-second clip with soft music")
        await here.adapter.result()
        assert [posted(here, name) for name in ("session", "upload", "turn")] == [1, 1, 2]


async def test_trying_a_failed_turn_again_puts_no_photo_in_twice(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "error-code")
        await here.adapter.says(MAKE, photo())
        await said(here, "😕 That did not work.")
        await here.adapter.presses("Again")
        await here.adapter.result()
        assert [len(session.media) for session in here.standin.world.sessions.values()] == [1, 1]


async def test_the_answer_to_a_question_of_the_backend_ends_with_the_video(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "question")
        await here.adapter.says(MAKE, photo())
        await said(here, "Before I start: should it be vertical")
        await here.adapter.says("vertical")
        await here.adapter.result()
        assert [posted(here, name) for name in ("session", "upload", "turn", "render")] == [
            1,
            1,
            2,
            1,
        ]


async def test_a_question_with_answers_comes_with_their_buttons_and_ends_with_the_video(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "ask")
        await here.adapter.says(MAKE, photo())
        question = await said(here, "Which style do you like better?")
        assert "1. Cinematic" in question
        assert "2. Playful" in question
        await here.adapter.presses("Playful")
        await here.adapter.result()
        words = [
            call.facts["json"]["new_message"]["parts"][0]["text"]
            for call in here.standin.asked("turn")
        ]
        assert words[1] == "Playful"
        assert [posted(here, name) for name in ("session", "upload", "turn", "render")] == [
            1,
            1,
            2,
            1,
        ]


async def test_an_edit_of_a_lost_project_offers_to_begin_again_from_its_photos(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        here.standin.forget_sessions()
        await here.adapter.says("make it 4 seconds")
        await said(here, "😕 That project and its timeline are gone")
        assert posted(here, "turn") == 1, "an edit without its timeline is not sent"
        await here.adapter.presses("From my photos")
        await here.adapter.result(2)
        assert [posted(here, name) for name in ("session", "upload", "turn")] == [2, 2, 2]


async def test_a_photo_added_to_a_lost_project_begins_a_fresh_one_and_says_so(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        here.standin.forget_sessions()
        here.standin.faults.set(
            "upload", "delay:0.5", None
        )  # else the next words replace it unread
        await here.adapter.says("add this at the end", photo(1))
        await here.adapter.result(2)
        assert "The earlier timeline is gone on the video service" in here.adapter.transcript()
        assert posted(here, "session") == 2


async def test_a_link_that_does_not_work_is_not_posted_and_the_file_comes_through_the_api(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("file", "http:404", None)
        await here.adapter.says(MAKE, photo())
        result = await here.adapter.result()
        assert facts_of(result.video)[3] == "h264+aac"
        assert "http" not in result.text
        assert posted(here, "download") == 1


async def test_a_video_that_completes_without_a_link_is_delivered_as_a_file(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("render", "no-url")
        await here.adapter.says(MAKE, photo())
        result = await here.adapter.result()
        assert facts_of(result.video)[3] == "h264+aac"
        assert "http" not in result.text
        assert (posted(here, "download"), posted(here, "file")) == (1, 0)


async def test_a_file_that_breaks_off_is_fetched_again(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("file", "short")
        await here.adapter.says(MAKE, photo())
        assert facts_of((await here.adapter.result()).video)[3] == "h264+aac"
        assert posted(here, "file") == 2


async def test_a_turn_without_any_event_is_looked_at_and_waited_for(tmp_path: Path) -> None:
    async with world(tmp_path, NEMO_QUIET_SECONDS="0.2") as here:
        here.standin.faults.set("turn", "silence:2")
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        assert any(
            words.startswith("⏳ This takes unusually long, and nothing")
            for words in here.adapter.shown[0].before
        )
        assert posted(here, "turn") == 1


@pytest.mark.parametrize(("kind", "renders"), [("http:409", 2), ("code:409", 2), ("failed", 2)])
async def test_a_render_that_was_not_taken_runs_once_more_under_a_new_id(
    tmp_path: Path, kind: str, renders: int
) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("render", kind)
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        ids = [
            call.facts["json"]["id"]
            for call in here.standin.asked("render")
            if "json" in call.facts
        ]
        assert posted(here, "render") == renders
        assert len(set(ids)) == len(ids)
        assert posted(here, "turn") == 1


async def test_what_the_backend_says_is_shown_while_it_works(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "silence:2")
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        shown = [words for each in here.adapter.shown for words in each.before]
        first = [
            words for words in shown if words.startswith("✨ Let me look at your photo first.")
        ]
        assert any("music" not in words for words in first), "before the silence, and not after it"


async def test_a_video_too_large_for_the_chat_comes_as_its_link(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.adapter.largest_upload = 1000
        await here.adapter.says(MAKE, photo())
        result = await here.adapter.result()
        assert result.video == b""
        assert "http://127.0.0.1" in result.text


async def test_a_video_that_can_come_neither_as_file_nor_as_link_is_never_announced_as_there(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        here.adapter.largest_upload = 1000
        here.standin.faults.set("file", "http:403", None)
        await here.adapter.says(MAKE, photo())
        await said(here, "🎬 Your video is made, but I can't send it here")
        here.adapter.largest_upload = 2**20
        here.standin.faults.clear()
        await here.adapter.presses("Export")
        assert facts_of((await here.adapter.result()).video)[3] == "h264+aac"
        assert posted(here, "turn") == 1


async def test_an_old_link_that_has_died_is_taken_out_of_the_words(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        here.standin.faults.set("file", "http:404", None)
        await here.adapter.says("", command=Command.HISTORY)
        await said(here, "🎞 Your last videos:")
        await here.adapter.presses("▶️ 1")
        again = await here.adapter.result(2)
        assert facts_of(again.video)[3] == "h264+aac"
        assert "🔗" not in again.text


async def test_a_hello_asks_nothing_of_the_service(tmp_path: Path) -> None:
    """Free tokens are ten a week: only a request takes one."""
    async with world(tmp_path) as here:
        await here.adapter.says("hello")
        await said(here, "Share your still images")
        await here.adapter.says("", command=Command.HELP)
        await said(here, "📷 Send photos")
        assert here.standin.calls == []


@pytest.mark.parametrize(
    ("language", "wish", "content", "button"),
    [
        ("en", "put the last clip first", "The clip fits well there.", "Do it for me"),
        ("zh", "把最后一个片段放到最前面", "这个片段放在那里很合适。", "替我完成"),
    ],
)
async def test_what_the_user_is_told_to_drag_is_sent_as_an_edit_by_one_press(
    tmp_path: Path, language: str, wish: str, content: str, button: str
) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo(), language=language)
        await here.adapter.result()
        here.standin.faults.set("turn", "drag")
        await here.adapter.says(wish)
        words = await said(here, content)
        assert "timeline." not in words
        assert "拖" not in words
        assert posted(here, "turn") == 2, "not by itself: a turn costs credits"
        await here.adapter.presses(button)
        await here.adapter.until(lambda _: posted(here, "turn") == 3)
        sent = here.standin.asked("turn")[-1].facts["words"]
        assert {"en": "Drag the last clip", "zh": "拖拽到时间线最前面"}[language] in sent


async def test_a_silent_edit_that_is_exported_says_what_changed(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        first = await here.adapter.result()
        assert "• " not in first.text, "of a new video the timeline says it all"
        here.standin.faults.set("turn", "gui")
        await here.adapter.says("make it 4 seconds")
        again = await here.adapter.result(2)
        assert "• Length 2s → 4s" in again.text
        await here.adapter.says("export")
        assert "Length 4s · 16:9 · 1 photo" in (await here.adapter.result(3)).text


async def test_rough_cut_refinement_and_undo(tmp_path: Path) -> None:
    """The iterative workflow; undoing exports the stored draft of the version before, without
    another turn."""
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        rough = await here.adapter.result()
        await here.adapter.says("make it 4 seconds")
        refined = await here.adapter.result(2)
        assert "• Length 2s → 4s" in refined.text
        await here.adapter.says("undo")
        before = await here.adapter.result(3)
        assert [round(facts_of(shown.video)[2]) for shown in (rough, refined, before)] == [2, 4, 2]
        assert "↩️ Version 1 again" in before.text
        assert posted(here, "turn") == 2
        assert [call.facts["verbatim"] for call in here.standin.asked("render")] == [
            True,
            True,
            False,
        ]


async def test_one_video_of_each_has_a_turn_and_a_render_of_its_own_for_every_photo(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says("make a 2-second video of each", photo(), photo(1))
        await here.adapter.result(2)
        assert [
            posted(here, name) for name in ("token", "session", "upload", "turn", "render")
        ] == [1, 2, 2, 2, 2]
        assert [len(session.media) for session in here.standin.world.sessions.values()] == [1, 1]


async def test_what_the_backend_adds_by_itself_is_told_and_comes_out_again_with_one_button(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        first = await here.adapter.result()
        seen = [*here.adapter.shown[0].before, here.adapter.shown[0].text]
        assert any("raw clip" in words for words in seen)
        assert "🎵 The music was added by itself." in first.text
        await here.adapter.presses("Remove the music")
        await here.adapter.result(2)
        state = next(iter(here.standin.world.sessions.values())).draft
        assert state is not None
        assert all(track["tt"] != 1 for track in state["t"])


def details(adapter: FakeAdapter) -> list[Shown]:
    return [shown for shown in adapter.shown if shown.text.startswith("Timeline (")]


async def test_the_link_to_the_project_is_fetched_once_and_kept(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        await here.adapter.presses("Details")
        await here.adapter.until(lambda adapter: len(details(adapter)) == 1)
        await here.adapter.says("export")
        await here.adapter.result(2)
        await here.adapter.presses("Details")
        await here.adapter.until(lambda adapter: len(details(adapter)) == 2)
        links = [
            button.url
            for shown in details(here.adapter)
            for row in shown.outbound.buttons
            for button in row
            if "/workspace/" in button.url
        ]
        assert len(links) == 2
        assert links[0] == links[1]
        assert links[0].startswith("https://nemovideo.com/workspace/claim?ct=clm_")
        assert posted(here, "claim") == 1


async def test_spending_is_told_with_the_balance(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        await here.adapter.says("credits")
        assert "In the last 30 days you have spent 100 here." in await said(here, "💳 You have")


async def test_a_turn_that_was_cut_is_counted_when_it_is_found_done(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "drop")
        await here.adapter.says(MAKE, photo())
        assert "900 left." in await said(here, "💳 Used 100 credits")


@pytest.mark.parametrize("endpoint", ["session", "upload", "turn", "render"])
async def test_a_rate_limit_waits_as_long_as_it_says_and_no_longer(
    tmp_path: Path, endpoint: str
) -> None:
    async with world(tmp_path, NEMO_BUSY_SECONDS="60") as here:
        here.standin.faults.set(endpoint, "http:429=0")
        await here.adapter.says(MAKE, photo())
        await here.adapter.result(seconds=20)
        assert posted(here, endpoint) == 2


async def test_who_waits_for_a_busy_service_is_told(tmp_path: Path) -> None:
    async with world(tmp_path, NEMO_BUSY_SECONDS="0.5") as here:
        here.standin.faults.set("turn", "http:429")
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        assert "The video service is busy. One moment, I'll try again." in here.adapter.transcript()


async def test_try_shows_the_iterative_workflow_from_end_to_end(tmp_path: Path) -> None:
    said_and_heard = io.StringIO()
    lines = (
        "Turn this image into a 2-second video",
        "show tracks",
        "make it 3 seconds",
        "export",
        "undo",
    )
    script = Script(Walk((), lines), tmp_path / "video.mp4", said_and_heard, "en", quiet=0.5)
    async with quick_standin().serving() as url:
        settings = settings_for(tmp_path, url)
        with suppress_finished():
            async with running(settings, {"console": script}) as engine:
                await engine.serve()
    conversation = said_and_heard.getvalue()
    at = 0
    for part in (
        "you  📎 sample.jpg  Turn this image into a 2-second video",
        "bot  🎬 Your video is ready!",
        "💾 Saved as",
        "you  show tracks",
        "bot  Timeline (2 tracks)",
        "you  make it 3 seconds",
        "• Length 2s → 3s",
        "you  export",
        "💾 Saved as",
        "you  undo",
        "↩️ Version 1 again",
    ):
        assert part in conversation[at:], f"{part} is missing in:\n{conversation}"
        at = conversation.index(part, at)
    assert conversation.count("🎬 Your video is ready!") == 2, "made and exported"
    assert round(facts_of((tmp_path / "video.mp4").read_bytes())[2]) == 2, (
        "the last one is that of the version before"
    )


@contextmanager
def suppress_finished() -> Iterator[None]:
    try:
        yield
    except* Finished:
        pass
