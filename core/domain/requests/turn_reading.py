"""A paid turn: at which version of its project it works, what the service is told, what it found
and was answered, and what came of it."""

from collections.abc import Iterable
from dataclasses import replace

from core import i18n
from core.domain.formatting import read_markdown
from core.domain.requests.job import Job, Project, files_of, has_material, words_of
from core.domain.requests.plans import PLANS, Plan, Step, stretch
from core.domain.requests.progress import Reply
from core.domain.understanding import Addable, Asked, asked_about
from core.domain.versions import History, Version, Versions, mark, shown
from core.i18n import text
from core.nemo import draft, gui
from core.nemo.stream import Question, alternatives, with_question
from core.nemo.values import loads

SORTS: tuple[Addable, ...] = ("audio", "text")
"""Kinds of tracks that people ask for, or ask to have none of."""


def had_timeline(job: Job) -> bool:
    """Whether there was something to export before the request. Those of an earlier version did not
    write it down."""
    before = job.progress.turn.snapshot
    if before is None or before.exportable is not None:
        return before is not None and bool(before.exportable)
    return bool(before.draft) and draft.exportable(loads(before.draft))


def unrequested(job: Job, added: Iterable[str]) -> tuple[str, ...]:
    """Kinds of tracks that the backend added by itself: there now, not before, and never asked for,
    or even refused (7.9)."""
    has = set(added)
    if any(part.mime.startswith("audio/") for part in job.progress.upload.parts):
        has -= {"audio"}
    words = words_of(job)
    return tuple(
        sort
        for sort in SORTS
        if sort in has and asked_about(words, sort, job.language) is not Asked.WANTED
    )


def was_refused(job: Job, kind: str) -> bool:
    """Whether the wish was to have none of what was added."""
    found = (asked_about(words_of(job), sort, job.language) for sort in SORTS if sort == kind)
    return Asked.REFUSED in found


def uploaded_twice(job: Job, videos: Iterable[str]) -> bool:
    """Whether a file of ours is in the project twice: an upload that was cut off came late, beside
    the second one."""
    there = list(videos)
    return any(there.count(part.name) > 1 for part in job.progress.upload.parts)


def project_of(job: Job, known: Project | None) -> Project:
    """The session that the chat's next words are about."""
    payer, session = job.progress.payer, job.progress.session
    if known is not None and known.session == session.id:
        return replace(known, asks=False, options=(), version=0)
    maker = job.id if has_material(job) else 0
    return Project(session.id, session.task, session.bind, payer, maker=maker)


def project_from(job: Job, known: Project | None) -> Project | None:
    """The project that a request has worked on; None where its turn was not sent, so that there is
    nothing in it yet. `known` is the chat's, which tells more where it is the same one."""
    payer, session = job.progress.connection.payer, job.progress.connection.session
    if payer is None or session is None or not _came_to_work(job):
        return None
    if known is not None and known.session == session.id:
        return known
    reply, maker = job.progress.turn.reply, job.id if has_material(job) else 0
    made = job.plan is not Plan.MAKE or bool(job.video)
    return Project(
        session.id, session.task, session.bind, payer, made, reply.asking, reply.options, maker
    )


def _came_to_work(job: Job) -> bool:
    steps = PLANS[job.plan]
    return Step.GENERATE not in steps or steps.index(job.step) > steps.index(Step.GENERATE)


def project_made(job: Job, known: Project | None) -> Project:
    """The project, from now on one with a video."""
    payer, session, reply = job.progress.payer, job.progress.session, job.progress.turn.reply
    if known is not None and known.session == session.id:
        return replace(known, made=True, asks=reply.asking, options=reply.options, version=0)
    return Project(session.id, session.task, session.bind, payer, made=True)


def project_asking(project: Project, job: Job, now: float) -> Project:
    """The project with what the service has asked just now, where it has."""
    if not (project.asks or project.options):
        return project
    said = read_markdown(job.progress.turn.reply.words).text
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    asked = [line for line in lines if line.endswith(("?", "？", "؟"))]
    question = (asked or lines or [""])[-1]
    return replace(project, question=question[:LONGEST_QUESTION], asked=now)


LONGEST_QUESTION = 200
"""Characters of a question of the service that are repeated."""


RAW = 1000
"""Characters of an answer that are kept as they came."""


def read_reply(words: str, asked: Question | None = None) -> Reply:
    """The backend's answer with its button talk taken out, and with what it asks."""
    said = gui.translate(words)
    told = with_question(said.text, asked) if asked else said.text
    return Reply(
        words=told,
        raw=(words or told)[:RAW],
        actions=tuple(map(str, said.actions)),
        asking=asked is not None,
        options=asked.options if asked else alternatives(told),
    )


LOOKS = frozenset({Step.RESTORE, Step.SNAPSHOT, Step.GENERATE, Step.CHECK, Step.NAME, Step.REPORT})
"""Steps that look at the versions."""


def looks_at_versions(job: Job) -> bool:
    """Whether its step, or one that is taken with it, looks at the versions."""
    return not LOOKS.isdisjoint(stretch(job.plan, job.step))


def version_at_hand(job: Job, project: Project | None, versions: Versions) -> int:
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


def version_shown(job: Job, versions: Versions) -> int:
    """The number of the version that the result of this request shows, 0 where it shows none."""
    known = job.progress.export.shown
    return known.number if known else versions.by(job.id)


def turn_words(job: Job, versions: Versions) -> str:
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


def showing_version(job: Job, versions: Versions, number: int, *, restored: bool = False) -> Job:
    """The job whose result shows this version; none is spoken of where none is known."""
    if not number:
        return job
    export = replace(job.progress.export, shown=shown(versions, number, restored=restored))
    return replace(job, progress=replace(job.progress, export=export))
