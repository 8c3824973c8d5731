"""A bundle that is complete: what it amounts to."""

from core.domain.conversation import close
from core.domain.requests import Job, Outcome
from core.runtime.steps.context import StepContext


async def gather(job: Job, context: StepContext) -> Outcome:
    """The bundle is complete: decide what it amounts to."""
    return close(job, context.chat, context.skill, context.now, context.settings, context.room)
