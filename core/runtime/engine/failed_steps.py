"""A step that has failed, or goes back: one line for the log, and what the table of failures makes
of it (core.domain.recovery)."""

import structlog

from core.domain.recovery import Failure, Restless, bounded, recover
from core.domain.requests import Job, Outcome, Payer, Rewind, Step
from core.nemo.errors import (
    BadRequest,
    Busy,
    ClientIdMissing,
    ExportBlocked,
    NoCredits,
    TokenRejected,
)
from core.runtime.engine.runtime import Runtime
from core.runtime.steps import StepContext

log = structlog.get_logger()


def answered(runtime: Runtime, context: StepContext, error: Exception) -> Outcome:
    """What is done about it, and one line for the log."""
    _note(context.claimed.job, context, error)
    return remedy(runtime, context, error)


def remedy(runtime: Runtime, context: StepContext, error: Exception) -> Outcome:
    """What is done about it."""
    return recover(_failure(runtime, context, error))


def rewound(runtime: Runtime, context: StepContext, rewind: Rewind) -> Outcome:
    """The same, as long as it goes back no more often than it may."""
    return bounded(rewind, _failure(runtime, context, Restless()))


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


def _failure(runtime: Runtime, context: StepContext, error: Exception) -> Failure:
    """What the table asks about."""
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
