"""A command that was answered is not lost when the bot is killed while it saves the photos."""

import asyncio
from dataclasses import replace
from pathlib import Path

from core.adapter import FileGone
from core.messages import Command
from tests.bots.discord.conftest import PACE, Taken, connected, running
from tests.servers.discord import FakeDiscord, Interaction, Photo


async def interrupted(dc: FakeDiscord, folder: Path) -> Interaction:
    """A command of which the bot has got no further than its answer and the note."""
    stuck = Taken()
    dc.hold_downloads = asyncio.Event()
    async with running(dc, connected(dc, folder, replace(PACE, drain=0.05)), stuck):
        asked = dc.slash("video", {"prompt": "make it move"}, [Photo("a.jpg", b"one")])
        await dc.wait_for(lambda: asked.answered and list((folder / "pending").glob("*.json")))
    dc.hold_downloads = None  # what the first process has under way stays stuck, as if it had been killed
    return asked


async def test_what_was_answered_is_taken_in_after_the_restart(dc: FakeDiscord, taken: Taken, tmp_path: Path) -> None:
    asked = await interrupted(dc, tmp_path)
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        await dc.wait_for(lambda: taken.inbounds)
        said = taken.last
        assert (said.id, said.command, said.text) == (f"dc:i:{asked.id}", Command.VIDEO, "make it move")
        assert (await bot.fetch(said.attachments[0], tmp_path)).read_bytes() == b"one"
        await dc.wait_for(lambda: not list((tmp_path / "pending").iterdir()))
    async with running(dc, connected(dc, tmp_path), taken):
        assert len(taken.inbounds) == 1


async def test_the_note_holds_no_token(dc: FakeDiscord, tmp_path: Path) -> None:
    asked = await interrupted(dc, tmp_path)
    (note,) = (tmp_path / "pending").iterdir()
    assert asked.token not in note.read_text()
    assert note.stat().st_mode & 0o777 == 0o600
    assert note.parent.stat().st_mode & 0o777 == 0o700


async def test_where_the_photo_is_gone_by_then_the_words_come_alone(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await interrupted(dc, tmp_path)
    for file in dc.world.files.values():
        file.gone = True
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: taken.inbounds)
    assert (taken.last.text, taken.last.attachments) == ("make it move", ())


async def test_nothing_is_left_of_a_command_that_came_through_or_was_refused(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    async with running(dc, connected(dc, tmp_path), taken):
        dc.slash("video", {}, [Photo()])
        await dc.wait_for(lambda: taken.inbounds)
        use = dc.slash("video", {}, [Photo()])
        for file in dc.world.files.values():
            file.gone = True
        await dc.wait_for(lambda: use.answered and not dc.bot_says()[-1].thinking)
        taken.trouble = FileGone("a store that fails")
        await dc.wait_for(lambda: not list((tmp_path / "pending").iterdir()))


async def test_a_note_that_cannot_be_read_is_left_out(dc: FakeDiscord, taken: Taken, tmp_path: Path) -> None:
    await interrupted(dc, tmp_path)
    (tmp_path / "pending" / "1.json").write_text("{")
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: taken.inbounds)
    assert not (tmp_path / "pending" / "1.json").exists()
