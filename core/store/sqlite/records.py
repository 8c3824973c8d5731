"""What is kept of one person: copied for them, erased for good, and the files that go with it."""

import json
from collections.abc import Iterable, Sequence
from uuid import uuid4

import aiosqlite

from core.domain.conversation import Chat
from core.domain.conversation.belongings import private_places
from core.domain.requests import Job
from core.messages import Attachment, Inbound
from core.store import Held, Litter
from core.store.sqlite import personal, pseudonyms, rows

LITTER = "litter:"
"""How the names of files to delete are called in the table of single values; they stay until the
files are gone."""


async def copy_of(db: aiosqlite.Connection, inbound: Inbound) -> str:
    """Everything that is kept of who asks, on their platform, as JSON; what is sealed is only said
    to be there."""
    user, platform = inbound.user, inbound.address.platform
    jobs = [rows.to_job(row) for row in await _all(db, "jobs", user, platform)]
    chats = [_chat(row) for row in await _all(db, "chats", user, platform)]
    kept = await personal.copy_of(db, await _person(db, inbound, jobs, chats))
    return json.dumps(kept, ensure_ascii=False, indent=2)


async def erase(db: aiosqlite.Connection, inbound: Inbound, now: float) -> None:
    """Everything that is kept of this user on their platform. The files go once this is on disk:
    see `litter`."""
    user, platform = inbound.user, inbound.address.platform
    jobs = [rows.to_job(row) for row in await _all(db, "jobs", user, platform)]
    chats = [_chat(row) for row in await _all(db, "chats", user, platform)]
    await note_files(db, platform, jobs, [file for chat in chats for file in chat.kept])
    await pseudonyms.note(db, user, platform, jobs, now)
    await personal.erase(db, await _person(db, inbound, jobs, chats))


async def _person(
    db: aiosqlite.Connection, inbound: Inbound, jobs: list[Job], chats: list[Chat]
) -> dict[str, str]:
    """What the conditions of `personal` name: the person, the code for them, and the chats that
    they alone read."""
    user, platform = inbound.user, inbound.address.platform
    places = [f"{place.chat}\n{place.thread}" for place in private_places(inbound, jobs, chats)]
    code = await pseudonyms.code(db, user, platform)
    return {"user": user, "platform": platform, "who": code, "places": json.dumps(places)}


async def _all(
    db: aiosqlite.Connection, table: str, user: str, platform: str
) -> Iterable[aiosqlite.Row]:
    sql = f"SELECT * FROM {table} WHERE user = ? AND platform = ?"  # noqa: S608
    return await rows.every(db, sql, user, platform)


def _chat(row: aiosqlite.Row) -> Chat:
    chat: Chat = rows.CHAT.validate_json(row["body"])
    return chat


async def note_files(
    db: aiosqlite.Connection, platform: str, jobs: Sequence[Job], files: Iterable[Attachment]
) -> None:
    """Files that nobody needs any more: the copies of these jobs, and what they and `files`
    name."""
    refs = {file.ref for job in jobs for file in job.named_files} | {file.ref for file in files}
    note = {"platform": platform, "jobs": [job.id for job in jobs], "refs": sorted(refs)}
    await db.execute("INSERT INTO meta VALUES (?, ?)", (LITTER + uuid4().hex, json.dumps(note)))


async def litter(db: aiosqlite.Connection) -> tuple[Litter, ...]:
    """The files that erased users have left on disk."""
    found = await rows.every(db, "SELECT * FROM meta WHERE name LIKE ?", f"{LITTER}%")
    notes = [(row["name"], json.loads(row["value"])) for row in found]
    return tuple(
        Litter(name, note["platform"], tuple(note["jobs"]), tuple(note["refs"]))
        for name, note in notes
    )


async def cleared(db: aiosqlite.Connection, found: Litter) -> None:
    """They are gone, so their names go too."""
    await db.execute("DELETE FROM meta WHERE name = ?", (found.id,))


async def held(db: aiosqlite.Connection) -> Held:
    """Which files on disk still have a use: those of open requests, and those that wait in a
    chat."""
    jobs = [
        rows.to_job(row) for row in await rows.every(db, "SELECT * FROM jobs WHERE state = 'open'")
    ]
    waiting = await rows.every(
        db, "SELECT body FROM chats WHERE json_extract(body, '$.kept') != '[]'"
    )
    refs = {file.ref for job in jobs for file in job.named_files}
    refs |= {file.ref for row in waiting for file in _chat(row).kept}
    return Held(frozenset(job.id for job in jobs), frozenset(refs))


async def sealed(db: aiosqlite.Connection) -> tuple[str, ...]:
    """Every token at rest, for finding out at the start whether the keys still fit."""
    found = await rows.every(db, "SELECT token, own FROM accounts")
    return tuple(text for row in found for text in (row["token"], row["own"]) if text)
