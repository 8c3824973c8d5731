"""Shards in groups, each taken in by one process, while another posts and fetches without any."""

import asyncio
from pathlib import Path

from tests.bots.discord.conftest import Taken, answer, connected
from tests.servers.discord import FakeDiscord, Photo


async def test_groups_of_shards_come_and_go_by_themselves_and_posts_need_none_of_them(
    dc: FakeDiscord, taken: Taken, tmp_path: Path
) -> None:
    one, other, third = (connected(dc, tmp_path / name, DISCORD_SHARDS="2") for name in "abc")
    one.recall = other.recall = taken.recall
    assert one.parts == 2

    def shards() -> list[tuple[int, int]]:
        return sorted(session.shard for session in dc.gateway.sessions)

    async with asyncio.TaskGroup() as group:
        first = group.create_task(one.run_part(0, taken.receive))
        second = group.create_task(other.run_part(1, taken.receive))
        attached = group.create_task(third.attach())
        await dc.wait_for(lambda: shards() == [(0, 2), (1, 2)])
        dc.says("make a video", [Photo("a.jpg", b"sent")], mention=True)
        await dc.wait_for(lambda: taken.inbounds)
        file = taken.last.attachments[0]
        await dc.wait_for(lambda: third._delivery.client is not None)
        assert (await third.fetch(file, tmp_path)).read_bytes() == b"sent"
        posted = await third.send(answer(taken.last, "Your video is ready"), None, "n-1")
        assert posted
        assert third.heard == 0, "who takes nothing in hears nothing"
        (kept,) = [session for session in dc.gateway.sessions if session.shard == (1, 2)]
        first.cancel()
        await asyncio.wait([first])
        taking_over = group.create_task(other.run_part(0, taken.receive))
        await dc.wait_for(lambda: len(other._clients) == 2)
        assert kept in dc.gateway.sessions, "the other group has noticed nothing"
        dc.slash("status")
        await dc.wait_for(lambda: len(taken.inbounds) == 2)
        for task in (second, taking_over, attached):
            task.cancel()
