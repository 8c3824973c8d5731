"""Drafts of megabytes, in rows of their own: a request's row is read and written at every step, and
by others' too."""

import hashlib
from dataclasses import replace

import aiosqlite

from core.domain.requests import Facts, Job, State
from core.store.sqlite import rows

LARGE = 65_536
"""Characters; up to so many stay with the request."""
APART = "@"
"""In the place of a draft that is kept apart; no JSON looks like that."""
NAMES = ("before", "draft")


def parted(job: Job) -> tuple[Job, dict[str, str]]:
    """The job as it is written into its row, and the drafts that are kept apart, by their names."""
    large = {name: text for name in NAMES if len(text := getattr(job.facts, name)) > LARGE}
    return _with(job, dict.fromkeys(large, APART)), large


async def keep(db: aiosqlite.Connection, job: Job, large: dict[str, str]) -> None:
    """Write them, if they are not there already. What was to be rendered is of no use once the job
    has ended."""
    if job.state is not State.OPEN:
        large = {name: text for name, text in large.items() if name != "draft"}
        await db.execute("DELETE FROM drafts WHERE job = ? AND name = 'draft'", (job.id,))
    for name, text in large.items():
        mark = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
        sql = "SELECT 1 FROM drafts WHERE job = ? AND name = ? AND hash = ?"
        if await rows.one(db, sql, job.id, name, mark) is None:
            await db.execute(
                "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", (job.id, name, mark, text)
            )


async def whole(db: aiosqlite.Connection, job: Job) -> Job:
    """The job with its drafts; one that is gone leaves nothing."""
    missing = [name for name in NAMES if getattr(job.facts, name) == APART]
    found = {row["name"]: row["text"] for row in await _of(db, job.id)} if missing else {}
    return _with(job, {name: found.get(name, "") for name in missing})


async def _of(db: aiosqlite.Connection, job: int) -> list[aiosqlite.Row]:
    return list(await rows.every(db, "SELECT name, text FROM drafts WHERE job = ?", job))


def _with(job: Job, texts: dict[str, str]) -> Job:
    facts: Facts = replace(job.facts, **texts)  # type: ignore[arg-type]
    return replace(job, facts=facts) if texts else job
