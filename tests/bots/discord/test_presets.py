"""The gallery of looks on Discord: one is chosen with photos that wait, and one without."""

from pathlib import Path

import pytest

from tests.backend import quick_standin
from tests.bots.discord.conftest import connected
from tests.servers.discord import FakeDiscord, Message, Photo
from tests.servers.telegram import photograph
from tests.world import bot as whole

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


async def test_a_look_is_made_of_photos_that_wait_and_waits_for_photos_itself(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    adapter = connected(dc, tmp_path)
    adapter.edit_seconds = 0.0
    backend = quick_standin()

    def files(ending: str) -> list[Message]:
        return [
            message
            for message in dc.bot_says()
            if any(it.photo.name.endswith(ending) for it in message.files)
        ]

    async def shown(part: str) -> Message:
        await dc.wait_for(lambda: any(part in it.content for it in dc.bot_says()))
        return next(it for it in dc.bot_says()[::-1] if part in it.content)

    def asked() -> list[str]:
        return [str(call.facts["json"]) for call in backend.asked("turn")]

    async with backend.serving() as url, whole(tmp_path, url, adapter):
        await dc.wait_for(lambda: dc.gateway.identified)
        dc.slash("presets")
        gallery = await shown("Pick a look")
        (picture,) = gallery.files
        assert picture.photo.name == "looks.jpg"
        assert len(gallery.labels) == 10
        dc.presses(gallery, "10 · Short loop")
        await shown("Now send me the photos")
        assert backend.asked("turn") == []
        dc.says("", [Photo("a.jpg", photograph(480, 320))], mention=True)
        await dc.wait_for(lambda: len(files(".mp4")) == 1)
        dc.slash("new")
        await shown("Fresh start")
        dc.says("", [Photo("b.jpg", photograph(480, 320, "tomato"))], mention=True)
        await shown("What shall I make of it?")
        dc.presses(gallery, "10 · Short loop")
        await dc.wait_for(lambda: len(asked()) == 2)
    assert [words.count("Make a 5-second video with a slow zoom") for words in asked()] == [1, 1]
