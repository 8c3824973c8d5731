"""Jobs waiting for their next step: claimed when due and when their lock is free, committed with a
version check.

The order of the queue is SQL, since every claim looks at all open jobs and only the database does
that in well under a millisecond: due first, one job a lock, one token asked for at a time, and the
bounds of core.domain.fairness. What a job becomes, and whether it lets others past, is decided in
the domain."""

import sqlite3
from dataclasses import replace

from core.domain.accounts import GRANT_LIFE
from core.domain.admission import Space, Spending, Spent
from core.domain.conversation import Chat
from core.domain.conversation.aftermath import chat_after, chat_for
from core.domain.fairness import LONG, LONG_STEPS, STEPS_OF_ONE_USER, lets_past
from core.domain.privacy import lifetime
from core.domain.requests import Account, Advanced, Job, Plan, Step
from core.domain.requests.endings import awaits_news, joined, settled
from core.domain.requests.estimates import SAMPLE, usual
from core.messages import Address
from core.store import Claimed, LostLease
from core.store.sqlite import chats, drafts, holds, outbox, pseudonyms, rows, spending, turns

# One job of a user connects at a time: two would both ask for the one free token, and the second
# refusal of it looks like the end of everybody's quota (D3).
_LONG = ", ".join(f"'{step}'" for step in LONG)
CLAIMABLE = f"""
    FROM jobs j WHERE state = 'open' AND claimed = 0 AND (
        step = 'gather' OR lock = '' OR NOT EXISTS (
            SELECT 1 FROM jobs e WHERE e.lock = j.lock AND e.state = 'open' AND e.id < j.id
            AND NOT e.lets_past
        )
    ) AND (
        SELECT COUNT(*) FROM jobs r
        WHERE r.claimed = 1 AND r.platform = j.platform AND r.user = j.user
        AND (r.lock = '') = (j.lock = '')
    ) < {STEPS_OF_ONE_USER} AND (
        step NOT IN ({_LONG}) OR (
            SELECT COUNT(*) FROM jobs r WHERE r.claimed = 1 AND r.step IN ({_LONG})
        ) < {LONG_STEPS}
    ) AND (
        step != 'connect' OR NOT EXISTS (
            SELECT 1 FROM jobs r
            WHERE r.claimed = 1 AND r.step = 'connect' AND r.platform = j.platform
            AND r.user = j.user
        )
    )
"""  # noqa: S608 (numbers of ours)


def claim(db: sqlite3.Connection, now: float) -> Claimed | None:
    """Take up the next due job: version and claims go up by one, on disk before the step acts."""
    row = rows.one(db, f"SELECT * {CLAIMABLE} AND due <= ? ORDER BY due, id LIMIT 1", now)
    if row is None:
        return None
    db.execute(
        "UPDATE jobs SET claimed = 1, claims = claims + 1, version = version + 1 WHERE id = ?",
        (row["id"],),
    )
    job = replace(rows.to_job(row), claims=row["claims"] + 1, version=row["version"] + 1)
    job = drafts.whole(db, job)
    grants = rows.every(
        db,
        "SELECT granted FROM accounts WHERE granted > ?"
        " UNION ALL SELECT granted FROM granted WHERE granted > ? ORDER BY granted",
        now - GRANT_LIFE,
        now - GRANT_LIFE,
    )
    closed = rows.one(db, "SELECT value FROM meta WHERE name = 'closed_until'")
    gathers, place = job.step is Step.GATHER, (job.address.platform, job.space)
    return Claimed(
        space=chats.space_of(db, *place) if gathers else Space(),
        spent=spending.spent_by(db, place[0], job.user, job.space, now) if gathers else Spent(),
        spending=spending.spending_of(db, job, now) if job.plan is Plan.CREDITS else Spending(),
        usual=_usual(db, job.plan, "ended - created"),
        price=_usual(db, job.plan, "json_extract(body, '$.progress.price.spent')"),
        job=job,
        chat=chat_for(chats.load_chat(db, job.user, job.address), job),
        account=account(db, job.address.platform, job.user),
        grants=tuple(row["granted"] for row in grants),
        closed_until=float(closed["value"]) if closed else 0.0,
    )


def _usual(db: sqlite3.Connection, plan: str, what: str) -> float:
    """What the last finished requests of this kind usually took or cost."""
    sql = (
        f"SELECT {what} AS took FROM jobs WHERE plan = ? AND state = 'done' ORDER BY id "  # noqa: S608
        "DESC LIMIT ?"
    )
    return usual([row["took"] for row in rows.every(db, sql, plan, SAMPLE)])


def account(db: sqlite3.Connection, platform: str, user: str) -> Account:
    """A user's account; it was stored with the first job."""
    row = rows.one(db, "SELECT * FROM accounts WHERE platform = ? AND user = ?", platform, user)
    return rows.to_account(row) if row else Account(user, "")


