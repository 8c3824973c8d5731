"""A record that cannot be read does not end the process: everybody else is served, also after the
next start."""

import sqlite3
from contextlib import closing
from pathlib import Path

from core.i18n import text
from tests.backend import quick_standin
from tests.fakes import FakeAdapter
from tests.world import bot, photo


async def test_others_get_their_video(tmp_path: Path) -> None:
    told = list[str]()
    async with quick_standin().serving() as url:
        before = FakeAdapter()
        async with bot(tmp_path, url, before, GATHER_SECONDS="30"):
            await before.says("a video, please", photo(), user="unlucky")
        with closing(sqlite3.connect(tmp_path / "bot.sqlite")) as db, db:
            db.execute("UPDATE jobs SET body = '{', due = 0")
            db.execute("UPDATE outbox SET body = '{'")
        for number in (1, 2):
            adapter = FakeAdapter()
            async with bot(tmp_path, url, adapter):
                await adapter.says("a video, please", photo(number), user=f"lucky-{number}")
                await adapter.result(seconds=20.0)
            told += [each.text for each in adapter.shown if each.outbound.user == "unlucky"]
    assert told == [text("trouble.ours_unread", "en")]
