"""The token of an interaction opens somebody's chat for 15 minutes: it is sealed at rest, and works
all the same."""

from pathlib import Path

from tests.backend import quick_standin
from tests.bots.discord.conftest import connected
from tests.servers.discord import FakeDiscord, Photo
from tests.servers.telegram import photograph
from tests.world import bot as whole

ORIGINAL = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
PICTURE = Photo("photo.jpg", photograph(480, 320, "steelblue"))


def at_rest(folder: Path) -> bytes:
    """All that lies in the bot's folder."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


async def test_no_token_lies_in_the_folder_and_a_restart_still_answers_through_it(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    async with quick_standin().serving() as url:
        dc.cut(ORIGINAL, times=99, done=False)
        async with whole(tmp_path, url, connected(dc, tmp_path)):
            await dc.wait_for(lambda: dc.gateway.identified)
            dc.slash(
                "video",
                {"prompt": "make a 2-second video"},
                [PICTURE],
                channel=dc.foreign(),
                installed="user",
            )
            dc.slash("help")
            await dc.wait_for(lambda: len(dc.calls(ORIGINAL)) >= 2)
            found = at_rest(tmp_path)
        dc.faults.clear()
        assert b"make a 2-second video" in found, "this is where it would be"
        async with whole(tmp_path, url, connected(dc, tmp_path)):
            place = next(
                asked.channel
                for asked in dc.world.interactions.values()
                if asked.only_user_installed
            )
            await dc.wait_for(lambda: any(message.files for message in dc.bot_says(place)))
            await dc.wait_for(lambda: not any(message.thinking for message in dc.bot_says()))
        found += at_rest(tmp_path)
    assert len(dc.world.interactions) == 2
    assert not any(token.encode() in found for token in dc.world.interactions)
