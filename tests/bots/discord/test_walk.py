"""Whole walks: a person on Discord, the unmodified library, the engine, and the stand-in for the
video service."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import av
import pytest

from tests.backend import quick_standin
from tests.bots.discord.conftest import connected
from tests.servers.discord import Channel, FakeDiscord, Message, Photo
from tests.servers.telegram import photograph
from tests.world import bot as whole

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time


@pytest.fixture
async def walk(dc: FakeDiscord, tmp_path: Path) -> AsyncIterator[FakeDiscord]:
    """A whole bot behind the fake Discord; status edits come without their 3 seconds of
    distance."""
    adapter = connected(dc, tmp_path)
    adapter.edit_seconds = 0.0
    async with quick_standin().serving() as url, whole(tmp_path, url, adapter):
        await dc.wait_for(lambda: dc.gateway.identified)
        yield dc


async def result(dc: FakeDiscord, channel: Channel | None = None, number: int = 1) -> Message:
    """The clip of that number, once the channel has it."""

    def found() -> list[Message]:
        return [message for message in dc.bot_says(channel) if message.files]

    await dc.wait_for(lambda: len(found()) >= number)
    return found()[number - 1]


def seconds_of(message: Message) -> float:
    with av.open(io.BytesIO(message.files[0].photo.data), "r") as opened:
        assert {stream.codec_context.name for stream in opened.streams} == {"h264", "aac"}
        return float(opened.duration or 0) / 1_000_000


def photo(name: str = "photo.jpg", colour: str = "steelblue") -> Photo:
    return Photo(name, photograph(480, 320, colour))


async def test_a_slash_command_with_two_photos_becomes_a_clip(walk: FakeDiscord) -> None:
    asked = walk.slash(
        "video",
        {"prompt": "turn these into a video", "length": 5},
        [photo(), photo("b.jpg", "red")],
    )
    clip = await result(walk)
    assert asked.seconds_to_answer < 1
    assert abs(seconds_of(clip) - 5) < 0.2
    assert f"<@{walk.asker.id}>" in clip.content
    assert "http" not in clip.content
    assert clip.pings == {walk.asker.id}
    await walk.wait_for(lambda: walk.bot_says() == [clip])


async def test_a_mention_in_a_channel_is_answered_there(walk: FakeDiscord) -> None:
    said = walk.says("make a 2-second video", [photo()], mention=True)
    clip = await result(walk)
    assert clip.reply_to is said
    assert clip.pings == {walk.asker.id}
    assert abs(seconds_of(clip) - 2) < 0.2


async def test_a_direct_chat_in_chinese_with_photo_and_words_apart(walk: FakeDiscord) -> None:
    walk.says("", [photo()], channel=walk.dm)
    await walk.wait_for(lambda: walk.bot_says(walk.dm))
    walk.says("做成一个 2 秒的视频", channel=walk.dm)
    clip = await result(walk, walk.dm)
    assert abs(seconds_of(clip) - 2) < 0.2
    assert "视频" in clip.content


async def test_the_menu_on_a_friends_photo_then_a_suggestion(walk: FakeDiscord) -> None:
    walk.menu("Make a video", walk.says("my holidays", [photo()], user=walk.onlooker))
    asked = await walk.wait_for(
        lambda: [message for message in walk.bot_says() if len(message.labels) > 1]
    )
    walk.presses(asked[0], asked[0].labels[0])
    assert (await result(walk)).pings == {walk.asker.id}


async def test_a_form_with_a_photo_becomes_a_clip(walk: FakeDiscord) -> None:
    form = walk.slash("video")
    await walk.wait_for(lambda: form.modal)
    walk.submits(form, {"words": "a 2-second video"}, [photo()])
    assert seconds_of(await result(walk))


async def test_an_app_of_the_user_delivers_in_a_server_where_the_bot_is_not(
    walk: FakeDiscord,
) -> None:
    place = walk.foreign()
    walk.slash("video", {"prompt": "a 2-second video"}, [photo()], channel=place, installed="user")
    assert seconds_of(await result(walk, place))


async def test_a_run_longer_than_the_token_is_delivered_in_the_channel(walk: FakeDiscord) -> None:
    walk.slash("video", {"prompt": "a 2-second video"}, [photo()])
    await walk.wait_for(lambda: walk.bot_says() and not walk.bot_says()[0].thinking)
    walk.clock.advance(16 * 60)
    clip = await result(walk)
    assert clip.asked_by is None
    assert clip.pings == {walk.asker.id}
    await walk.wait_for(lambda: walk.bot_says() == [clip])


async def test_a_gateway_drop_in_the_middle_changes_nothing(walk: FakeDiscord) -> None:
    walk.slash("video", {"prompt": "a 2-second video"}, [photo()])
    await walk.wait_for(lambda: walk.bot_says())
    await walk.drop_gateway()
    await walk.wait_for(lambda: walk.gateway.reconnected)
    walk.gateway.replay(3)
    clip = await result(walk)
    await walk.wait_for(lambda: walk.bot_says() == [clip])


async def test_the_buttons_under_a_clip_belong_to_who_asked(walk: FakeDiscord) -> None:
    walk.says("make a 2-second video", [photo()], mention=True)
    clip = await result(walk)
    await walk.wait_for(lambda: walk.bot_says() == [clip])
    before = len(walk.bot_says())
    walk.presses(clip, next(label for label in clip.labels if "gain" in label), user=walk.onlooker)
    await walk.wait_for(lambda: len(walk.bot_says()) > before)
    assert walk.bot_says()[-1].only_for is walk.onlooker
    form = walk.presses(clip, next(label for label in clip.labels if "dit" in label))
    await walk.wait_for(lambda: form.modal)
    walk.submits(form, {"words": "make it 3 seconds"})
    assert "→ 3s" in (await result(walk, number=2)).content


async def test_a_private_answer_stays_private_in_a_server(walk: FakeDiscord) -> None:
    walk.slash("privacy")
    walk.slash("credits")
    walk.slash("mydata")
    await walk.wait_for(lambda: len([m for m in walk.bot_says() if not m.thinking]) >= 3)
    assert walk.bot_says(user=walk.onlooker) == []


async def test_what_is_unclear_is_asked_back_and_made_by_a_tap(walk: FakeDiscord) -> None:
    walk.says("my cat", [photo()], channel=walk.dm)

    def asked() -> Message | None:
        return next(
            (each for each in walk.bot_says(walk.dm) if "with “my cat”?" in each.content), None
        )

    await walk.wait_for(asked)
    question = asked()
    assert question is not None
    walk.says("is it private?", channel=walk.dm)
    await walk.wait_for(
        lambda: any("🗑 Delete my data" in each.labels for each in walk.bot_says(walk.dm))
    )
    assert not any(each.files for each in walk.bot_says(walk.dm))
    walk.presses(question, "✅ Make it")
    await result(walk, walk.dm)


async def test_friends_who_talk_under_a_clip_are_not_answered(walk: FakeDiscord) -> None:
    walk.says("make a 2-second video", [photo()], mention=True)
    clip = await result(walk)
    await walk.wait_for(lambda: walk.bot_says() == [clip])
    for words in ("haha amazing", "so cute!! where is that?", "make it slower"):
        walk.says(words, user=walk.onlooker, reply_to=clip)
    walk.says("how much is this?", reply_to=clip)
    await walk.wait_for(
        lambda: any("A video takes about 100" in each.content for each in walk.bot_says())
    )
    assert len(walk.bot_says()) == 2
