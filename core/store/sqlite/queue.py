"""Jobs waiting for their next step: claimed when due and when their lane is free, committed with a
version check."""

from dataclasses import replace
from statistics import median

import aiosqlite

from core.domain.accounts import GRANT_LIFE
from core.domain.admission import Space, Spending, Spent
from core.domain.conversation import Chat
from core.domain.privacy import lifetime
from core.domain.requests import Account, Advanced, Kept, Plan, State, Step
from core.messages import Address
from core.store import Claimed, LostLease
from core.store.sqlite import drafts, holds, outbox, pseudonyms, rows, turns

ENOUGH = 5
"""Requests that make a history to estimate from."""

STEPS_OF_ONE_USER = 2
"""Steps of one user that run at the same time, and as many of their questions (those without a
lane): the places left are for the others, however much one has asked for, and no question waits
behind a video in the making."""
LONG_STEPS = 16
"""Steps that may take minutes and run at the same time, of all users; fewer than the driver runs,
so that what is short (the balance, a look at an export) never waits for them."""

# A request that waits for a yes to its price holds up nothing behind it.
# One job of a user connects at a time: two would both ask for the one free token, and the second
# refusal of it looks
# like the end of everybody's quota (D3).
CLAIMABLE = f"""
    FROM jobs j WHERE state = 'open' AND taken = 0 AND (
        step = 'gather' OR lane = '' OR NOT EXISTS (
            SELECT 1 FROM jobs e WHERE e.lane = j.lane AND e.state = 'open' AND e.id < j.id
            AND NOT (e.step = 'price' AND json_extract(e.body, '$.facts.asked') IS TRUE
                AND json_extract(e.body, '$.facts.confirmed') IS NOT TRUE)
        )
    ) AND (
        SELECT COUNT(*) FROM jobs r
        WHERE r.taken = 1 AND r.platform = j.platform AND r.user = j.user
        AND (r.lane = '') = (j.lane = '')
    ) < {STEPS_OF_ONE_USER} AND (
        step NOT IN ('bring', 'upload', 'generate')
        OR (SELECT COUNT(*) FROM jobs r WHERE r.taken = 1 AND r.step IN ('bring', 'upload',
        'generate')) < {LONG_STEPS}
    ) AND (
        step != 'connect' OR NOT EXISTS (
            SELECT 1 FROM jobs r
            WHERE r.taken = 1 AND r.platform = j.platform AND r.user = j.user AND r.step = 'connect'
        )
    )
"""  # noqa: S608 (numbers of ours)


async def claim(db: aiosqlite.Connection, now: float) -> Claimed | None:
    """Take up the next due job: version and begun go up by one, on disk before the step acts."""
    row = await rows.one(db, f"SELECT * {CLAIMABLE} AND due <= ? ORDER BY due, id LIMIT 1", now)
    if row is None:
        return None
    await db.execute(
        "UPDATE jobs SET taken = 1, begun = begun + 1, version = version + 1 WHERE id = ?",
        (row["id"],),
    )
    job = replace(rows.to_job(row), begun=row["begun"] + 1, version=row["version"] + 1)
    job = await drafts.whole(db, job)
    grants = await rows.every(
        db,
        "SELECT granted FROM accounts WHERE granted > ?"
        " UNION ALL SELECT granted FROM granted WHERE granted > ? ORDER BY granted",
        now - GRANT_LIFE,
        now - GRANT_LIFE,
    )
    closed = await rows.one(db, "SELECT value FROM meta WHERE name = 'closed_until'")
    gathers, place = job.step is Step.GATHER, (job.address.platform, job.space)
    return Claimed(
        space=await turns.space_of(db, *place) if gathers else Space(),
        spent=await turns.spent_by(db, place[0], job.user, job.space, now) if gathers else Spent(),
        spending=await turns.spending_of(db, job, now) if job.plan is Plan.CREDITS else Spending(),
        usual=await _usual(db, job.plan, "ended - created"),
        price=await _usual(db, job.plan, "json_extract(body, '$.facts.spent')"),
        job=job,
        chat=await turns.load_chat(db, job.user, job.address),
        account=await account(db, job.address.platform, job.user),
        grants=tuple(row["granted"] for row in grants),
        closed_until=float(closed["value"]) if closed else 0.0,
    )


async def _usual(db: aiosqlite.Connection, plan: str, what: str) -> float:
    """The median of the last 25 finished requests of this kind, 0 while there are too few."""
    sql = (
        f"SELECT {what} AS took FROM jobs WHERE plan = ? AND state = 'done' ORDER BY id "  # noqa: S608
        "DESC LIMIT 25"
    )
    took = [row["took"] for row in await rows.every(db, sql, plan) if row["took"] is not None]
    return median(took) if len(took) >= ENOUGH else 0.0


async def account(db: aiosqlite.Connection, platform: str, user: str) -> Account:
    """A user's account; it was stored with the first job."""
    row = await rows.one(
        db, "SELECT * FROM accounts WHERE platform = ? AND user = ?", platform, user
    )
    return rows.to_account(row) if row else Account(user, "")


