"""Write 1: a message comes in, the decision is taken inside the write lock, and all of it is stored
at once."""

from dataclasses import replace

import aiosqlite

from core.domain.admission import DAY, Space, Spending, Spent
from core.domain.conversation import Chat, Decision, Grown, Past, looked_at
from core.domain.privacy import lifetime
from core.domain.requests import READ_ONLY, Job, Notice, State, to_outbound
from core.messages import SPOOL, Address, Command, Inbound
from core.store import Remembered, Think
from core.store.sqlite import cursor, drafts, outbox, pseudonyms, records, rows


async def take_in(db: aiosqlite.Connection, inbound: Inbound, think: Think, now: float) -> bool:
    """Decide and write; False where this message was taken in before."""
    added = await db.execute("INSERT OR IGNORE INTO seen (id, at) VALUES (?, ?)", (inbound.id, now))
    if added.rowcount == 0:
        return False
    await cursor.note(db, inbound, now)
    known = await remember(db, inbound, now)
    decision = think(known)
    await _change_records(db, inbound, decision, now)
    if decision.chat != known.chat and not decision.erase:
        await save_chat(db, decision.chat, now)
    if inbound.ticket is None:
        await outbox.revive(db, inbound, now)
    await _do(db, inbound, decision, now)
    await _leave(db, inbound, decision)
    if inbound.ticket is not None:  # the answer takes its place first
        await outbox.revive(db, inbound, now)
    return True


async def _leave(db: aiosqlite.Connection, inbound: Inbound, decision: Decision) -> None:
    """Saved files that nothing has come of belong to nobody: they go at once, and not with a
    sweep."""
    jobs = (*(grown.job for grown in decision.grow), *(start.job for start in decision.start))
    bundles = (
        *(grown.bundle for grown in decision.grow),
        *(start.job.bundle for start in decision.start),
    )
    taken = {file.ref for job in jobs for file in records.files_of(job)}
    taken |= {file.ref for bundle in bundles for file in bundle.files} | {
        file.ref for file in decision.chat.kept
    }
    left = [
        file for file in inbound.attachments if file.ref.startswith(SPOOL) and file.ref not in taken
    ]
    if left:
        await records.note_files(db, inbound.address.platform, (), left)


async def _do(db: aiosqlite.Connection, inbound: Inbound, decision: Decision, now: float) -> None:
    """The words and the jobs of a decision."""
    copy = await records.copy_of(db, inbound) if decision.copy else ""
    for message in decision.posts:
        copied = (
            copy if message.discreet else ""
        )  # what a group is told besides carries nothing of it
        await outbox.add(db, replace(message, document=copied), now, message.job)
    for job_id in decision.cancel:
        await cancel(db, job_id, now)
    for job_id in decision.confirm:
        await _confirm(db, job_id, now)
    for grown in decision.grow:
        await _grow(db, grown, now)
    for begun in decision.start:
        await start(db, begun.job, begun.notice, now)


async def _change_records(
    db: aiosqlite.Connection, inbound: Inbound, decision: Decision, now: float
) -> None:
    if decision.erase:
        await records.erase(db, inbound, now)
    if decision.log_out:
        sql = "UPDATE accounts SET own = '' WHERE platform = ? AND user = ?"
        await db.execute(sql, (inbound.address.platform, inbound.user))
    if decision.space is not None:
        body = rows.text(rows.SPACE, decision.space)
        sql = "INSERT OR REPLACE INTO spaces VALUES (?, ?, ?)"
        await db.execute(sql, (inbound.address.platform, inbound.space, body))


async def remember(db: aiosqlite.Connection, inbound: Inbound, now: float) -> Remembered:
    """What is known of this user at this address, and the job that a button names."""
    chat = await load_chat(db, inbound.user, inbound.address)
    found = await rows.every(
        db,
        "SELECT * FROM jobs WHERE state = 'open' AND platform = ? AND chat = ? AND thread = ? "
        "AND user = ? ORDER BY id",
        *rows.where(inbound.address),
        inbound.user,
    )
    return Remembered(
        chat,
        tuple(map(rows.to_job, found)),
        await _named(db, inbound),
        await _past(db, inbound),
        await space_of(db, inbound.address.platform, inbound.space),
        await spent_by(db, inbound.address.platform, inbound.user, inbound.space, now),
        await _count(db, "jobs", "state = 'open'", inbound),
        await _count(db, "outbox", "slot = '' AND gone = 0", inbound),
    )


