"""The pure step forward: a job and an outcome give the next job and its words; and what else may
happen to a job: cancelled, agreed to, joined while it was closed, found to have no video."""

from dataclasses import replace
from typing import assert_never

from core.domain.requests.job import Job, State
from core.domain.requests.outcomes import Advanced, Fail, Next, Notice, Outcome, Retry, Rewind, Wait
from core.domain.requests.plans import PLANS, Plan, Step, stretch
from core.domain.requests.posting import to_outbound
from core.i18n import text
from core.messages import Outbound, Subject


def step_after(plan: Plan, step: Step) -> Step | None:
    """The step after this one, None at the end of the plan."""
    steps = PLANS[plan]
    place = steps.index(step) + 1
    return steps[place] if place < len(steps) else None


def advance(job: Job, outcome: Outcome, now: float) -> Advanced:
    """Move a job on by the outcome of its step. Pure: the same job and outcome give the same
    result."""
    match outcome:
        case Next():
            return _next(job, outcome, now)
        case Wait():
            return _wait(job, outcome, now)
        case Retry():
            return _retry(job, outcome, now)
        case Rewind():
            return _rewind(job, outcome, now)
        case Fail():
            return _fail(job, outcome, now)
        case _:
            assert_never(outcome)


def _next(job: Job, outcome: Next, now: float) -> Advanced:
    plan = outcome.plan or job.plan
    step = None if outcome.last else step_after(plan, job.step)
    moved = replace(
        job,
        claims=0,
        plan=plan,
        progress=outcome.progress,
        attempts=0,
        due=now + outcome.after,
        skill=outcome.skill or job.skill,
        language=outcome.language or job.language,
        state=State.DONE if step is None else job.state,
        step=step or job.step,
    )
    return Advanced(
        *_told(moved, outcome.notice, now),
        account=outcome.account,
        project=outcome.project,
        keep=outcome.keep,
        spawn=outcome.spawn,
        history=outcome.history,
    )


def _wait(job: Job, outcome: Wait, now: float) -> Advanced:
    due = now + outcome.after
    moved = replace(job, claims=0, progress=outcome.progress, attempts=0, due=due)
    return Advanced(*_told(moved, outcome.notice, now), account=outcome.account)


def _retry(job: Job, outcome: Retry, now: float) -> Advanced:
    moved = replace(
        job,
        claims=0,
        progress=outcome.progress or job.progress,
        attempts=job.attempts + 1,
        due=now + outcome.after,
    )
    return Advanced(*_told(moved, outcome.notice, now))


def _rewind(job: Job, outcome: Rewind, now: float) -> Advanced:
    moved = replace(
        job,
        claims=0,
        progress=outcome.progress,
        step=outcome.to,
        attempts=0,
        due=now + outcome.after,
        rewinds=job.rewinds + 1,
    )
    return Advanced(
        *_told(moved, outcome.notice, now),
        drop_token=outcome.drop_token,
        drop_project=outcome.drop_project,
        closed_until=outcome.closed_until,
    )


def _fail(job: Job, outcome: Fail, now: float) -> Advanced:
    moved = replace(
        job,
        claims=0,
        state=State.FAILED,
        progress=outcome.progress or job.progress,
        due=now,
        why=outcome.why,
    )
    return Advanced(
        *_told(moved, outcome.notice, now),
        drop_project=outcome.drop_project,
        project=outcome.project,
        keep=outcome.keep,
        closed_until=outcome.closed_until,
    )


def _told(job: Job, notice: Notice | None, now: float) -> tuple[Job, tuple[Outbound, ...]]:
    if notice is None:
        return job, ()
    posts = [to_outbound(job, notice)]
    ended = notice.final and job.notified_at and job.state is not State.OPEN
    if ended and notice.discreet and not job.private:
        # the status stands among others, and the result is read elsewhere
        above = to_outbound(job, Notice(text("status.in_private", job.language)))
        posts.insert(0, replace(above, about=Subject(job.id)))
    return replace(job, notified_at=now, expected=notice.expected or job.expected), tuple(posts)


