"""The pure step forward: a job and an outcome give the next job and the words to post."""

from dataclasses import replace
from typing import assert_never

from core.domain.formatting.lines import some_of
from core.domain.requests.job import Job, State
from core.domain.requests.numbered import numbered
from core.domain.requests.outcomes import Advanced, Fail, Next, Notice, Outcome, Retry, Rewind, Wait
from core.domain.requests.plans import PLANS, Plan, Step
from core.domain.requests.showing import restored, still, to_card
from core.i18n import text
from core.messages import RINGING, Button, Command, Outbound, Recipient, Status, Subject, Words

SELF = 0
"""In a button's `job`: the job whose words carry the button (its id is not known before it is
stored)."""


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


def slot(job: Job | int) -> str:
    """The slot of a job's status message."""
    return f"job-{job if isinstance(job, int) else job.id}"


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


TAKEN_AWAY = "⤵️"
"""What is left of a status that cannot be taken away."""


def afterwards(message: Outbound) -> Outbound | None:
    """What becomes of a job's status once this message is posted: after its last words it tells
    what was paid, or goes. None where nothing does.

    It is owed in the same write that notes the message as posted: whatever is killed when, the
    status never goes before the result is there, and is never left behind."""
    about = message.about
    if message.slot or message.toast or about is None or not about.last:
        return None
    to = replace(message.to, reply_to="", discreet=False)
    manner = Status(slot(about.job), over=not about.receipt)
    words = Words(about.receipt or TAKEN_AWAY)
    return Outbound(to, words, manner=manner, about=Subject(about.job, last=True))


def cancel_buttons(language: str) -> tuple[tuple[Button, ...], ...]:
    """The one button under a running status."""
    return ((Button(text("button.cancel", language), Command.CANCEL, SELF),),)


def _naming(button: Button, job: Job) -> Button:
    return replace(button, job=job.id) if button.job == SELF else button


def _with_still(job: Job, words: str) -> str:
    """The words about a film that is not there, and about the picture in its place: what it would
    show, and what has changed."""
    told = text("result.still", job.language)
    new = job.progress.turn.changes.summary or job.progress.export.outline
    return "\n\n".join(filter(None, (words, told, restored(job), some_of(new))))


def to_outbound(job: Job, notice: Notice) -> Outbound:
    """The words of a job as a message to its user: the status in place and silent, or the ringing
    result.

    The status of a running job always offers to cancel it.
    """
    notice = numbered(job, notice)
    picture = still(job) if notice.final else None
    running = not notice.final and job.state is State.OPEN
    buttons = notice.buttons or (cancel_buttons(job.language) if running else ())
    aside = job.aside if notice.discreet else None
    return Outbound(
        Recipient(
            aside or job.address,
            job.user,
            job.language,
            job.ticket,
            reply_to="" if aside else job.reply_to,
            discreet=notice.discreet,
        ),
        Words(
            _with_still(job, notice.words) if picture else notice.words,
            tuple(tuple(_naming(button, job) for button in row) for row in buttons),
            notice.spans,
        ),
        notice.video or picture,
        manner=RINGING
        if notice.final
        else Status(slot(job), working=running, card=to_card(job, notice)),
        about=Subject(job.id, job.state is not State.OPEN, notice.receipt),
    )
