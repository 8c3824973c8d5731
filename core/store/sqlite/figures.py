"""What the rows say of how the bot does: read beside the running bot, by a connection of its own.
No words of anybody are among it."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.domain.budgets import Span, begins
from core.domain.privacy import lifetime
from core.domain.spans import DAY, HOUR
from core.store.sqlite.writer import StoreBroken

MINUTES = 300.0


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


def figures(path: Path, now: float, *, since: float = 30 * DAY, most: int = 50) -> Figures:
    """What is in the file at present; of ended requests the last `since` seconds, and at most so
    many rows of each list. Raises StoreBroken."""
    with _reading(path) as db:
        first = now - since
        return Figures(
            hours=_ended(db, HOUR, first),
            minutes=_ended(db, MINUTES, now - HOUR - MINUTES),
            open=tuple(Open(*row) for row in db.execute(OPEN, (most,))),
            steps=tuple((plan, step, count) for plan, step, count in db.execute(STEPS)),
            failed=tuple(Failed(*row) for row in db.execute(FAILED, (first, most))),
            people=tuple(Use(*row) for row in db.execute(PEOPLE, (first, most))),
            groups=tuple(Use(*row) for row in db.execute(GROUPS, (first, most))),
            holds=tuple((name, float(until)) for name, until in db.execute(HOLDS, (now,))),
            owed=_one(db, "SELECT COUNT(*) FROM outbox") or 0,
            words=_one(db, "SELECT MIN(due) FROM outbox WHERE claimed = 0 AND due <= ?", now),
            job=_one(db, JOB, now),
            tokens=_one(db, TOKENS, now - lifetime("granted"), now - lifetime("granted")) or 0,
            spent=_spent(db, now),
            paused=_one(db, PAUSED),
        )


def direct_chats(path: Path, names: Iterable[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """The direct chats of these people (`telegram:1` or `1`): by platform and user the chat, and
    the language that was spoken there. Raises StoreBroken."""
    sql = """
        SELECT platform, user, chat, COALESCE(json_extract(body, '$.language'), '') FROM chats
        WHERE user = ? AND json_extract(body, '$.private') AND (? = '' OR platform = ?)
        ORDER BY updated
    """
    with _reading(path) as db:
        rows = [
            row
            for platform, _, user in (name.rpartition(":") for name in names)
            for row in db.execute(sql, (user, platform, platform))
        ]
    return {(platform, user): (chat, language) for platform, user, chat, language in rows}


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as db:
            db.execute("PRAGMA query_only = ON")
            db.execute("BEGIN")  # one moment for all of it
            yield db
    except (sqlite3.Error, OSError) as problem:
        raise StoreBroken(f"{path}: {problem}") from None


def _ended(db: sqlite3.Connection, each: float, since: float) -> tuple[Ended, ...]:
    return tuple(Ended(*row) for row in db.execute(ENDED, (each, each, since) * 2))


def _spent(db: sqlite3.Connection, now: float) -> tuple[int, int]:
    day, month = (_one(db, CHARGED, begins(span, now)) or 0 for span in Span)
    return day, month


def _one(db: sqlite3.Connection, sql: str, *values: float) -> int | None:
    (found,) = db.execute(sql, values).fetchone()
    return None if found is None else int(found)


SPENT = """COALESCE((SELECT credits FROM charges WHERE job = jobs.id AND held = 0),
    json_extract(body, '$.progress.price.spent'), 0)"""
"""Of the operator's credits what the budgets count."""
PAYER = "COALESCE(json_extract(body, '$.progress.connection.payer'), '')"
ENDED = f"""
    SELECT CAST(ended / ? AS INTEGER) * ? AS begins, plan, state, {PAYER} AS payer,
        COUNT(*), SUM(ended - created), SUM({SPENT})
    FROM jobs WHERE state != 'open' AND ended > ? GROUP BY begins, plan, state, payer
    UNION ALL SELECT CAST(at / ? AS INTEGER) * ? AS begins, plan, 'erased', 'operator',
        COUNT(*), 0, SUM(credits)
    FROM charges WHERE held = 0 AND at > ? AND NOT EXISTS
        (SELECT 1 FROM jobs WHERE jobs.id = charges.job) GROUP BY begins, plan
"""  # noqa: S608 - constants
"""What was paid for by who is forgotten since is told without any more of it."""
OPEN = """
    SELECT id, platform, plan, step, created, due, claimed FROM jobs
    WHERE state = 'open' ORDER BY id LIMIT ?
"""
STEPS = "SELECT plan, step, COUNT(*) FROM jobs WHERE state = 'open' GROUP BY plan, step"
FAILED = """
    SELECT id, platform, plan, step, ended, COALESCE(json_extract(body, '$.why'), '') FROM jobs
    WHERE state = 'failed' AND ended > ? ORDER BY ended DESC LIMIT ?
"""
PEOPLE = f"""
    SELECT platform, user, COUNT(*) AS uses, SUM({SPENT}) FROM jobs WHERE created > ?
    GROUP BY platform, user ORDER BY uses DESC LIMIT ?
"""  # noqa: S608 - constants
GROUPS = f"""
    SELECT platform, space, COUNT(*) AS uses, SUM({SPENT}) FROM jobs
    WHERE created > ? AND space != '' GROUP BY platform, space ORDER BY uses DESC LIMIT ?
"""  # noqa: S608 - constants
HOLDS = """
    SELECT substr(name, 6), value FROM meta
    WHERE name > 'held/' AND name < 'held0' AND CAST(value AS REAL) > ?
"""
JOB = """
    SELECT MIN(due) FROM jobs WHERE state = 'open' AND claimed = 0 AND waits != 3 AND due <= ?
    AND NOT EXISTS (SELECT 1 FROM jobs AS earlier WHERE earlier.state = 'open'
        AND earlier.lock = jobs.lock AND earlier.id < jobs.id)
"""
PAUSED = """
    SELECT json_extract((SELECT value FROM meta WHERE name = 'paused'), '$.at')
"""
CHARGED = "SELECT TOTAL(credits) FROM charges WHERE held = 0 AND at >= ?"
TOKENS = """
    SELECT (SELECT COUNT(*) FROM accounts WHERE granted > ?)
        + (SELECT COUNT(*) FROM granted WHERE granted > ?)
"""
