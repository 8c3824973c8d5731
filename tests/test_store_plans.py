"""No statement of the store reads a table that grows from one end to the other: the plan of each is
read that runs while the store does all that it promises."""

import ast
import inspect
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
import pytest_asyncio

from core.adapter import Posted
from core.domain.conversation import Decision, Grown
from core.domain.conversation.chat.context import PAST_SEARCHED, Lookup, Past
from core.domain.limits.capacity import FAILURES_THAT_HOLD, Rank
from core.domain.operating import (
    Announce,
    Ban,
    Draft,
    News,
    Operation,
    Pause,
    Raise,
    Resume,
    Unban,
)
from core.domain.reels import Reeled
from core.domain.requests import (
    Advanced,
    Fail,
    Job,
    Next,
    Notice,
    Project,
    Step,
    advance,
    status_slot,
)
from core.domain.versions import History, Version, Versions
from core.messages import Address, Command, Presence
from core.settings import Limits
from core.store import Remembered
from core.store.database import Database
from core.store.postgres.connection import Connection, Raw, connected
from core.store.sqlite import SqliteStore
from core.store.statements import claim_this, figures
from core.store.statements.terms import Terms
from core.store.statements.versions import LARGE
from tests import growing, messages, test_store_charges, test_store_contract
from tests.knowing import knowing
from tests.outgoing import outgoing
from tests.servers import postgres
from tests.stores import File
from tests.test_store_contract import HERE, NOW, gathered, say, thinking
from tests.test_store_reels import ANNA, BEN, CLEO, Group, at

HISTORY = History(Versions((Version(1, mark="m"),), 1), ((1, "{}"),))
STORE = Path(inspect.getfile(SqliteStore)).parents[1]
AT_THE_START = {
    *(
        "connection.py",
        "copies.py",
        "moving.py",
        "files.py",
        "numbering.py",
        "reshaping.py",
        "resuming.py",
    ),
    *("condition.py", "figures.py", "writer.py", "outside.py", "database.py"),
}
"""Modules whose statements run at the start alone, or for the operator."""
STARTING = {
    "pauses",
    *(
        "overview",
        "_many",
        "sort_requests_anew",
        "_pause",
        "latest_news",
        "draft_news",
        "announce",
        "hush",
    ),
}
"""Functions that do so in others."""
ALONE = {path.name for path in STORE.glob("sqlite/*.py")} - {
    path.name for path in STORE.glob("statements/[a-z]*.py")
}
"""Modules whose statements are SQLite's alone."""
MANY, LEASE = 200, 5.0
FEW, MORE = 600, 2400
"""Rows of one person, chat, group and project; more than are ever looked at together."""
TERMS = Terms(
    limits=Limits(hourly_per_user=9, hourly_per_group=9, daily_per_user=9, daily_per_group=9)
)
WALKS = {
    "personal.py": "a person's copy, and what /forget takes, is as much as there is",
    "records.py: _all": "the same",
    "reels.py: forgotten": "the same",
    "readdressing.py: _rename": "a chat that moves takes all with it",
    "outbox.py: revive": "all that waited for a place that is open again is owed anew",
    "charging.py: spending_of": "only where somebody asks for the balance: of thirty days",
    "versions.py: load": "each was paid for: a project has tens of them",
    "operating.py: _further": "so few are owed at a time",
}
"""Statements that walk over rows, and why they may."""
RUN = re.compile(r"^(execute|executemany|one|every)$")
READING = {"one", "every"}
"""Functions that run what others say."""
ONLY_PLATFORM = re.compile(r"\((ANY\(\w+\) AND )?platform=\?\)$")
HARMLESS = re.compile(
    r"^SCAN (CONSTANT ROW|(alone|either|listed|pieces|two)$|\(subquery-\d+\)|\d+ CONSTANT ROWS?)"
)


@dataclass(frozen=True)
class Statement:
    """A statement, where it stands, and values that it was run with."""

    sql: str
    place: tuple[str, int]
    values: Any