async def _named(db: aiosqlite.Connection, inbound: Inbound) -> Job | None:
    """The job that a button names; its drafts only where one of them may be rendered once more."""
    row = (
        await rows.one(db, "SELECT * FROM jobs WHERE id = ?", inbound.job) if inbound.job else None
    )
    if row is None:
        return None
    return (
        await drafts.whole(db, rows.to_job(row))
        if inbound.command is Command.UNDO
        else rows.to_job(row)
    )


async def _count(db: aiosqlite.Connection, table: str, which: str, inbound: Inbound) -> int:
    sql = f"SELECT COUNT(*) AS many FROM {table} WHERE platform = ? AND user = ? AND {which}"  # noqa: S608
    row = await rows.one(db, sql, inbound.address.platform, inbound.user)
    return int(row["many"]) if row else 0


FINISHED = (
    " AND state = 'done' AND json_extract(body, '$.facts.url') != '' AND NOT json_extract(body, "
    "'$.facts.blocked')"
)
"""Job.video, for the database to look through few rows."""
WHICH = {
    Past.ANY: "",
    Past.VIDEOS: FINISHED,
    Past.CHANGES: " AND json_extract(body, '$.facts.before') NOT IN ('', 'null')",
    Past.MADE: " AND plan = 'make' AND json_extract(body, '$.facts.words') != ''",
}
"""The rows that a decision may ask for."""


async def _past(db: aiosqlite.Connection, inbound: Inbound) -> tuple[Job, ...]:
    """The user's last requests here that the decision has to look at, newest first."""
    past = looked_at(inbound)
    if past is Past.NONE:
        return ()
    found = await rows.every(
        db,
        "SELECT * FROM jobs WHERE state != 'open' AND platform = ? AND user = ? AND chat = ? "  # noqa: S608
        "AND thread = ?"
        f"{WHICH[past]} ORDER BY id DESC LIMIT 5",
        inbound.address.platform,
        inbound.user,
        inbound.address.chat,
        inbound.address.thread,
    )
    jobs = map(rows.to_job, found)
    return tuple([await drafts.whole(db, job) for job in jobs] if past is Past.CHANGES else jobs)


async def space_of(db: aiosqlite.Connection, platform: str, space: str) -> Space:
    """What the admins of a group have set; nothing in private."""
    if not space:
        return Space()
    row = await rows.one(
        db, "SELECT body FROM spaces WHERE platform = ? AND space = ?", platform, space
    )
    found: Space = rows.SPACE.validate_json(row["body"]) if row else Space()
    return found


async def spent_by(
    db: aiosqlite.Connection, platform: str, user: str, space: str, now: float
) -> Spent:
    """When paid requests began in the last day, those of users who are forgotten since included."""
    since = (
        f"SELECT created, ({pseudonyms.PAID}) AS paid FROM jobs"  # noqa: S608
        f" WHERE created > ? AND {pseudonyms.COUNTED} AND platform = ? AND {{}} = ?"
        " UNION ALL SELECT created, paid FROM forgotten WHERE created > ? AND platform = ? AND "
        "{} = ? ORDER BY created"
    )
    begun = (now - DAY, platform)
    who = await pseudonyms.code(db, user, platform)
    mine = await rows.every(db, since.format("user", "who"), *begun, user, *begun, who)
    ours = (
        await rows.every(db, since.format("space", "space"), *begun, space, *begun, space)
        if space
        else ()
    )
    return Spent(
        tuple(row["created"] for row in mine if row["paid"]),
        tuple(row["created"] for row in ours if row["paid"]),
        tuple(row["created"] for row in mine),
        tuple(row["created"] for row in ours),
    )


