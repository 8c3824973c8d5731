"""What people say on Discord becomes an Inbound: acknowledged at once, saved where it would be lost, then handed on."""

from pathlib import Path

from bots.discord.run import Discord
from core.messages import Command
from tests.bots.discord.conftest import Taken, address
from tests.servers.discord import FakeDiscord, Photo


async def test_a_slash_command_with_photos_is_acknowledged_saved_and_handed_on(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    taken.open.clear()
    asked = dc.slash("video", {"prompt": "make it move"}, [Photo("a.jpg", b"one"), Photo("b.png", b"two")])
    await dc.wait_for(lambda: asked.answered)
    assert asked.seconds_to_answer < 1
    assert dc.transcript() == "Clip: Clip is thinking…"
    taken.open.set()
    await dc.wait_for(lambda: taken.inbounds)
    said = taken.last
    assert said.id == f"dc:i:{asked.id}"
    assert (said.user, said.address, said.command) == (str(dc.asker.id), address(dc.general), Command.VIDEO)
    assert (said.text, said.language, said.private, said.addressed) == ("make it move", "en-US", False, True)
    assert said.space == str(dc.guild.id)
    assert [(file.name, file.bytes, file.mime) for file in said.attachments] == [
        ("a.jpg", 3, "image/jpeg"),
        ("b.png", 3, "image/jpeg"),
    ]
    for file in dc.world.files.values():
        file.gone = True
    found = [await bot.fetch(file, tmp_path) for file in said.attachments]
    assert [path.read_bytes() for path in found] == [b"one", b"two"]
