"""Steps that are taken in one stretch, with one write for all of them: those that change nothing
outside, but only look. Whoever is killed in between looks once more.

What changes something has its intent on disk before, and its answer as soon as it is there: no
stretch goes over such a step."""

from dataclasses import replace

from core.domain.requests.job import Job, State
from core.domain.requests.outcomes import Advanced, Next, Outcome
from core.domain.requests.plans import PLANS, Plan, Step

QUIET = frozenset({Step.PRICE, Step.SNAPSHOT, Step.CHECK, Step.NAME, Step.POLL, Step.LINK})
"""Steps that change nothing, neither outside nor in what other requests are told."""


def stretch(plan: Plan, step: Step) -> tuple[Step, ...]:
    """This step, and those that may be taken with it."""
    steps = PLANS[plan]
    found = [step]
    for after in steps[steps.index(step) + 1 :] if step in QUIET and step in steps else ():
        if after not in QUIET:
            break
        found.append(after)
    return tuple(found)


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


def together(first: Advanced, then: Advanced) -> Advanced:
    """What two steps of a stretch have come to, in one write."""
    project = then.project if then.drop_project else then.project or first.project
    return replace(
        then,
        posts=first.posts + then.posts,
        account=then.account or first.account,
        project=project,
        history=then.history or first.history,
    )
