"""Drafts of megabytes, in rows of their own: a request's row is read and written at every step, and
by others' too."""

import hashlib
from dataclasses import replace

from core.domain.requests import Job, State
from core.store.statements import rows
from core.store.statements.database import Database, Row

LARGE = 65_536
"""Characters; up to so many stay with the request."""
APART = "@"
"""In the place of a draft that is kept apart; no JSON looks like that."""
SNAPSHOT, EXPORT = "snapshot", "export"
"""The names of the two: as the phases whose records they belong to."""


def parted(job: Job) -> tuple[Job, dict[str, str]]:
    """The job as it is written into its row, and the drafts that are kept apart, by their names."""
    large = {name: text for name, text in _texts(job).items() if len(text) > LARGE}
    return _with(job, dict.fromkeys(large, APART)), large


def keep(db: Database, job: Job, large: dict[str, str]) -> None:
    """Write them, if they are not there already. What was to be rendered is of no use once the job
    has ended."""
    if job.state is not State.OPEN:
        large = {name: text for name, text in large.items() if name != EXPORT}
        db.execute("DELETE FROM drafts WHERE job = ? AND name = ?", (job.id, EXPORT))
    for name, text in large.items():
        digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
        sql = "SELECT 1 FROM drafts WHERE job = ? AND name = ? AND hash = ?"
        if rows.one(db, sql, job.id, name, digest) is None:
            db.execute(
                "INSERT INTO drafts (job, name, hash, text) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (job, name) DO UPDATE SET hash = excluded.hash, text = excluded.text",
                (job.id, name, digest, text),
            )


def whole(db: Database, job: Job) -> Job:
    """The job with its drafts; one that is gone leaves nothing."""
    missing = [name for name, text in _texts(job).items() if text == APART]
    found = {row["name"]: row["text"] for row in _of(db, job.id)} if missing else {}
    return _with(job, {name: found.get(name, "") for name in missing})


def _of(db: Database, job: int) -> list[Row]:
    return list(rows.every(db, "SELECT name, text FROM drafts WHERE job = ?", job))


def _texts(job: Job) -> dict[str, str]:
    snapshot = job.progress.turn.snapshot
    return {SNAPSHOT: snapshot.draft if snapshot else "", EXPORT: job.progress.export.draft}


def _with(job: Job, texts: dict[str, str]) -> Job:
    if not texts:
        return job
    turn, export = job.progress.turn, job.progress.export
    if SNAPSHOT in texts and turn.snapshot:
        turn = replace(turn, snapshot=replace(turn.snapshot, draft=texts[SNAPSHOT]))
    if EXPORT in texts:
        export = replace(export, draft=texts[EXPORT])
    return replace(job, progress=replace(job.progress, turn=turn, export=export))
