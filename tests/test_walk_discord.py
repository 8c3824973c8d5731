"""Discord from end to end: the unmodified library on a fake REST and gateway, our engine and the stand-in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bots.discord import connect
from core.standin.app import StandIn
from tests.servers.discord import Channel, FakeDiscord, Message, Person, Photo
from tests.test_walk import facts_of
from tests.world import bot, photo


@dataclass
class There:
    """A Discord with our bot in it."""

    discord: FakeDiscord
    standin: StandIn

    async def says(self, part: str, channel: Channel | None = None, user: Person | None = None) -> Message:
        """The first message of the bot that holds these words."""

        def found() -> list[Message]:
            return [seen for seen in self.discord.bot_says(channel, user) if part in seen.content]

        try:
            await self.discord.wait_for(lambda: bool(found()), 30)
        except (TimeoutError, AssertionError):
            raise AssertionError(f"never said {part!r}:\n{self.discord.transcript(channel)}") from None
        return found()[0]


@asynccontextmanager
async def discord_bot(folder: Path, **more: str) -> AsyncIterator[There]:
    """Bot, Discord and backend, running."""
    standin = StandIn(video_height=90, speed=0)
    async with FakeDiscord() as fake, standin.serving() as url:
        adapter = connect(fake.environment, folder / "discord")
        assert adapter is not None
        async with bot(folder, url, adapter, **more):
            await fake.wait_for(lambda: fake.gateway.identified > 0, 20)
            yield There(fake, standin)


async def test_a_slash_command_with_a_photo_comes_back_as_a_video(tmp_path: Path) -> None:
    async with discord_bot(tmp_path) as there:
        there.discord.slash("video", {"prompt": "turn this into a 3-second video"}, [Photo("cat.jpg", photo())])
        result = await there.says("🎬 Your video is ready!")
        (file,) = result.files
        _, _, seconds, codecs = facts_of(file.photo.data)
        assert codecs == "h264+aac"
        assert abs(seconds - 3) < 0.15
        assert "/render-result/" in result.content
        assert "✏️ Edit" in result.labels
        assert len(there.standin.asked("turn")) == 1
        assert not list((tmp_path / "discord").glob("spool/*")), "the spooled photo is gone when the request is over"


async def test_a_direct_message_with_photos_then_words(tmp_path: Path) -> None:
    async with discord_bot(tmp_path) as there:
        here = there.discord.dm
        there.discord.says("", [Photo("a.jpg", photo()), Photo("b.jpg", photo(1))], channel=here)
        await there.says("What shall I make of them?", here)
        there.discord.says("a 2-second dreamy video", channel=here)
        result = await there.says("🎬 Your video is ready!", here)
        assert result.files
        (upload,) = there.standin.asked("upload")
        assert len(upload.facts["parts"]) == 2


async def test_a_mention_in_a_server_is_answered_there(tmp_path: Path) -> None:
    async with discord_bot(tmp_path) as there:
        there.discord.says("good morning everybody")
        there.discord.says("make a 2-second video", [Photo("a.jpg", photo())], mention=True)
        result = await there.says("🎬 Your video is ready!")
        assert result.channel is there.discord.general
        assert "workspace/claim" not in there.discord.transcript()


async def test_credits_are_for_the_asker_alone(tmp_path: Path) -> None:
    async with discord_bot(tmp_path) as there:
        there.discord.slash("credits")
        answer = await there.says("💳")
        assert answer.ephemeral
