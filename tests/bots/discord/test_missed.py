"""What was said while the bot was away is read afterwards: in every direct chat, in order, each
message once."""

from pathlib import Path

from bots.discord.run.behind import LATELY
from bots.discord.run.missed import NEW_IN_SERVER, NEW_PLACES, READ
from core.adapter import Heard
from core.messages import Address, Inbound
from tests.backend import quick_standin
from tests.bots.discord.conftest import Taken, address, connected, running
from tests.servers.discord import Channel, FakeDiscord, Photo
from tests.servers.discord.world import TEXT
from tests.servers.telegram import photograph
from tests.world import bot as whole

HISTORY = "GET /channels/{channel_id}/messages"


def read(dc: FakeDiscord) -> list[str]:
    """The channels that were read."""
    return [call.path["channel_id"] for call in dc.calls(HISTORY)]


async def away(dc: FakeDiscord, taken: Taken, folder: Path, channel: Channel) -> None:
    """One message is taken in, then the process ends."""
    async with running(dc, connected(dc, folder), taken):
        before = len(taken.inbounds)
        dc.says("the first", channel=channel, mention=channel is not dc.dm)
        await dc.wait_for(lambda: len(taken.inbounds) > before)


async def test_after_a_restart_only_what_is_newer_is_read_and_in_order(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await away(dc, taken, tmp_path, dc.general)
    for number in range(3):
        dc.says(f"missed {number}", mention=True, heard=False)
        dc.says("the talk of others", user=dc.onlooker, heard=False)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: len(taken.inbounds) == 4)
    assert [said.text for said in taken.inbounds] == [
        "the first",
        "missed 0",
        "missed 1",
        "missed 2",
    ]


async def test_where_nobody_has_spoken_to_the_bot_yet_what_was_said_lately_is_read(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    shut = dc.world.new_channel(TEXT, "shut", guild=dc.guild, denied={"read_message_history"})
    quiet, old = (dc.world.new_channel(TEXT, name, guild=dc.guild) for name in ("quiet", "old"))
    dc.says("long ago", channel=old, mention=True, heard=False)
    dc.clock.advance(LATELY + 60)
    dc.says("hello?", channel=shut, mention=True, heard=False)
    dc.says("the talk of others", user=dc.onlooker, heard=False)
    dc.says("a first wish", mention=True, heard=False)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: taken.inbounds)
        dc.says("the end", channel=quiet, mention=True)
        await dc.wait_for(lambda: taken.last.text == "the end")
    assert [said.text for said in taken.inbounds] == ["a first wish", "the end"]
    assert read(dc) == [str(dc.general.id)]


async def test_so_many_new_places_are_read_in_a_server_and_in_all_those_with_the_latest_news(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    latest = set[str]()
    for number in range(6):
        guild = dc.world.new_guild(f"server {number}")
        for place in range(NEW_IN_SERVER + 1):
            channel = dc.world.new_channel(TEXT, f"{number}-{place}", guild=guild)
            said = dc.says(f"{number}-{place}", channel=channel, mention=True, heard=False)
            latest |= {str(said.channel.id)} if place else set()
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: len(taken.inbounds) == NEW_PLACES)
        dc.says("the end", channel=dc.dm)
        await dc.wait_for(lambda: taken.last.text == "the end")
    assert len(read(dc)) == NEW_PLACES
    assert set(read(dc)) <= latest


async def test_what_is_said_meanwhile_waits_for_what_was_missed_before_it(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await away(dc, taken, tmp_path, dc.dm)
    dc.says("", [Photo()], channel=dc.dm, heard=False)
    reading = dc.hold(HISTORY)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: dc.calls(HISTORY))
        dc.says("make a video of it", channel=dc.dm)
        other = dc.says("somewhere else", mention=True)
        await dc.wait_for(lambda: any(said.message == str(other.id) for said in taken.inbounds))
        reading.set()
        await dc.wait_for(lambda: len({said.id for said in taken.inbounds}) == 4)
    direct = [said for said in taken.inbounds if said.place.private]
    assert [(said.text, len(said.attachments)) for said in direct[:3]] == [
        ("the first", 0),
        ("", 1),
        ("make a video of it", 0),
    ]


