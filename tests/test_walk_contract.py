"""Walks through what the five documents promise and no single step can show: failed turns, lost projects, workflows."""

from pathlib import Path

from tests.test_walk import MAKE, posted, said
from tests.world import photo, world


async def test_after_a_failed_turn_other_words_go_on_with_the_photos_that_are_there(tmp_path: Path) -> None:
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
        assert [posted(here, name) for name in ("session", "upload", "turn", "render")] == [1, 1, 2, 1]


async def test_an_edit_of_a_lost_project_offers_to_begin_again_from_its_photos(tmp_path: Path) -> None:
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


async def test_a_photo_added_to_a_lost_project_begins_a_fresh_one_and_says_so(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        here.standin.forget_sessions()
        await here.adapter.says("add this at the end", photo(1))
        await here.adapter.result(2)
        assert "The earlier timeline is gone on the video service" in here.adapter.transcript()
        assert posted(here, "session") == 2
