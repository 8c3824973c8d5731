"""What a paid turn found, what it was answered, and what came of it: read off the answer, the
snapshot and the state after it."""

from collections.abc import Iterable
from dataclasses import replace

from core.domain.requests import Reply
from core.domain.requests.job import Job, Project, brought, words_of
from core.domain.requests.plans import PLANS, Plan, Step
from core.domain.understanding.asked import Asked, Sort, asked
from core.nemo import draft, gui
from core.nemo.questions import Question, alternatives, as_told
from core.nemo.wire.values import loads

SORTS: tuple[Sort, ...] = ("audio", "text")
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
        if sort in has and asked(words, sort, job.language) is not Asked.WANTED
    )


def refused(job: Job, kind: str) -> bool:
    """Whether the wish was to have none of what was added."""
    found = (asked(words_of(job), sort, job.language) for sort in SORTS if sort == kind)
    return Asked.REFUSED in found


def twice(job: Job, videos: Iterable[str]) -> bool:
    """Whether a file of ours is in the project twice: an upload that was cut off came late, beside
    the second one."""
    there = list(videos)
    return any(there.count(part.name) > 1 for part in job.progress.upload.parts)


def project_of(job: Job, known: Project | None) -> Project:
    """The session that the chat's next words are about."""
    payer, session = job.progress.payer, job.progress.session
    if known is not None and known.session == session.id:
        return replace(known, asks=False, options=(), version=0)
    maker = job.id if brought(job) else 0
    return Project(session.id, session.task, session.bind, payer, maker=maker)


def project_from(job: Job, known: Project | None) -> Project | None:
    """The project that a request has worked on; None where its turn was not sent, so that there is
    nothing in it yet. `known` is the chat's, which tells more where it is the same one."""
    payer, session = job.progress.connection.payer, job.progress.connection.session
    if payer is None or session is None or not _came_to_work(job):
        return None
    if known is not None and known.session == session.id:
        return known
    reply, maker = job.progress.turn.reply, job.id if brought(job) else 0
    made = job.plan is not Plan.MAKE or bool(job.video)
    return Project(
        session.id, session.task, session.bind, payer, made, reply.asking, reply.options, maker
    )


def _came_to_work(job: Job) -> bool:
    steps = PLANS[job.plan]
    return Step.GENERATE not in steps or steps.index(job.step) > steps.index(Step.GENERATE)


def made_of(job: Job, known: Project | None) -> Project:
    """The project, from now on one with a video."""
    payer, session, reply = job.progress.payer, job.progress.session, job.progress.turn.reply
    if known is not None and known.session == session.id:
        return replace(known, made=True, asks=reply.asking, options=reply.options, version=0)
    return Project(session.id, session.task, session.bind, payer, made=True)


RAW = 1000
"""Characters of an answer that are kept as they came."""


def read_reply(words: str, asked: Question | None = None) -> Reply:
    """The backend's answer with its button talk taken out, and with what it asks."""
    said = gui.translate(words)
    told = as_told(said.text, asked) if asked else said.text
    return Reply(
        words=told,
        raw=(words or told)[:RAW],
        actions=tuple(map(str, said.actions)),
        asking=asked is not None,
        options=asked.options if asked else alternatives(told),
    )
