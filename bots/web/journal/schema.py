"""The journal's tables: a numbered step for each version, so that an older file is read on."""

import sqlite3

import aiosqlite

STEPS = (
    """
    CREATE TABLE numbers (last INTEGER NOT NULL);
    INSERT INTO numbers VALUES (0);
    CREATE TABLE visitors (
        user TEXT PRIMARY KEY, language TEXT NOT NULL, begun INTEGER NOT NULL, seen REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE messages (
        id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, at REAL NOT NULL,
        mine INTEGER NOT NULL, client TEXT, nonce TEXT, working INTEGER NOT NULL DEFAULT 0,
        body TEXT NOT NULL, changed INTEGER NOT NULL, gone INTEGER NOT NULL DEFAULT 0,
        edited INTEGER NOT NULL DEFAULT 0, answered INTEGER NOT NULL DEFAULT 0
    );
    CREATE UNIQUE INDEX messages_changed ON messages (user, changed);
    CREATE UNIQUE INDEX messages_client ON messages (user, client) WHERE client IS NOT NULL;
    CREATE UNIQUE INDEX messages_nonce ON messages (user, nonce) WHERE nonce IS NOT NULL;
    CREATE INDEX messages_at ON messages (at);
    CREATE INDEX messages_working ON messages (user) WHERE working = 1;
    CREATE INDEX messages_unanswered ON messages (id) WHERE mine = 1 AND answered = 0;
    CREATE TABLE files (
        id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, place TEXT NOT NULL,
        sort TEXT NOT NULL, name TEXT NOT NULL, mime TEXT NOT NULL, bytes INTEGER NOT NULL,
        message INTEGER, at REAL NOT NULL
    );
    CREATE INDEX files_user ON files (user);
    CREATE INDEX files_message ON files (message);
    """,
)
"""AUTOINCREMENT: a number that comes back would make an old answer edit a new message."""


class TooNew(Exception):
    """A later version of this bot has written it."""


async def migrate(db: aiosqlite.Connection) -> None:
    """Bring an open file to the newest version. Raises sqlite3.Error, or TooNew."""
    db.row_factory = sqlite3.Row
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        await db.execute_fetchall(f"PRAGMA {pragma}")
    ((version,),) = await db.execute_fetchall("PRAGMA user_version")
    if version > len(STEPS):
        raise TooNew(f"version {version}")
    for number, step in enumerate(STEPS[version:], version + 1):
        await db.executescript(f"BEGIN IMMEDIATE; {step} PRAGMA user_version = {number}; COMMIT;")