async def commit(db: aiosqlite.Connection, advanced: Advanced, now: float) -> bool:
    """Write 2. The version is the fence: where it is not the claimed one any more, nothing is
    written.

    False where something joined the pile while it was being closed: it waits once more, and is
    closed with that."""
    row = await rows.one(
        db, "SELECT version, cancelled, step, pile FROM jobs WHERE id = ?", advanced.job.id
    )
    if row is None or row["version"] != advanced.job.version:
        raise LostLease(f"job {advanced.job.id}")
    job, posts = advanced.job, advanced.posts
    if (
        row["step"] == Step.GATHER
        and not row["cancelled"]
        and rows.BUNDLE.validate_json(row["pile"]) != job.bundle
    ):
        await db.execute("UPDATE jobs SET taken = 0, begun = 0 WHERE id = ?", (job.id,))
        return False
    if row["cancelled"] and job.state is State.OPEN:
        job = replace(job, state=State.CANCELLED, cancelled=True, secret="")
        posts = (outbox.stopped(job),) if job.told else ()
    lean, large = drafts.parted(job)
    await db.execute(
        "UPDATE jobs SET plan = ?, step = ?, state = ?, due = ?, told = MAX(told, ?), begun = 0, "
        "taken = 0, body = ?,"
        " ended = CASE WHEN ? = 'open' THEN 0 ELSE ? END WHERE id = ?",
        (job.plan, job.step, job.state, job.due, job.told, rows.body(lean), job.state, now, job.id),
    )
    await drafts.keep(db, job, large)
    for message in posts:
        await outbox.add(db, message, now, job.id)
    for spawned in advanced.spawn:
        await turns.start(db, spawned, (), now)
    await _remember(db, advanced, now)
    return True


async def _remember(db: aiosqlite.Connection, advanced: Advanced, now: float) -> None:
    """The account, the project and the kept photos, as the step has left them."""
    job = advanced.job
    known = advanced.account
    if known is not None:
        await db.execute(
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
        await db.execute(sql, (job.address.platform, job.user))
    if advanced.closed_until:
        await db.execute(
            "INSERT OR REPLACE INTO meta VALUES ('closed_until', ?)", (str(advanced.closed_until),)
        )
    chat = before = await turns.load_chat(db, job.user, job.address)
    if advanced.drop_project:
        chat = replace(chat, project=None)
    if advanced.project is not None and job.created >= chat.renewed:
        chat = replace(chat, project=advanced.project)
    if advanced.keep is not None:
        kept = (
            advanced.keep
            if job.state is not State.FAILED
            else _with(chat.holds(now), advanced.keep)
        )
        chat = chat.keeping(kept, now)
    if chat != before:
        await turns.save_chat(db, chat, now)


def _with(waiting: Kept, handed_back: Kept) -> Kept:
    """What a failed job hands back, with what has come to wait meanwhile."""
    newer = tuple(file for file in waiting.files if file not in handed_back.files)
    return Kept(
        handed_back.files + newer,
        handed_back.wish or waiting.wish,
        handed_back.skill or waiting.skill,
    )


async def running_silently(db: aiosqlite.Connection, before: float) -> list[aiosqlite.Row]:
    """Jobs at work whose user has seen nothing new since `before`; those that wait behind another
    one included."""
    sql = (
        "SELECT * FROM jobs WHERE state = 'open' AND told > 0 AND told <= ? AND step != 'gather' "
        "AND cancelled = 0"
    )
    return list(await rows.every(db, sql, before))


async def due(db: aiosqlite.Connection) -> float | None:
    """When the next claimable job is due."""
    row = await rows.one(db, f"SELECT MIN(due) AS due {CLAIMABLE}")
    return row["due"] if row else None


async def sweep(db: aiosqlite.Connection, now: float) -> None:
    """Erase what has outlived its time.

    What ended as soon as it was gathered was no request: its photos wait for words, or have gone
    into others."""
    await holds.sweep(db, now)
    await pseudonyms.sweep(db, now)
    await db.execute("DELETE FROM seen WHERE at < ?", (now - lifetime("seen"),))
    await db.execute("DELETE FROM posted WHERE at < ?", (now - lifetime("requests"),))
    await db.execute(
        "DELETE FROM jobs WHERE state != 'open' AND created < ?", (now - lifetime("requests"),)
    )
    await db.execute(
        "DELETE FROM outbox WHERE created < ? AND taken = 0", (now - lifetime("requests"),)
    )
    await db.execute("DELETE FROM heard WHERE user = '' AND at < ?", (now - lifetime("requests"),))
    await db.execute(
        "DELETE FROM jobs WHERE state != 'open' AND step = 'gather' AND created < ?",
        (now - lifetime("photos"),),
    )
    await _age(db, now)


async def _age(db: aiosqlite.Connection, now: float) -> None:
    """Let go of photos and words that have waited for a day, whatever else was said in their chat
    meanwhile."""
    waiting = "json_extract(body, '$.kept') != '[]' OR json_extract(body, '$.wish') != ''"
    for row in await rows.every(db, f"SELECT * FROM chats WHERE {waiting}"):  # noqa: S608 (text of ours)
        chat: Chat = rows.CHAT.validate_json(row["body"])
        chat = replace(chat, address=Address(row["platform"], row["chat"], row["thread"]))
        if (aged := chat.aged(now)) != chat:
            await turns.save_chat(db, aged, now)
