"""A bundle that is complete: what it amounts to."""

from core.domain.conversation import close
from core.domain.requests import Job, Outcome
from core.runtime.steps.context import StepContext
from core.runtime.terms import terms_of


async def gather(job: Job, context: StepContext) -> Outcome:
    """The bundle is complete: decide what it amounts to."""
    terms = terms_of(context.settings)
    return close(job, context.chat, context.skill, context.now, context.room, terms)