async def spending_of(db: aiosqlite.Connection, job: Job, now: float) -> Spending:
    """Credits that a user, and everybody in the job's group, have spent in the last thirty days."""
    sql = (
        "SELECT TOTAL(json_extract(body, '$.facts.spent')) AS spent FROM jobs WHERE created > ? "
        "AND platform = ?"
    )
    since, platform = now - lifetime("requests"), job.address.platform
    mine = await rows.one(db, f"{sql} AND user = ?", since, platform, job.user)
    ours = (
        await rows.one(db, f"{sql} AND space = ?", since, platform, job.space)
        if job.space
        else None
    )
    return Spending(round(mine["spent"]) if mine else 0, round(ours["spent"]) if ours else 0)


async def load_chat(db: aiosqlite.Connection, user: str, address: Address) -> Chat:
    """The chat as last written, or a new one."""
    sql = "SELECT body FROM chats WHERE user = ? AND platform = ? AND chat = ? AND thread = ?"
    row = await rows.one(db, sql, user, *rows.where(address))
    if row is None:
        return Chat(user=user, address=address)
    chat: Chat = rows.CHAT.validate_json(row["body"])
    return replace(chat, address=address)


async def save_chat(db: aiosqlite.Connection, chat: Chat, now: float) -> None:
    """Write a chat."""
    await db.execute(
        "INSERT INTO chats (user, platform, chat, thread, body, updated) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET body = excluded.body, updated = excluded.updated",
        (chat.user, *rows.where(chat.address), rows.text(rows.CHAT, chat), now),
    )


async def start(db: aiosqlite.Connection, job: Job, notice: tuple[Notice, ...], now: float) -> None:
    """Store a job. Its user's client id is on disk before anything can be asked for with it
    (D2)."""
    await pseudonyms.come_back(db, job.user, job.address.platform)
    lean, large = drafts.parted(job)
    added = await db.execute(
        "INSERT INTO jobs"
        " (lane, user, platform, chat, thread, plan, space, step, state, due, told, "
        "created, body, pile)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            "" if job.plan in READ_ONLY else job.lane,
            job.user,
            *rows.where(job.address),
            job.plan,
            job.space,
            job.step,
            job.state,
            job.due,
            job.told,
            job.created,
            rows.body(lean),
            rows.text(rows.BUNDLE, job.bundle),
        ),
    )
    stored = replace(job, id=added.lastrowid or 0)
    await drafts.keep(db, stored, large)
    for words in notice:
        await outbox.add(db, to_outbound(stored, words), now, stored.id)


async def _grow(db: aiosqlite.Connection, grown: Grown, now: float) -> None:
    told = now if grown.notice else grown.job.told
    await db.execute(
        "UPDATE jobs SET pile = ?, told = ?, due = CASE WHEN step = 'gather' THEN ? ELSE due END "
        "WHERE id = ?",
        (rows.text(rows.BUNDLE, grown.bundle), told, grown.due, grown.job.id),
    )
    if grown.notice:
        await outbox.add(
            db,
            to_outbound(replace(grown.job, bundle=grown.bundle), grown.notice),
            now,
            grown.job.id,
        )


async def cancel(db: aiosqlite.Connection, job_id: int, now: float) -> None:
    """End a job that nobody is working on; mark one whose step is running, so that its commit ends
    it."""
    row = await rows.one(db, "SELECT * FROM jobs WHERE id = ? AND state = 'open'", job_id)
    if row is None:
        return
    if row["taken"]:
        await db.execute("UPDATE jobs SET cancelled = 1 WHERE id = ?", (job_id,))
        return
    await db.execute(
        "UPDATE jobs SET cancelled = 1, state = ? WHERE id = ?", (State.CANCELLED, job_id)
    )
    job = rows.to_job(row)
    if job.told:
        await outbox.add(db, outbox.stopped(job), now, job.id)


async def _confirm(db: aiosqlite.Connection, job_id: int, now: float) -> None:
    """The price is accepted: the job that waits for that goes on."""
    row = await rows.one(
        db, "SELECT * FROM jobs WHERE id = ? AND state = 'open' AND taken = 0", job_id
    )
    if row is not None:
        job = rows.to_job(row)
        agreed = replace(job, facts=replace(job.facts, confirmed=True))
        await db.execute(
            "UPDATE jobs SET body = ?, due = ? WHERE id = ?", (rows.body(agreed), now, job_id)
        )
