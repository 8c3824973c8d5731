"""A command that is typed as text means the command; all that only looks like one stays words."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bots.discord import translate
from bots.discord.run import Discord
from core.messages import Amended, Called, Command, Heard, Said
from tests.bots.discord.conftest import Taken, answer
from tests.servers.discord import FakeDiscord, Photo

ME = 7


def written(content: str, guild: int | None = None, **more: Any) -> Any:
    """A message as the library gives it, with all that is read of one."""
    nothing: dict[str, Any] = {
        "webhook_id": None, "type": discord.MessageType.default, "attachments": [], "embeds": [],
        "stickers": [], "poll": None, "message_snapshots": [], "reference": None, "edited_at": None,
    }  # fmt: skip
    channel = SimpleNamespace(id=5, guild_id=guild)
    me = [SimpleNamespace(id=ME)] if guild else []
    return SimpleNamespace(
        id=discord.utils.time_snowflake(discord.utils.utcnow()), content=content, mentions=me,
        author=SimpleNamespace(id=3, bot=False), channel=channel,
        guild=SimpleNamespace(id=guild) if guild else None, **nothing | more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "command", "text"),
    [
        ("/video a slow walk", Command.VIDEO, "a slow walk"),
        ("/language zh", Command.LANGUAGE, "zh"),
        ("/undo", Command.UNDO, ""),
        ("  /UNDO  ", Command.UNDO, ""),
        ("/video\nfirst line\nsecond line", Command.VIDEO, "first line\nsecond line"),
        ("/credits@clip_bot", Command.CREDITS, ""),
        ("/again", Command.AGAIN, ""),
        (f"<@{ME}> /credits", Command.CREDITS, ""),
        (f"<@!{ME}>/credits", Command.CREDITS, ""),
        (f"/edit <@{ME}> slower", Command.EDIT, "slower"),
        ("/stats", Command.STATS, ""),
        ("/ban <@9> spam", Command.BAN, "<@9> spam"),
        ("/foo", None, "/foo"),
        ("/foo make a video", None, "/foo make a video"),
        ("/home/x", None, "/home/x"),
        ("/video/dog.mp4", None, "/video/dog.mp4"),
        ("/videos", None, "/videos"),
        ("what does /undo do", None, "what does /undo do"),
        ("/", None, "/"),
        ("", None, ""),
    ],
)
@pytest.mark.parametrize("guild", [None, 1])
def test_a_typed_command_is_the_command(
    content: str, command: Command | None, text: str, guild: int | None
) -> None:
    named = content if guild is None or str(ME) in content else f"<@{ME}> {content}"
    said = translate.from_message(written(named, guild), ME)
    assert said is not None
    assert said.happened == (Said(text) if command is None else Called(command, text))


@pytest.mark.parametrize(
    ("content", "text"),
    [("/video slower", "slower"), ("/undo", ""), ("/login abc", "/login abc"), ("/foo", "/foo")],
)
def test_a_command_written_into_an_earlier_message_starts_nothing(content: str, text: str) -> None:
    edited = translate.from_edit(written(content, edited_at=discord.utils.utcnow()), ME)
    assert edited is not None
    assert edited.happened == Amended(text)


async def test_a_typed_command_counts_and_what_is_discreet_comes_directly(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.says("/video make it move", [Photo("a.jpg", b"one")], channel=dc.dm)
    await dc.wait_for(lambda: taken.inbounds)
    assert (taken.last.command, taken.last.text) == (Command.VIDEO, "make it move")
    assert [file.name for file in taken.last.attachments] == ["a.jpg"]
    dc.says("/credits", mention=True)
    await dc.wait_for(lambda: len(taken.inbounds) == 2)
    assert (taken.last.command, taken.last.place.private) == (Command.CREDITS, False)
    await bot.send(answer(taken.last, "You have 100 credits left.", discreet=True), None, "n-1")
    assert not dc.bot_says()
    assert [said.content for said in dc.bot_says(dc.dm)] == ["You have 100 credits left."]
    dc.says("/undo", reply_to=dc.bot_says(dc.dm)[-1], channel=dc.dm)
    await dc.wait_for(lambda: len(taken.inbounds) == 3)
    assert (taken.last.command, taken.last.heard) == (Command.UNDO, Heard.DIRECT)
    dc.says("/ban", reply_to=dc.says("rubbish", user=dc.onlooker), mention=True)
    await dc.wait_for(lambda: len(taken.inbounds) == 4)
    assert (taken.last.command, taken.last.text) == (Command.BAN, str(dc.onlooker.id))
