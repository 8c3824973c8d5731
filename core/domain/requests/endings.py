"""What happens to a request outside of its steps: cancelled, agreed to, joined while it was closed,
found to have no video."""

from dataclasses import replace

from core.domain.requests.job import Job, State
from core.domain.requests.outcomes import Advanced, Notice
from core.domain.requests.plans import Step
from core.domain.requests.posting import to_outbound
from core.i18n import text
from core.messages import Outbound


def cancel(job: Job, *, at_work: bool) -> tuple[Job, tuple[Outbound, ...]]:
    """The job as it is from now on, and the words about it. One whose step runs is only marked: its
    commit ends it, so that a video that has come meanwhile is delivered all the same."""
    marked = replace(job, cancelled=True)
    if at_work:
        return marked, ()
    over = replace(marked, state=State.CANCELLED)
    return over, (_stopped(over),) if job.notified_at else ()


def settled(advanced: Advanced, *, cancelled: bool) -> Advanced:
    """What a step has come to, of a job that was perhaps cancelled meanwhile: what is not over by
    itself ends then."""
    job = advanced.job
    if not cancelled or job.state is not State.OPEN:
        return advanced
    over = replace(job, state=State.CANCELLED, cancelled=True)
    return replace(advanced, job=over, posts=(_stopped(over),) if over.notified_at else ())


def _stopped(job: Job) -> Outbound:
    """The last state of a cancelled job's status message."""
    return to_outbound(job, Notice(text("status.cancelled", job.language)))


def confirm(job: Job, now: float) -> Job:
    """The price is accepted: the job that waits for that goes on at once."""
    price = replace(job.progress.price, confirmed=True)
    return replace(job, progress=replace(job.progress, price=price), due=now)


def joined(stored: Job, closed: Job) -> bool:
    """Whether photos or words came while the request was being closed: it closes anew, with
    them."""
    gathers = stored.step is Step.GATHER and not stored.cancelled
    return gathers and stored.bundle != closed.bundle


def disowned(job: Job) -> Job:
    """The job without its link: what that leads to is no video, and is not listed as one."""
    export = replace(job.progress.export, url="")
    return replace(job, progress=replace(job.progress, export=export))


def awaits_news(job: Job) -> bool:
    """Whether its user waits to hear how it goes on: it runs, or stands behind another one."""
    return job.state is State.OPEN and job.step is not Step.GATHER and not job.cancelled
