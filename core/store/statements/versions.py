"""The versions of projects, each with its draft as it came, and at which of them a project
stands."""

from pydantic import TypeAdapter

from core.domain.requests import Job, Project
from core.domain.requests.plans import stretch
from core.domain.requests.standing import LOOKS, standing
from core.domain.versions import History, Version, Versions
from core.messages import Attachment
from core.store.statements import rows
from core.store.statements.database import Database, Row

FILES = TypeAdapter(tuple[Attachment, ...])
MOST = 50
"""Versions of one project that can be shown again: of older ones the draft goes, and the words
stay."""


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
        files=FILES.validate_json(row["files"]),
        job=row["job"],
        at=row["at"],
        mark=row["mark"],
        kept=own or bool(row["there"]),
    )


def for_step(db: Database, job: Job, project: Project | None) -> tuple[Versions, str]:
    """The versions as the steps of this claim need them, and the draft of the one that it is about;
    none of it where it looks at none."""
    session = job.progress.connection.session
    if session is None or LOOKS.isdisjoint(stretch(job.plan, job.step)):
        return Versions(), ""
    known = load(db, session.id)
    number = standing(job, project, known)
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
