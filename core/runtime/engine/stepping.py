"""One step of one job: its tools, its outcome, and the remedy where it fails."""

from functools import partial
from pathlib import Path

import structlog

from core.adapter import DeliveryError, FileGone, Unavailable
from core.domain import budgets
from core.domain.accounts import PaymentOptions, Pays, choose
from core.domain.admission import room
from core.domain.recovery import Failure, Restless, bounded, recover
from core.domain.requests import Job, Outcome, Payer, Rewind, Step
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
from core.runtime.steps import STEPS, Files, StepContext
from core.settings import Settings
from core.store import Claimed

log = structlog.get_logger()


async def stepped(runtime: Runtime, claimed: Claimed) -> Outcome:
    """What the step of a claimed job has come to."""
    job, context = claimed.job, _context(runtime, claimed)
    try:
        outcome = await STEPS[job.step](job, context)
        if not isinstance(outcome, Rewind):
            return outcome
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
        room=_room(settings, claimed, payment_options, now) if job.step is Step.GATHER else None,
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
