"""Two videos in one channel: what is said and pressed under the first is about the first."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.backend import quick_standin
from tests.bots.discord.conftest import connected
from tests.bots.telegram.test_which import sessions, titled
from tests.servers.discord import FakeDiscord, Message, Photo
from tests.servers.telegram import photograph
from tests.world import bot as whole

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


async def test_words_and_buttons_under_the_first_of_two_videos_are_about_it(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    adapter = connected(dc, tmp_path)
    adapter.edit_seconds = 0.0
    backend = quick_standin()

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
        dc.says("make it 3 seconds", mention=True, reply_to=clips()[0])
        assert await asked("turn", 3) == one
        form = dc.presses(clips()[1], next(label for label in clips()[1].labels if "dit" in label))
        await dc.wait_for(lambda: form.modal)
        dc.submits(form, {"words": "make it 4 seconds"})
        assert await asked("turn", 4) == two
        assert [await asked("render", number) for number in (1, 2, 3, 4)] == [one, two, one, two]


async def test_under_an_older_of_two_videos_undo_redo_and_replies_are_about_its_version(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    adapter = connected(dc, tmp_path)
    adapter.edit_seconds = 0.0
    backend = quick_standin()

    def rings() -> list[Message]:
        return [message for message in dc.bot_says() if not message.silent]

    def told(message: Message) -> str:
        return f"{message.content}\n{message.card}"

    async def rung(act: Callable[[], object], part: str) -> Message:
        """The message with these words that comes when that is done."""
        before = {message.id for message in rings()}
        act()
        return await dc.wait_for(
            lambda: next((m for m in rings() if m.id not in before and part in told(m)), None)
        )

    async def says(words: str, part: str, **more: Any) -> Message:
        return await rung(lambda: dc.says(words, mention=True, **more), part)

    async def presses(message: Message, button: str, part: str) -> Message:
        label = next(label for label in message.labels if button in label)
        return await rung(lambda: dc.presses(message, label), part)

    async with backend.serving() as url, whole(tmp_path, url, adapter):
        await dc.wait_for(lambda: dc.gateway.identified)
        photos = [[Photo("a.jpg", photograph(480, 320, name))] for name in ("steelblue", "tomato")]
        first = await says("make a 2-second video", "ready", photos=photos[0])
        assert not any("version" in label for label in first.labels), "there is none before it"
        one = await says("add the title One", "One")
        await says("add the title Two", "Two")
        other = await says("make a 2-second video", "ready", photos=photos[1])
        back = await presses(one, "Previous version", "Version 1 again")
        assert titled(told(back)) == "none"
        later = await presses(back, "Later version", "Version 2 again")
        assert titled(told(later)) == "One"
        turns = len(backend.asked("turn"))
        slower = await says("make it 4 seconds", "→ 4s", reply_to=first)
        assert titled(told(slower)) == "none"
        asked = backend.asked("turn")[turns].facts["json"]["new_message"]["parts"][0]["text"]
        assert "“add the title One” and “add the title Two”" in asked
        assert sessions(backend, "turn")[-1] == sessions(backend, "turn")[0]
        await says(
            "/undo",
            "There is no version before this one. Tell me what to change instead.",
            reply_to=other,
        )
        dc.slash("history")
        listed = await dc.wait_for(
            lambda: next((m for m in dc.bot_says() if "last videos" in told(m)), None)
        )
        assert "make a 2-second video · v1 v2 v3 ▸v4" in listed.content
        assert [it.photo.name for it in listed.files] == ["photos.jpg"], "its picture"
        dc.presses(listed, next(label for label in listed.labels if "1" in label))
        again = await dc.wait_for(
            lambda: next((m for m in dc.bot_says() if "Here it is again" in told(m)), None)
        )
        assert again.labels == ["v1", "v2", "v3", "▸v4"]
        assert len(backend.asked("turn")) == turns + 1
        await says("here is the missing one", "added (5-10s)", photos=photos[0], reply_to=other)
        assert sessions(backend, "turn")[-1] == sessions(backend, "turn")[3]
        backend.faults.set("render", "http:402", None)
        dc.says("make it 6 seconds", mention=True, reply_to=first)
        # where its owner reads alone: the link in it makes all of their videos theirs
        still = await dc.wait_for(
            lambda: next((m for m in dc.bot_says(dc.dm) if "here is a picture" in m.content), None)
        )
        assert [it.photo.name for it in still.files] == ["photos.jpg"]
        assert ("→ 6s" in still.content, "🎞 Export" in still.labels) == (True, True)


async def test_a_change_is_chosen_in_the_form_and_in_a_server_the_status_goes(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    adapter = connected(dc, tmp_path)
    adapter.edit_seconds = 0.0
    backend = quick_standin()

    def clips() -> list[Message]:
        return [message for message in dc.bot_says() if message.files]

    async with backend.serving() as url, whole(tmp_path, url, adapter):
        await dc.wait_for(lambda: dc.gateway.identified)
        dc.slash(
            "video", {"prompt": "make a 2-second video"}, [Photo("a.jpg", photograph(480, 320))]
        )
        await dc.wait_for(lambda: len(clips()) == 1)
        form = dc.presses(clips()[0], "✏️ Edit")
        await dc.wait_for(lambda: form.modal)
        dc.submits(form, {"length": "5", "mood": "c"})
        await dc.wait_for(lambda: len(clips()) == 2)
        assert "→ 5s" in clips()[1].content
        form = dc.presses(clips()[1], "✏️ Edit")
        await dc.wait_for(lambda: form.modal)
        dc.submits(form, {"shape": "s"})
        await dc.wait_for(lambda: len(clips()) == 3)
        assert "1:1" in clips()[2].content
        assert len(set(sessions(backend, "turn"))) == 2, "another shape is made anew"
        await dc.wait_for(lambda: len(dc.bot_says()) == 3)
        assert dc.bot_says() == clips(), "no status is left beside the results"
