"""At which version of its project a request works, and what the service is told where its own state
is another one."""

from dataclasses import replace

from core import i18n
from core.domain.requests.job import Job, Project, files_of, words_of
from core.domain.requests.plans import Step
from core.domain.versions import History, Version, Versions, mark, shown
from core.i18n import text

LOOKS = frozenset({Step.RESTORE, Step.SNAPSHOT, Step.GENERATE, Step.CHECK, Step.NAME, Step.REPORT})
"""Steps that look at the versions."""


def standing(job: Job, project: Project | None, versions: Versions) -> int:
    """The number of the version that it shows, builds on or was begun under; else of that at which
    the project stands (0: before the first). `project` is the chat's, as the steps see it."""
    progress = job.progress
    if progress.export.shown is not None:
        return progress.export.shown.number
    if progress.turn.base:
        return progress.turn.base
    begun = job.about or project
    named = begun.version if begun and begun.session == progress.worked_in else 0
    return versions.aim(named) or versions.shown


def version_of(job: Job, versions: Versions) -> int:
    """The number of the version that the result of this request shows, 0 where it shows none."""
    known = job.progress.export.shown
    return known.number if known else versions.by(job.id)


def asked_for(job: Job, versions: Versions) -> str:
    """The words of the paid request: the wish, and before it what was undone, which the service
    still has on its timeline, and what is to be there and is not."""
    base = job.progress.turn.base
    undone, missing = (versions.undone(base), versions.missing(base)) if base else ((), ())
    lines = (_line("wish.take_back", undone, job), _line("wish.bring_back", missing, job))
    return "\n".join(filter(None, (*lines, words_of(job))))


def _line(key: str, changes: tuple[Version, ...], job: Job) -> str:
    said = [_short(each.words) for each in changes if each.words][-MOST:]
    quoted = [f"“{words}”" for words in said]
    return text(key, job.language, changes=i18n.listed(quoted, job.language)) if said else ""


def _short(words: str) -> str:
    line = " ".join(words.split()).translate(INNER)
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


INNER = str.maketrans("“”", "‘’")
"""Quotes within quotes."""
MOST, LONGEST = 8, 160
"""Changes that are named, the last ones, and characters of each."""


def history_of(job: Job, versions: Versions, draft: str, now: float) -> History:
    """The versions of its project once its turn has left this draft (JSON text as it came)."""
    before = job.progress.snapshot
    # the photos of a group reel are others', and go with it
    files = () if job.progress.wish.reel else (*files_of(job), *job.progress.wish.linked)
    made = Version(0, job.progress.turn.base, words_of(job), files, job.id, now, mark(draft))
    known = before.draft if before.exportable else ""
    grown = versions.grown(made, mark(known))
    elsewhere = grown.newest - 1
    drafts = {elsewhere: known} if elsewhere > versions.newest else {}
    return History(grown, tuple((drafts | {grown.newest: draft}).items()))


def with_shown(job: Job, versions: Versions, number: int, *, restored: bool = False) -> Job:
    """The job whose result shows this version; none is spoken of where none is known."""
    if not number:
        return job
    export = replace(job.progress.export, shown=shown(versions, number, restored=restored))
    return replace(job, progress=replace(job.progress, export=export))
