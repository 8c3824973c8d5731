"""A group reel over the wire on Discord: its message stands in the channel, and photos come through
a form or an answer."""

from pathlib import Path

import pytest

from bots.sandbox.standin.app import StandIn
from tests.bots.discord.conftest import connected
from tests.servers.discord import FakeDiscord, Message, Photo
from tests.world import bot as whole
from tests.world import photo

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


async def test_members_add_photos_by_a_form_and_an_answer_until_it_is_made(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    adapter = connected(dc, tmp_path)
    adapter.edit_seconds = 0.0
    backend = StandIn(video_height=90, speed=0)
    photos = [Photo(f"{number}.jpg", photo(number)) for number in range(3)]
    ben = dc.onlooker

    def said(part: str) -> list[Message]:
        shown = ((message, f"{message.content}\n{message.card}") for message in dc.bot_says())
        return [message for message, words in shown if part in words]

    def label(message: Message, part: str) -> str:
        return next(label for label in message.labels if part in label)

    async with backend.serving() as url, whole(tmp_path, url, adapter):
        await dc.wait_for(lambda: dc.gateway.identified)
        dc.slash("reel")
        await dc.wait_for(lambda: said("Group reel: no photos yet"))
        (opened,) = said("Group reel: no photos yet")
        form = dc.presses(opened, label(opened, "Add mine"), user=ben)
        await dc.wait_for(lambda: form.modal)
        dc.submits(form, {}, photos[:2])
        await dc.wait_for(lambda: said("2 photos from 1 person"))
        dc.says("", [photos[2]], mention=True, reply_to=opened)
        await dc.wait_for(lambda: said("3 photos from 2 people"))
        dc.presses(opened, label(opened, "Close"), user=ben)
        await dc.wait_for(lambda: "Only who opened this reel" in dc.transcript(user=ben))
        dc.presses(opened, label(opened, "Make it"))
        await dc.wait_for(lambda: [message for message in dc.bot_says() if message.files], 100.0)
        (upload,) = backend.asked("upload")
        assert len(upload.facts["parts"]) == 3
        await dc.wait_for(lambda: said("The video is done; the photos are deleted here"))
