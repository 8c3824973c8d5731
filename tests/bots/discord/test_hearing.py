"""What people point at, forward, answer and change is read, and nothing that is meant for the bot
falls silent."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bots.discord import translate
from bots.discord.run import Discord
from core.i18n import text
from core.messages import Amended
from tests.bots.discord.conftest import Taken
from tests.servers.discord import FakeDiscord, Message, Photo
from tests.servers.discord.payloads import link


def with_preview(dc: FakeDiscord, kind: str, part: str, **where: Any) -> Message:
    """A message of somebody that shows a picture without having a file."""
    said = dc.says("look", user=dc.onlooker, heard=False, **where)
    file = dc.world.keep(Photo("of a link.jpg", b"shown"), dc.general)
    said.embeds = [{"type": kind, part: {"url": link(dc.world, dc.rest.base, file)}}]
    return said


@pytest.mark.parametrize(("kind", "part"), [("image", "thumbnail"), ("rich", "image")])
@pytest.mark.parametrize("private", [True, False])
async def test_a_picture_that_a_message_shows_is_meant_by_who_answers_it(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path, kind: str, part: str, private: bool
) -> None:
    place = dc.dm if private else dc.general
    said = with_preview(dc, kind, part, channel=place)
    dc.says("animate this", channel=place, mention=not private, reply_to=said)
    await dc.wait_for(lambda: taken.inbounds)
    (file,) = taken.last.attachments
    assert (taken.last.text, file.name, file.bytes) == ("animate this", "of a link.jpg", None)
    assert (await bot.fetch(file, tmp_path)).read_bytes() == b"shown"


@pytest.mark.parametrize(
    ("kind", "part"), [("article", "thumbnail"), ("gifv", "thumbnail"), ("rich", "thumbnail")]
)
async def test_the_small_picture_of_a_page_is_nobodys_photo(
    dc: FakeDiscord, bot: Discord, taken: Taken, kind: str, part: str
) -> None:
    dc.says("animate this", mention=True, reply_to=with_preview(dc, kind, part))
    await dc.wait_for(lambda: taken.inbounds)
    assert taken.last.attachments == ()


async def test_a_forwarded_message_brings_what_it_shows(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    dc.says(
        channel=dc.dm,
        forwards=dc.says("mine", [Photo("a.jpg", b"sent")], user=dc.onlooker, heard=False),
    )
    dc.says(channel=dc.dm, forwards=with_preview(dc, "image", "thumbnail"))
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    found = [await bot.fetch(said.attachments[0], tmp_path) for said in taken.inbounds]
    assert {file.read_bytes() for file in found} == {b"sent", b"shown"}
    assert [said.text for said in taken.inbounds] == ["", ""], (
        "what somebody else has said was not asked for"
    )


async def test_what_is_answered_is_read_where_discord_does_not_send_it_along(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path
) -> None:
    dc.world.omits_answered = True
    photo = dc.says("my dog", [Photo("a.jpg", b"sent")], channel=dc.dm, heard=False)
    dc.says("animate this", channel=dc.dm, reply_to=photo)
    await dc.wait_for(lambda: taken.inbounds)
    assert (await bot.fetch(taken.last.attachments[0], tmp_path)).read_bytes() == b"sent"
    dc.refuse("GET /channels/{channel_id}/messages/{message_id}", 403, 50001)
    dc.says("and this", channel=dc.dm, reply_to=photo)
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    assert (taken.last.text, taken.last.attachments) == ("and this", ())


@pytest.mark.parametrize("private", [True, False])
async def test_new_words_of_a_message_are_handed_on_once_and_start_nothing(
    dc: FakeDiscord, bot: Discord, taken: Taken, private: bool
) -> None:
    place = dc.dm if private else dc.general
    said = dc.says("make it slow", [Photo()], channel=place, mention=not private)
    await dc.wait_for(lambda: taken.inbounds)
    dc.unfolds(said)
    dc.edits(said, ("" if private else f"<@{dc.world.bot.id}> ") + "make it fast")
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    dc.says("the end", channel=dc.dm)
    await dc.wait_for(lambda: taken.last.text == "the end")
    first, changed, _ = taken.inbounds
    assert changed.happened == Amended("make it fast")
    assert (changed.order, changed.message, changed.address) == (
        first.order,
        first.message,
        first.address,
    )
    assert changed.id != first.id


async def test_the_talk_of_others_is_not_read_when_it_is_changed(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.edits(dc.says("not for the bot"), "still not")
    dc.says("the end", channel=dc.dm)
    await dc.wait_for(lambda: taken.inbounds)
    assert [said.text for said in taken.inbounds] == ["the end"]


@pytest.mark.parametrize(("content", "named"), [("", True), ("words that it can read", False)])
def test_a_mention_of_the_role_alone_is_known(content: str, named: bool) -> None:
    role, plain = SimpleNamespace(tags=SimpleNamespace(bot_id=7)), SimpleNamespace(tags=None)
    person, guild = SimpleNamespace(bot=False), SimpleNamespace(id=1)
    message: Any = SimpleNamespace(
        role_mentions=[plain, role], content=content, attachments=[], guild=guild, author=person
    )
    assert translate.names_the_role(message, 7) is named
    assert not translate.names_the_role(message, 8)


async def test_who_mentions_only_the_role_hears_how_the_bot_is_reached(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    role = dc.names_role("make a clip of this", [Photo()])
    await dc.wait_for(lambda: dc.bot_says())
    (hint,) = dc.bot_says()
    assert (hint.content, hint.reply_to) == (text("discord.role_named", "en"), role)
    assert not taken.inbounds
