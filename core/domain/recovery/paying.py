"""Tokens that are refused, credits that are used up, exports that a plan does not hold."""

from dataclasses import replace

from core.domain.recovery.failure import Failure, before_paid, begun
from core.domain.requests import (
    Fail,
    Job,
    Notice,
    Outcome,
    Payer,
    Plan,
    Rewind,
    Step,
    Upload,
)
from core.i18n import text
from core.messages import Button, Command
from core.nemo import errors
from core.nemo.wire import register_link


def _anew(job: Job, *, restarted: bool = False) -> Rewind:
    """From the session on once more, with the files; the payer and what was paid for stay as they
    are."""
    known = job.progress.connection
    connection = replace(
        known,
        session=None,
        fresh=True,
        restarted=known.restarted or restarted,
        lost=known.lost or not known.fresh,
    )
    progress = replace(
        job.progress, connection=connection, upload=Upload(job.progress.upload.parts)
    )
    key = "status.fresh_project" if known.fresh else "status.timeline_gone"
    return Rewind(progress, Step.CONNECT, Notice(text(key, job.language)), drop_project=True)


def token_rejected(failure: Failure) -> Outcome:
    job = failure.job
    match job.progress.connection.payer:
        case Payer.OWN:
            return Fail(failure.say_aside("trouble.own_token"), failure.everything)
        case Payer.OPERATOR:
            return Fail(failure.notice("trouble.operator_token"), failure.everything)
    if (
        job.progress.connection.renewed
    ):  # a new token is refused as well; asking on and on would use up the quota of the address
        return failure.over("trouble.ours")
    renewed = replace(job.progress.connection, payer=None, renewed=True)
    if job.plan is Plan.MAKE and renewed.fresh and before_paid(job):
        unpaid = replace(job, progress=replace(job.progress, connection=renewed))
        return replace(_anew(unpaid), notice=None, drop_token=True)
    resume = None if job.step is Step.CONNECT else job.step
    progress = replace(job.progress, connection=replace(renewed, resume=resume))
    return Rewind(progress, Step.CONNECT, drop_token=True)


def session_gone(failure: Failure) -> Outcome:
    job = failure.job
    progress = job.progress
    brought = job.plan is Plan.MAKE and bool(
        failure.files or progress.wish.links or progress.connection.fresh
    )
    if brought and before_paid(job) and job.progress.connection.restarted:
        return failure.over("trouble.ours")
    if brought and before_paid(job):
        return _anew(job, restarted=True)
    new = failure.button("new", Command.NEW)
    maker = failure.maker or (job.id if job.plan is Plan.MAKE and failure.files else 0)
    if not maker:
        return Fail(
            failure.notice("trouble.project_gone", (new,)), failure.everything, drop_project=True
        )
    row = (failure.button("from_photos", Command.AGAIN, job=maker), new)
    return Fail(
        failure.notice("trouble.project_gone_photos", row), failure.everything, drop_project=True
    )


def no_credits(failure: Failure) -> Outcome:
    job = failure.job
    match job.progress.connection.payer:
        case Payer.OPERATOR:
            notice = failure.notice("trouble.no_credits_operator")
        case Payer.OWN:
            notice = failure.say_aside("trouble.no_credits_own", _more(failure), *failure.again)
        case _:
            notice = failure.say_aside("trouble.no_credits_free", _more(failure), *failure.again)
    return Fail(notice, failure.everything, project=begun(job))


def _more(failure: Failure) -> tuple[Button, ...]:
    """The way to more credits, as a button."""
    return (Button(text("button.more_credits", failure.job.language), url=_registration(failure)),)


def _registration(failure: Failure) -> str:
    """Where the user registers and keeps the history; who pays with a token of an account has none
    to keep (D8)."""
    error, web = failure.error, failure.settings.nemo_web_url
    if failure.job.progress.connection.payer in (Payer.OWN, Payer.OPERATOR):
        return register_link(web, "")
    assert isinstance(error, errors.NemoError), "only the backend's own refusals lead here"
    return error.register_url or register_link(web, error.bind or failure.bind)


def export_blocked(failure: Failure) -> Outcome:
    job = failure.job
    connection, export = job.progress.connection, job.progress.export
    opens = connection.session and connection.payer and job.private
    if opens and job.step is not Step.LINK and export.registration is None:
        # the project link belongs to these words: fetched first, then they are said
        blocked = replace(export, url="", registration=_registration(failure))
        return Rewind(replace(job.progress, export=blocked), Step.LINK)
    row = (failure.button("export", Command.EXPORT),)
    notice = failure.say_aside("trouble.export_blocked", row, link=_registration(failure))
    return Fail(notice, failure.everything, project=begun(job))