def commit(db: sqlite3.Connection, advanced: Advanced, now: float) -> bool:
    """Write 2. The version is the fence: where it is not the claimed one any more, nothing is
    written.

    False where something joined the bundle while it was being closed: it waits once more, and is
    closed with that."""
    row = rows.one(db, "SELECT * FROM jobs WHERE id = ?", advanced.job.id)
    if row is None or row["version"] != advanced.job.version:
        raise LostLease(f"job {advanced.job.id}")
    stored = rows.to_job(row)
    if joined(stored, advanced.job):
        db.execute("UPDATE jobs SET claimed = 0, claims = 0 WHERE id = ?", (stored.id,))
        return False
    advanced = settled(advanced, cancelled=stored.cancelled)
    job = advanced.job
    lean, large = drafts.parted(job)
    db.execute(
        "UPDATE jobs SET plan = ?, step = ?, state = ?, due = ?,"
        " notified_at = MAX(notified_at, ?), claims = 0, claimed = 0, body = ?,"
        " ended = CASE WHEN ? = 'open' THEN 0 ELSE ? END, lets_past = ? WHERE id = ?",
        (
            job.plan,
            job.step,
            job.state,
            job.due,
            job.notified_at,
            rows.body(lean),
            job.state,
            now,
            lets_past(job),
            job.id,
        ),
    )
    drafts.keep(db, job, large)
    for message in advanced.posts:
        outbox.add(db, message, now, job.id)
    for spawned in advanced.spawn:
        turns.start(db, spawned, (), now)
    _remember(db, advanced, now)
    return True


def _remember(db: sqlite3.Connection, advanced: Advanced, now: float) -> None:
    """The account, the project and the kept photos, as the step has left them."""
    job = advanced.job
    known = advanced.account
    if known is not None:
        db.execute(
            "UPDATE accounts SET token = ?, expires = ?, granted = ?, anonymous = ?, own = ?"
            " WHERE platform = ? AND user = ?",
            (
                known.token,
                known.expires,
                known.granted,
                known.anonymous,
                known.own,
                job.address.platform,
                job.user,
            ),
        )
    if advanced.drop_token:
        sql = "UPDATE accounts SET token = '', expires = 0 WHERE platform = ? AND user = ?"
        db.execute(sql, (job.address.platform, job.user))
    if advanced.closed_until:
        db.execute(
            "INSERT OR REPLACE INTO meta VALUES ('closed_until', ?)", (str(advanced.closed_until),)
        )
    chat = chats.load_chat(db, job.user, job.address)
    after = chat_after(chat, advanced, now)
    if after != chat:
        chats.save_chat(db, after, now)


def running_silently(db: sqlite3.Connection, before: float) -> list[Job]:
    """Jobs whose user waits for news, and has seen none since `before`."""
    sql = "SELECT * FROM jobs WHERE state = 'open' AND notified_at > 0 AND notified_at <= ?"
    return [job for row in rows.every(db, sql, before) if awaits_news(job := rows.to_job(row))]


def due(db: sqlite3.Connection) -> float | None:
    """When the next claimable job is due."""
    row = rows.one(db, f"SELECT MIN(due) AS due {CLAIMABLE}")
    return row["due"] if row else None


def sweep(db: sqlite3.Connection, now: float) -> None:
    """Erase what has outlived its time.

    What ended as soon as it was gathered was no request: its photos wait for words, or have gone
    into others."""
    holds.sweep(db, now)
    pseudonyms.sweep(db, now)
    db.execute("DELETE FROM seen WHERE at < ?", (now - lifetime("seen"),))
    db.execute("DELETE FROM posted WHERE at < ?", (now - lifetime("requests"),))
    db.execute("DELETE FROM messages WHERE at < ?", (now - lifetime("requests"),))
    db.execute(
        "DELETE FROM jobs WHERE state != 'open' AND created < ?", (now - lifetime("requests"),)
    )
    db.execute(
        "DELETE FROM outbox WHERE created < ? AND claimed = 0", (now - lifetime("requests"),)
    )
    db.execute("DELETE FROM cursors WHERE user = '' AND at < ?", (now - lifetime("requests"),))
    db.execute(
        "DELETE FROM jobs WHERE state != 'open' AND step = 'gather' AND created < ?",
        (now - lifetime("photos"),),
    )
    _age(db, now)


def _age(db: sqlite3.Connection, now: float) -> None:
    """Let go of photos and words that have waited for a day, whatever else was said in their chat
    meanwhile."""
    waiting = "json_extract(body, '$.kept') != '[]' OR json_extract(body, '$.wish') != ''"
    for row in rows.every(db, f"SELECT * FROM chats WHERE {waiting}"):  # noqa: S608 (text of ours)
        chat: Chat = rows.CHAT.validate_json(row["body"])
        chat = replace(chat, address=Address(row["platform"], row["chat"], row["thread"]))
        if (aged := chat.aged(now)) != chat:
            chats.save_chat(db, aged, now)
