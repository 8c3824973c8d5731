"""Carry out: one step of one job, its outcome or its remedy, and the commit (write 2)."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import structlog

from core.adapter import DeliveryError, FileGone, Unavailable
from core.domain import budgets
from core.domain.accounts import PaymentOptions, Pays, choose
from core.domain.admission import room
from core.domain.capacity import Scarce, takes
from core.domain.recovery import Failure, Restless, bounded, recover
from core.domain.requests import Advanced, Job, Outcome, Payer, State, Step, advance
from core.media import MediaError
from core.messages import SPOOL, Attachment
from core.nemo.errors import (
    BadRequest,
    Busy,
    ClientIdMissing,
    ExportBlocked,
    NemoError,
    NoCredits,
    TokenRejected,
)
from core.ops import machine
from core.runtime.engine.hearing import Hearing
from core.runtime.engine.runtime import Runtime
from core.runtime.engine.shelf import WORK
from core.runtime.engine.tidying import delete_copies
from core.runtime.steps import STEPS, Files, StepContext
from core.settings import Settings
from core.store import Claimed, LostLease

log = structlog.get_logger()


MayGoOn = Callable[[Scarce], bool]
"""Whether a step that takes this may follow at once: not in a process that is to end, nor where it
would hold something else's place."""


async def carry_out(runtime: Runtime, claimed: Claimed, may_go_on: MayGoOn) -> None:
    """Run the steps of a claimed job, as long as the next is due at once, and commit what came of
    each.

    Each step has its place from its claim to its outcome: the first comes with one."""
    following: Claimed | None = claimed
    while following is not None:
        job = following.job
        try:
            outcome = await _outcome(runtime, following)
        finally:
            runtime.places.leave(takes(job.step))
        following = await _commit(runtime, job, outcome, may_go_on)


async def _commit(
    runtime: Runtime, job: Job, outcome: Outcome, may_go_on: MayGoOn
) -> Claimed | None:
    """Write what the step has come to, and claim the next one with it if there is room for that."""
    advanced = advance(job, outcome, runtime.clock())
    if runtime.shelf is not None:
        for name in _to_be_posted(advanced):
            await runtime.shelf.put(WORK, name, runtime.work / name)
    try:
        written, following = await write_down(runtime, advanced, may_go_on)
    except LostLease:
        log.warning("a job was moved on by somebody else, or forgotten", job=job.id, step=job.step)
        await asyncio.to_thread(delete_copies, runtime, job.id)
        return None
    if not written:
        log.info("more came while a request was being closed", job=job.id)
        return None
    _count(runtime, job, advanced.job)
    log.info("step", job=job.id, plan=job.plan, step=job.step, outcome=type(outcome).__name__)
    await _end(runtime, job, advanced)
    return following


async def write_down(
    runtime: Runtime, advanced: Advanced, may_go_on: MayGoOn
) -> tuple[bool, Claimed | None]:
    """Write 2. The next step's place is taken before it is claimed: others claim at the same
    time."""
    now, store, places, job = runtime.clock(), runtime.store, runtime.places, advanced.job
    needed = takes(job.step)
    at_once = job.state is State.OPEN and job.due <= now and may_go_on(needed)
    if not at_once or not places.room(now)[needed]:
        return await store.commit(advanced, now), None
    places.take(needed)
    following: Claimed | None = None
    try:
        written, following = await store.go_on(advanced, now)
    finally:
        if following is None:
            places.leave(needed)
    return written, following


async def _end(runtime: Runtime, job: Job, advanced: Advanced) -> None:
    """Of a job that is over, nothing is left but what goes out."""
    if advanced.job.state is not State.OPEN:
        await asyncio.to_thread(delete_copies, runtime, job.id, keep=_to_be_posted(advanced))
        if job.secret:  # it is in no row any more: let it be in no page either
            await runtime.store.settle()


def _to_be_posted(advanced: Advanced) -> frozenset[str]:
    """The names of files that go out with the words."""
    clips = (post.video for post in advanced.posts)
    return frozenset(clip.copy for clip in clips if clip is not None and clip.copy)


