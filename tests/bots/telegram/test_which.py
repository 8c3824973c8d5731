"""Two videos in one chat: what is said and pressed under the first is about the first."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from bots.sandbox.standin.app import StandIn
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
    backend = StandIn(video_height=90, speed=0)

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
        telegram.user_sends("add the title FIRST", reply_to=clips()[0].id)
        assert await asked("turn", 3) == one
        export = next(label for label in clips()[1].labels if "Export" in label)
        telegram.presses(clips()[1].id, export)
        assert await asked("render", 3) == two
        await telegram.wait_for(lambda: len(clips()) == 3)
        again = next(label for label in clips()[2].labels if "Again" in label)
        telegram.presses(clips()[2].id, again)
        await telegram.wait_for(lambda: len(clips()) == 4)
        assert len(set(sessions(backend, "turn"))) == 3, "Again makes a video of its own"
