"""The pure step forward: a job and an outcome give the next job and the words to post."""

from dataclasses import replace
from typing import assert_never

from core.domain.requests.job import Job, State
from core.domain.requests.outcomes import Advanced, Fail, Next, Notice, Outcome, Retry, Rewind, Wait
from core.domain.requests.plans import PLANS, Plan, Step
from core.domain.requests.posting import to_outbound
from core.i18n import text
from core.messages import Outbound, Subject


def following(plan: Plan, step: Step) -> Step | None:
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
            moved = replace(
                job, claims=0, progress=outcome.progress, attempts=0, due=now + outcome.after
            )
            return Advanced(*_told(moved, outcome.notice, now), account=outcome.account)
        case Retry():
            moved = replace(
                job,
                claims=0,
                progress=outcome.progress or job.progress,
                attempts=job.attempts + 1,
                due=now + outcome.after,
            )
            return Advanced(*_told(moved, outcome.notice, now))
        case Rewind():
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
        case Fail():
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
        case _:
            assert_never(outcome)


def _next(job: Job, outcome: Next, now: float) -> Advanced:
    plan = outcome.plan or job.plan
    step = None if outcome.last else following(plan, job.step)
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
