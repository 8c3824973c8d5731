"""Jobs waiting for their next step: claimed when due and when their lock is free.

The order of the queue is SQL: what is nearly done first, then what has been due for longest, among
those that are ready (`readiness`). How much may be under way is decided in the domain."""

from dataclasses import replace
from math import inf

from core.domain.admission import SAMPLE, Space, Spending, Spent, usual
from core.domain.capacity import NEARLY_DONE_FIRST, First, Room, takes
from core.domain.conversation.chat.memory import chat_for
from core.domain.requests import Job, Plan, Step
from core.domain.requests.advancing import awaits_news
from core.domain.requests.plans import stretch
from core.store import Claimed
from core.store.statements import (
    accounts,
    charging,
    chats,
    readiness,
    reels,
    rows,
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


def claim_one(
    db: Database, id: int, now: float, terms: Terms = TERMS, known: Job | None = None
) -> Claimed | None:
    """The job, taken up; None where it has yet to wait, also for one that was taken up with it.
    `known` is what this transaction has written of it."""
    sql = "SELECT * FROM jobs WHERE id = ? AND state = 'open' AND claimed = 0 AND waits = 0"
    row = rows.one(db, f"{sql} AND due <= ?", id, now)
    if row is None:
        return None
    db.execute(
        "UPDATE jobs SET claimed = 1, claims = claims + 1, version = version + 1 WHERE id = ?",
        (id,),
    )
    readiness.crowd(db, row["platform"], row["user"])
    job = replace(rows.to_job(row, known), claims=row["claims"] + 1, version=row["version"] + 1)
    if job.of_reel:
        job = reels.filled(db, job)
    return _looked_up(db, versions.whole(db, job), now, terms)


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
        spent=accounts.of_the_day(db, job, terms.limits, space, now) if gathers else Spent(),
        charged=charging.for_step(db, job, now),
        spending=charging.spending_of(db, job, now) if job.plan is Plan.CREDITS else Spending(),
        usual=_usual(db, job.plan) if job.step in BEGUN else 0.0,
        price=charging.price(db, job.plan) if Step.PRICE in steps else 0.0,
        change=0.0 if TOLD.isdisjoint(steps) else charging.price(db, Plan.EDIT),
        job=job,
        chat=chat,
        versions=known,
        draft=draft,
        account=accounts.account(db, job.address.platform, job.user),
        grants=accounts.grants(db, now, terms.egress),
        closed_until=accounts.closed_until(db, terms.egress),
        making=job.step is Step.COLLECT and reels.making(db, job) is not None,
    )


def _usual(db: Database, plan: str) -> float:
    """What the last finished requests of this kind usually took, in seconds."""
    sql = (
        "SELECT ended - created AS took FROM jobs WHERE plan = ? AND state = 'done' ORDER BY id "
        "DESC LIMIT ?"
    )
    return usual([row["took"] for row in rows.every(db, sql, plan, SAMPLE)])


def running_silently(db: Database, before: float, most: int) -> list[Job]:
    """Jobs whose user waits for news, and has seen none since `before`; so many of them."""
    sql = (
        "SELECT * FROM jobs WHERE state = 'open' AND notified_at > 0 AND step != 'gather'"  # noqa: S608
        f" AND cancelled = 0 AND waits != {readiness.PAUSED} AND notified_at <= ?"
        " ORDER BY notified_at LIMIT ?"
    )
    found = (rows.to_job(row) for row in rows.every(db, sql, before, most))
    return [job for job in found if awaits_news(job)]