Seen = dict[tuple[str, tuple[str, int]], Statement]


def watched(seen: Seen) -> type[sqlite3.Connection]:
    """A kind of connection that notes each statement that is run on it."""

    class Watched(sqlite3.Connection):
        def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
            _note(seen, sql, values)
            return super().execute(sql, values)

        def executemany(self, sql: str, values: Any, /) -> sqlite3.Cursor:
            values = list(values)
            if values:
                _note(seen, sql, values[0])
            return super().executemany(sql, values)

    return Watched


def _note(seen: Seen, sql: str, values: Any) -> None:
    place = _caller()
    seen.setdefault((sql, place), Statement(sql, place, values))


def _caller() -> tuple[str, int]:
    """The module of the store, and the line in it, that runs a statement."""
    frame = sys._getframe(3)
    while frame.f_back is not None and frame.f_code.co_name in READING:
        frame = frame.f_back
    return Path(frame.f_code.co_filename).name, frame.f_lineno


def places() -> Iterator[tuple[str, range, str]]:
    """Where the store runs statements: the module, the lines of the call, and its function."""
    for module in (*STORE.glob("sqlite/*.py"), *STORE.glob("statements/*.py")):
        if module.name in AT_THE_START:
            continue
        tree = ast.parse(module.read_text(encoding="utf-8"))
        for function in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)):
            for call in (each for each in ast.walk(function) if isinstance(each, ast.Call)):
                called = getattr(call.func, "attr", "") or getattr(call.func, "id", "")
                if RUN.match(called) and function.name not in READING:
                    lines = range(call.lineno, (call.end_lineno or call.lineno) + 1)
                    yield module.name, lines, function.name


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def seen(tmp_path_factory: pytest.TempPathFactory) -> tuple[Seen, Path]:
    """Every statement that ran, and a database to look at their plans with."""
    found: Seen = {}
    tmp_path = tmp_path_factory.mktemp("plans")
    kind, empty = watched(found), tmp_path / "empty.sqlite"
    await (await SqliteStore.open(empty, NOW)).close()
    for number, test in enumerate((*_promises(), _rest, _reel, _unread, *COUNTED)):
        folder = tmp_path / str(number)
        folder.mkdir()
        shutil.copy(empty, folder / "bot.sqlite")
        store = await SqliteStore.open(folder / "bot.sqlite", NOW, kind, TERMS)
        given = {"store": store, "tmp_path": folder}
        await test(**{name: given[name] for name in inspect.signature(test).parameters})
        await store.close()
    with closing(sqlite3.connect(empty, factory=kind)) as db:
        db.row_factory = sqlite3.Row
        _figures(db)
    return found, empty


def _figures(db: Database) -> None:
    """What the command line and the report look at, and who is called for one request."""
    figures.all_figures(db, NOW)
    figures.direct_chats(db, ["fake:u"])
    figures.sealed_tokens(db)
    figures.open_jobs(db)
    claim_this(db, 1, NOW)


def _promises() -> Iterator[Any]:
    """The tests of what any store must keep, as far as they need nothing but one."""
    for name, test in vars(test_store_contract).items():
        needs = set(inspect.signature(test).parameters) if name.startswith("test_") else {""}
        if needs <= {"store", "tmp_path"} and "store" in needs:
            yield test


COUNTED = (
    test_store_charges.test_what_was_paid_counts_for_the_person_the_group_and_the_bot,
    test_store_charges.test_of_two_that_ask_for_the_price_at_once_the_second_sees_the_first,
)


async def _rest(store: SqliteStore) -> None:
    """What these leave out."""
    await gathered(store)
    await _said(store)
    await _posted(store)
    await _looked_after(store)
    await store.changed_outside()
    boss = Address("fake", "boss")
    done: list[Operation] = [Pause(NOW), Resume(), Ban("fake", "u"), Unban("fake", "u")]
    done += [Draft(News("1", "Hello.", boss)), Announce("1"), Raise("fake", "u", None)]
    for number, operation in enumerate(done):
        said = messages.said(f"o{number}", "boss", boss, "do it")
        await store.take_in(said, partial(_operated, operation), NOW)
    await store.spread(NOW, ("fake",))
    for post in await store.claim_posts(NOW, "fake", 9, (Rank.NEWS,)):
        await store.keep(post)
    await store.spread(NOW, ("fake",))


