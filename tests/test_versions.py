"""Versions, undo and redo on whole walks: what is shown, what is paid, and what the service is
told."""

import re
from pathlib import Path

import pytest

from bots.sandbox.standin.faults import Fault
from tests.backend import quick_standin
from tests.fakes import FakeAdapter, Shown
from tests.world import World, bot, photo, world

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time

MAKE = "turn this into a 2-second video"


def title(shown: Shown) -> str:
    """The title on the timeline that a message tells, "none" for none; of a video it stands in the
    words for who cannot see it."""
    video = shown.outbound.video
    found = re.findall(r'Title: "([^"]+)"', video.alt if video else shown.text)
    return found[-1] if found else "none"


async def answer(here: World, words: str) -> Shown:
    """What comes of these words: the message that rings."""

    def rung(adapter: FakeAdapter) -> list[Shown]:
        return [shown for shown in adapter.shown if not shown.outbound.silent]

    before = len(rung(here.adapter))
    await here.adapter.says(words)
    await here.adapter.until(lambda adapter: len(rung(adapter)) > before)
    return rung(here.adapter)[before]


def told(here: World) -> list[str]:
    """The words of every paid request."""
    asked = [call.facts["json"]["new_message"]["parts"] for call in here.standin.asked("turn")]
    return [parts[0]["text"] for parts in asked]


async def made(here: World, *changes: str) -> None:
    """A video with these changes."""
    await here.adapter.says(MAKE, photo())
    await here.adapter.result()
    for words in changes:
        await answer(here, words)


async def test_undo_and_redo_move_the_project_and_the_service_is_told_what_was_undone(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        await made(here, "add the title One", "add the title Two", "make it pretty please")
        shown = [await answer(here, words) for words in ("undo", "undo", "undo", "redo")]
        assert [title(each) for each in shown] == ["One", "none", "none", "One"]
        assert [bool(each.video) for each in shown] == [True, True, False, True]
        assert (
            shown[2].text == "There is no version before this one. Tell me what to change instead."
        )
        assert "↩️ Version 2 again, and your next change builds on it, without" in shown[3].text
        status = await answer(here, "status")
        assert title(status) == "One", "the service itself is at the newest"
        before = len(told(here))
        edited = await answer(here, "make it 4 seconds")
        assert title(edited) == "One"
        assert "Two" not in edited.text
        (asked,) = told(here)[before:]
        assert asked.endswith("\nmake it 4 seconds")
        assert "“add the title Two”" in asked
        exported = await answer(here, "export")
        assert (title(exported), "Length 4s" in exported.text) == ("One", True)
        first = await answer(here, "go back to the first")
        assert (title(first), "Version 1 again" in first.text) == ("none", True)
        last = await answer(here, "make it 3 seconds")
        assert "“add the title One” and “make it 4 seconds”" in told(here)[-1]
        assert (title(last), "→ 3s" in last.text) == ("none", True)
        turns = len(told(here))
        assert title(await answer(here, "undo")) == "none"
        assert len(told(here)) == turns, "going back is free"


async def test_undo_said_while_a_change_is_made_takes_that_change_back(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await made(here, "add the title One")
        await here.adapter.says("add the title Two")
        await here.adapter.until(lambda adapter: "✏️" in adapter.shown[-1].text)
        assert title(await answer(here, "undo")) == "Two", "the change is told first"
        await here.adapter.until(lambda adapter: "again" in adapter.videos[-1].text)
        assert title(here.adapter.videos[-1]) == "One"


async def test_a_bot_that_is_stopped_between_goes_back_once_and_no_further(tmp_path: Path) -> None:
    standin, adapter = quick_standin(), FakeAdapter()
    async with standin.serving() as url:
        async with bot(tmp_path, url, adapter) as engine:
            here = World(engine, adapter, standin)
            await made(here, "add the title One", "add the title Two")
            standin.faults.add(Fault("poll", "slow", value="1000000"))
            polls = len(standin.asked("poll"))
            await here.adapter.says("undo")
            await here.adapter.until(lambda _: len(standin.asked("poll")) > polls)
        standin.faults.clear()
        for render in standin.world.renders.values():
            render.slow = 0  # what was said of a render stays with it
        again = FakeAdapter()
        async with bot(tmp_path, url, again) as engine:
            here = World(engine, again, standin)
            back = await here.adapter.result()
            assert (title(back), "Version 2 again" in back.text) == ("One", True)
            assert title(await answer(here, "undo")) == "none"
            assert title(await answer(here, "redo")) == "One"


async def test_again_is_about_the_version_that_is_shown(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await made(here, "add the title One", "add the title Two")
        await answer(here, "undo")
        turns = len(told(here))
        again = await answer(here, "again but 4 seconds")
        assert (title(again), "Length 4s" in again.text) == ("One", True)
        assert told(here)[turns:] == [f"{MAKE}\nadd the title One\n4 seconds"]
        assert len(here.standin.asked("session")) == 2, "it is a video of its own"
        assert title(await answer(here, "undo")) == "none"
