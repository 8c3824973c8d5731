"""Databases with very much in them: a few rows are made as people make them, and copied."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from core.domain.conversation import Context, Decision, decide, lookup
from core.domain.requests import Advanced, Fail, Job, Next, Notice, Wait, advance
from core.domain.requests.plans import Step
from core.messages import Address, Attachment, Called, Command, Inbound, Place, Said, Sender
from core.settings import Settings
from core.skills import available
from core.store import Claimed, Remembered, Store, Think
from core.store.database import Database
from core.store.statements import accounts

NOW = 1_800_000_000.0
FAR = NOW + 1e6
PLATFORM, GROUP = "bench", "-100"
SKILLS = available(None)
PROTOTYPE = "prototype"
SETTINGS = Settings(daily_per_user=50, daily_per_group=200)
"""Limits and budgets of every kind are in force."""


def message(user: str, number: int, *, group: bool = False, words: str = "") -> Inbound:
    """A photo with words, in private or in the group."""
    chat, space = (GROUP, GROUP) if group else (f"c{user}", "")
    place = Place(Address(PLATFORM, chat), private=not group, space=space)
    file = Attachment(f"{PLATFORM}:{user}-{number}", "photo.jpg", "image/jpeg", 50_000)
    said = Said(words or "Turn this photo into a video", (file,))
    return Inbound(f"m{user}-{number}", Sender(user), place, said, order=number)


def called(user: str, number: int, command: Command) -> Inbound:
    """A command in private."""
    place = Place(Address(PLATFORM, f"c{user}"), private=True)
    return Inbound(f"m{user}-{number}", Sender(user), place, Called(command), order=number)


def thinking(inbound: Inbound, now: float) -> Callable[[Remembered], Decision]:
    """What the engine decides."""

    def think(known: Remembered) -> Decision:
        context = Context(
            known.chat,
            SKILLS,
            SETTINGS,
            known.open,
            known.named,
            space=known.space,
            spent=known.spent,
            past=known.past,
            charged=known.charged,
        )
        return decide(context, inbound, now)

    return think


async def take_in(store: Store, inbound: Inbound, now: float, think: Think | None = None) -> None:
    """Write 1, with budgets in force."""
    needed = replace(lookup(inbound), charged=True)
    assert await store.take_in(inbound, think or thinking(inbound, now), now, needed)


async def claimed(store: Store, now: float) -> Claimed:
    """The job that is due."""
    found = await store.claim(now)
    assert found is not None
    return found


async def at_step(store: Store, user: str, step: Step, *, group: bool = False) -> Job:
    """A request of this user, claimed for this step."""
    await take_in(store, message(user, 1, group=group), NOW)
    found = await claimed(store, NOW + 10)
    while found.job.step is not step:
        await store.commit(advance(found.job, Next(found.job.progress), NOW + 10), NOW + 10)
        found = await claimed(store, NOW + 10)
    return found.job


def ended(job: Job) -> Advanced:
    """The job at its end, which counts as done."""
    return replace(
        advance(job, Next(job.progress, Notice("here it is", final=True), last=True), NOW + 60),
        project=None,
    )


async def prototype(store: Store, kind: str) -> None:
    """One row of the kind that is to be there many times, by the user PROTOTYPE."""
    group = kind in ("group", "outbox of one chat")
    match kind:
        case "waiting" | "group":
            job = await at_step(store, PROTOTYPE, Step.POLL, group=group)
            await store.commit(advance(job, Wait(job.progress, FAR - NOW), NOW), NOW)
        case "in flight":
            await at_step(store, PROTOTYPE, Step.GENERATE)
        case "blocked":
            job = await at_step(store, PROTOTYPE, Step.POLL)
            await store.commit(advance(job, Wait(job.progress, FAR - NOW), NOW), NOW)
            await take_in(store, message(PROTOTYPE, 2), NOW + 100)
            second = await claimed(store, NOW + 200)
            done = advance(second.job, Next(second.job.progress), NOW + 200)
            await store.commit(done, NOW + 200)
        case "ended" | "ended of one" | "ended in a group":
            job = await at_step(store, PROTOTYPE, Step.LINK, group=kind == "ended in a group")
            await store.commit(ended(job), NOW + 60)
        case "failed":
            job = await at_step(store, PROTOTYPE, Step.GENERATE)
            failed = advance(job, Fail(Notice("it is over", final=True)), NOW + 60)
            await store.commit(failed, NOW + 60)
        case _:
            await take_in(store, message(PROTOTYPE, 1, group=group), NOW)


@dataclass(frozen=True, slots=True)
class Copied:
    """A table whose rows of the prototype are copied; `own` are the columns that differ in each
    copy, as SQL with `n` for its number."""

    table: str
    own: dict[str, str]


USER = "'g' || n"
CHAT = f"CASE chat WHEN '{GROUP}' THEN chat ELSE 'cg' || n END"
PATH = f"platform || '/' || {CHAT} || '/' || thread || '/' || {USER}"
LOCK = f"CASE lock WHEN '' THEN '' ELSE {PATH} END"
MONTH = 30 * 24 * 3600
CREATED = f"{NOW} - {MONTH}.0 * n / :many"
"""Spread over the time that requests are kept for."""
JOBS = Copied("jobs", {"user": USER, "chat": CHAT, "lock": LOCK, "created": CREATED})
OUTBOX = Copied("outbox", {"user": USER, "chat": CHAT, "due": str(FAR)})
ACCOUNTS = Copied("accounts", {"user": USER, "client_id": USER})
CHATS = Copied("chats", {"user": USER, "chat": CHAT})
NUMBERED = ("jobs", "outbox")
WHAT: dict[str, tuple[Copied, ...]] = {
    "accounts": (ACCOUNTS, CHATS),
    "outbox": (OUTBOX,),
    "outbox of one chat": (OUTBOX,),
    "ended of one": (Copied("jobs", {"created": CREATED}),),
    "charged": (),
    "held": (),
}
LEVELS = {"charged": "0", "held": "1 + n % 2"}
CHARGES = """
    INSERT INTO charges (job, platform, who, space, plan, held, at, credits)
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :many)
    SELECT 1000000 + n, CAST(:platform AS TEXT), CAST(:who AS TEXT), CAST(:group AS TEXT), 'make',
        {level}, {created}, 50 FROM numbers
