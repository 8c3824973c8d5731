"""A group reel over the wire: several people answer its message with photos, and who opened it says
what to make of them."""

import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path

import pytest

from bots.sandbox.standin.app import StandIn
from tests.bots.telegram.conftest import PACE, connected
from tests.servers.telegram import FakeTelegram, Seen, photograph
from tests.world import bot

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time
GROUP, ANNA, BEN, CLEO = -1_000_000_000_700, 2001, 2002, 2003
TOPIC = 55
COLOURS = ("steelblue", "tomato", "gold", "seagreen")


class Scene:
    """A group in which privacy mode hides from the bot whatever does not answer it."""

    def __init__(self, telegram: FakeTelegram, backend: StandIn, path: Path) -> None:
        self.telegram, self.backend, self.path = telegram, backend, path
        self.photos = iter(photograph(480, 320 + 2 * n, COLOURS[n % 4]) for n in range(30))

    def said(self, part: str) -> list[Seen]:
        return [seen for seen in self.telegram.said(GROUP) if part in seen.text]

    async def reads(self, part: str) -> Seen:
        """A message that is posted, and known to be."""
        await self.telegram.wait_for(lambda: self.said(part), 60.0)
        found = self.said(part)[-1]
        with closing(sqlite3.connect(self.path)) as db:
            sql = f"SELECT 1 FROM messages WHERE message = '{found.id}'"
            await self.telegram.wait_for(lambda: db.execute(sql).fetchone(), 60.0)
        return found

    def adds(self, who: int, count: int = 1, words: str = "") -> None:
        reel = self.said("Group reel")[-1]
        album = tuple((next(self.photos), words if not n else "") for n in range(count))
        self.telegram.user_sends_album(*album, chat=GROUP, user=who, reply_to=reel.id)

    def presses(self, who: int, label: str) -> None:
        reel = self.said("Group reel")[-1]
        named = next(it for it in reel.labels if label in it)
        self.telegram.presses(reel.id, named, chat=GROUP, user=who)


@asynccontextmanager
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with FakeTelegram(privacy=True) as telegram:
        telegram.add_group(GROUP, forum=True, topics=(TOPIC,))
        adapter = connected(telegram, tmp_path, replace(PACE, group_edit=0.4), time.time)
        adapter.edit_seconds = 0.0
        backend = StandIn(video_height=90, speed=0)
        async with backend.serving() as url, bot(tmp_path, url, adapter):
            yield Scene(telegram, backend, tmp_path / "bot.sqlite")


async def test_photos_of_three_people_become_one_video_that_its_opener_pays(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path) as group:
        group.telegram.user_sends("/reel", chat=GROUP, user=ANNA)
        opened = await group.reads("Group reel: no photos yet")
        group.adds(BEN, 2)
        group.adds(CLEO)
        assert (await group.reads("3 photos from 2 people")).id == opened.id, "edited in place"
        group.telegram.user_sends("so cute!", chat=GROUP, user=BEN, reply_to=opened.id)
        group.telegram.user_sends("/forget", user=CLEO)
        await group.telegram.wait_for(lambda: group.telegram.said(CLEO))
        asked = group.telegram.said(CLEO)[-1]
        assert "group reel" in asked.text
        group.telegram.presses(asked.id, asked.labels[0], chat=CLEO, user=CLEO)
        await group.reads("2 photos from 1 person")
        group.adds(ANNA)
        await group.reads("3 photos from 2 people")
        group.presses(BEN, "Make it")
        toasts = group.telegram.world.queries
        await group.telegram.wait_for(
            lambda: any("Only the person who opened" in (it or "") for it in toasts.values())
        )
        group.telegram.user_sends("/reel", chat=GROUP, user=ANNA, thread=TOPIC)
        second = await group.reads("Group reel: no photos yet")
        assert (second.id != opened.id, second.thread) == (True, TOPIC)
        group.adds(BEN)
        await group.reads("1 photo from 1 person")
        words = "make a slow 4-second video of them"
        group.telegram.user_sends(words, chat=GROUP, user=ANNA, reply_to=opened.id)
        await group.telegram.wait_for(
            lambda: [seen for seen in group.telegram.said(GROUP) if seen.video], 100.0
        )
        (upload,) = group.backend.asked("upload")
        assert len(upload.facts["parts"]) == 3
        over = "SELECT 1 FROM jobs WHERE plan = 'reel' AND state = 'done'"
        with closing(sqlite3.connect(group.path)) as db:
            await group.telegram.wait_for(lambda: db.execute(over).fetchone(), 60.0)
            gone, there = (
                f"SELECT COUNT(*) FROM shares JOIN jobs ON jobs.id = job WHERE jobs.thread {which}"
                for which in ("= ''", "!= ''")
            )
            assert db.execute(gone).fetchone() == (0,), "nobody's is kept"
            assert db.execute(there).fetchone() == (1,), "that of the other topic still stands"
            theirs = "SELECT files FROM versions UNION ALL SELECT body || bundle FROM jobs"
            kept = [row for (row,) in db.execute(theirs) if "FILE-photo" in row]
            assert kept == [], "nor with the request or the version that came of them"
        (turn,) = group.backend.asked("turn")
        assert words in str(turn.facts["json"])
        group.presses(ANNA, "Make it")
        await group.telegram.wait_for(
            lambda: [s for s in group.telegram.said(GROUP) if s.video and s.thread == TOPIC], 100.0
        )
        _, upload = group.backend.asked("upload")
        assert len(upload.facts["parts"]) == 1
