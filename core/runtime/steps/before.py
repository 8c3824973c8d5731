"""The steps before anything is paid for: gather, connect, bring the files here, upload them."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from core.domain.accounts import AskForToken, NobodyPays, Pays, choose
from core.domain.conversation import Terms, close
from core.domain.kinds import kind_of
from core.domain.policy import Confirm
from core.domain.requests import (
    SELF,
    Fail,
    Job,
    Kept,
    Next,
    Notice,
    Outcome,
    Part,
    Payer,
    Plan,
    Rewind,
    Step,
    Wait,
)
from core.files import private
from core.i18n import nemo_code, text
from core.media import Occupied, Prepared, TooMuchTogether
from core.messages import Attachment, Button, Command
from core.nemo import wire
from core.nemo.client import Part as Upload
from core.nemo.draft import VOICE
from core.nemo.errors import FileTooLarge
from core.runtime.steps.context import StepContext
from core.skills import MB

UPLOAD_TRIES = 3
"""The first try and two more (D15)."""
LONGEST_WAIT = 3600.0
"""Seconds for which a request waits until others have had their files converted."""


async def gather(job: Job, context: StepContext) -> Outcome:
    """The pile is complete: decide what it amounts to."""
    settings = context.settings
    terms = Terms(Confirm(settings.nemo_confirm), settings.files_per_request, settings.nemo_web_url)
    return close(job, context.chat, context.skill, context.now, context.room, terms)


async def connect(job: Job, context: StepContext) -> Outcome:
    """A payer, then a session: one request at most, so that a token is on disk before a session is
    asked for."""
    facts = job.facts
    if facts.payer is None:
        return await _find_payer(job, context)
    if facts.resume is not None:
        return Rewind(replace(facts, resume=None), facts.resume)
    if job.plan is Plan.CREDITS or facts.session:
        return Next(facts)
    project = context.chat.project
    if project is not None and not facts.fresh and project.payer is facts.payer:
        facts = replace(facts, session=project.session, task=project.task, bind=project.bind)
        return Next(facts, _first_news(replace(job, facts=facts), context))
    call = wire.create_session(context.token(job), context.attribution, nemo_code(job.language))
    answer = await context.nemo.send(call)
    session = wire.read_session(answer)
    bind = wire.bind_of(answer) or context.account.anonymous
    facts = replace(facts, session=session.id, task=session.task, bind=bind)
    return Next(facts, _first_news(replace(job, facts=facts), context))


async def _find_payer(job: Job, context: StepContext) -> Outcome:
    """Who pays is on disk before a session is asked for: what fails then concerns them, and nobody
    else (D5).

    A request whose turn has come says so first.
    """
    if (
        job.facts.fresh
        and context.chat.project is not None
        and not files_of(job)
        and not job.facts.links
    ):
        # words alone, from a time when the project was still in the making: they are about it
        job = replace(job, facts=replace(job.facts, fresh=False))
    if _without_its_video(job, context):
        return Fail(Notice(text("talk.nothing_to_edit", job.language), final=True), everything(job))
    asks = job.plan in (Plan.MAKE, Plan.EDIT) and not job.facts.connecting
    notice = Notice(context.skill.connecting[job.language]) if asks else None
    facts, going_on = replace(job.facts, connecting=True), _payer_of_project(job, context)
    match (
        Pays(going_on)
        if going_on
        else choose(context.account, context.payment_options, context.now)
    ):
        case Pays(payer):
            return Wait(replace(facts, payer=payer), notice=notice)
        case AskForToken():
            return Wait(facts, notice=notice) if notice else await _ask_for_token(job, context)
        case NobodyPays(until):
            return Fail(_come_back(job, until), everything(job))


def _without_its_video(job: Job, context: StepContext) -> bool:
    """A change that waited for a video which never came: there is nothing to change, and no photo
    to make another of.

    What was agreed to without a photo is meant so.
    """
    alone = job.plan is Plan.MAKE and job.facts.fresh and not (files_of(job) or job.facts.links)
    return (
        alone and context.chat.project is None and bool(job.bundle.lines) and not job.bundle.agreed
    )


def _payer_of_project(job: Job, context: StepContext) -> Payer | None:
    """A project goes on with the token that made it: its session belongs to that one."""
    project = context.chat.project
    if project is None or job.facts.fresh or job.plan not in (Plan.MAKE, Plan.EDIT):
        return None
    return (
        project.payer
        if context.token(replace(job, facts=replace(job.facts, payer=project.payer)))
        else None
    )


async def _ask_for_token(job: Job, context: StepContext) -> Outcome:
    """One free token for this client id, kept sealed and for as long as it lives (D2, D4)."""
    grant = wire.read_grant(
        await context.nemo.send(
            wire.anonymous_token(context.account.client_id, context.attribution)
        ),
        context.now,
    )
    account = replace(
        context.account,
        token=context.vault.seal(grant.token),
        expires=grant.expires,
        granted=context.now,
        anonymous=grant.user_id,
    )
    return Wait(replace(job.facts, payer=Payer.ANONYMOUS), account=account)


def _come_back(job: Job, until: float) -> Notice:
    day = datetime.fromtimestamp(until, UTC).strftime("%Y-%m-%d")
    return Notice(text("trouble.no_free_tokens", job.language, day=day), final=True)


def everything(job: Job) -> Kept:
    """All that the user sent, for the chat to hold when a job ends before using it."""
    return Kept((*files_of(job), *job.facts.linked), job.facts.words)


def _first_news(job: Job, context: StepContext) -> Notice | None:
    files = files_of(job)
    if files:
        return _uploading(job, 1, len(files))
    return None if job.facts.links else _creating(job, context)


def _uploading(job: Job, number: int, count: int) -> Notice:
    return Notice(text("status.uploading", job.language, number=number, count=count))


def _creating(job: Job, context: StepContext) -> Notice:
    """The paid turn begins, with an honest estimate where this bot has a history of its own to go
    by."""
    words = text("status.creating" if job.plan is Plan.MAKE else "status.editing", job.language)
    left = context.usual - (context.now - job.created)
    if not context.usual:
        return Notice(words, time=text("status.few_minutes", job.language))
    expected = context.now + max(left, 0.0)
    if left < MINUTE:
        return Notice(words, time=text("status.under_a_minute", job.language), expected=expected)
    minutes = ceil(left / MINUTE)
    return Notice(
        words, time=text("status.about_minutes", job.language, minutes=minutes), expected=expected
    )


MINUTE = 60.0


def files_of(job: Job) -> list[Attachment]:
    """The files to upload: those of the closed pile, and those that came late but before the
    upload."""
    known = {file.ref for file in job.facts.files}
    late = [
        file
        for file in job.bundle.files
        if file.ref not in known and not file.ref.startswith("url:")
    ]
    return [*job.facts.files, *late]


async def bring(job: Job, context: StepContext) -> Outcome:
    """Fetch and prepare one file: judged by its bytes, converted where the backend would refuse it
    (D10)."""
    files, parts = files_of(job), job.facts.parts
    if len(parts) >= len(files):
        return Next(job.facts)
    number = len(parts) + 1
    try:
        prepared = await _prepared(job, context, files[number - 1], number)
    except Occupied as busy:
        if context.now - job.created > LONGEST_WAIT:
            raise
        return Wait(job.facts, busy.seconds)
    facts = replace(job.facts, parts=(*parts, Part(prepared.name, prepared.mime, prepared.bytes)))
    if number >= len(files):
        return Next(facts)
    return Wait(facts, notice=_uploading(job, number + 1, len(files)))


async def _prepared(job: Job, context: StepContext, file: Attachment, number: int) -> Prepared:
    """A file in `work`, as it is uploaded. What was fetched lies there as well while it waits for
    its turn."""
    came = context.work / f"{job.id}-{number}.came"
    with TemporaryDirectory(
        dir=await asyncio.to_thread(private.folder, context.work), prefix=f"{job.id}-"
    ) as folder:
        if not await asyncio.to_thread(came.exists):
            fetched = await context.fetch(file, Path(folder))
            await asyncio.to_thread(fetched.replace, came)
        name = f"{job.id}-{number}{VOICE if kind_of(file) == 'voice' else ''}"
        prepared = await context.prepare(came, Path(folder), name)
        if prepared.bytes > context.skill.max_bytes:
            raise FileTooLarge(endpoint="bring")
        most = context.settings.mb_per_request
        if most and sum(part.bytes for part in job.facts.parts) + prepared.bytes > most * MB:
            raise TooMuchTogether(
                most
            )  # its size was not said beforehand, or it grew when it was converted
        await asyncio.to_thread(private.moved, prepared.path, context.work / prepared.name)
    await asyncio.to_thread(came.unlink, missing_ok=True)
    return prepared


async def upload(job: Job, context: StepContext) -> Outcome:
    """All files in one call, in order; links in a second one. In doubt the state is read first
    (D15)."""
    facts, files = job.facts, files_of(job)
    if (facts.parts and not facts.uploaded) or len(facts.parts) < len(files):
        return await _upload_files(job, context, len(files))
    if facts.links and (first := await _before_links(job, context)):
        return first
    return Next(
        replace(facts, doubt=False), _creating(job, context) if files or facts.links else None
    )


async def _upload_files(job: Job, context: StepContext, count: int) -> Outcome:
    facts = job.facts
    paths = [context.work / part.name for part in facts.parts]
    if len(paths) < count or not all(path.exists() for path in paths):
        return Rewind(replace(facts, parts=()) if len(paths) >= count else facts, Step.BRING)
    missing = facts.parts
    if facts.doubt or job.begun > 1:
        missing = await _missing(job, context)
        if not missing:
            return _uploaded(job, context)
        if len(missing) < len(paths) and facts.fresh:
            # Some of them: a fresh session, so that no picture counts twice.
            return Rewind(replace(facts, session="", doubt=False), Step.CONNECT)
        if facts.upload_tries >= UPLOAD_TRIES:
            return _given_up(job)
    call = wire.upload_files(context.token(job), context.attribution, facts.session)
    await context.nemo.upload(
        call, [Upload(context.work / part.name, part.name, part.mime) for part in missing]
    )
    return _uploaded(job, context)  # an answer that lists nothing is a success as well (D14)


def _uploaded(job: Job, context: StepContext) -> Outcome:
    facts = replace(job.facts, uploaded=True, doubt=False)
    return Wait(facts) if facts.links else Next(facts, _creating(job, context))


async def _missing(job: Job, context: StepContext) -> tuple[Part, ...]:
    """The files that the session does not have yet: by our own names, in a fresh one else by their
    number (D15)."""
    state = await context.project(job)
    names = set(state.videos)
    if any(names) or not job.facts.fresh:
        return tuple(part for part in job.facts.parts if part.name not in names)
    return job.facts.parts[len(state.videos) :]


async def _before_links(job: Job, context: StepContext) -> Outcome | None:
    """Send the links; after an unclear try look first: they have no names of ours, only their
    number tells (D15)."""
    facts = job.facts
    if facts.doubt or job.begun > 1:
        arrived = len((await context.project(job)).videos) - len(facts.parts) if facts.fresh else 0
        if arrived >= len(facts.links):
            return None
        if arrived > 0:
            return Rewind(replace(facts, session="", uploaded=False, doubt=False), Step.CONNECT)
        if facts.upload_tries >= UPLOAD_TRIES:
            return _given_up(job)
    await context.nemo.send(
        wire.upload_urls(context.token(job), context.attribution, facts.session, facts.links)
    )
    return None


def _given_up(job: Job) -> Fail:
    """The upload has failed as often as it may; all that the user sent is kept."""
    return Fail(
        Notice(text("trouble.upload", job.language), again_buttons(job), final=True),
        everything(job),
    )


def again_buttons(job: Job) -> tuple[tuple[Button, ...], ...]:
    """Under a failure: the user, not we, decides to try again."""
    return ((Button(text("button.again", job.language), Command.AGAIN, SELF),),)
