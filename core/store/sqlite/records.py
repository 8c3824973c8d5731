"""What is kept of one person: copied for them, erased for good, and the files that go with it."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import aiosqlite

from core.conversation import Chat
from core.jobs import Job, slot
from core.messages import Address, Attachment, Inbound
from core.store import Held, Litter
from core.store.sqlite import forgotten, outbox, rows

SECRET = frozenset({"token", "own"})
LITTER = "litter:"
"""How the names of files to delete are called in the table of single values; they stay until the files are gone."""


async def copy_of(db: aiosqlite.Connection, user: str, platform: str) -> str:
    """Everything that is kept of a user on one platform, as JSON; tokens are left out, they are not for reading."""
    kept: dict[str, list[dict[str, Any]]] = {}
    for table in ("chats", "jobs", "outbox", "accounts", "heard"):
        sql = f"SELECT * FROM {table} WHERE user = ? AND platform = ?"  # noqa: S608
        found = await rows.every(db, sql, user, platform)
        kept[table] = [{name: row[name] for name in row.keys() if name not in SECRET} for row in found]  # noqa: SIM118
    kept |= await forgotten.copy_of(db, user, platform)
    for table in ("chats", "jobs", "outbox"):
        for entry in kept[table]:
            entry["body"] = json.loads(entry["body"])
    return json.dumps(kept, ensure_ascii=False, indent=2)


async def erase(db: aiosqlite.Connection, inbound: Inbound, now: float) -> None:
    """Everything that is kept of this user on their platform. The files go once this is on disk: see `litter`."""
    user, platform = inbound.user, inbound.address.platform
    jobs = [rows.to_job(row) for row in await _all(db, "jobs", user, platform)]
    chats = [_chat(row) for row in await _all(db, "chats", user, platform)]
    await _note_files(db, platform, jobs, chats)
    await forgotten.note(db, user, platform, now)
    for job in jobs:
        await db.execute("DELETE FROM outbox WHERE job = ?", (job.id,))
        await db.execute("DELETE FROM posted WHERE platform = ? AND slot = ?", (platform, slot(job)))
    for place in _private_places(inbound, jobs, chats):
        await db.execute(f"DELETE FROM posted WHERE {outbox.SAME_PLACE}", rows.where(place))  # noqa: S608
    for table in ("jobs", "chats", "accounts", "outbox", "heard"):
        await db.execute(f"DELETE FROM {table} WHERE user = ? AND platform = ?", (user, platform))  # noqa: S608


async def _all(db: aiosqlite.Connection, table: str, user: str, platform: str) -> Iterable[aiosqlite.Row]:
    return await rows.every(db, f"SELECT * FROM {table} WHERE user = ? AND platform = ?", user, platform)  # noqa: S608


def _chat(row: aiosqlite.Row) -> Chat:
    chat: Chat = rows.CHAT.validate_json(row["body"])
    return chat


def _private_places(inbound: Inbound, jobs: list[Job], chats: list[Chat]) -> set[Address]:
    """The chats in which nobody else is: on some platforms their very number is the user's."""
    own = {chat.address for chat in chats if chat.private} | {job.address for job in jobs if job.private}
    own |= {inbound.address} if inbound.private else set()
    asides = {job.aside for job in jobs if job.aside} | ({inbound.aside} if inbound.aside else set())
    return own | asides


async def _note_files(db: aiosqlite.Connection, platform: str, jobs: list[Job], chats: list[Chat]) -> None:
    refs = {file.ref for job in jobs for file in files_of(job)} | {file.ref for chat in chats for file in chat.kept}
    note = {"platform": platform, "jobs": [job.id for job in jobs], "refs": sorted(refs)}
    await db.execute("INSERT INTO meta VALUES (?, ?)", (LITTER + uuid4().hex, json.dumps(note)))


def files_of(job: Job) -> tuple[Attachment, ...]:
    """Every file that a job names."""
    return (*job.facts.files, *job.pile.files)


async def litter(db: aiosqlite.Connection) -> tuple[Litter, ...]:
    """The files that erased users have left on disk."""
    found = await rows.every(db, "SELECT * FROM meta WHERE name LIKE ?", f"{LITTER}%")
    notes = [(row["name"], json.loads(row["value"])) for row in found]
    return tuple(Litter(name, note["platform"], tuple(note["jobs"]), tuple(note["refs"])) for name, note in notes)


async def cleared(db: aiosqlite.Connection, found: Litter) -> None:
    """They are gone, so their names go too."""
    await db.execute("DELETE FROM meta WHERE name = ?", (found.id,))


async def held(db: aiosqlite.Connection) -> Held:
    """Which files on disk still have a use: those of open requests, and those that wait in a chat."""
    jobs = [rows.to_job(row) for row in await rows.every(db, "SELECT * FROM jobs WHERE state = 'open'")]
    waiting = await rows.every(db, "SELECT body FROM chats WHERE json_extract(body, '$.kept') != '[]'")
    refs = {file.ref for job in jobs for file in files_of(job)}
    refs |= {file.ref for row in waiting for file in _chat(row).kept}
    return Held(frozenset(job.id for job in jobs), frozenset(refs))


async def sealed(db: aiosqlite.Connection) -> tuple[str, ...]:
    """Every token at rest, for finding out at the start whether the keys still fit."""
    found = await rows.every(db, "SELECT token, own FROM accounts")
    return tuple(text for row in found for text in (row["token"], row["own"]) if text)
