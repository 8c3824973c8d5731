"""Jobs waiting for their next step: claimed when due and when their lock is free, committed with a
version check.

The order of the queue is SQL: what is nearly done first, then what has been due for longest, among
those that are ready (`readiness`). What a job becomes, how much may be under way, and whether it
lets others past, is decided in the domain."""

from dataclasses import replace
from math import inf

from core.domain.admission import Space, Spending, Spent
from core.domain.capacity import NEARLY_DONE_FIRST, First, Room, takes
from core.domain.conversation.chat.memory import chat_after, chat_for
from core.domain.fairness import lets_past
from core.domain.requests import Account, Advanced, Job, Plan, State, Step
from core.domain.requests.advancing import awaits_news, joined, settled
from core.domain.requests.counting import SAMPLE, usual
from core.domain.requests.plans import stretch
from core.store import Claimed, LostLease
from core.store.statements import (
    charging,
    chats,
    drafts,
    outbox,
    quota,
    readiness,
    reels,
    rows,
    spending,
    turns,
    versions,
)
from core.store.statements.database import Database
from core.store.statements.terms import TERMS, Terms

_READY = "FROM jobs WHERE state = 'open' AND claimed = 0 AND waits = 0"
_DUE = f"SELECT id {_READY} AND step = ? AND due <= ? ORDER BY due, id LIMIT ?"
_STEPS = ", ".join(f"('{step}')" for step in Step)
_FIRST = (
    f"SELECT listed.column1 AS step,"  # noqa: S608 (steps of ours)
    f" (SELECT due {_READY} AND step = listed.column1 ORDER BY due, id LIMIT 1) AS due"
    f" FROM (VALUES {_STEPS}) AS listed"
)


def claim(
    db: Database, now: float, room: Room, most: int, terms: Terms = TERMS
) -> tuple[list[Claimed], First]:
    """Take up the next due jobs, for which there is room: version and claims go up by one, on disk
    before the step acts. And when the first of those that are left are due."""
    first = waiting(db)
    found = [claim_one(db, id, now, terms) for id in _candidates(db, now, first, room, most)]
    return [each for each in found if each is not None], waiting(db) if found else first


def waiting(db: Database) -> First:
    """The first job of each step that may be claimed."""
    found = {Step(row["step"]): row["due"] for row in rows.every(db, _FIRST)}
    return {step: due for step, due in found.items() if due is not None}


def _candidates(db: Database, now: float, first: First, room: Room, most: int) -> list[int]:
    """Jobs that may be claimed. Each step is asked for by itself: one that has no place holds up no
    other, however many wait for it."""
    left, found = dict(room), list[int]()
    for step in NEARLY_DONE_FIRST:
        if first.get(step, inf) > now:
            continue
        places = min(left[takes(step)], most - len(found))
        if places > 0:
            due = [row["id"] for row in rows.every(db, _DUE, step, now, places)]
            left[takes(step)] -= len(due)
            found += due
    return found


def go_on(
    db: Database, advanced: Advanced, now: float, terms: Terms = TERMS
) -> tuple[bool, Claimed | None]:
    """Write 2, and the claim of the same job's next step with it, if that is due and may be
    claimed."""
    if not commit(db, advanced, now, terms):
        return False, None
    return True, claim_one(db, advanced.job.id, now, terms)


def claim_one(db: Database, id: int, now: float, terms: Terms = TERMS) -> Claimed | None:
    """The job, taken up; None where it has yet to wait, also for one that was taken up with it."""
    sql = "SELECT * FROM jobs WHERE id = ? AND state = 'open' AND claimed = 0 AND waits = 0"
    row = rows.one(db, f"{sql} AND due <= ?", id, now)
    if row is None:
        return None
    db.execute(
        "UPDATE jobs SET claimed = 1, claims = claims + 1, version = version + 1 WHERE id = ?",
        (id,),
    )
    readiness.crowd(db, row["platform"], row["user"])
    job = replace(rows.to_job(row), claims=row["claims"] + 1, version=row["version"] + 1)
    return _looked_up(db, drafts.whole(db, reels.filled(db, job)), now, terms)


TOLD = frozenset({Step.CHECK, Step.LINK})
"""Steps that may end in a result."""
BEGUN = frozenset({Step.CONNECT, Step.UPLOAD})
"""Steps that may say how long it takes."""


