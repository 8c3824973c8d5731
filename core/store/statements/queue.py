"""Jobs waiting for their next step: which of them are ready, and the claim of those that are due.

Which are ready is kept in a column (`waits`), so that a claim looks at those alone and costs the
same however many wait. A job waits behind an earlier one of its lock that does not let it past,
because its user has enough under way (core.domain.limits), or because the bot is paused and
nothing is paid for it yet (core.domain.operating). What changes one of these tells this module, in
the same transaction; each answer touches the few rows that it is about.

The order is SQL: what is nearly done first, then what has been due for longest. How much may be
under way is decided in the domain."""

from dataclasses import replace
from math import inf

from core.bodies import Unreadable
from core.domain.conversation import Chat, chat_for_step
from core.domain.limits import (
    NEARLY_DONE_FIRST,
    STEPS_OF_ONE_USER,
    TURNS_OF_ONE_USER,
    FirstDue,
    Room,
    Space,
    Spending,
    Spent,
    scarce_for_step,
)
from core.domain.operating import FREE, UNPAID_STEPS
from core.domain.requests import Job, Plan, State, Step, stretch
from core.store.database import Database
from core.store.reads import Claimed
from core.store.statements import (
    accounts,
    charging,
    reels,
    rows,
    unreadable,
    versions,
)
from core.store.statements.terms import TERMS, Terms

READY, BEHIND, ENOUGH, PAUSED = 0, 1, 2, 3
"""May be claimed when due; behind another of its lock; its user has enough under way; the whole bot
is being looked after."""

_IN_TURN = """(
    jobs.step = 'gather' OR jobs.lock = '' OR NOT EXISTS (
        SELECT 1 FROM jobs e WHERE e.lock = jobs.lock AND e.state = 'open' AND e.lets_past = 0
        AND e.id < jobs.id
    )
)"""
_TURN = f"'{Step.GENERATE}'"
# One job of a user connects at a time: two would both ask for the one free token, and the second
# refusal of it looks like the end of everybody's quota (D3).
_CROWDED = f"""(
    (
        SELECT COUNT(*) FROM jobs r
        WHERE r.claimed = 1 AND r.id != jobs.id AND r.platform = jobs.platform
        AND r.user = jobs.user AND (r.lock = '') = (jobs.lock = '')
        AND (r.step = {_TURN}) = (jobs.step = {_TURN})
    ) >= CASE WHEN jobs.step = {_TURN} THEN {TURNS_OF_ONE_USER} ELSE {STEPS_OF_ONE_USER} END
    OR jobs.step = 'connect' AND EXISTS (
        SELECT 1 FROM jobs r
        WHERE r.claimed = 1 AND r.id != jobs.id AND r.step = 'connect'
        AND r.platform = jobs.platform AND r.user = jobs.user
    )
)"""  # noqa: S608 (a number of ours)
_UNPAID_STEPS = ", ".join(f"'{step}'" for step in UNPAID_STEPS)
FREE_PLANS = ", ".join(f"'{plan}'" for plan in sorted(FREE))
UNPAID = f"""(
    plan NOT IN ({FREE_PLANS})
    AND (step IN ({_UNPAID_STEPS}) AND sent = 0 OR step = {_TURN} AND claims = 0)
)"""
"""As core.domain.operating.unpaid."""
_HELD = f"({UNPAID} AND EXISTS (SELECT 1 FROM meta WHERE name = '{rows.PAUSE}'))"  # noqa: S608
WAITS_FREE = f"""CASE
    WHEN state != 'open' THEN {READY} WHEN {_HELD} THEN {PAUSED}
    WHEN NOT {_IN_TURN} THEN {BEHIND} WHEN {_CROWDED} THEN {ENOUGH} ELSE {READY}
END"""
"""What the column has to hold of a job that nobody has."""
WAITS = f"CASE WHEN claimed = 1 THEN {READY} ELSE {WAITS_FREE} END"
"""What the column has to hold."""
_IN_FRONT = f"state = 'open' AND claimed = 0 AND waits != {BEHIND}"
_OF_USER = f"{_IN_FRONT} AND platform = ? AND user = ?"
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
) -> tuple[list[Claimed], FirstDue]:
    """Take up the next due jobs, for which there is room: version and claims go up by one, on disk
    before the step acts. And when the first of those that are left are due."""
    first = waiting(db)
    found = [claim_one(db, id, now, terms) for id in _candidates(db, now, first, room, most)]
    return [each for each in found if each is not None], waiting(db) if found else first


