"""How a shared database stands, and who works on it, looked at without changing anything."""

from collections.abc import Callable
from contextlib import closing

import psycopg

from core.store.moving import moved_to
from core.store.port import StoreBroken
from core.store.postgres import leases, migrations
from core.store.postgres.connection import Connection, Raw, connected
from core.store.postgres.reasons import reason
from core.store.sharing import SharedCondition, Worker
from core.store.statements import open_jobs, pause, sealed_tokens


def examined(url: str, clock: Callable[[], float]) -> SharedCondition:
    """Raises StoreBroken; no password is in what it says."""
    try:
        with closing(connected(url, lease=60)) as raw:
            version, schema = raw.info.server_version // 10000, migrations.seen(raw)
            newest, skew = max(migrations.numbered()), _skew(raw, clock)
            writable = _is_writable(raw)
            if schema < newest:
                return SharedCondition(version, schema, newest, skew, writable=writable)
            raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            db = Connection(raw)
            return SharedCondition(
                version,
                schema,
                newest,
                skew,
                workers=tuple(Worker(*each) for each in leases.everybody(raw)),
                sealed=sealed_tokens(db),
                open_jobs=open_jobs(db),
                paused=pause(db) is not None,
                moved_to=moved_to(db),
                writable=writable,
            )
    except psycopg.Error as problem:
        raise StoreBroken(reason(problem)) from None


def _skew(raw: Raw, clock: Callable[[], float]) -> float:
    before = clock()
    row = raw.execute("SELECT CAST(extract(epoch FROM clock_timestamp()) AS FLOAT8)").fetchone()
    after = clock()
    return (before + after) / 2 - float(row[0]) if row else 0.0


def _is_writable(raw: Raw) -> bool:
    row = raw.execute("SELECT current_setting('transaction_read_only')").fetchone()
    return row is not None and row[0] == "off"
