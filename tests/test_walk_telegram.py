"""Telegram from end to end: the unmodified library on a fake Bot API, our engine and the stand-in,
on real sockets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bots.sandbox.standin.app import StandIn
from bots.telegram import connect
from tests.backend import quick_standin
from tests.servers.telegram import FakeTelegram
from tests.test_walk import facts_of
from tests.world import bot, photo

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


@dataclass
class There:
    """A Telegram with our bot in it."""

    telegram: FakeTelegram
    standin: StandIn

    async def video(self, number: int = 1, **where: int) -> bytes:
        """The so-manieth video in a chat."""

        def found() -> list[bytes]:
            return [
                seen.video for seen in self.telegram.chat(**where) if seen.by_bot and seen.video
            ]

        try:
            await self.telegram.wait_for(lambda: len(found()) >= number)
        except (TimeoutError, AssertionError):
            raise AssertionError(f"no video:\n{self.telegram.transcript(**where)}") from None
        return found()[number - 1]

    async def reads(self, part: str, **where: int) -> str:
        """The first message of the bot that holds these words."""

        def found() -> list[str]:
            return [
                seen.text
                for seen in self.telegram.chat(**where)
                if seen.by_bot and part in seen.text
            ]

        try:
            await self.telegram.wait_for(lambda: bool(found()))
        except (TimeoutError, AssertionError):
            raise AssertionError(
                f"never read {part!r}:\n{self.telegram.transcript(**where)}"
            ) from None
        return found()[0]


@asynccontextmanager
async def telegram_bot(folder: Path, **more: str) -> AsyncIterator[There]:
    """Bot, Telegram and backend, running."""
    standin = quick_standin()
    async with FakeTelegram() as telegram, standin.serving() as url:
        env = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
        adapter = connect({**env, **more}, folder / "telegram")
        assert adapter is not None
        async with bot(folder, url, adapter, **more):
            yield There(telegram, standin)


async def test_a_photo_with_a_caption_comes_back_as_a_playable_video(tmp_path: Path) -> None:
    async with telegram_bot(tmp_path) as there:
        there.telegram.user_sends("turn this into a 3-second video", photo=photo())
        video = await there.video()
        _, _, seconds, codecs = facts_of(video)
        assert codecs == "h264+aac"
        assert abs(seconds - 3) < 0.15
        await there.telegram.wait_for(lambda: "💳 Used" in there.telegram.transcript())
        status, result = [seen for seen in there.telegram.chat() if seen.by_bot]
        assert status.silent
        assert status.edits >= 1
        assert status.text == "💳 Used 100 credits, 900 left."
        assert not result.silent
        assert result.text.startswith("🎬 Your video is ready!")
        assert "http" not in result.text
        assert result.labels[:3] == ["✏️ Edit", "🔁 Again", "🔎 Details"]
        assert result.body["video"]["duration"] == 3
        assert len(there.standin.asked("turn")) == 1


async def test_photo_then_words_then_an_edit_and_a_closer_look(tmp_path: Path) -> None:
    async with telegram_bot(tmp_path) as there:
        there.telegram.user_sends(photo=photo())
        await there.reads("What shall I make of it?")
        there.telegram.user_sends("a 2-second dreamy video")
        await there.video()
        there.telegram.user_sends("make it 4 seconds")
        second = await there.video(2)
        assert abs(facts_of(second)[2] - 4) < 0.15
        edited = next(seen for seen in there.telegram.chat() if seen.video == second)
        assert edited.text == "🎬 Here is your new version:\n\n• Length 2s → 4s"
        there.telegram.presses(edited.id, "🔎 Details")
        await there.reads("Timeline (")


async def test_start_help_and_new_in_both_languages(tmp_path: Path) -> None:
    async with telegram_bot(tmp_path) as there:
        there.telegram.user_sends("/start")
        await there.reads("Share your still images")
        there.telegram.user_sends("/help")
        await there.reads("Send photos (up to 10 at once)")
        there.telegram.user_sends("/new", language="zh-hans")
        await there.reads("重新开始")


async def test_a_phone_photo_sent_as_a_heic_file_just_works(tmp_path: Path) -> None:
    heif = pytest.importorskip("pillow_heif")
    heif.register_heif_opener()
    image, file = Image.new("RGB", (64, 48), "teal"), BytesIO()
    image.save(file, format="HEIF")
    async with telegram_bot(tmp_path) as there:
        there.telegram.user_sends(
            "make a 2-second video",
            document=("IMG_0001.HEIC", file.getvalue(), "application/octet-stream"),
        )
        await there.video()
        (part,) = there.standin.asked("upload")[0].facts["parts"]
        assert str(part).count(".jpg")


async def test_a_request_in_a_group_is_answered_there_to_its_author_alone(tmp_path: Path) -> None:
    async with telegram_bot(tmp_path) as there:
        group = -1_001_234_567_890
        there.telegram.add_group(group)
        me = there.telegram.world.bot["username"]
        there.telegram.user_sends("lovely weather today", chat=group)
        there.telegram.user_sends(f"@{me} make a 2-second video", photo=photo(), chat=group)
        await there.video(chat_id=group)
        answers = [seen for seen in there.telegram.chat(group) if seen.by_bot]
        assert all(seen.reply_to for seen in answers)
        assert "workspace/claim" not in there.telegram.transcript(group)