def _operated(operation: Operation, known: Remembered) -> Decision:
    return Decision(replace(known.chat, introduced=True), operate=operation)


async def _unread(store: SqliteStore, tmp_path: Path) -> None:
    """A request, a chat and a message that cannot be read."""
    await say(store, "m1", "make a video", "fake:1")
    for table in ("jobs", "chats", "outbox"):
        File(tmp_path).change(f"UPDATE {table} SET body = ''")
    await store.claim(NOW + 400)
    await store.claim_post(NOW + 400)


async def _reel(store: SqliteStore, tmp_path: Path) -> None:
    """A group reel that fails, loses somebody, and is made."""
    here = Group(store, File(tmp_path))
    await here.opens()
    await here.adds(BEN, 1, 2)
    await here.adds(CLEO, 3)
    slower = messages.said("slower", ANNA, HERE, "slower")
    await store.take_in(slower, _reworded, NOW)
    first = at(await here.makes(), Step.BRING).job
    await store.commit(advance(first, Fail(Notice("no")), NOW), NOW)
    await here.hand_out()
    await store.held()
    await here.forgets(CLEO)
    last = at(await here.makes(), Step.LINK, session="s", uploaded=True).job
    over = Next(last.progress, Notice("done"), last=True)
    await store.commit(advance(last, over, NOW), NOW)


def _reworded(known: Remembered) -> Decision:
    return Decision(known.chat, reel=Reeled(1, words="slower"))


async def _said(store: SqliteStore) -> None:
    """Words of every kind, and requests at every turn."""
    await store.remind(NOW + 999, 1, lambda job: outgoing(HERE, "still", slot=status_slot(job)))
    for number, words in enumerate(("more", "and more"), 20):
        await say(store, f"m{number}", words, f"fake:{number}", now=NOW + 300)
    late = await store.claim(NOW + 400)
    assert late is not None
    await say(store, "m30", "", "fake:30", now=NOW + 300)
    assert not await store.commit(advance(late.job, Next(late.job.progress), NOW), NOW + 400)
    first = await store.job(1)
    assert first is not None
    known = replace(
        first[0],
        step=Step.GENERATE,
        progress=knowing(session="s", before="x" * (LARGE + 1), pinned=True),
    )
    told = Advanced(known, drop_token=True, closed_until=NOW + 1, history=HISTORY)
    await store.commit(told, NOW + 400)
    at_work = await store.claim(NOW + 400)
    assert at_work is not None
    await store.go_on(Advanced(replace(at_work.job, step=Step.CONNECT)), NOW + 400)
    await store.disown(1)
    answer = replace(messages.said("m31", "u", HERE, "an answer"), answers="p1")
    await store.take_in(answer, thinking(answer), NOW + 500)
    for number, command in enumerate((Command.HISTORY, Command.UNDO, Command.LOGOUT), 32):
        await say(store, f"m{number}", command=command, now=NOW + 500, job=1)
    more = messages.said("m39", "u", HERE, "more of another project")
    await store.take_in(more, _grown, NOW)
    group = Address("fake", "-1")
    said = messages.asked(
        id="g1", user="u", address=group, space="-1", private=False, admin=True,
        command=Command.SETTINGS, text="daily=3",
    )  # fmt: skip
    await store.take_in(said, thinking(said), NOW)


def _grown(known: Remembered) -> Decision:
    job = replace(known.open[0], about=Project("s"))
    return Decision(known.chat, log_out=True, grow=(Grown(job, job.bundle, NOW),))