def cancel_job(job: Job, *, at_work: bool) -> tuple[Job, tuple[Outbound, ...]]:
    """The job as it is from now on, and the words about it. One whose step runs is only marked: its
    commit ends it, so that a video that has come meanwhile is delivered all the same."""
    marked = replace(job, cancelled=True)
    if at_work:
        return marked, ()
    over = replace(marked, state=State.CANCELLED)
    return over, (_stopped(over),) if job.notified_at else ()


def unless_cancelled(advanced: Advanced, *, cancelled: bool) -> Advanced:
    """What a step has come to, of a job that was perhaps cancelled meanwhile: what is not over by
    itself ends then."""
    job = advanced.job
    if not cancelled or job.state is not State.OPEN:
        return advanced
    over = replace(job, state=State.CANCELLED, cancelled=True)
    return replace(advanced, job=over, posts=(_stopped(over),) if over.notified_at else ())


def at_home(advanced: Advanced, stored: Job) -> Advanced:
    """What a step has come to, where its chat lives by now: a group may have got a new address
    while the step ran. `stored` is the job as it stands, with its address, lock and group."""
    before, now = advanced.job.address, stored.address
    posts = tuple(
        replace(it, to=replace(it.to, address=now)) if it.address == before else it
        for it in advanced.posts
    )
    spawn = tuple(_moved(it, stored) for it in advanced.spawn)
    return replace(advanced, job=_moved(advanced.job, stored), posts=posts, spawn=spawn)


def _moved(job: Job, stored: Job) -> Job:
    lock = job.lock and stored.lock
    return replace(job, address=stored.address, lock=lock, space=stored.space)


def _stopped(job: Job) -> Outbound:
    """The last state of a cancelled job's status message."""
    return to_outbound(job, Notice(text("status.cancelled", job.language)))


def confirm_price(job: Job, now: float) -> Job:
    """The price is accepted: the job that waits for that goes on at once."""
    price = replace(job.progress.price, confirmed=True)
    return replace(job, progress=replace(job.progress, price=price), due=now)


def grew_meanwhile(stored: Job, closed: Job) -> bool:
    """Whether photos or words came while the request was being closed: it closes anew, with
    them."""
    gathers = stored.step is Step.GATHER and not stored.cancelled
    return gathers and stored.bundle != closed.bundle


def without_video(job: Job) -> Job:
    """The job without its link: what that leads to is no video, and is not listed as one."""
    export = replace(job.progress.export, url="")
    return replace(job, progress=replace(job.progress, export=export))


def awaits_news(job: Job) -> bool:
    """Whether its user waits to hear how it goes on: it runs, or stands behind another one."""
    return job.state is State.OPEN and job.step is not Step.GATHER and not job.cancelled


def leads_on(job: Job, outcome: Outcome, advanced: Advanced) -> bool:
    """Whether the next step is taken before this one's outcome is on disk. Words are not kept
    waiting for what has to be asked."""
    after = advanced.job
    if not isinstance(outcome, Next) or after.state is not State.OPEN or outcome.after:
        return False
    if outcome.account or outcome.spawn or outcome.keep or outcome.plan:
        return False
    said = outcome.notice is not None
    return after.step in stretch(job.plan, job.step) and not (said and _asks(after))


def _asks(job: Job) -> bool:
    """Whether its step needs an answer of the service; NAME does not where CHECK has just seen the
    draft."""
    export = job.progress.export
    return not (job.step is Step.NAME and export.draft and export.render is None)


def advanced_together(first: Advanced, then: Advanced) -> Advanced:
    """What two steps of a stretch have come to, in one write."""
    project = then.project if then.drop_project else then.project or first.project
    return replace(
        then,
        posts=first.posts + then.posts,
        account=then.account or first.account,
        project=project,
        history=then.history or first.history,
    )
