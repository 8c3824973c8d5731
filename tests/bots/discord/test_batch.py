"""Three photos with words of their own, over the wire: what has not begun can be dropped, and one
photo alone can be meant."""

from pathlib import Path

import pytest

from tests.backend import quick_standin
from tests.bots.discord.conftest import connected
from tests.servers.discord import FakeDiscord, Message, Photo
from tests.servers.telegram import photograph
from tests.world import bot as whole

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


async def test_each_photo_gets_its_own_words_and_what_has_not_begun_is_dropped(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    adapter = connected(dc, tmp_path)
    adapter.edit_seconds = 0.0
    backend = quick_standin()
    photos = [Photo(f"{height}.jpg", photograph(480, height)) for height in (320, 480, 640)]

    def said(part: str) -> list[Message]:
        shown = ((message, f"{message.content}\n{message.card}") for message in dc.bot_says())
        return [message for message, words in shown if part in words]

    async with backend.serving() as url, whole(tmp_path, url, adapter):
        await dc.wait_for(lambda: dc.gateway.identified)
        backend.faults.set("turn", "delay:1000")
        dc.says("1: slow zoom\n2: with title B\n3: with title C", photos, mention=True)
        await dc.wait_for(lambda: backend.asked("turn"))
        told = said("One video of each: 3")[0]
        drop = next(label for label in told.labels if "not begun" in label)
        dc.presses(told, drop)
        await dc.wait_for(lambda: said("dropped and not paid: 2"))
        assert len(backend.asked("turn")) == 1
        dc.says("use only the second photo, with title B", photos, mention=True)
        await dc.wait_for(lambda: said("Only photo 2. Left out: 2."))
        ((part,),) = [call.facts["parts"] for call in backend.asked("upload")]
        assert part["bytes"] == len(photos[0].data), "with its own photo"
