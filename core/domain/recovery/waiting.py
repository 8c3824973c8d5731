"""Failures that pass: how long is waited, what is looked at first, and when it is given up."""

from dataclasses import replace
from datetime import UTC, datetime

from core.domain.recovery.failure import Failure
from core.domain.requests import (
    Fail,
    Next,
    Notice,
    Outcome,
    Payer,
    Progress,
    Retry,
    Rewind,
    Step,
    Why,
    next_render_look,
    read_reply,
    render_lasted,
    still_rendering,
)
from core.domain.spans import DAY
from core.domain.tokens import closed_after_refusal
from core.i18n import text
from core.nemo import errors
from core.nemo.stream import TurnCut
from core.ops import machine

GIVE_UP_SECONDS = DAY
"""A request that cannot reach the backend waits so long before it is given up."""


LONGEST_RETRY_PAUSE = 64.0
"""Seconds between two tries at most, however many have failed."""


TOLD_AFTER = 2
"""Failures in a row after which the user hears that we keep trying."""


def unclear(failure: Failure) -> Outcome:
    """Cut, or a server error after the request arrived: nobody knows what was done, so look before
    acting (D20)."""
    error, progress = failure.error, failure.job.progress
    match failure.job.step:
        case Step.GENERATE:
            said = read_reply(error.end.text if isinstance(error, TurnCut) else "")
            turn = replace(progress.turn, reply=said, failed=False, cut=True)
            return Next(replace(progress, turn=turn))
        case Step.UPLOAD:
            tried = replace(progress.upload, unconfirmed=True, tries=progress.upload.tries + 1)
            return _look_first(failure, replace(progress, upload=tried))
        case Step.RENDER:
            started = replace(progress.render, unconfirmed=True)
            export = replace(progress.export, render=started)
            return _look_first(failure, replace(progress, export=export))
    return not_sent(failure)


def _look_first(failure: Failure, progress: Progress) -> Outcome:
    """Later, with a note that it may have arrived."""
    if not patient(failure):
        return _give_up(failure)
    return replace(patience(failure), progress=progress)


def polled_later(failure: Failure, at_least: float = 0.0) -> Outcome:
    """The same id again (D28), as where no progress is told."""
    settings, job = failure.settings, failure.job
    every = next_render_look(
        render_lasted(job, failure.now), None, settings.nemo_render_poll_seconds
    )
    return still_rendering(job, settings.nemo_render_limit_seconds, max(every, at_least))


def not_sent(failure: Failure) -> Outcome:
    if failure.job.step is Step.POLL:
        return polled_later(failure)
    return patience(failure) if patient(failure) else _give_up(failure)


def patient(failure: Failure) -> bool:
    return failure.now - failure.job.created < GIVE_UP_SECONDS


def patience(failure: Failure, key: str = "status.unreachable") -> Retry:
    """Later, in growing steps; the request stays queued and its user knows, with the name of who
    cannot be reached."""
    job = failure.job
    notice = (
        Notice(text(key, job.language, platform=failure.platform))
        if job.attempts + 1 == TOLD_AFTER
        else None
    )
    return Retry(backoff(job.attempts, failure.settings.nemo_retry_seconds, failure.luck), notice)


def busy(failure: Failure) -> Outcome:
    job, error = failure.job, failure.error
    assert isinstance(error, errors.Busy)
    if error.endpoint == "token":
        return _quota(failure)
    asked = error.retry_after
    pause = failure.settings.nemo_busy_seconds if asked is None else asked
    if job.step is Step.POLL:
        return polled_later(failure, pause)
    if failure.crowded and patient(failure):
        # a matter of how many run at the same time: fewer are begun from now on, and this one is
        # among them when its turn has come
        return Retry(pause, Notice(text("status.busy", job.language)) if not job.attempts else None)
    if job.attempts == 0:
        return Retry(pause, Notice(text("status.busy", job.language)))
    return failure.over("trouble.busy")


def _quota(failure: Failure) -> Outcome:
    """A 429 on the token call: the operator pays if there is one, else nobody can for a while
    (D3)."""
    until = closed_after_refusal(failure.payment_options, failure.now)
    if failure.payment_options.operator:
        progress = failure.job.progress
        paid_for = replace(progress.connection, payer=Payer.OPERATOR)
        return Rewind(replace(progress, connection=paid_for), Step.CONNECT, closed_until=until)
    day = datetime.fromtimestamp(until, UTC).strftime("%Y-%m-%d")
    return Fail(
        failure.notice("trouble.no_free_tokens", day=day), failure.everything, closed_until=until
    )


def client_id(failure: Failure) -> Outcome:
    return Retry(0.0) if failure.job.attempts == 0 else ours(failure)


def short(failure: Failure) -> Outcome:
    """This machine has run out of disk or handles: it passes when its operator makes room, so the
    request waits."""
    if not machine.short(failure.error):
        return ours(failure)
    if failure.job.step in (Step.GENERATE, Step.RENDER, Step.POLL):
        return unclear(failure)
    return (
        patience(failure, "status.machine") if patient(failure) else failure.over("trouble.machine")
    )


def backoff(
    failures: int, first: float, luck: float, longest: float = LONGEST_RETRY_PAUSE
) -> float:
    """Seconds until the next try: doubled with every failure up to `longest`, then between half and
    all of it."""
    return min(first * 2.0 ** min(failures, 32), longest) * (1 + luck) / 2


def _give_up(failure: Failure) -> Outcome:
    return failure.over("trouble.unreachable")


def ours(failure: Failure) -> Outcome:
    """Something on our side: said plainly, and what the user sent is kept."""
    return failure.over("trouble.ours")


BACKS = 4
"""How often a job may begin anew from an earlier step before it counts as broken."""


class Restless(Exception):
    """A job keeps going back to an earlier step: something is wrong that nobody has named."""


def bounded(outcome: Outcome, failure: Failure) -> Outcome:
    """The outcome, unless the job has begun anew too often: an endless round would cost and tell
    its user nothing."""
    if not isinstance(outcome, Rewind) or failure.job.rewinds < BACKS:
        return outcome
    over = ours(failure)
    return replace(over, why=Why.RESTLESS) if isinstance(over, Fail) else over
