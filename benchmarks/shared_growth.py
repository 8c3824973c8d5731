"""Whether a call to a shared store costs the same however much is stored: processor time of each
call, that of the database's process for it included, with 10 and 100,000 rows of a mix."""

import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from benchmarks import filling, growth
from benchmarks.measuring import Scale
from benchmarks.report import Figure, Table
from core.store.postgres import PostgresStore
from core.store.postgres.connection import Connection
from core.store.statements import resuming
from core.store.statements.terms import Terms
from tests.servers import postgres

TITLE = "The store on Postgres, as it grows"
MIXES = (
    "waiting", "group", "ended of one", "ended in a group", "accounts", "outbox of one chat",
    "charged", "held",
)  # fmt: skip
GOAL = 2.0
"""How much dearer a call may become. One that takes less than `LEAST` milliseconds with the fewest
rows counts as if it took that."""
LEAST = 0.5
TABLES = ("jobs", "outbox")
"""What their triggers do is of no use for copies: nobody is to be woken for them."""
TASKS = """
    INSERT INTO procrastinate_jobs
        (queue_name, task_name, priority, queueing_lock, args, status, scheduled_at)
    SELECT 'call', 'carry', 0, 'job-' || id, jsonb_build_object('job', id), 'todo',
        to_timestamp(due)
    FROM jobs WHERE state = 'open' AND claimed = 0 AND waits = 0 ON CONFLICT DO NOTHING
"""
COLUMNS = "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
BESIDE = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid != %s"


async def run(scale: Scale) -> Table:
    """Every mix, with few rows and with many."""
    sizes: tuple[int, ...] = scale.of((10, 100_000), (10, 2_000))
    mixes = scale.of(MIXES, MIXES[1:2])
    figures: list[Figure] = []
    with TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as folder:
        address = postgres.server(Path(folder, "postgres"), durable=True)
        for mix in mixes:
            few, many = [await measured(address, mix, size, scale.of(20, 5)) for size in sizes]
            times = {call: many[call] / max(few[call], LEAST) for call in many}
            worst = max(times, key=lambda call: times[call])
            beside = f"{worst}: {few[worst]:.1f} and {many[worst]:.1f} ms"
            name = f"{sizes[-1]:,} {mix}, against {sizes[0]}"
            figures.append(Figure(name, times[worst], "×", GOAL, beside=beside))
    return Table(TITLE, tuple(figures))


async def measured(address: str, mix: str, size: int, repeats: int) -> dict[str, float]:
    """Milliseconds of each call, medians: this process and the server's for it."""
    with postgres.database(address) as url:
        store = await PostgresStore.open(url)
        await filling.prototype(store, mix)
        await store.close()
        multiply(url, mix, size)
        store = await PostgresStore.open(url, terms=Terms(limits=filling.SETTINGS))
        server = _other(url)
        try:
            return await growth.timed(
                store, mix, repeats, lambda: time.process_time() + taken(server)
            )
        finally:
            await store.close()


def multiply(url: str, kind: str, many: int) -> None:
    """So many copies of what the prototype has."""
    with closing(psycopg.connect(url)) as raw:
        for table in TABLES:
            raw.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        filling.fill(Connection(raw), lambda table: _columns(raw, table), kind, many)
        resuming.sort_messages_anew(Connection(raw))
        raw.execute("SET LOCAL session_replication_role = replica")  # no triggers of its engine
        raw.execute(TASKS)
        raw.execute("SET LOCAL session_replication_role = origin")
        for table in TABLES:
            raw.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        raw.commit()
        raw.set_autocommit(True)
        raw.execute("VACUUM (ANALYZE)")


def _columns(raw: psycopg.Connection, table: str) -> list[str]:
    return [name for (name,) in raw.execute(COLUMNS, (table,)).fetchall()]


def _other(url: str) -> int:
    """The server's process for the only other connection."""
    with closing(psycopg.connect(url)) as raw:
        ((pid,),) = raw.execute(BESIDE, (raw.info.backend_pid,)).fetchall()
    return int(pid)


def taken(process: int) -> float:
    """Processor seconds of a process (Linux), to the nanosecond."""
    return int(Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