def waiting(db: Database) -> FirstDue:
    """The first job of each step that may be claimed."""
    found = {Step(row["step"]): row["due"] for row in rows.every(db, _FIRST)}
    return {step: due for step, due in found.items() if due is not None}


def _candidates(db: Database, now: float, first: FirstDue, room: Room, most: int) -> list[int]:
    """Jobs that may be claimed. Each step is asked for by itself: one that has no place holds up no
    other, however many wait for it."""
    left, found = dict(room), list[int]()
    for step in NEARLY_DONE_FIRST:
        if first.get(step, inf) > now:
            continue
        places = min(left[scarce_for_step(step)], most - len(found))
        if places > 0:
            due = [row["id"] for row in rows.every(db, _DUE, step, now, places)]
            left[scarce_for_step(step)] -= len(due)
            found += due
    return found


def claim_one(db: Database, id: int, now: float, terms: Terms = TERMS) -> Claimed | None:
    """The job, taken up; None where it has yet to wait, also for one that was taken up with it, and
    where it cannot be read."""
    sql = "SELECT * FROM jobs WHERE id = ? AND state = 'open' AND claimed = 0 AND waits = 0"
    row = rows.one(db, f"{sql} AND due <= ?", id, now)
    if row is None:
        return None
    try:
        return _taken(db, rows.to_job(row), now, terms)
    except Unreadable as problem:
        close_unread(db, id, problem, now)
        return None


def _taken(db: Database, job: Job, now: float, terms: Terms) -> Claimed:
    db.execute(
        "UPDATE jobs SET claimed = 1, claims = claims + 1, version = version + 1 WHERE id = ?",
        (job.id,),
    )
    crowd(db, job.address.platform, job.user)
    job = replace(job, claims=job.claims + 1, version=job.version + 1)
    return looked_up(db, job, now, terms)


def close_unread(db: Database, id: int, problem: Unreadable, now: float) -> None:
    """A job that cannot be read, or not what its step looks at, is over: whom it stood in the way
    of may go."""
    row = rows.one(db, "SELECT * FROM jobs WHERE id = ?", id)
    if row is not None:
        unreadable.put_aside(db, row, problem, now)
        ease(db, row["platform"], row["user"])
        let_past(db, id)


def claim_this(db: Database, id: int, now: float, terms: Terms = TERMS) -> Claimed | float | None:
    """As `claim_one`; if it is due later, when; None where it cannot be claimed at all."""
    row = rows.one(db, "SELECT due, state, claimed, waits FROM jobs WHERE id = ?", id)
    if row is None or row["state"] != State.OPEN or row["claimed"] or row["waits"] != READY:
        return None
    return float(row["due"]) if row["due"] > now else claim_one(db, id, now, terms)


def take_on(db: Database, id: int) -> None:
    """A job whose step is over is taken up for the next one, without having been free."""
    db.execute("UPDATE jobs SET claims = 1, version = version + 1 WHERE id = ?", (id,))


def moved_on(db: Database, job: Job, before: Step) -> None:
    """As much is under way as before, unless steps of these kinds are counted by themselves."""
    if before is not job.step and COUNTED_ALONE & {before, job.step}:
        ease(db, job.address.platform, job.user)
        crowd(db, job.address.platform, job.user)


COUNTED_ALONE = frozenset({Step.GENERATE, Step.CONNECT})
"""As `_CROWDED` has it."""
TOLD = frozenset({Step.CHECK, Step.LINK})
"""Steps that may end in a result."""
BEGUN = frozenset({Step.CONNECT, Step.UPLOAD})
"""Steps that may say how long it takes."""
PAYING = frozenset({Step.GATHER, Step.CONNECT})
"""Steps that choose who pays, and may ask for a free token."""


