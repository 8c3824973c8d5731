"""What those whom ADMINS names do to the whole bot: inside a decision, or from the command line."""

import json
from dataclasses import asdict, replace
from typing import assert_never

from core.domain.operating import (
    Announce,
    Ban,
    Draft,
    Hush,
    Operation,
    Pause,
    Raise,
    Resume,
    Unban,
    called_off,
    held_back_status,
)
from core.domain.reels import closed
from core.domain.requests import Plan
from core.store.database import Database
from core.store.statements import (
    accounts,
    changes,
    charging,
    operating,
    outbox,
    queue,
    rows,
)
from core.store.statements.reels import making
from core.store.statements.remains import known_job


def operate(db: Database, operation: Operation, now: float) -> None:
    """Do it."""
    match operation:
        case Pause():
            _pause(db, operation, now)
        case Resume():
            rows.drop_value(db, rows.PAUSE)
            queue.sort_requests_anew(db)
        case Ban():
            _ban(db, operation, now)
        case Unban(platform, user):
            code = accounts.code(db, user, platform)
            db.execute("DELETE FROM bans WHERE who = ?", (code,))
        case Draft(drafted):
            operating.draft_news(db, drafted, now)
        case Announce(key):
            operating.announce(db, key)
        case Hush(key):
            operating.hush(db, key)
        case Raise(platform, user, credits):
            _raise_by(db, platform, user, credits, now)
        case _:
            assert_never(operation)


def _pause(db: Database, pause: Pause, now: float) -> None:
    """Whose request is held back by it reads so in its status, in its place and without a ring."""
    rows.keep_value(db, rows.PAUSE, json.dumps(asdict(pause)))
    queue.sort_requests_anew(db)
    held = "SELECT * FROM jobs WHERE state = 'open' AND waits = ? AND cancelled = 0"
    for row in rows.every(db, held, queue.PAUSED):
        job = known_job(db, row)
        outbox.add(db, held_back_status(job, pause), now, job.id)
        chat = rows.load_chat(db, job.user, job.address)
        rows.save_chat(db, replace(chat, told_pause=pause.at), now)


def _ban(db: Database, ban: Ban, now: float) -> None:
    """What is not paid for ends, with words where there have been some. The photos of a reel are
    of others, who read that it is closed."""
    code = accounts.code(db, ban.user, ban.platform)
    sql = "INSERT INTO bans (who, platform, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    db.execute(sql, (code, ban.platform, now))
    theirs = "SELECT * FROM jobs WHERE state = 'open' AND platform = ? AND user = ?"
    open_jobs = [known_job(db, row) for row in rows.every(db, theirs, ban.platform, ban.user)]
    over = [job for job in open_jobs if called_off(job)]
    for job in over:
        changes.cancel(db, job.id, now)
    for job in over:
        if job.plan is Plan.REEL and making(db, job) is None:
            outbox.add(db, closed(job, "reel.closed"), now, job.id)


def _raise_by(db: Database, platform: str, user: str, credits: int | None, now: float) -> None:
    """This person may spend so many more today; None: as many as they have used."""
    who = accounts.code(db, user, platform)
    if credits is None:
        credits = charging.charged(db, platform, user, "", now).user.day
    sql = "INSERT INTO raised (platform, who, at, credits) VALUES (?, ?, ?, ?)"
    db.execute(sql, (platform, who, now, credits))
