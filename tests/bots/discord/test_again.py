"""A lost turn of a command is run again from the photos that were saved for it, once its user says
so."""

from pathlib import Path

from tests.backend import quick_standin
from tests.bots.discord.conftest import connected
from tests.servers.discord import FakeDiscord, Photo
from tests.world import bot as whole
from tests.world import photo


async def test_again_after_a_lost_turn_needs_no_new_photo(dc: FakeDiscord, tmp_path: Path) -> None:
    standin = quick_standin()
    standin.faults.set("turn", "cut-lost")
    async with standin.serving() as url, whole(tmp_path, url, connected(dc, tmp_path / "discord")):
        await dc.wait_for(lambda: dc.gateway.identified)
        dc.slash("video", {"prompt": "a 2-second video"}, [Photo(data=photo())])
        offers = await dc.wait_for(
            lambda: [said for said in dc.bot_says() if "🔁 Again" in said.labels]
        )
        for file in dc.world.files.values():
            file.gone = True  # Discord gives the file of a command once
        dc.presses(offers[0], "🔁 Again")
        (clip,) = await dc.wait_for(lambda: [said for said in dc.bot_says() if said.files])
        assert "video is ready" in clip.content
