"""Losses and repetitions planted on purpose: with any of them the long run must find a promise broken."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.process import Scene

POSTS = "POST /channels/{channel_id}/messages"


def _deleted(table: str, which: str) -> Callable[[sqlite3.Connection], bool]:
    def plant(db: sqlite3.Connection) -> bool:
        return db.execute(f"DELETE FROM {table} WHERE id = (SELECT MIN(id) FROM {table} WHERE {which})").rowcount > 0

    return plant


def _post_again(db: sqlite3.Connection) -> bool:
    """Owe a video on Discord twice, as two messages that have nothing to do with one another."""
    names = "platform, chat, thread, slot, job, user, body, due, created"
    which = "platform = 'discord' AND slot = '' AND json_extract(body, '$.video') IS NOT NULL"
    return db.execute(f"INSERT INTO outbox ({names}) SELECT {names} FROM outbox WHERE {which} LIMIT 1").rowcount > 0


def _render_again(db: sqlite3.Connection) -> bool:
    """Forget the id of an export that was started."""
    which = "SELECT MIN(id) FROM jobs WHERE state = 'open' AND step IN ('poll', 'link')"
    forgotten = "body = json_set(body, '$.facts.render', '')"
    return db.execute(f"UPDATE jobs SET step = 'name', due = 0, {forgotten} WHERE id = ({which})").rowcount > 0


PLANTS: dict[str, Callable[[sqlite3.Connection], bool]] = {
    "job": _deleted("jobs", "state = 'open' AND step NOT IN ('gather', 'poll', 'link')"),
    "words": _deleted("outbox", "slot = ''"),
    "post": _post_again,
    "render": _render_again,
}
"""Each breaks a promise in the bot's stead, while it is down; False if there was nothing to break at that instant."""

COPY = "copy"
"""Everything since a copy of the database was made is lost."""


def planted(database: Path, plant: str, copy: Path) -> bool:
    """Plant it; False if that was not possible now."""
    if plant != COPY:
        with closing(sqlite3.connect(database)) as db:
            done = PLANTS[plant](db)
            db.commit()
        return done
    with closing(sqlite3.connect(database)) as db:
        if not db.execute("SELECT id FROM jobs WHERE state = 'open' LIMIT 1").fetchone():
            return False
    for end in ("-wal", "-shm"):
        database.with_name(database.name + end).unlink(missing_ok=True)
    copy.replace(database)
    return True


def copied(source: Path, target: Path) -> None:
    """A copy to come back to."""
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)


def delay(here: Scene, plant: str) -> None:
    """Keep the bot for a while where there is something to plant."""
    match plant:
        case "words":
            here.telegram.hang("sendMessage")
        case "post":
            here.discord.hold(POSTS)
            here.discord.hold(POSTS)
        case "render":
            here.standin.faults.set("poll", "slow:9", times=3)
        case _:
            pass


def hurry(here: Scene) -> None:
    """End all delays."""
    here.telegram.faults.clear()
    here.discord.faults.clear()
    here.standin.faults.clear()
