"""What a turn costs: the balance before it, and a question where it may not be enough."""

from dataclasses import replace

from core.domain.replies import prices
from core.domain.requests import (
    USUAL_CREDITS,
    Fail,
    Job,
    Next,
    Outcome,
    Wait,
)
from core.domain.requests.sent import everything
from core.domain.spans import DAY
from core.nemo.errors import NoCredits
from core.runtime.steps.context import StepContext

PRICE_QUESTION_SECONDS = DAY
"""How long a question about the price waits for its answer, in seconds."""


async def price(job: Job, context: StepContext) -> Outcome:
    """Look at the balance; where it may not last, or the price is above the operator's threshold,
    ask first."""
    known = job.progress.price
    if known.confirmed:
        return Next(job.progress)
    if known.asked:
        return Fail(prices.unanswered(job.language), everything(job))
    available = known.balance if known.looked else await context.available()
    if available is not None and available <= 0:
        raise NoCredits(
            endpoint="price", code=SPENT_UP
        )  # nobody is asked about what cannot be paid
    needed = round(context.claimed.price) or USUAL_CREDITS.get(job.plan, 0)
    known = replace(known, balance=available, looked=False)
    threshold = context.settings.nemo_confirm_credits
    low = available is not None and available < needed
    dear = threshold and needed >= threshold
    if not low and (not dear or job.progress.wish.member):  # a set was asked about as a whole
        return Next(replace(job.progress, price=known), prices.uses_all(job, needed, available))
    progress = replace(job.progress, price=replace(known, asked=True))
    return Wait(progress, PRICE_QUESTION_SECONDS, prices.question(job, needed, available))


SPENT_UP = 2001
"""The service's code for no credits left."""
