"""A command that was answered is not lost when the bot is killed while it saves the photos."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bots.discord.run.repeated import REMEMBERED
from core.adapter import FileGone
from core.messages import Command
from tests.bots.discord.conftest import PACE, Taken, connected, running
from tests.servers.discord import FakeDiscord, Interaction, Photo

WISH = {"prompt": "make it move"}


async def interrupted(dc: FakeDiscord, folder: Path) -> Interaction:
    """A command of which the bot has got no further than its answer and the note."""
    stuck = Taken()
    dc.hold_downloads = asyncio.Event()
    async with running(dc, connected(dc, folder, replace(PACE, drain=0.05)), stuck):
        asked = dc.slash("video", WISH, [Photo("a.jpg", b"one")])
        await dc.wait_for(
            lambda: asked.answered and (folder / "pending" / f"{asked.id}.json").exists()
        )
    dc.hold_downloads = (
        None  # what the first process has under way stays stuck, as if it had been killed
    )
    return asked


async def test_what_was_answered_is_taken_in_after_the_restart(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    asked = await interrupted(dc, tmp_path)
    async with running(dc, connected(dc, tmp_path), taken) as bot:
        await dc.wait_for(lambda: taken.inbounds)
        said = taken.last
        assert (said.id, said.command, said.text) == (
            f"dc:i:{asked.id}",
            Command.VIDEO,
            "make it move",
        )
        assert (await bot.fetch(said.attachments[0], tmp_path)).read_bytes() == b"one"
        await dc.wait_for(lambda: not list((tmp_path / "pending").glob("*.json")))
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


async def test_a_note_that_cannot_be_read_is_left_out(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await interrupted(dc, tmp_path)
    (tmp_path / "pending" / "1.json").write_text("{")
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: taken.inbounds)
    assert not (tmp_path / "pending" / "1.json").exists()


async def test_the_same_again_after_the_restart_is_no_second_request(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    first = await interrupted(dc, tmp_path)
    async with running(dc, connected(dc, tmp_path), taken):
        dc.slash("video", WISH, [Photo("renamed.png", b"one")])
        await dc.wait_for(lambda: len(taken.inbounds) == 2)
    request, again = taken.inbounds
    assert (request.id, request.command, len(request.attachments)) == (
        f"dc:i:{first.id}",
        Command.VIDEO,
        1,
    )
    assert (again.command, again.text, again.attachments) == (Command.STATUS, "", ())
    assert again.ticket is not None, "it is answered"
    assert len(list((tmp_path / "spool").iterdir())) == 1


@pytest.mark.parametrize(
    ("words", "photo"),
    [({"prompt": "make it jump"}, b"one"), (WISH, b"two"), (WISH | {"length": 5}, b"one")],
)
async def test_anything_else_after_the_restart_is_a_request_of_its_own(
    dc: FakeDiscord, taken: Taken, tmp_path: Path, words: dict[str, object], photo: bytes
) -> None:
    await interrupted(dc, tmp_path)
    async with running(dc, connected(dc, tmp_path), taken):
        dc.slash("video", words, [Photo("a.jpg", photo)])
        await dc.wait_for(lambda: len(taken.inbounds) == 2)
    assert [(said.command, len(said.attachments)) for said in taken.inbounds] == [
        (Command.VIDEO, 1)
    ] * 2


async def test_killed_over_the_same_twice_it_is_one_request_and_used_again_later_another(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await interrupted(dc, tmp_path)
    await interrupted(dc, tmp_path)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(
            lambda: taken.inbounds and not list((tmp_path / "pending").glob("*.json"))
        )
    kept = [path.read_text() for path in (tmp_path / "pending").iterdir()]
    assert len(kept) == 1
    assert "move" not in kept[0]
    async with running(dc, connected(dc, tmp_path), taken):
        for number in (
            2,
            3,
        ):  # after one more restart; what has come again is a new wish from then on
            dc.slash("video", WISH, [Photo("a.jpg", b"one")])
            await dc.wait_for(lambda count=number: len(taken.inbounds) == count)  # type: ignore[misc]
    assert [said.command for said in taken.inbounds] == [
        Command.VIDEO,
        Command.STATUS,
        Command.VIDEO,
    ]


async def test_killed_before_its_note_is_gone_a_request_keeps_its_photos(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await interrupted(dc, tmp_path)
    (note,) = (tmp_path / "pending").glob("*.json")
    body = note.read_bytes()
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: bool(taken.inbounds) and not note.exists())
    note.write_bytes(body)  # as a process leaves it that is killed just before
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: not note.exists())
    (photo,) = taken.inbounds[0].attachments
    assert (tmp_path / "spool" / photo.ref.removeprefix("spool:")).exists()


async def test_long_after_the_restart_the_same_is_a_new_wish(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await interrupted(dc, tmp_path)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: bool(taken.inbounds and [*(tmp_path / "pending").glob("*.took")]))
        dc.clock.advance(REMEMBERED + 1)
        dc.slash("video", WISH, [Photo("a.jpg", b"one")])
        await dc.wait_for(lambda: len(taken.inbounds) == 2)
    async with running(dc, connected(dc, tmp_path), taken):
        assert [said.command for said in taken.inbounds] == [Command.VIDEO] * 2
        await dc.wait_for(lambda: not list((tmp_path / "pending").iterdir()))


async def test_a_change_that_was_answered_is_taken_in_after_the_restart_but_no_mere_question(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    stuck = Taken()
    async with running(dc, connected(dc, tmp_path, replace(PACE, drain=0.05)), stuck):
        uses = [dc.slash("edit", {"change": "slower"}), dc.slash("status")]
        await dc.wait_for(
            lambda: (
                all(use.answered for use in uses) and list((tmp_path / "pending").glob("*.json"))
            )
        )
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: taken.inbounds)
        await dc.wait_for(lambda: not list((tmp_path / "pending").glob("*.json")))
    assert [(said.command, said.text) for said in taken.inbounds] == [(Command.EDIT, "slower")]