def _looked_up(db: Database, job: Job, now: float, terms: Terms) -> Claimed:
    """A claimed job with what its step may look at, and those that are taken with it."""
    steps = stretch(job.plan, job.step)
    gathers, place = job.step is Step.GATHER, (job.address.platform, job.space)
    chat = chat_for(chats.load_chat(db, job.user, job.address), job)
    known, draft = versions.for_step(db, job, chat.project)
    space = chats.space_of(db, *place) if gathers else Space()
    return Claimed(
        space=space,
        spent=spending.of_the_day(db, job, terms.limits, space, now) if gathers else Spent(),
        charged=charging.for_step(db, job, now),
        spending=spending.spending_of(db, job, now) if job.plan is Plan.CREDITS else Spending(),
        usual=_usual(db, job.plan) if job.step in BEGUN else 0.0,
        price=charging.price(db, job.plan) if Step.PRICE in steps else 0.0,
        change=0.0 if TOLD.isdisjoint(steps) else charging.price(db, Plan.EDIT),
        job=job,
        chat=chat,
        versions=known,
        draft=draft,
        account=account(db, job.address.platform, job.user),
        grants=quota.grants(db, now, terms.egress),
        closed_until=quota.closed_until(db, terms.egress),
        making=job.step is Step.COLLECT and reels.making(db, job) is not None,
    )


def _usual(db: Database, plan: str) -> float:
    """What the last finished requests of this kind usually took, in seconds."""
    sql = (
        "SELECT ended - created AS took FROM jobs WHERE plan = ? AND state = 'done' ORDER BY id "
        "DESC LIMIT ?"
    )
    return usual([row["took"] for row in rows.every(db, sql, plan, SAMPLE)])


def account(db: Database, platform: str, user: str) -> Account:
    """A user's account; it was stored with the first job."""
    row = rows.one(db, "SELECT * FROM accounts WHERE platform = ? AND user = ?", platform, user)
    return rows.to_account(row) if row else Account(user, "")


def release(db: Database, job: Job) -> None:
    """Hand a job back as if it had not been taken up."""
    sql = "UPDATE jobs SET claimed = 0, claims = claims - 1 WHERE id = ? AND version = ?"
    if db.execute(sql, (job.id, job.version)).rowcount:
        _free(db, job)


def _free(db: Database, job: Job) -> None:
    """It is not under way any more: whom it stood in the way of may go."""
    readiness.sort_in(db, job.id)
    readiness.ease(db, job.address.platform, job.user)
    if job.state is not State.OPEN or lets_past(job):
        readiness.let_past(db, job.id)


def commit(db: Database, advanced: Advanced, now: float, terms: Terms = TERMS) -> bool:
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
        _free(db, stored)
        return False
    advanced = settled(advanced, cancelled=stored.cancelled)
    job = advanced.job
    lean, large = drafts.parted(job)
    db.execute(
        "UPDATE jobs SET plan = ?, step = ?, state = ?, due = ?, notified_at = ?, claims = 0,"
        " claimed = 0, body = ?, ended = ?, lets_past = ?, sent = ?, spent = ?, payer = ?,"
        " why = ?, reel = ? WHERE id = ?",
        (
            job.plan,
            job.step,
            job.state,
            job.due,
            max(row["notified_at"], job.notified_at),
            rows.body(lean),
            0.0 if job.state is State.OPEN else now,
            lets_past(job),
            *rows.beside(job),
            job.id,
        ),
    )
    _free(db, job)
    if job.state is State.OPEN and row["lets_past"] and not lets_past(job):
        readiness.stand_in_front(db, job.id)
    drafts.keep(db, job, large)
    for message in advanced.posts:
        outbox.add(db, message, now, job.id)
    charging.write(db, job, now)
    for spawned in advanced.spawn:
        turns.start(db, spawned, (), now)
    if advanced.history is not None:
        versions.save(db, job, advanced.history, now)
    _remember(db, advanced, now, terms.egress)
    reels.ended(db, job, now)
    return True


def _remember(db: Database, advanced: Advanced, now: float, egress: str) -> None:
    """The account, the project and the kept photos, as the step has left them."""
    job = advanced.job
    known = advanced.account
    if known is not None:
        db.execute(
            "UPDATE accounts SET token = ?, expires = ?, anonymous = ?, own = ?,"
            " egress = CASE WHEN granted = ? THEN egress ELSE ? END, granted = ?"
            " WHERE platform = ? AND user = ?",
            (
                known.token,
                known.expires,
                known.anonymous,
                known.own,
                *(known.granted, egress, known.granted),
                job.address.platform,
                job.user,
            ),
        )
    if advanced.drop_token:
        sql = "UPDATE accounts SET token = '', expires = 0 WHERE platform = ? AND user = ?"
        db.execute(sql, (job.address.platform, job.user))
    if advanced.closed_until:
        quota.close(db, advanced.closed_until, egress)
    chat = chats.load_chat(db, job.user, job.address)
    after = chat_after(chat, advanced, now)
    if after != chat:
        chats.save_chat(db, after, now)


def running_silently(db: Database, before: float, most: int) -> list[Job]:
    """Jobs whose user waits for news, and has seen none since `before`; so many of them."""
    sql = (
        "SELECT * FROM jobs WHERE state = 'open' AND notified_at > 0 AND step != 'gather'"  # noqa: S608
        f" AND cancelled = 0 AND waits != {readiness.PAUSED} AND notified_at <= ?"
        " ORDER BY notified_at LIMIT ?"
    )
    found = (rows.to_job(row) for row in rows.every(db, sql, before, most))
    return [job for job in found if awaits_news(job)]
