"""What a turn costs: the balance before it, and a question where it may not be enough."""

from dataclasses import replace

from core.domain import replies
from core.domain.limits import budgets_in_force, within_budgets
from core.domain.requests import (
    USUAL_CREDITS,
    Fail,
    Job,
    Next,
    Outcome,
    Payer,
    Wait,
    Why,
    keep_everything,
)
from core.domain.spans import DAY
from core.nemo.errors import NoCredits
from core.runtime.steps.context import StepContext

PRICE_QUESTION_SECONDS = DAY
"""How long a question about the price waits for its answer, in seconds."""


async def price(job: Job, context: StepContext) -> Outcome:
    """Look at the balance; where it may not last, or the price is above the operator's threshold,
    ask first."""
    known = job.progress.price
    needed = round(context.claimed.price) or USUAL_CREDITS.get(job.plan, 0)
    if known.unanswered:
        return Fail(
            replies.price_unanswered(job.language), keep_everything(job), why=Why.UNANSWERED
        )
    if beyond := _beyond_budget(job, context, needed):
        return beyond
    if known.confirmed:
        return Next(job.progress)
    available = known.balance if known.looked else await context.available()
    if available is not None and available <= 0:
        raise NoCredits(
            endpoint="price", code=SPENT_UP
        )  # nobody is asked about what cannot be paid
    seen = known.seen if known.looked else context.now
    known = replace(known, balance=available, looked=False, seen=seen)
    threshold = context.settings.nemo_confirm_credits
    low = available is not None and available < needed
    dear = threshold and needed >= threshold
    if not low and (not dear or job.progress.wish.member):  # a set was asked about as a whole
        return Next(
            replace(job.progress, price=known), replies.uses_all_credits(job, needed, available)
        )
    progress = replace(job.progress, price=replace(known, asked=True))
    return Wait(progress, PRICE_QUESTION_SECONDS, replies.price_question(job, needed, available))


def _beyond_budget(job: Job, context: StepContext, needed: int) -> Fail | None:
    """A request waits until its turn, and may then find the operator's credits used up: what it
    brought is kept."""
    if job.progress.connection.payer is not Payer.OPERATOR:
        return None
    charged, group = context.claimed.charged, bool(job.space)
    in_force = budgets_in_force(context.settings, charged, group=group, now=context.now)
    verdict = within_budgets(in_force, needed)
    if verdict.allowed:
        return None
    return Fail(
        replies.budget_refusal(job, verdict, context.now), keep_everything(job), why=Why.LIMIT
    )


SPENT_UP = 2001
"""The service's code for no credits left."""
