"""The same video elsewhere: its copies come from the video under which they were asked for, free of
charge, and another shape is asked about first."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from bots.sandbox.standin.app import StandIn
from tests.bots.telegram.conftest import PACE, connected
from tests.bots.telegram.test_which import sessions
from tests.servers.telegram import USER, FakeTelegram, Seen, photograph
from tests.world import bot

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


async def test_a_gif_comes_by_button_and_a_smaller_file_by_words(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    adapter = connected(telegram, tmp_path, replace(PACE, group_edit=0.0), time.time)
    adapter.edit_seconds = 0.0
    backend = StandIn(video_height=180, speed=0)

    def clips() -> list[Seen]:
        return [seen for seen in telegram.said(USER) if seen.video]

    async def shown(part: str) -> Seen:
        await telegram.wait_for(lambda: any(part in seen.text for seen in telegram.said(USER)))
        return next(seen for seen in telegram.said(USER)[::-1] if part in seen.text)

    async def pressed(seen: Seen, part: str) -> None:
        telegram.presses(seen.id, next(label for label in seen.labels if part in label))

    async with backend.serving() as url, bot(tmp_path, url, adapter):
        telegram.user_sends_album(
            (photograph(480, 320), "make one 2-second video of each"),
            (photograph(480, 320, "tomato"), ""),
        )
        await telegram.wait_for(lambda: len(clips()) == 2)
        paid = len(backend.asked("turn"))
        await pressed(clips()[0], "Details")
        await pressed(await shown("Timeline"), "elsewhere")
        choices = await shown("The same video for elsewhere")
        await pressed(choices, "GIF")
        gif = await shown("Your video as a GIF")
        assert gif.animation is not None
        telegram.user_sends("a smaller one please", reply_to=clips()[0].id)
        await telegram.wait_for(lambda: len(clips()) == 3)
        small, first = clips()[2].video, clips()[0].video
        assert small is not None
        assert first is not None
        assert len(small) <= 0.6 * len(first), "smaller than the first video, not the second"
        assert len(backend.asked("turn")) == paid, "nothing of it is paid for"
        # of the copies nothing is left
        await telegram.wait_for(lambda: not list((tmp_path / "work").glob("*-copy.*")))
        await pressed(choices, "TikTok")
        question = await shown("in the shape 9:16")
        assert "credits" in question.text
        assert len(backend.asked("turn")) == paid, "not before the tap"
        await pressed(question, "Once more")
        await telegram.wait_for(lambda: len(clips()) == 4)
        assert len(sessions(backend, "turn")) == paid + 1
