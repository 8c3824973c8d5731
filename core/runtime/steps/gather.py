"""A bundle that is complete: what it amounts to."""

from core.domain.conversation import Terms, close
from core.domain.policy import Confirm
from core.domain.requests import (
    Job,
    Outcome,
)
from core.runtime.steps.context import StepContext


async def gather(job: Job, context: StepContext) -> Outcome:
    """The pile is complete: decide what it amounts to."""
    settings = context.settings
    terms = Terms(Confirm(settings.nemo_confirm), settings.files_per_request, settings.nemo_web_url)
    return close(job, context.chat, context.skill, context.now, context.room, terms)
