"""Two videos in one chat: what is said and pressed under the first is about the first."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bots.sandbox.standin.app import StandIn
from tests.backend import quick_standin
from tests.bots.telegram.conftest import PACE, connected
from tests.servers.telegram import USER, FakeTelegram, Seen, photograph
from tests.world import bot

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


def sessions(backend: StandIn, endpoint: str) -> list[str]:
    """The projects that were asked for, in order."""
    told = [call.facts["json"] for call in backend.asked(endpoint)]
    return [each.get("session_id") or each.get("sessionId") for each in told]


async def test_words_and_buttons_under_the_first_of_two_videos_are_about_it(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    adapter = connected(telegram, tmp_path, replace(PACE, group_edit=0.0), time.time)
    adapter.edit_seconds = 0.0
    backend = quick_standin()

    def clips() -> list[Seen]:
        return [seen for seen in telegram.said(USER) if seen.video]

    async def asked(endpoint: str, number: int) -> str:
        """The project of that call, once it was made."""
        await telegram.wait_for(lambda: len(sessions(backend, endpoint)) >= number)
        return sessions(backend, endpoint)[number - 1]

    async with backend.serving() as url, bot(tmp_path, url, adapter):
        telegram.user_sends_album(
            (photograph(480, 320), "make one 2-second video of each"),
            (photograph(480, 320, "tomato"), ""),
        )
        await telegram.wait_for(lambda: len(clips()) == 2)
        one, two = sessions(backend, "turn")
        telegram.user_sends("/new")
        await telegram.wait_for(lambda: "Fresh start" in telegram.said(USER)[-1].text)
        telegram.user_sends("make it 3 seconds", reply_to=clips()[0].id)
        assert await asked("turn", 3) == one
        await telegram.wait_for(lambda: len(clips()) == 3)
        telegram.user_sends("export", reply_to=clips()[1].id)
        assert await asked("render", 4) == two
        await telegram.wait_for(lambda: len(clips()) == 4)
        again = next(label for label in clips()[3].labels if "Again" in label)
        telegram.presses(clips()[3].id, again)
        await telegram.wait_for(lambda: len(clips()) == 5)
        assert len(set(sessions(backend, "turn"))) == 3, "Again makes a video of its own"


async def test_under_an_older_of_two_videos_undo_redo_and_replies_are_about_its_version(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    adapter = connected(telegram, tmp_path, replace(PACE, group_edit=0.0), time.time)
    adapter.edit_seconds = 0.0
    backend = quick_standin()

    async def rung(act: Callable[[], object]) -> Seen:
        """What rings when that is done."""
        before = {seen.id for seen in telegram.said(USER)}
        act()
        return await telegram.wait_for(
            lambda: next(
                (s for s in telegram.said(USER) if s.id not in before and not s.silent), None
            )
        )

    async def says(words: str, **more: Any) -> Seen:
        return await rung(lambda: telegram.user_sends(words, **more))

    async def presses(message: Seen, part: str) -> Seen:
        label = next(label for label in message.labels if part in label)
        return await rung(lambda: telegram.presses(message.id, label))

    async with backend.serving() as url, bot(tmp_path, url, adapter):
        first = await says("make a 2-second video", photo=photograph(480, 320))
        assert not any("version" in label for label in first.labels), "there is none before it"
        one = await says("add the title One")
        await says("add the title Two")
        other = await says("make a 2-second video", photo=photograph(480, 320, "tomato"))
        assert len(set(sessions(backend, "turn"))) == 2
        await says("/new")
        back = await presses(one, "Previous version")
        assert ("Version 1 again" in back.text, titled(back.text)) == (True, "none")
        later = await presses(back, "Later version")
        assert ("Version 2 again" in later.text, titled(later.text)) == (True, "One")
        turns = len(backend.asked("turn"))
        slower = await says("make it 4 seconds", reply_to=first.id)
        assert (titled(slower.text), "→ 4s" in slower.text) == ("none", True)
        asked = backend.asked("turn")[turns].facts["json"]["new_message"]["parts"][0]["text"]
        assert "“add the title One” and “add the title Two”" in asked
        assert sessions(backend, "turn")[-1] == sessions(backend, "turn")[0]
        telegram.user_sends(photo=photograph(320, 480))
        await telegram.wait_for(lambda: "What shall I make" in telegram.said(USER)[-1].text)
        joined = await says("here is the missing one", reply_to=other.id)
        assert sessions(backend, "turn")[-1] == sessions(backend, "turn")[3]
        assert "• photo 1 added (5-10s)" in joined.text, "it joins the video that is answered"
        nothing = await says("/undo", reply_to=other.id)
        assert (
            nothing.text == "There is no version before this one. Tell me what to change instead."
        )
        assert len(backend.asked("turn")) == turns + 2
        backend.faults.set("render", "http:402", None)
        still = await says("make it 6 seconds", reply_to=first.id)
        assert (still.photo is not None, still.labels[0]) == (True, "🎞 Export")
        assert "here is a picture" in still.text
        assert "→ 6s" in still.text


def titled(text: str) -> str:
    """The title on the timeline that a message tells, "none" for none."""
    found = re.findall(r'Title:? "([^"]+)"', text)
    return found[-1] if found else "none"


async def test_a_video_is_chosen_by_buttons_and_its_status_becomes_what_it_cost(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    adapter = connected(telegram, tmp_path, replace(PACE, group_edit=0.0), time.time)
    adapter.edit_seconds = 0.0
    backend = StandIn(video_height=90, speed=0)

    async def said(part: str) -> Seen:
        return await telegram.wait_for(
            lambda: next((s for s in telegram.said(USER) if part in s.text), None)
        )

    async def marked(seen: Seen, label: str) -> None:
        telegram.presses(seen.id, next(it for it in seen.labels if label in it))
        await telegram.wait_for(lambda: f"✓ {label}" in telegram.said(USER)[0].labels)

    async with backend.serving() as url, bot(tmp_path, url, adapter):
        telegram.user_sends(photo=photograph(480, 320))
        asked = await said("What shall I make of it?")
        await marked(asked, "1:1")
        await marked(telegram.said(USER)[0], "5 s")
        panel = telegram.said(USER)[0]
        assert panel.id == asked.id, "it changes in place"
        telegram.presses(panel.id, next(it for it in panel.labels if "Make it" in it))
        made = await said("🎬 Your video is ready!")
        assert "Length 5s · 1:1" in made.text
        paid = await said("💳 Used 100 credits")
        assert (paid.silent, paid.labels) == (True, [])
        assert len(sessions(backend, "turn")) == 1
