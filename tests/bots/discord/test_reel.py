"""A group reel over the wire on Discord: its message stands in the channel, and photos come through
a form or an answer."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bots.sandbox.standin.app import StandIn
from tests.bots.discord.conftest import connected
from tests.servers.discord import Channel, FakeDiscord, Message, Photo
from tests.world import bot as whole
from tests.world import photo

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


async def test_members_add_photos_by_a_form_and_an_answer_until_it_is_made(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    adapter = connected(dc, tmp_path, DISCORD_THREADS="1")
    adapter.edit_seconds = 0.0
    backend = StandIn(video_height=90, speed=0)
    photos = [Photo(f"{number}.jpg", photo(number)) for number in range(3)]
    ben, thread = dc.onlooker, dc.thread(dc.general)

    def said(part: str, channel: Channel | None = None) -> list[Message]:
        there = dc.bot_says(channel)
        shown = ((message, f"{message.content}\n{message.card}") for message in there)
        return [message for message, words in shown if part in words]

    def films(*channels: Channel) -> list[Message]:
        there = (message for channel in channels for message in dc.bot_says(channel))
        return [it for it in there if any(f.photo.name.endswith(".mp4") for f in it.files)]

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
        dc.slash("reel", channel=thread)
        await dc.wait_for(lambda: said("Group reel: no photos yet", thread))
        (second,) = said("Group reel: no photos yet", thread)
        noted = f"SELECT 1 FROM messages WHERE message = '{second.id}'"
        with closing(sqlite3.connect(tmp_path / "bot.sqlite")) as db:
            await dc.wait_for(lambda: db.execute(noted).fetchone())
        dc.says("", photos[:1], mention=True, reply_to=second, channel=thread, user=ben)
        await dc.wait_for(lambda: said("1 photo from 1 person", thread))
        dc.presses(opened, label(opened, "Close"), user=ben)
        await dc.wait_for(lambda: "Only the person who opened this reel" in dc.transcript(user=ben))
        dc.presses(opened, label(opened, "Make it"))
        await dc.wait_for(lambda: films(dc.general), 60.0)
        (upload,) = backend.asked("upload")
        assert len(upload.facts["parts"]) == 3
        await dc.wait_for(lambda: said("The video is done; the photos are deleted here"))
        assert said("1 photo from 1 person", thread), "that of the thread still stands"
        dc.presses(second, label(second, "Make it"))
        await dc.wait_for(lambda: films(thread), 60.0)
        _, upload = backend.asked("upload")
        assert len(upload.facts["parts"]) == 1
        assert len(films(*dc.world.channels.values())) == 2