"""
"""What one person has spent in a group in a month, or holds there."""


def multiply(path: Path, kind: str, many: int) -> None:
    """So many copies of what the prototype has."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA synchronous=OFF")
        db.execute("BEGIN")
        fill(db, lambda table: _columns(db, table), kind, many)
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _columns(db: sqlite3.Connection, table: str) -> list[str]:
    found = db.execute(f"PRAGMA table_xinfo({table})").fetchall()
    return [name for _, name, *_, hidden in found if not hidden]


def fill(db: Database, columns: Callable[[str], Sequence[str]], kind: str, many: int) -> None:
    """The same, inside a transaction; `columns` are those of a table."""
    if OUTBOX not in WHAT.get(kind, ()):
        db.execute("DELETE FROM outbox")
    if kind in LEVELS:
        values = {"platform": PLATFORM, "group": GROUP, "many": many}
        who = accounts.code(db, PROTOTYPE, PLATFORM)
        sql = CHARGES.format(level=LEVELS[kind], created=CREATED)
        db.execute(sql, values | {"who": who})
    for copied in WHAT.get(kind, (JOBS, ACCOUNTS)):
        names = [name for name in columns(copied.table) if name != "id"]
        db.execute(_copying(copied, names), {"many": many, "user": PROTOTYPE})
    if kind in WHAT and kind != "ended of one":
        db.execute("DELETE FROM jobs WHERE user = :user", {"user": PROTOTYPE})


def _copying(copied: Copied, names: Sequence[str]) -> str:
    values = ", ".join(copied.own.get(name, name) for name in names)
    return (
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers"
        f" WHERE n < :many) INSERT INTO {copied.table} ({', '.join(names)})"
        f" SELECT {values} FROM numbers, (SELECT * FROM {copied.table} WHERE user = :user) AS one"
        f" ORDER BY n{', id' if copied.table in NUMBERED else ''}"
    )


def take_up(path: Path) -> None:
    """All copies that generate are claimed, as they are while their turns run; opening a store has
    set them free."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as db:
        db.execute("UPDATE jobs SET claimed = 1, claims = 1 WHERE step = 'generate'")
