"""Ways to ask on Discord, from the wish to the clip: each over the wire, with the whole bot and the
video service."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bots.sandbox.standin.app import StandIn
from bots.sandbox.standin.calls import Call
from tests.backend import quick_standin
from tests.bots.discord.conftest import DEFAULT, PROFILES, connected
from tests.bots.discord.test_walk import photo, result
from tests.bots.discord.walking import tour
from tests.core.media.test_media import photo as picture
from tests.core.media.test_media import tone
from tests.servers.discord import Channel, FakeDiscord, Interaction, Message, Photo
from tests.world import bot as whole

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time

DAY = 24 * 3600


class Walk(FakeDiscord):
    """The fake Discord, with the video service behind the bot."""

    standin: StandIn

    def asked(self, endpoint: str) -> list[Call]:
        return [call for call in self.standin.calls if call.endpoint == endpoint]

    @property
    def uploaded(self) -> list[dict[str, Any]]:
        """The files that the video service was given."""
        return [part for call in self.asked("upload") for part in call.facts.get("parts", [])]


@pytest.fixture
async def walk(tmp_path: Path) -> AsyncIterator[Walk]:
    async with Walk() as dc:
        adapter = connected(dc, tmp_path)
        adapter.edit_seconds = 0.0
        dc.standin = quick_standin()
        async with dc.standin.serving() as url, whole(tmp_path, url, adapter):
            await dc.wait_for(lambda: dc.gateway.identified)
            yield dc


async def question(walk: Walk, channel: Channel | None = None, count: int = 1) -> Message:
    """The bot asks what to make of the photos."""

    def found() -> list[Message]:
        return [
            message for message in walk.bot_says(channel) if "What shall I make" in message.content
        ]

    await walk.wait_for(lambda: len(found()) >= count)
    return found()[-1]


async def test_a_photo_of_a_phone_becomes_jpeg_by_its_bytes_and_a_voice_message_m4a(
    walk: Walk, tmp_path: Path
) -> None:
    voice = tone(tmp_path / "voice", "ogg", "libopus").read_bytes()
    phone = picture(tmp_path / "phone", "HEIF").read_bytes()
    walk.says("", [Photo("IMG_1.jpg", phone, "image/jpeg")], channel=walk.dm)
    walk.says("", [Photo("voice-message.ogg", voice, "audio/ogg", None, None)], channel=walk.dm)
    walk.says("make a 2-second video with my voice", channel=walk.dm)
    await result(walk, walk.dm)
    assert [part["filename"].rpartition(".")[2] for part in walk.uploaded] == ["jpg", "m4a"]
    assert [part["content_type"] for part in walk.uploaded] == ["image/jpeg", "audio/mp4"]


async def test_a_post_in_a_forum_is_answered_in_the_post(walk: Walk) -> None:
    post = walk.thread(walk.forum(), "my holidays")
    walk.says("make a 2-second video", [photo()], channel=post, mention=True)
    clip = await result(walk, post)
    assert clip.pings == {walk.asker.id}
    assert not walk.bot_says()


async def test_in_a_group_chat_the_app_of_one_person_delivers(walk: Walk) -> None:
    group = walk.group()
    asked = walk.slash(
        "video", {"prompt": "a 2-second video"}, [photo()], channel=group, installed="user"
    )
    clip = await result(walk, group)
    assert clip.pings == {walk.asker.id}
    assert asked.follow_ups <= 2
    assert not walk.bot_says(walk.dm)


def left_thinking(asked: Interaction) -> bool:
    return asked.original is not None and asked.original.thinking and not asked.original.deleted


@pytest.mark.parametrize("at_once", [True, False])
async def test_two_messages_picked_from_the_menu_are_one_request(walk: Walk, at_once: bool) -> None:
    first, second = (
        walk.says("", [photo(f"{name}.jpg", name)], user=walk.onlooker) for name in ("red", "blue")
    )
    picked = [walk.menu("Make a video", first)]
    if not at_once:
        await question(walk)
    picked.append(walk.menu("Make a video", second))
    await question(walk, count=1 if at_once else 2)
    await walk.wait_for(lambda: not any(left_thinking(asked) for asked in picked))
    walk.says("make a 2-second video of both", mention=True)
    await result(walk)
    assert len(walk.uploaded) == 2
    assert len(walk.asked("turn")) == 1


async def test_an_answer_to_the_bots_question_needs_no_name(walk: Walk) -> None:
    walk.says("", [photo()], mention=True)
    walk.says("make a 2-second video", reply_to=await question(walk))
    await result(walk)
    assert len(walk.asked("turn")) == 1


async def test_a_link_to_a_file_is_uploaded_by_its_address(walk: Walk) -> None:
    walk.says("make a 2-second video of https://example.com/beach.jpg", mention=True)
    await result(walk)
    (call,) = walk.asked("upload")
    assert "https://example.com/beach.jpg" in str(call.facts["json"])


async def test_a_photo_whose_link_has_run_out_is_fetched_through_its_message(walk: Walk) -> None:
    walk.says("", [photo()], mention=True)
    await question(walk)
    walk.clock.advance(3 * DAY)
    walk.says("make a 2-second video", mention=True)
    await result(walk)
    assert len(walk.uploaded) == 1


async def test_a_result_that_found_no_way_comes_with_the_next_command_anywhere(walk: Walk) -> None:
    closed = walk.world.new_person("Closed", open=False)
    here, elsewhere = walk.foreign(), walk.foreign("another server")
    more = {"user": closed, "installed": "user"}
    walk.slash("video", {"prompt": "a 2-second video"}, [photo()], channel=here, **more)  # type: ignore[arg-type]
    await walk.wait_for(lambda: walk.bot_says(here) and not walk.bot_says(here)[0].thinking)
    walk.clock.advance(16 * 60)
    tried = "POST /channels/{channel_id}/messages"
    await walk.wait_for(
        lambda: any("Your video is ready" in str(call.json) for call in walk.calls(tried))
    )
    assert not any(message.files for message in walk.bot_says(here))
    walk.slash("help", channel=elsewhere, **more)  # type: ignore[arg-type]
    clip = await result(walk, elsewhere)
    assert clip.only_for is closed
    assert walk.bot_says(elsewhere)[0].content.startswith("📷")


@pytest.mark.parametrize("chosen", [True, False])
async def test_a_profile_chosen_for_one_video_signs_its_requests_alone(
    walk: Walk, chosen: bool
) -> None:
    slug = list(PROFILES)[2]
    walk.slash(
        "video", {"prompt": "a 2-second video"} | ({"skill": slug} if chosen else {}), [photo()]
    )
    await result(walk)
    assert {call.headers["x-skill-source"] for call in walk.asked("turn")} == {
        slug if chosen else DEFAULT
    }
    assert "manner" not in str(walk.asked("turn")[0].facts["json"])
    before = len(walk.asked("credits"))
    walk.slash("credits")
    await walk.wait_for(lambda: len(walk.asked("credits")) > before)
    assert walk.asked("credits")[-1].headers["x-skill-source"] == DEFAULT


async def test_a_servers_daily_limit_holds_for_each_of_its_people(walk: Walk) -> None:
    walk.slash("settings", {"daily": 1}, user=walk.world.new_person("Admin", admin=True))
    await walk.wait_for(lambda: walk.bot_says() and "⚙️" in walk.bot_says()[0].content)
    walk.slash("video", {"prompt": "a 2-second video"}, [photo()])
    await result(walk)
    walk.slash("video", {"prompt": "another video"}, [photo()])
    refused = await walk.wait_for(
        lambda: [m for m in walk.bot_says() if "videos for today" in m.content]
    )
    assert refused[0].only_for is walk.asker
    walk.slash("video", {"prompt": "a 2-second video"}, [photo()], user=walk.onlooker)
    await result(walk, number=2)
    assert len(walk.asked("turn")) == 2


async def test_where_the_admins_switched_it_off_a_command_is_told_so_and_a_mention_gets_silence(
    walk: Walk,
) -> None:
    channel = walk.world.new_channel(0, "elsewhere", guild=walk.guild)
    walk.slash("settings", {"channels": "here"}, user=walk.world.new_person("Admin", admin=True))
    await walk.wait_for(lambda: walk.bot_says() and "⚙️" in walk.bot_says()[0].content)
    walk.slash("video", {"prompt": "go"}, [photo()], channel=channel)
    (told,) = await walk.wait_for(
        lambda: [said for said in walk.bot_says(channel) if "🔇" in said.content]
    )
    assert told.only_for is walk.asker
    walk.says("make a video", [photo()], channel=channel, mention=True)
    walk.clock.advance(14 * 60 + 1)
    walk.says("hello", mention=True)
    await walk.wait_for(lambda: len(walk.bot_says()) == 2)
    assert [message.content[:1] for message in walk.bot_says(channel)] == ["🔇"]


async def test_the_walk_of_a_new_user_in_its_short_form(tmp_path: Path) -> None:
    walk = await tour(tmp_path, "greeting", "drop")
    text = walk.transcript()
    assert text.count("🎬 Your video is ready!") == 1
    assert "is thinking…" not in text
    assert "did not respond" not in text
