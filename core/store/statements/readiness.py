"""Which jobs may be claimed, kept in a column (`waits`), so that a claim looks at those alone and
costs the same however many wait.

A job waits behind an earlier one of its lock that does not let it past, because its user has enough
under way (core.domain.capacity), or because the bot is paused and nothing is paid for it yet
(core.domain.operating). What changes one of these tells this module, in the same
transaction; each answer touches the few rows that it is about."""

from core.domain.capacity import STEPS_OF_ONE_USER, TURNS_OF_ONE_USER
from core.domain.operating import FREE, UNPAID_STEPS
from core.domain.requests import Step
from core.store.statements import rows
from core.store.statements.database import Database

READY, BEHIND, ENOUGH, PAUSED = 0, 1, 2, 3
"""May be claimed when due; behind another of its lock; its user has enough under way; the whole bot
is being looked after."""

_FIRST = """(
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
        WHERE r.claimed = 1 AND r.platform = jobs.platform AND r.user = jobs.user
        AND (r.lock = '') = (jobs.lock = '') AND (r.step = {_TURN}) = (jobs.step = {_TURN})
    ) >= CASE WHEN jobs.step = {_TURN} THEN {TURNS_OF_ONE_USER} ELSE {STEPS_OF_ONE_USER} END
    OR jobs.step = 'connect' AND EXISTS (
        SELECT 1 FROM jobs r
        WHERE r.claimed = 1 AND r.step = 'connect' AND r.platform = jobs.platform
        AND r.user = jobs.user
    )
)"""  # noqa: S608 (a number of ours)
_STEPS = ", ".join(f"'{step}'" for step in UNPAID_STEPS)
FREE_PLANS = ", ".join(f"'{plan}'" for plan in sorted(FREE))
UNPAID = f"""(
    plan NOT IN ({FREE_PLANS})
    AND (step IN ({_STEPS}) AND sent = 0 OR step = {_TURN} AND claims = 0)
)"""
"""As core.domain.operating.unpaid."""
_HELD = f"({UNPAID} AND EXISTS (SELECT 1 FROM meta WHERE name = 'paused'))"  # noqa: S608
WAITS = f"""CASE
    WHEN state != 'open' OR claimed = 1 THEN {READY} WHEN {_HELD} THEN {PAUSED}
    WHEN NOT {_FIRST} THEN {BEHIND} WHEN {_CROWDED} THEN {ENOUGH} ELSE {READY}
END"""
"""What the column has to hold."""
_IN_FRONT = f"state = 'open' AND claimed = 0 AND waits != {BEHIND}"
_OF_USER = f"{_IN_FRONT} AND platform = ? AND user = ?"


def sort_in(db: Database, id: int) -> None:
    """A job has begun, or has come to another step, or is free again."""
    db.execute(f"UPDATE jobs SET waits = {WAITS} WHERE id = ?", (id,))  # noqa: S608 (text of ours, here and below)


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


def sort_all(db: Database, platform: str, chat: str) -> None:
    """The open jobs of a chat have other locks than before."""
    sql = f"UPDATE jobs SET waits = {WAITS} WHERE state = 'open' AND platform = ? AND chat = ?"  # noqa: S608
    db.execute(sql, (platform, chat))


def pause_or_resume(db: Database) -> None:
    """The bot is paused, or no more: look at all once."""
    db.execute(f"UPDATE jobs SET waits = {WAITS} WHERE state = 'open' AND waits != {WAITS}")  # noqa: S608
