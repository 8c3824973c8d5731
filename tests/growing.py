"""A database in which one person, one chat, one group and one project have very many rows, and how
many steps a statement takes there: their ratio tells what walks over rows, on any machine."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

from core.store.statements import accounts
from tests.test_store_contract import HERE, NOW

ME, GROUP, SESSION = "u", "-1", "s"
A_STEP = 100
"""Instructions of SQLite's machine that are counted as one."""
JOBS = (
    "user, lock, step, state, claimed, plan, sent, spent, chat, space, lets_past, waits,"
    " notified_at"
)
ROWS: dict[str, tuple[str, ...]] = {
    f"jobs (platform, thread, due, ended, created, body, bundle, {JOBS})"
    " SELECT 'fake', '', :now, :now, :now - n, '', ''": (
        # over: this person's, in private and in the group, paid for, failed, free, and nothing
        "'u', 'l', 'link', 'done', 0, 'make', 1, 10, :chat, '', 0, 0, 1",
        "'u', 'l', 'link', 'done', 0, 'edit', 1, 10, 'g', :group, 0, 0, 1",
        "'u', 'l', 'check', 'failed', 0, 'make', 1, NULL, :chat, :group, 0, 0, 1",
        "'u', 'l', 'balance', 'done', 0, 'credits', 0, NULL, :chat, :group, 0, 0, 1",
        "'u', 'l', 'gather', 'cancelled', 0, 'make', 0, NULL, :chat, :group, 0, 0, 1",
        # others' in the same chat: waiting, under way, waiting for a yes, a reel, and paused
        "'v' || n, 'v' || n, 'poll', 'open', 0, 'make', 1, 10, :chat, :group, 0, 0, :now",
        "'w' || n, 'w' || n, 'generate', 'open', 1, 'make', 1, NULL, :chat, :group, 0, 0, :now",
        "'x' || n, 'x' || n, 'price', 'open', 0, 'edit', 0, NULL, :chat, :group, 1, 0, :now",
        "'y' || n, '', 'collect', 'open', 0, 'reel', 0, NULL, :chat, :group, 0, 0, :now",
        "'z' || n, 'z' || n, 'connect', 'open', 0, 'make', 0, NULL, :chat, :group, 0, 3, 1",
    ),
    "outbox (platform, thread, body, due, created, user, chat, slot, job, claimed, gone, first,"
    " ready_at, rank) SELECT 'fake', '', '', :now, :now": (
        "'v' || n, :chat, '', NULL, 0, 0, 0, NULL, 0",
        "'v' || n, :chat, 'job-' || n, n, 0, 0, 1, NULL, 1",
        "'w' || n, :chat, '', NULL, 0, 1, 0, NULL, 0",
        "'x' || n, 'x' || n, '', NULL, 0, 0, 1, :now, n % 4",
        "'y' || n, 'y' || n, '', NULL, 1, 0, 1, NULL, 0",
    ),
    "charges (platform, job, plan, who, space, held, at, credits) SELECT 'fake'": (
        "n * 4, 'make', :code, :group, 0, :now - n, 10",
        "n * 4 + 1, 'edit', 'c' || n, :group, 0, :now - n, 10",
        "n * 4 + 2, 'make', 'c' || n, :group, 1, :now - n, NULL",
        "n * 4 + 3, 'make', 'c' || n, :group, 2, :now - 86400 - n, 10",
    ),
    "posted SELECT 'fake', :chat, ''": ("'job-' || n, n, '', :now, 0",),
    "messages SELECT 'fake', :chat": ("n, n, :now",),
    "projects SELECT": ("CASE n WHEN 1 THEN :session ELSE n END, 'fake', 'u', 1, :now",),
    "forgotten (platform, space, created, paid, who) SELECT 'fake', :group, :now - n, n % 2": (
        ":code",
        "n",
    ),
    "granted SELECT": ("n, :now - n, ''",),
    "bans SELECT": ("n, 'fake', :now",),
    "seen SELECT": ("n, :now",),
    "shares (job, mark, platform, user, at, body) SELECT": ("n, '', 'fake', 'u', :now, ''",),
    "spaces SELECT 'fake'": ("n, ''",),
    "cursors SELECT 'fake', n, ''": ("CASE n % 2 WHEN 1 THEN n ELSE '' END, 1, :now",),
    "accounts (platform, user, client_id, granted) SELECT 'fake'": ("'v' || n, '', :now - n",),
    "chats (platform, thread, body, updated, holds, user, chat) SELECT 'fake', '', '', :now, 1": (
        "'v' || n, :chat",
        "'u', n",
    ),
    "versions SELECT": (":session, n, n - 1, 'fake', 'u', n, :now, '', '', '[]', ''",),
}
"""What is inserted into which table, with `n` for the number of the row."""
NUMBERS = (
    "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :many)"
)


def fill(path: Path, many: int) -> None:
    """So many rows of each kind."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA synchronous = OFF")
        code = accounts.code(db, ME, HERE.platform)
        values = {"many": many, "now": NOW, "chat": HERE.chat, "group": GROUP, "code": code}
        for table, forms in ROWS.items():
            for form in forms:
                comma = " " if table.endswith("SELECT") else ", "
                sql = f"{NUMBERS} INSERT OR IGNORE INTO {table}{comma}{form} FROM numbers"
                db.execute(sql, values | {"session": SESSION})
        db.commit()


def steps(db: sqlite3.Connection, sql: str, values: Any) -> int:
    """How many it takes; nothing of it stays."""
    count = 0

    def one() -> int:
        nonlocal count
        count += 1
        return 0

    db.execute("BEGIN")
    db.set_progress_handler(one, A_STEP)
    try:
        with contextlib.suppress(sqlite3.IntegrityError):
            db.execute(sql, values).fetchall()
    finally:
        db.set_progress_handler(None, A_STEP)
        db.execute("ROLLBACK")
    return count
