"""Under the finished clip: the few buttons, for their owner alone, after a restart and long
afterwards as well."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.i18n import text
from tests.backend import quick_standin
from tests.bots.discord.conftest import connected
from tests.bots.discord.test_walk import photo, result, seconds_of
from tests.servers.discord import FakeDiscord, Interaction, Message
from tests.world import bot as whole

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time

FEW = ["✏️ Edit", "🔁 Again", "🔎 Details"]
NOT_YOURS = text("talk.not_yours", "en")


@asynccontextmanager
async def serving(dc: FakeDiscord, folder: Path, url: str) -> AsyncIterator[None]:
    """One process's time; the next one finds the same database."""
    adapter = connected(dc, folder / "discord")
    adapter.edit_seconds = 0.0
    before = dc.gateway.identified
    async with whole(folder, url, adapter):
        await dc.wait_for(lambda: dc.gateway.identified > before)
        yield


async def answered(dc: FakeDiscord, use: Interaction) -> Message:
    """The newest message that came of this use: through its token, or in the channel since then."""

    def mine() -> list[Message]:
        said = [message for message in dc.bot_says() if message.content and not message.thinking]
        return [
            message
            for message in said
            if message.asked_by in (use, None) and int(message.id) > int(use.id)
        ]

    return (await dc.wait_for(mine))[-1]


async def test_every_button_under_a_clip_works_after_a_restart_and_for_its_owner_alone(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    async with quick_standin().serving() as url:
        async with serving(dc, tmp_path, url):
            dc.says("make a 2-second video", [photo()], mention=True)
            clip = await result(dc)
            assert clip.labels[:3] == FEW
            assert clip.components[0]["components"][2]["custom_id"].startswith("v1:details:")
            await dc.wait_for(lambda: dc.bot_says() == [clip])  # the status has gone
        async with serving(dc, tmp_path, url):
            dc.clock.advance(20 * 24 * 3600)
            before = [message.id for message in dc.bot_says()]
            for label in FEW[1:]:
                theirs = await answered(dc, dc.presses(clip, label, user=dc.onlooker))
                assert (theirs.content, theirs.only_for) == (NOT_YOURS, dc.onlooker)
            form = dc.presses(clip, FEW[0], user=dc.onlooker)
            await dc.wait_for(lambda: form.modal)
            theirs = await answered(dc, dc.submits(form, {"words": "ruin it"}))
            assert (theirs.content, theirs.only_for) == (NOT_YOURS, dc.onlooker)
            assert [message.id for message in dc.bot_says(user=dc.asker)] == before

            told = await answered(dc, dc.presses(clip, "🔎 Details"))
            assert told.content.startswith("Timeline (")
            form = dc.presses(clip, "✏️ Edit")
            await dc.wait_for(lambda: form.modal)
            dc.submits(form, {"words": "make it 3 seconds"})
            assert "Length 2s → 3s" in (await result(dc, number=2)).content


async def test_a_button_whose_request_is_long_forgotten_answers_with_words(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    async with quick_standin().serving() as url, serving(dc, tmp_path, url):
        dc.says("make a 2-second video", [photo()], mention=True)
        clip = await result(dc)
        dc.slash("forget")
        asked = await dc.wait_for(
            lambda: [m for m in dc.bot_says() if any("Yes" in label for label in m.labels)]
        )
        dc.presses(asked[-1], asked[-1].labels[0])
        await dc.wait_for(lambda: "Done. Everything" in dc.bot_says()[-1].content)
        again = await answered(dc, dc.presses(clip, "🔁 Again"))
        assert "no longer have what that video was made of" in again.content
        told = await answered(dc, dc.presses(clip, "🔎 Details"))
        assert "no longer have what that video was made of" in told.content


async def test_again_makes_another_clip_of_the_photo_of_a_command(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    async with quick_standin().serving() as url, serving(dc, tmp_path, url):
        dc.slash("video", {"prompt": "make a 2-second video"}, [photo()])
        clip = await result(dc)
        dc.presses(clip, "🔁 Again")
        assert seconds_of(await result(dc, number=2)) == pytest.approx(2, abs=0.3)
