"""What the rows say of how the bot does. No words of anybody are among it."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.domain.limits import Period, period_begins
from core.domain.spans import DAY, HOUR
from core.store.database import Database
from core.store.statements import operating, ordering, rows

MINUTES = 300


@dataclass(frozen=True, slots=True)
class Ended:
    """What came to its end in one stretch of time (its beginning in seconds since the epoch): by
    plan, outcome and payer how many requests, with their seconds and credits in all."""

    begins: float
    plan: str
    outcome: str
    payer: str
    count: int
    seconds: float
    credits: int


@dataclass(frozen=True, slots=True)
class Use:
    """How much one person or group has asked for, by an id of the platform."""

    platform: str
    name: str
    count: int
    credits: int


@dataclass(frozen=True, slots=True)
class Open:
    """One request under way. `due` is when its step can be taken up again;
    `claimed` is 1 while it is at work."""

    id: int
    platform: str
    plan: str
    step: str
    created: float
    due: float
    claimed: int


@dataclass(frozen=True, slots=True)
class Failed:
    """One request that failed, at which step, and why (a value of core.domain.requests.Why)."""

    id: int
    platform: str
    plan: str
    step: str
    ended: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """`hours` are of 30 days, `minutes` of the last hour by five. `words` is when the oldest
    message that could go out came to be due, `job` the same of a step; None where none waits.
    `owed` counts messages, `tokens` the free tokens of seven days, `spent` the operator's credits
    of this day and this month, `holds` are the pauses that platforms have asked for (where, until
    when); `paused` is since when the operator lets nothing begin."""

    hours: tuple[Ended, ...] = ()
    minutes: tuple[Ended, ...] = ()
    open: tuple[Open, ...] = ()
    steps: tuple[tuple[str, str, int], ...] = ()
    failed: tuple[Failed, ...] = ()
    people: tuple[Use, ...] = ()
    groups: tuple[Use, ...] = ()
    holds: tuple[tuple[str, float], ...] = ()
    owed: int = 0
    words: float | None = None
    job: float | None = None
    tokens: int = 0
    spent: tuple[int, int] = (0, 0)
    paused: float | None = None


def all_figures(db: Database, now: float, *, since: float = 30 * DAY, most: int = 50) -> Figures:
    """What is there at present; of ended requests the last `since` seconds, and at most so many
    rows of each list."""
    first, pause = now - since, rows.pause(db)
    return Figures(
        hours=_ended(db, int(HOUR), first),
        minutes=_ended(db, MINUTES, now - HOUR - MINUTES),
        open=tuple(Open(*row) for row in rows.every(db, OPEN, most)),
        steps=tuple((plan, step, count) for plan, step, count in rows.every(db, STEPS)),
        failed=tuple(Failed(*row) for row in rows.every(db, FAILED, first, most)),
        people=_uses(db, PEOPLE, first, most),
        groups=_uses(db, GROUPS, first, most),
        holds=tuple(each for each in ordering.pauses(db).items() if each[1] > now),
        owed=int(_one(db, "SELECT COUNT(*) FROM outbox") or 0),
        words=_one(db, "SELECT MIN(due) FROM outbox WHERE claimed = 0 AND due <= ?", now),
        job=_one(db, JOB, now),
        tokens=operating.tokens(db, now),
        spent=_spent(db, now),
        paused=pause.at if pause else None,
    )


def direct_chats(db: Database, names: Iterable[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """The direct chats of these people (`telegram:1` or `1`): by platform and user the chat, and
    the language that was spoken there."""
    found = [
        row
        for platform, _, user in (name.rpartition(":") for name in names)
        for row in rows.every(db, DIRECT, user)
        if platform in ("", row["platform"])
    ]
    return {(row["platform"], row["user"]): (row["chat"], row["language"]) for row in found}


def sealed_tokens(db: Database) -> tuple[str, ...]:
    """Every sealed token."""
    found = rows.every(db, "SELECT token, own FROM accounts")
    return tuple(text for row in found for text in row if text)


def open_jobs(db: Database) -> int:
    """How many requests are."""
    return int(_one(db, "SELECT COUNT(*) FROM jobs WHERE state = 'open'") or 0)


def _ended(db: Database, each: int, since: float) -> tuple[Ended, ...]:
    found = rows.every(db, ENDED, *(each, each, since) * 2)
    return tuple(
        Ended(float(begins), plan, outcome, payer, count, float(seconds), round(credits))
        for begins, plan, outcome, payer, count, seconds, credits in found
    )


def _uses(db: Database, sql: str, first: float, most: int) -> tuple[Use, ...]:
    found = rows.every(db, sql, first, most)
    return tuple(Use(platform, name, count, round(sum)) for platform, name, count, sum in found)


def _spent(db: Database, now: float) -> tuple[int, int]:
    day, month = (int(_one(db, CHARGED, period_begins(period, now)) or 0) for period in Period)
    return day, month


def _one(db: Database, sql: str, *values: float) -> float | None:
    row = rows.one(db, sql, *values)
    return None if row is None else row[0]


def _second(column: str) -> str:
    """The whole second of a time: some databases round it, others cut it off."""
    whole = f"CAST({column} AS BIGINT)"
    return f"({whole} - CASE WHEN {whole} > {column} THEN 1 ELSE 0 END)"


SPENT = "COALESCE((SELECT credits FROM charges WHERE job = jobs.id AND held = 0), spent, 0)"
"""Of the operator's credits what the budgets count."""
ENDED = f"""
    SELECT {_second("ended")} / ? * ? AS begins, plan, state, payer,
        COUNT(*), SUM(ended - created), SUM({SPENT})
    FROM jobs WHERE state != 'open' AND ended > ? GROUP BY begins, plan, state, payer
    UNION ALL SELECT {_second("at")} / ? * ? AS begins, plan, 'erased', 'operator',
        COUNT(*), 0.0, SUM(credits)
    FROM charges WHERE held = 0 AND at > ? AND NOT EXISTS
        (SELECT 1 FROM jobs WHERE jobs.id = charges.job) GROUP BY begins, plan
"""  # noqa: S608 - constants
"""What was paid for by who is forgotten since is told without any more of it."""
OPEN = """
    SELECT id, platform, plan, step, created, due, claimed FROM jobs
    WHERE state = 'open' ORDER BY id LIMIT ?
"""
STEPS = """
    SELECT plan, step, COUNT(*) FROM jobs WHERE state = 'open'
    GROUP BY plan, step ORDER BY plan, step
"""
FAILED = """
    SELECT id, platform, plan, step, ended, why FROM jobs
    WHERE state = 'failed' AND ended > ? ORDER BY ended DESC LIMIT ?
"""
PEOPLE = f"""
    SELECT platform, user, COUNT(*) AS uses, SUM({SPENT}) FROM jobs WHERE created > ?
    GROUP BY platform, user ORDER BY uses DESC, platform, user LIMIT ?
"""  # noqa: S608 - constants
GROUPS = f"""
    SELECT platform, space, COUNT(*) AS uses, SUM({SPENT}) FROM jobs WHERE created > ?
    AND space != '' GROUP BY platform, space ORDER BY uses DESC, platform, space LIMIT ?
"""  # noqa: S608 - constants
JOB = """
    SELECT MIN(due) FROM jobs WHERE state = 'open' AND claimed = 0 AND waits != 3 AND due <= ?
    AND NOT EXISTS (SELECT 1 FROM jobs AS earlier WHERE earlier.state = 'open'
        AND earlier.lock = jobs.lock AND earlier.id < jobs.id)
"""
CHARGED = "SELECT COALESCE(SUM(credits), 0) FROM charges WHERE held = 0 AND at >= ?"
DIRECT = """
    SELECT platform, user, chat, language FROM chats WHERE user = ? AND private = 1
    ORDER BY updated
"""
