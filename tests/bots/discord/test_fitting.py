"""A result of more than Discord takes there comes as a smaller copy, beside its link."""

from dataclasses import replace
from pathlib import Path

from bots.discord.run import Discord
from core.messages import Video
from tests.bots.discord.conftest import Taken, answer
from tests.bots.discord.test_deliver import mentioned
from tests.films import film, handed_out
from tests.servers.discord import FakeDiscord
from tests.test_handing_out import Hands, hands

__all__ = ["hands"]


async def test_a_result_that_is_too_large_comes_smaller(
    dc: FakeDiscord, bot: Discord, taken: Taken, hands: Hands, tmp_path: Path
) -> None:
    boosted = dc.world.new_guild("boosted", tier=2)
    channel = dc.world.new_channel(0, "films", guild=boosted)
    dc.joined(boosted)
    large = film(tmp_path / "v.mp4", size=11_000_000)
    here = replace(hands, runtime=replace(hands.runtime, adapters={"discord": bot}))
    async with handed_out(large) as url:
        for said in (await mentioned(dc, taken), await mentioned(dc, taken, channel)):
            message = answer(said, "Here it is!", media=Video(url))
            await here.runtime.store.post(message, here.clock())
            await here.all()
    (small,), (whole,) = dc.bot_says()[-1].files, dc.bot_says(channel)[-1].files
    assert 0 < len(small.photo.data) <= 10 * 2**20
    assert len(whole.photo.data) == 11_000_000, "this server takes more"
    said_small = dc.bot_says()[-1].content
    assert (url in said_small, "A smaller copy" in said_small) == (True, True)