async def test_a_chat_that_is_spoken_in_is_read_before_its_turn(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    other = dc.world.new_channel(TEXT, "other", guild=dc.guild)
    await away(dc, taken, tmp_path, other)
    await away(dc, taken, tmp_path, dc.general)
    dc.says("missed there", mention=True, heard=False)
    dc.requests.clear()
    first = dc.hold(HISTORY)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: read(dc) == [str(other.id)])
        dc.says("live", mention=True)
        await dc.wait_for(lambda: taken.last.text == "live")
        assert read(dc) == [str(other.id), str(dc.general.id)]
        first.set()
    assert [said.text for said in taken.inbounds] == [
        "the first",
        "the first",
        "missed there",
        "live",
    ]


async def test_what_is_both_told_and_read_is_taken_in_once(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await away(dc, taken, tmp_path, dc.general)
    dc.says("missed", mention=True, heard=False)
    reading = dc.hold(HISTORY)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: dc.calls(HISTORY))
        dc.says("live", mention=True)
        reading.set()
        dc.says("the end", channel=dc.dm)
        await dc.wait_for(lambda: len(taken.inbounds) == 4)
    assert sorted(said.text for said in taken.inbounds) == [
        "live",
        "missed",
        "the end",
        "the first",
    ]


async def test_a_server_that_was_lost_is_read_when_it_is_found_again(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await away(dc, taken, tmp_path, dc.general)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: read(dc))
        dc.lost(dc.guild)
        dc.says("missed", mention=True, heard=False)
        dc.found(dc.guild)
        await dc.wait_for(lambda: taken.last.text == "missed")
    assert set(read(dc)) == {str(dc.general.id)}


async def test_where_reading_failed_it_begins_at_the_same_point_at_the_next_connection(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await away(dc, taken, tmp_path, dc.general)
    dc.says("missed", mention=True, heard=False)
    dc.refuse(HISTORY, 400, 0, times=6)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: dc.calls(HISTORY))
        dc.says("live", mention=True)  # newer than what was missed
        await dc.wait_for(lambda: taken.last.text == "live" and len(dc.calls(HISTORY)) == 6)
        await dc.drop_gateway(forget=True)
        await dc.wait_for(lambda: taken.last.text == "missed")
    assert [said.text for said in taken.inbounds] == ["the first", "live", "missed"]


async def test_a_chat_whose_last_message_is_not_known_is_read_from_a_time_on(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    dc.says("long ago", channel=dc.dm, heard=False)
    dc.clock.advance(3600)
    alive = dc.clock()
    dc.clock.advance(3600)
    dc.says("missed", channel=dc.dm, heard=False)

    async def recall() -> dict[Address, Heard]:
        return {address(dc.dm): Heard(0, alive)}

    taken.recall = recall  # type: ignore[method-assign]
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: taken.inbounds)
    assert [said.text for said in taken.inbounds] == ["missed"]


async def test_all_of_a_chat_is_taken_in_however_much_it_is(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await away(dc, taken, tmp_path, dc.general)
    for number in range(105):
        dc.says("others", user=dc.onlooker, heard=False)
        dc.says(f"missed {number}", mention=True, heard=False)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: len(taken.inbounds) == 106)
    assert [said.text for said in taken.inbounds[1:]] == [
        f"missed {number}" for number in range(105)
    ]


