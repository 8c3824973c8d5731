"""Whether a database on Postgres can be used, and who works on it: processes, leaders, clocks."""

from collections.abc import Callable, Iterator

from bots.databases import SharedCondition, StoreBroken, address, shared
from bots.doctor import database, keys
from core.ops.findings import Finding, note, well, wrong
from core.settings import Settings, WrongSetting

ABOUT, PROCESS = "Database", "Process"
OLDEST = 13
"""The first version of Postgres that tells what has become of a transaction."""
MOST_SKEW = 2.0
"""Seconds by which a process's clock may differ: what is due is due by its own."""


def findings(settings: Settings, clock: Callable[[], float]) -> Iterator[Finding]:
    """What is found in the database and about its keys. `clock` is this machine's."""
    try:
        found = shared(settings, clock)
    except WrongSetting as problem:
        yield wrong(ABOUT, str(problem), "", "extra")
        return
    except StoreBroken as problem:
        place = address(settings.database_url)
        remedy = "Look at DATABASE_URL, at the server and at the network between."
        yield wrong(ABOUT, f'"{place}" cannot be used: {problem}.', remedy, "broken")
        return
    yield from told(found, settings)


def told(found: SharedCondition, settings: Settings) -> Iterator[Finding]:
    """What its condition means."""
    yield _of_schema(found.version, found.schema, found.newest, found.open_jobs)
    if not found.writable:
        remedy = "Name the server that is written in DATABASE_URL, not a copy beside it."
        yield wrong(ABOUT, "its server only reads: nothing can be taken in.", remedy, "read-only")
    if found.moved_to:
        yield database.elsewhere(found.moved_to)
    for worker in found.workers:
        yield _of_process(worker.role, worker.host, worker.age, worker.leads, settings)
    if not found.workers and found.schema:
        yield note(PROCESS, "none runs on it just now.", "Start one: python -m bots", "no-process")
    living = [each for each in found.workers if each.age < settings.lease_seconds]
    yield from _lacking({each.role for each in living})
    yield _of_clock(found.skew)
    if found.paused:
        yield database.paused()
    yield keys.finding(settings, None, found.sealed)


def _lacking(roles: set[str]) -> Iterator[Finding]:
    """Half a bot answers nobody, or makes nothing."""
    if roles == {"gateway"}:
        yield note(PROCESS, "no worker runs: requests wait.", "Start one: ROLE=worker", "no-worker")
    if roles == {"worker"}:
        said = "no gateway runs: nobody is heard or answered."
        yield note(PROCESS, said, "Start one: ROLE=gateway", "no-gateway")


def _of_schema(version: int, schema: int, newest: int, open_jobs: int) -> Finding:
    if version < OLDEST:
        said = f"Postgres {version} is too old."
        return wrong(ABOUT, said, f"Use {OLDEST} or newer.", "version")
    if not schema:
        return well(ABOUT, f"Postgres {version}; the tables are made at the first start.", "empty")
    if schema < newest:
        said = f"schema {schema} is brought up to {newest} at the next start."
        return note(ABOUT, said, "Copy it first: python -m bots backup tells how.", "schema")
    return well(ABOUT, f"Postgres {version}, {open_jobs} requests under way.", "database")


def _of_process(
    role: str, host: str, age: float, leads: tuple[str, ...], settings: Settings
) -> Finding:
    whose = f", leads {', '.join(leads)}" if leads else ""
    said = f'{role} on "{host}"{whose}: last sign of life {age:.0f} seconds ago.'
    if age < settings.lease_seconds:
        return well(PROCESS, said, "process")
    return note(PROCESS, said, "The others take over what it had, if any runs.", "silent-process")


def _of_clock(skew: float) -> Finding:
    about = "Clock and database"
    if abs(skew) <= MOST_SKEW:
        return well(about, "they agree.", "database-clock")
    way = "ahead of" if skew > 0 else "behind"
    said = f"this machine is {abs(skew):.0f} seconds {way} the database."
    return note(about, said, "Set both by NTP: timedatectl set-ntp true", "database-clock")
