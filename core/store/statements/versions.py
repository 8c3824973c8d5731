"""The versions of projects, each with its draft as it came, and at which of them a project stands.
Drafts of megabytes, in rows of their own: a request's row is read and written at every step, and by
others' too."""

import hashlib
from dataclasses import replace

from core.bodies import Body
from core.domain.requests import Job, Project, State, looks_at_versions, version_at_hand
from core.domain.versions import History, Version, Versions
from core.messages import Attachment
from core.store.database import Database, Row
from core.store.statements import rows

FILES = Body[tuple[Attachment, ...]](tuple[Attachment, ...])
MOST = 50
"""Versions of one project that can be shown again: of older ones the draft goes, and the words
stay."""
LARGE = 65_536
"""Characters; up to so many stay with the request."""
APART = "@"
"""In the place of a draft that is kept apart; no JSON looks like that."""
SNAPSHOT, EXPORT = "snapshot", "export"
"""The names of the two: as the phases whose records they belong to."""


def load(db: Database, session: str) -> Versions:
    """All of one project, without their drafts; none of a project that is not known."""
    found = rows.every(
        db,
        "SELECT number, parent, job, versions.at, mark, words, files, "
        " CASE WHEN draft = '' THEN 0 ELSE 1 END AS there, shown"
        " FROM versions JOIN projects USING (session) WHERE session = ? ORDER BY number",
        session,
    )
    rows_of = list(found)
    newest = rows_of[-1]["number"] if rows_of else 0
    versions = [_version(row, own=row["number"] == newest) for row in rows_of]
    return Versions(tuple(versions), rows_of[-1]["shown"] if rows_of else 0)


def _version(row: Row, *, own: bool) -> Version:
    """One version; `own` says that its draft is the service's own."""
    return Version(
        number=row["number"],
        parent=row["parent"],
        words=row["words"],
        files=FILES.read(row["files"]),
        job=row["job"],
        at=row["at"],
        mark=row["mark"],
        kept=own or bool(row["there"]),
    )


def for_step(db: Database, job: Job, project: Project | None) -> tuple[Versions, str]:
    """The versions as the steps of this claim need them, and the draft of the one that it is about;
    none of it where it looks at none."""
    session = job.progress.connection.session
    if session is None or not looks_at_versions(job):
        return Versions(), ""
    known = load(db, session.id)
    number = version_at_hand(job, project, known)
    behind = bool(number) and (number != known.newest or job.progress.export.pinned)
    return known, draft(db, session.id, number) if behind else ""


def draft(db: Database, session: str, number: int) -> str:
    """The draft of one version as it came, empty where it is not kept."""
    sql = "SELECT draft FROM versions WHERE session = ? AND number = ?"
    row = rows.one(db, sql, session, number)
    return str(row["draft"]) if row else ""


def save(db: Database, job: Job, history: History, now: float) -> None:
    """What the step of this job has left: new versions, and which one is shown."""
    session, versions = job.progress.session.id, history.versions
    mine = (job.address.platform, job.user)
    drafts = dict(history.drafts)
    for version in (each for each in versions.all if each.number in drafts):
        db.execute(
            "INSERT INTO versions (session, number, parent, platform, user, job, at,"
            " mark, words, files, draft) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (
                session,
                version.number,
                version.parent,
                *mine,
                version.job,
                version.at,
                version.mark,
                version.words,
                rows.text(FILES, version.files),
                drafts[version.number],
            ),
        )
    db.execute(
        "INSERT INTO projects (session, platform, user, shown, at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (session) DO UPDATE SET shown = excluded.shown, at = excluded.at",
        (session, *mine, versions.shown, now),
    )
    db.execute(
        "UPDATE versions SET draft = '' WHERE session = ? AND number <= ? AND draft != ''",
        (session, versions.newest - MOST),
    )


def parted(job: Job) -> tuple[Job, dict[str, str]]:
    """The job as it is written into its row, and the drafts that are kept apart, by their names."""
    large = {name: text for name, text in _texts(job).items() if len(text) > LARGE}
    return _with(job, dict.fromkeys(large, APART)), large


def keep_apart(db: Database, job: Job, large: dict[str, str]) -> None:
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