def _count(runtime: Runtime, before: Job, after: Job) -> None:
    """What the operator's figures know of a step."""
    meter, now, over = runtime.meter, runtime.clock(), after.state is not State.OPEN
    if over or after.step is not before.step:
        meter.moved(after.id, before.step, over, now)
    if not over:
        return
    meter.requests.labels(after.plan, after.state).inc()
    meter.request_seconds.labels(after.plan).observe(max(0.0, now - after.created))
    if spent := after.progress.price.spent:
        meter.credits.labels(after.progress.connection.payer or "").inc(max(0, spent))


async def _outcome(runtime: Runtime, claimed: Claimed) -> Outcome:
    job, context = claimed.job, _context(runtime, claimed)
    try:
        outcome = await STEPS[job.step](job, context)
        return bounded(outcome, _failure(runtime, context, Restless()))
    except (NemoError, DeliveryError, MediaError) as error:
        _note(job, context, error)
        return recover(_failure(runtime, context, error))
    except Exception as error:  # the one guard for steps: a defect of ours must not silence anybody
        if machine.short(error):
            _note(job, context, error)
        else:
            log.exception("a defect in a step", job=job.id, step=job.step)
        return recover(_failure(runtime, context, error))


def _note(job: Job, context: StepContext, error: Exception) -> None:
    """One line for the log; an error where only the operator, or we, can mend it."""
    what = {"job": job.id, "step": job.step, "error": type(error).__name__, "detail": str(error)}
    match error:
        case TokenRejected() | NoCredits() if job.progress.connection.payer is Payer.OPERATOR:
            log.error("NEMO_TOKEN is refused or used up: nobody it pays for is served", **what)
        case BadRequest() | ClientIdMissing():
            log.error("the backend does not understand a request of ours", **what)
        case ExportBlocked():  # 402 is also what forgotten headers look like (D7)
            sent = context.anybody.attribution
            log.warning(
                "an export is blocked",
                attributed=all((sent.slug, sent.version, sent.platform)),
                **what,
            )
        case _:
            log.warning("a step failed", **what)


def _context(runtime: Runtime, claimed: Claimed) -> StepContext:
    """The tools for one step of this job."""
    job, settings, now = claimed.job, runtime.settings, runtime.clock()
    person = f"{job.address.platform}:{job.user}"
    payment_options = PaymentOptions(settings, claimed.grants, claimed.closed_until)
    return StepContext(
        claimed=claimed,
        settings=settings,
        skill=runtime.skill_of(job),
        anybody=runtime.anybody(job),
        wallet=runtime.wallet(job, claimed.account),
        payment_options=payment_options,
        files=Files(
            fetch=partial(_fetch, runtime, job.address.platform),
            prepare=partial(runtime.workshop.prepare, person=person),
            copy=partial(runtime.workshop.copy, person=person),
            folder=runtime.work,
        ),
        voice=Hearing(runtime, job),
        now=now,
        identifier=runtime.identifier,
        room=_room(settings, claimed, payment_options, now),
    )


def _room(
    settings: Settings, claimed: Claimed, payment_options: PaymentOptions, now: float
) -> int | None:
    """How many videos the daily limits leave, and the budgets where the operator is to pay."""
    limits = [room(settings, claimed.space, claimed.spent, now)]
    if choose(claimed.account, payment_options, now) == Pays(Payer.OPERATOR):
        charged, group = claimed.charged, bool(claimed.job.space)
        in_force = budgets.in_force(settings, charged, group=group, now=now)
        limits.append(budgets.room(in_force, charged.make, held=charged.make))
    return min((limit for limit in limits if limit is not None), default=None)


async def _fetch(runtime: Runtime, platform: str, attachment: Attachment, folder: Path) -> Path:
    if runtime.shelf is not None and attachment.ref.startswith(SPOOL):
        return await runtime.shelf.fetch(platform, attachment, folder)
    adapter = runtime.adapters.get(platform)
    if adapter is None and runtime.shared is not None:
        raise Unavailable("another process has this platform")
    if adapter is None:
        raise FileGone("this platform is not served at present")
    return await adapter.fetch(attachment, folder)


def _failure(runtime: Runtime, context: StepContext, error: Exception) -> Failure:
    now = runtime.clock()
    refused = isinstance(error, Busy) and context.claimed.job.step is Step.GENERATE
    return Failure(
        job=context.claimed.job,
        error=error,
        now=now,
        crowded=refused and runtime.places.refused(now),
        luck=runtime.luck(),
        settings=runtime.settings,
        skill=context.skill,
        account=context.account,
        project=context.chat.project,
        payment_options=context.payment_options,
    )
