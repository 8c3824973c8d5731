"""The gallery of looks, as a phone shows it: one is chosen with photos that wait, and one
without."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.backend import quick_standin
from tests.bots.telegram.conftest import PACE, connected
from tests.servers.telegram import USER, FakeTelegram, Seen, photograph
from tests.world import bot

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


async def test_a_look_is_made_of_photos_that_wait_and_waits_for_photos_itself(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    adapter = connected(telegram, tmp_path, replace(PACE, group_edit=0.0), time.time)
    adapter.edit_seconds = 0.0
    backend = quick_standin()

    def clips() -> list[Seen]:
        return [seen for seen in telegram.said(USER) if seen.video]

    async def shown(part: str) -> Seen:
        await telegram.wait_for(lambda: any(part in seen.text for seen in telegram.said(USER)))
        return next(seen for seen in telegram.said(USER)[::-1] if part in seen.text)

    def asked() -> list[str]:
        return [str(call.facts["json"]) for call in backend.asked("turn")]

    async with backend.serving() as url, bot(tmp_path, url, adapter):
        telegram.user_sends("/presets")
        gallery = await shown("Pick a look")
        assert gallery.photo is not None
        assert len(gallery.labels) == 10
        telegram.presses(gallery.id, "10 · Short loop")
        await shown("Now send me the photos")
        assert backend.asked("turn") == []
        telegram.user_sends(photo=photograph(480, 320))
        await telegram.wait_for(lambda: len(clips()) == 1)
        telegram.user_sends("/new")
        await shown("Fresh start")
        telegram.user_sends(photo=photograph(480, 320, "tomato"))
        await shown("What shall I make of it?")
        telegram.presses(gallery.id, "10 · Short loop")
        telegram.presses(gallery.id, "10 · Short loop")
        await telegram.wait_for(lambda: len(asked()) == 2)
        telegram.user_sends("/help")
        await shown("Commands:")  # and the second tap was taken in before that
    assert [words.count("Make a 5-second video with a slow zoom") for words in asked()] == [1, 1]