async def test_in_the_talk_of_others_it_looks_no_further_than_so_far(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await away(dc, taken, tmp_path, dc.general)
    for _ in range(READ):
        dc.says("others", user=dc.onlooker, heard=False)
    dc.says("missed", mention=True, heard=False)
    async with running(dc, connected(dc, tmp_path), taken):
        live = dc.says("now", mention=True)
        await dc.wait_for(lambda: taken.last.message == str(live.id))
    assert [said.text for said in taken.inbounds] == ["the first", "now"]


async def test_a_chat_that_cannot_be_read_for_a_moment_is_tried_again(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await away(dc, taken, tmp_path, dc.dm)
    dc.says("missed", channel=dc.dm, heard=False)
    dc.cut(HISTORY, times=2, done=False)
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: len(taken.inbounds) == 2)
    assert len(read(dc)) == 3


async def test_a_chat_that_is_closed_to_the_bot_is_left_alone_and_the_others_are_read(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await away(dc, taken, tmp_path, dc.dm)
    await away(dc, taken, tmp_path, dc.general)
    dc.says("directly", channel=dc.dm, heard=False)
    dc.forbid(dc.general, "view_channel")
    dc.requests.clear()
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: len(taken.inbounds) == 3 and str(dc.general.id) in read(dc))
        dc.says("and live", channel=dc.dm)
        await dc.wait_for(lambda: taken.last.text == "and live")
    assert read(dc).count(str(dc.general.id)) == 1


async def test_a_server_where_the_bot_is_not_is_not_asked_for_its_messages(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await away(dc, taken, tmp_path, dc.dm)
    place = dc.foreign()

    async def recall() -> dict[Address, Heard]:
        return {address(place): Heard(1, 0.0), address(dc.dm): Heard(1, 0.0)}

    taken.recall = recall  # type: ignore[method-assign]
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: str(dc.dm.id) in read(dc))
    assert str(place.id) not in read(dc)


async def test_trouble_with_one_missed_message_does_not_hide_the_next(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await away(dc, taken, tmp_path, dc.dm)
    dc.says("the bad one", channel=dc.dm, heard=False)
    dc.says("the good one", channel=dc.dm, heard=False)
    receive = taken.receive

    async def choosy(inbound: Inbound) -> None:
        if inbound.text == "the bad one":
            raise RuntimeError("a defect")
        await receive(inbound)

    taken.receive = choosy  # type: ignore[method-assign]
    async with running(dc, connected(dc, tmp_path), taken):
        await dc.wait_for(lambda: taken.last.text == "the good one")


async def test_every_shard_reads_its_own_chats_once(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await away(dc, taken, tmp_path, dc.dm)
    await away(dc, taken, tmp_path, dc.general)
    dc.says("missed there", mention=True, heard=False)
    dc.says("missed directly", channel=dc.dm, heard=False)
    dc.requests.clear()
    async with running(dc, connected(dc, tmp_path, DISCORD_SHARDS="2"), taken):
        await dc.wait_for(lambda: len(taken.inbounds) == 4)
        await dc.wait_for(lambda: len(dc.gateway.sessions) == 2)
    assert sorted(read(dc)) == sorted([str(dc.dm.id), str(dc.general.id)])


async def test_whoever_wrote_while_the_process_was_down_gets_the_video(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    places = (dc.dm, dc.general)
    picture = Photo("photo.jpg", photograph(480, 320, "steelblue"))
    async with quick_standin().serving() as url:
        async with whole(tmp_path, url, connected(dc, tmp_path)):
            await dc.wait_for(lambda: dc.gateway.identified)
            dc.says("hello", channel=dc.dm)
            dc.says("hello", mention=True)
            await dc.wait_for(lambda: all(dc.bot_says(place) for place in places))
        dc.says("", [picture], channel=dc.dm, heard=False)
        dc.says("make a 2-second video of it", channel=dc.dm, heard=False)
        dc.says("make a 2-second video", [picture], mention=True, heard=False)
        async with whole(tmp_path, url, connected(dc, tmp_path)):
            await dc.wait_for(
                lambda: all(any(m.files for m in dc.bot_says(place)) for place in places)
            )
        dc.requests.clear()
        async with whole(tmp_path, url, connected(dc, tmp_path)):
            await dc.wait_for(lambda: len(read(dc)) == 2)
    assert [sum(bool(m.files) for m in dc.bot_says(place)) for place in places] == [1, 1]


async def test_what_has_just_come_is_taken_in_also_while_discord_asks_for_a_pause(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    await away(dc, taken, tmp_path, dc.general)
    dc.says("missed", mention=True, heard=False)
    dc.refuse(HISTORY, 429, times=100, seconds=3600.0)
    async with running(dc, connected(dc, tmp_path), taken):
        dc.says("now", mention=True)
        await dc.wait_for(lambda: taken.last.text == "now")
    assert [said.text for said in taken.inbounds] == ["the first", "now"]


async def test_two_wishes_that_were_written_while_the_process_was_down_are_two_videos(
    dc: FakeDiscord, tmp_path: Path
) -> None:
    picture = Photo("photo.jpg", photograph(480, 320, "steelblue"))
    standin = quick_standin(quota=False, credits=10**6)
    for title in ("One", "Two"):
        for words in ("upload", "hello"):
            dc.says(words, mention=True, heard=False)
        dc.says(
            f'make a 2-second video of this with the title "{title}"',
            [picture],
            mention=True,
            heard=False,
        )
        dc.clock.advance(5)
    async with standin.serving() as url, whole(tmp_path, url, connected(dc, tmp_path)):
        await dc.wait_for(lambda: sum(bool(message.files) for message in dc.bot_says()) == 2)
    sessions = standin.world.sessions.values()
    assert [sum(not medium.generated for medium in session.media) for session in sessions] == [1, 1]