async def _posted(store: SqliteStore) -> None:
    """Messages that end in every way, of somebody who has many on their way."""
    for chat in "123456":
        for words in ("one", "two"):
            await store.post(outgoing(Address("fake", chat), words, user="u"), NOW, 1)
    await store.post_due()
    posts = [*await store.claim_posts(NOW + 500, "fake", 99)]
    for number, post in enumerate(posts):
        await store.posted(post, Posted(f"p{number}", ref="r"), NOW, outgoing(HERE, "rest"))
    for post in await store.claim_posts(NOW + 500, "", 99):
        await store.post(outgoing(HERE, "status", slot="job-1", user="u"), NOW)
        await store.keep(post)
    await store.forget_slot(post)
    await _in_the_way_again(store)
    await store.hold(HERE, NOW + 1)
    back = messages.happened("b1", "u", HERE, Presence(True))
    await store.take_in(back, messages.undecided, NOW)
    await say(store, "m40", "back")


async def _in_the_way_again(store: SqliteStore) -> None:
    """A message that nobody waited for any more is another one now."""
    there = Address("fake", "in the way")
    for words in ("one", "two"):
        await store.post(outgoing(there, words, user="w"), NOW)
    (post,) = [each for each in await store.claim_posts(NOW + 500, "fake", 99)
               if each.message.address == there]  # fmt: skip
    for _ in range(FAILURES_THAT_HOLD):
        await store.postpone(post, NOW, failed=True)
    await store.amend(post, outgoing(there, "one, shorter", user="w"), NOW)
    await store.post(outgoing(there, "older", slot="job-2"), NOW)
    (post,) = [each for each in await store.claim_posts(NOW + 500, "fake", 99)
               if each.message.slot == "job-2"]  # fmt: skip
    await store.post(outgoing(there, "newer", slot="job-2"), NOW)
    await store.postpone(post, NOW)


async def _looked_after(store: SqliteStore) -> None:
    """What is done for all from time to time."""
    await store.job_due()
    await store.move(HERE, Address("fake", "chat-2"))
    await store.recall("fake", NOW + 999_999)
    await store.held()
    await store.sealed()
    await store.sweep(NOW + 90 * 86_400)
    await say(store, "m50", "yes", command=Command.FORGET)
    for litter in await store.litter():
        await store.cleared(litter)


def plan(db: sqlite3.Connection, statement: Statement) -> list[str]:
    found = db.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.values).fetchall()
    return [str(row[3]) for row in found]


def slow(line: str) -> bool:
    """Whether this part of a plan costs more the more rows there are."""
    scans = line.startswith("SCAN") and not HARMLESS.match(line)
    return scans or bool(ONLY_PLATFORM.search(line))


def test_every_statement_is_one_of_postgres_too(seen: tuple[Seen, Path]) -> None:
    statements = seen[0].values()
    common = [each for each in statements if each.place[0] not in ALONE]
    refused, exempt = [], at_the_start()
    with (
        postgres.database(postgres.server()) as url,
        closing(connected(url, LEASE)) as raw,
    ):
        raw.execute("SELECT set_config('bot.worker', '1', false)")
        raw.execute("SET enable_seqscan = off")  # in empty tables it is always the fastest
        for statement in common:
            problem = _problem(
                raw,
                statement,
                fast=statement.place[0] not in AT_THE_START and statement.place not in exempt,
            )
            refused += [(statement.place, statement.sql, problem)] if problem else []
    assert len(common) > MANY
    assert not refused


def _problem(raw: Raw, statement: Statement, *, fast: bool) -> str:
    """What Postgres has against it (what it has against these values says nothing about it), or
    where one that is to be `fast` reads a table from end to end since no index would do."""
    db = Connection(raw)
    try:
        with raw.transaction(force_rollback=True):
            found = db.execute(f"EXPLAIN {statement.sql}", statement.values).fetchall()
            db.execute(statement.sql, statement.values)
    except psycopg.IntegrityError:
        return ""
    except psycopg.Error as problem:
        return str(problem)
    whole = fast and statement.sql not in EMPTIED
    return next((line for (line,) in found if whole and "Seq Scan" in line), "")


