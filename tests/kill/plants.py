"""Losses and repetitions planted on purpose: with any of them the long run must find a promise
broken."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.process import Scene

POSTS = "POST /channels/{channel_id}/messages"


GROUND = {
    "job": ("jobs", "state = 'open' AND step NOT IN ('gather', 'poll', 'link')"),
    "words": ("outbox", "slot = ''"),
    "post": (
        "outbox",
        "platform = 'discord' AND slot = '' AND json_extract(body, '$.media.url') IS NOT NULL",
    ),
    "render": ("jobs", "state = 'open' AND step IN ('poll', 'link')"),
}
"""Where each can be planted: the table, and which of its rows."""


def _deleted(plant: str) -> Callable[[sqlite3.Connection], bool]:
    table, which = GROUND[plant]
    first = f"SELECT MIN(id) FROM {table} WHERE {which}"
    return lambda db: db.execute(f"DELETE FROM {table} WHERE id = ({first})").rowcount > 0


def _post_again(db: sqlite3.Connection) -> bool:
    """Owe a video on Discord twice, as two messages that have nothing to do with one another."""
    names = "platform, chat, thread, slot, job, user, body, due, created"
    _, which = GROUND["post"]
    return (
        db.execute(
            f"INSERT INTO outbox ({names}) SELECT {names} FROM outbox WHERE {which} LIMIT 1"
        ).rowcount
        > 0
    )


def _render_again(db: sqlite3.Connection) -> bool:
    """Forget the id of an export that was started."""
    first = f"SELECT MIN(id) FROM jobs WHERE {GROUND['render'][1]}"
    forgotten = "body = json_set(body, '$.progress.export.render.id', '')"
    return (
        db.execute(
            f"UPDATE jobs SET step = 'name', due = 0, {forgotten} WHERE id = ({first})"
        ).rowcount
        > 0
    )


PLANTS: dict[str, Callable[[sqlite3.Connection], bool]] = {
    "job": _deleted("job"),
    "words": _deleted("words"),
    "post": _post_again,
    "render": _render_again,
}
"""Each breaks a promise in the bot's stead, while it is down; False if there was nothing to break
at that instant."""

COPY = "copy"
"""Everything since a copy of the database was made is lost."""


def plantable(database: Path, plant: str) -> bool:
    """Whether there is something to break at this instant, the bot being alive."""
    table, which = GROUND.get(plant, GROUND["job"])
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return db.execute(f"SELECT 1 FROM {table} WHERE {which} LIMIT 1").fetchone() is not None


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
            here.discord.hold(
                POSTS, times=1000, file=".mp4"
            )  # of anything else, the person would wait in vain
        case "render":
            here.standin.faults.set("poll", "slow:9", times=3)
        case _:
            pass


def hurry(here: Scene) -> None:
    """End all delays."""
    here.telegram.faults.clear()
    here.discord.faults.clear()
    here.standin.faults.clear()
