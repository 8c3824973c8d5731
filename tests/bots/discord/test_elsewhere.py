"""The same video elsewhere: its copies come from the video under which they were asked for, free of
charge, and another shape is asked about first."""

from pathlib import Path

import pytest

from bots.sandbox.standin.app import StandIn
from tests.bots.discord.conftest import connected
from tests.bots.telegram.test_which import sessions
from tests.servers.discord import FakeDiscord, Message, Photo
from tests.servers.telegram import photograph
from tests.world import bot as whole

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


async def test_a_gif_comes_by_button_and_a_smaller_file_by_words(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    adapter = connected(dc, tmp_path)
    adapter.edit_seconds = 0.0
    backend = StandIn(video_height=180, speed=0)

    def files(ending: str) -> list[Message]:
        return [
            message
            for message in dc.bot_says()
            if any(it.photo.name.endswith(ending) for it in message.files)
        ]

    async def shown(part: str) -> Message:
        await dc.wait_for(lambda: any(part in it.content for it in dc.bot_says()))
        return next(it for it in dc.bot_says()[::-1] if part in it.content)

    def pressed(message: Message, part: str) -> None:
        dc.presses(message, next(label for label in message.labels if part in label))

    async with backend.serving() as url, whole(tmp_path, url, adapter):
        await dc.wait_for(lambda: dc.gateway.identified)
        photos = [
            Photo(f"{name}.jpg", photograph(480, 320, name)) for name in ("steelblue", "tomato")
        ]
        dc.says("make one 2-second video of each", photos, mention=True)
        await dc.wait_for(lambda: len(files(".mp4")) == 2)
        first, paid = files(".mp4")[0], len(backend.asked("turn"))
        pressed(first, "Details")
        pressed(await shown("Timeline"), "elsewhere")
        choices = await shown("The same video for elsewhere")
        pressed(choices, "GIF")
        await dc.wait_for(lambda: files(".gif"))
        dc.says("a smaller one please", mention=True, reply_to=first)
        await dc.wait_for(lambda: len(files(".mp4")) == 3)
        assert len(backend.asked("turn")) == paid, "nothing of it is paid for"
        pressed(choices, "TikTok")
        question = await shown("in the shape 9:16")
        assert len(sessions(backend, "turn")) == paid, "not before the tap"
        pressed(question, "Once more")
        await dc.wait_for(lambda: len(files(".mp4")) == 4)
        assert len(sessions(backend, "turn")) == paid + 1