def looked_up(
    db: Database, job: Job, now: float, terms: Terms = TERMS, chat: Chat | None = None
) -> Claimed:
    """A claimed job with what its step may look at, and those that are taken with it. `chat` is
    where it was asked for, if that is known."""
    job = versions.whole(db, reels.filled(db, job) if job.of_reel else job)
    steps = stretch(job.plan, job.step)
    gathers, asks, place = job.step is Step.GATHER, job.step in PAYING, job.address.platform
    if chat is None or chat.address != job.address:
        chat = rows.load_chat(db, job.user, job.address)
    chat = chat_for_step(chat, job)
    known, draft = versions.for_step(db, job, chat.project)
    space = rows.space_of(db, place, job.space) if gathers else Space()
    return Claimed(
        space=space,
        spent=accounts.of_the_day(db, job, terms.limits, space, now) if gathers else Spent(),
        charged=charging.for_step(db, job, now),
        spending=charging.spending_of(db, job, now) if job.plan is Plan.CREDITS else Spending(),
        usual=charging.seconds(db, job.plan) if job.step in BEGUN else 0.0,
        price=charging.price(db, job.plan) if Step.PRICE in steps else 0.0,
        change=0.0 if TOLD.isdisjoint(steps) else charging.price(db, Plan.EDIT),
        job=job,
        chat=chat,
        versions=known,
        draft=draft,
        account=accounts.account(db, place, job.user),
        grants=accounts.grants(db, now, terms.egress) if asks else (),
        closed_until=accounts.closed_until(db, terms.egress) if asks else 0.0,
        making=job.step is Step.COLLECT and reels.making(db, job) is not None,
    )


def standing(db: Database, id: int) -> int:
    """What the column has to hold of this job once nobody has it."""
    row = rows.one(db, f"SELECT {WAITS_FREE} AS waits FROM jobs WHERE id = ?", id)  # noqa: S608 (text of ours, here and below)
    return int(row["waits"]) if row else READY


def stand(db: Database, id: int, waits: int) -> None:
    """This job, which nobody has, waits so."""
    db.execute("UPDATE jobs SET claimed = 0, waits = ? WHERE id = ?", (waits, id))


def sort_in(db: Database, id: int) -> None:
    """A job has begun, or has come to another step, or is free again."""
    db.execute(f"UPDATE jobs SET waits = {WAITS} WHERE id = ?", (id,))  # noqa: S608


def let_past(db: Database, id: int) -> None:
    """A job has ended, or lets the others of its lock past: the next of them may go."""
    row = rows.one(db, OF, id)
    if row is None:
        return
    first = "SELECT MIN(id) FROM jobs WHERE lock = ? AND state = 'open' AND lets_past = 0"
    db.execute(
        f"UPDATE jobs SET waits = {WAITS} WHERE lock = ? AND waits = {BEHIND} "  # noqa: S608
        f"AND id <= COALESCE(({first}), 9223372036854775807)",
        (row["lock"], row["lock"]),
    )


OF = "SELECT lock, platform, user FROM jobs WHERE id = ?"


def stand_in_front(db: Database, id: int) -> None:
    """A job that let others past does so no more: those behind it wait again."""
    row = rows.one(db, OF, id)
    if row is not None and row["lock"]:
        db.execute(
            f"UPDATE jobs SET waits = {BEHIND} WHERE {_OF_USER} AND step != 'gather'"  # noqa: S608
            " AND id > ? AND lock = ?",
            (row["platform"], row["user"], id, row["lock"]),
        )


def crowd(db: Database, platform: str, user: str) -> None:
    """One more step of this user is under way: what is too much for one waits."""
    db.execute(
        f"UPDATE jobs SET waits = {ENOUGH} WHERE {_OF_USER} AND waits = {READY} AND {_CROWDED}",  # noqa: S608
        (platform, user),
    )


def ease(db: Database, platform: str, user: str) -> None:
    """A step of this user has ended: another may begin."""
    db.execute(
        f"UPDATE jobs SET waits = {READY} WHERE {_OF_USER} AND waits = {ENOUGH} AND NOT {_CROWDED}",  # noqa: S608
        (platform, user),
    )


def sort_requests_anew(db: Database) -> None:
    """The bot is paused, or no more, or what was under way is free: look at all once."""
    db.execute(f"UPDATE jobs SET waits = {WAITS} WHERE state = 'open' AND waits != {WAITS}")  # noqa: S608