EMPTIED = {"DELETE FROM news_to"}
"""A table that is small by then."""


def at_the_start() -> set[tuple[str, int]]:
    """Lines of statements that run at the start alone, or for the operator."""
    return {
        (module, line)
        for module, lines, function in places()
        for line in lines
        if function in STARTING
    }


async def test_no_statement_reads_a_growing_table_from_end_to_end(
    seen: tuple[Seen, Path],
) -> None:
    statements, path = seen
    ran = {statement.place for statement in statements.values()}
    never = [
        f"{module}:{lines[0]}"
        for module, lines, function in places()
        if function not in STARTING and not any((module, line) in ran for line in lines)
    ]
    assert not never, "let it run in _rest, so that its plan is seen"
    exempt = at_the_start()
    found = []
    with closing(sqlite3.connect(path)) as db:
        for statement in statements.values():
            if statement.place[0] in AT_THE_START or statement.place in exempt:
                continue
            bad = [line for line in plan(db, statement) if slow(line)]
            found += [(statement.place, statement.sql, bad)] if bad else []
    assert not found


def test_no_statement_walks_over_all_rows_of_one_person_chat_group_or_project(
    seen: tuple[Seen, Path], tmp_path: Path
) -> None:
    statements, empty = seen
    grown = {many: tmp_path / f"{many}.sqlite" for many in (FEW, MORE)}
    for many, path in grown.items():
        shutil.copy(empty, path)
        growing.fill(path, many)
    exempt = at_the_start()
    found: dict[str, list[tuple[int, int, str]]] = {}
    with (
        closing(sqlite3.connect(grown[FEW], isolation_level=None)) as few,
        closing(sqlite3.connect(grown[MORE], isolation_level=None)) as more,
    ):
        for statement in statements.values():
            if statement.place[0] in AT_THE_START or statement.place in exempt:
                continue
            sql, values = statement.sql, statement.values
            less, much = (growing.steps(db, sql, values) for db in (few, more))
            if much > 2 * less + 5:
                found.setdefault(function_of(statement), []).append((less, much, sql))
    assert not {name: walks for name, walks in found.items() if name not in WALKS}
    assert not set(WALKS) - set(found), "what walks no more needs no reason"


def function_of(statement: Statement) -> str:
    """`module: function` of the line that runs it, of a module alone where all of it may walk."""
    module, line = statement.place
    if module in WALKS:
        return module
    here = (name for where, lines, name in places() if where == module and line in lines)
    return f"{module}: {next(here, '?')}"


async def test_a_search_among_earlier_requests_ends_somewhere(tmp_path: Path) -> None:
    """There is one that is sought, and behind it one more at a time of another kind."""
    path = tmp_path / "bot.sqlite"
    store = await SqliteStore.open(path, NOW)
    await gathered(store)
    await store.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE jobs SET state = 'failed', claimed = 0")
        names = [row[1] for row in db.execute("PRAGMA table_info(jobs)") if row[1] != "id"]
        others = ", ".join("'edit'" if name == "plan" else name for name in names)
        copy = f"INSERT INTO jobs ({', '.join(names)}) SELECT {others} FROM jobs WHERE id = 1"
        for _ in range(PAST_SEARCHED - 1):
            db.execute(copy)
        db.commit()
        store = await SqliteStore.open(path, NOW)
        assert [job.id for job in await _made(store, "m2")] == [1], "the last that is looked at"
        db.execute(copy)
        db.commit()
        assert await _made(store, "m3") == ()
        await store.close()


async def _made(store: SqliteStore, id: str) -> tuple[Job, ...]:
    """Earlier requests that have made a video, as they are known when somebody speaks."""
    seen: list[Remembered] = []

    def think(known: Remembered) -> Decision:
        seen.append(known)
        return Decision(known.chat)

    await store.take_in(messages.said(id, "u", HERE, "again"), think, NOW, Lookup(Past.MADE))
    return seen[0].past
