"""A posted video says on Discord what it shows."""

from pathlib import Path

from bots.discord.run import Discord
from bots.discord.translate import pieces
from core.messages import Address, Video
from tests.bots.discord.conftest import Taken, answer
from tests.outgoing import outgoing
from tests.servers.discord import FakeDiscord


async def test_a_video_is_described_for_who_cannot_see_it(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(bytes(1000))
    dc.says("make a clip", mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    clip = Video("https://e.com/clip.mp4", "clip.mp4", str(path), 9, 16, 10.0, 1000, alt="Waves")

    await bot.send(answer(taken.last, "Here it is!", media=clip), None, "n-1")

    (file,) = dc.bot_says()[-1].files
    assert file.description == "Waves"


def test_a_description_is_no_longer_than_discord_takes() -> None:
    clip = Video("https://e.com/a.mp4", path="a.mp4", alt="x" * 2000)

    (piece,) = pieces(outgoing(Address("discord", "1"), "Hi", clip), "n", attached=True)
    (linked,) = pieces(outgoing(Address("discord", "1"), "Hi", clip), "n", attached=False)

    assert len(piece.alt) == 1024
    assert linked.alt == ""
