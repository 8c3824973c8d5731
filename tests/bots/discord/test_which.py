"""Two videos in one channel: what is said and pressed under the first is about the first."""

from pathlib import Path

import pytest

from bots.sandbox.standin.app import StandIn
from tests.bots.discord.conftest import connected
from tests.bots.telegram.test_which import sessions
from tests.servers.discord import FakeDiscord, Message, Photo
from tests.servers.telegram import photograph
from tests.world import bot as whole

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


async def test_words_and_buttons_under_the_first_of_two_videos_are_about_it(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    adapter = connected(dc, tmp_path)
    adapter.edit_seconds = 0.0
    backend = StandIn(video_height=90, speed=0)

    def clips() -> list[Message]:
        return [message for message in dc.bot_says() if message.files]

    async def asked(endpoint: str, number: int) -> str:
        """The project of that call, once it was made."""
        await dc.wait_for(lambda: len(sessions(backend, endpoint)) >= number)
        return sessions(backend, endpoint)[number - 1]

    async with backend.serving() as url, whole(tmp_path, url, adapter):
        await dc.wait_for(lambda: dc.gateway.identified)
        photos = [
            Photo(f"{name}.jpg", photograph(480, 320, name)) for name in ("steelblue", "tomato")
        ]
        dc.says("make one 2-second video of each", photos, mention=True)
        await dc.wait_for(lambda: len(clips()) == 2)
        one, two = sessions(backend, "turn")
        assert one != two
        dc.says("add the title FIRST", mention=True, reply_to=clips()[0])
        assert await asked("turn", 3) == one
        form = dc.presses(clips()[1], next(label for label in clips()[1].labels if "dit" in label))
        await dc.wait_for(lambda: form.modal)
        dc.submits(form, {"words": "add the title SECOND"})
        assert await asked("turn", 4) == two
        export = next(label for label in clips()[0].labels if "Export" in label)
        dc.presses(clips()[0], export)
        assert await asked("render", 3) == one
