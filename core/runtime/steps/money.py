"""What a turn costs: the balance before it, a question where it may not be enough, and what was
spent after it."""

from dataclasses import replace

from core.domain.requests import (
    SELF,
    USUAL_CREDITS,
    Fail,
    Job,
    Next,
    Notice,
    Outcome,
    Payer,
    Plan,
    Progress,
    Wait,
)
from core.i18n import text
from core.messages import Button, Command
from core.nemo import wire
from core.nemo.errors import NemoError, NoCredits
from core.runtime.steps.before import everything
from core.runtime.steps.context import StepContext

PATIENCE = 24 * 3600.0
"""How long a question about the price waits for its answer, in seconds."""


async def price(job: Job, context: StepContext) -> Outcome:
    """Look at the balance; where it may not last, or the price is above the operator's threshold,
    ask first."""
    known = job.progress.price
    if known.confirmed:
        return Next(job.progress)
    if known.asked:
        return Fail(
            Notice(text("trouble.not_confirmed", job.language), final=True), everything(job)
        )
    available = await _available(job, context)
    if available is not None and available <= 0:
        raise NoCredits(
            endpoint="price", code=SPENT_UP
        )  # nobody is asked about what cannot be paid
    needed = round(context.price) or USUAL_CREDITS.get(job.plan, 0)
    known = replace(known, balance=available)
    threshold = context.settings.nemo_confirm_credits
    low = available is not None and available < needed
    if not low and not (threshold and needed >= threshold):
        return Next(replace(job.progress, price=known), _uses_all(job, needed, available))
    left = "?" if available is None else available
    key = "talk.confirm_group" if not job.private else "talk.confirm_low" if low else "talk.confirm"
    words = text(key, job.language, needed=needed, available=left)
    row = (
        Button(text("button.confirm", job.language), Command.CONFIRM, SELF),
        Button(text("button.cancel", job.language), Command.CANCEL, SELF),
    )
    progress = replace(job.progress, price=replace(known, asked=True))
    return Wait(progress, PATIENCE, Notice(words, (row,), final=True))


def _uses_all(job: Job, needed: int, available: int | None) -> Notice | None:
    """Told before it is spent: the first video of a free account takes all that it holds."""
    free = job.progress.connection.payer is Payer.ANONYMOUS
    if not free or available is None or available - needed >= LOW:
        return None
    told = "status.creating" if job.plan is Plan.MAKE else "status.editing"
    return Notice(
        f"{text('money.uses_all', job.language, needed=needed)}\n{text(told, job.language)}"
    )


SPENT_UP = 2001
"""The service's code for no credits left."""


async def settle(job: Job, context: StepContext) -> Outcome:
    """What the turn has cost. While a lost turn may still be running nobody knows."""
    return Next(job.progress if job.progress.turn.cut else await settled(job, context))


async def settled(job: Job, context: StepContext) -> Progress:
    """With what the turn has cost, where the balance can be had before and after it."""
    known = job.progress.price
    available = None if known.balance is None else await _available(job, context)
    if known.balance is None or available is None:
        return job.progress
    price = replace(known, spent=max(0, known.balance - available), balance=available)
    return replace(job.progress, price=price)


async def _available(job: Job, context: StepContext) -> int | None:
    """The balance; None where it cannot be had, which never holds a request up."""
    try:
        return wire.read_credits(
            await context.ask(wire.credits(context.token(job), context.attribution))
        ).available
    except NemoError:
        return None


def spent(job: Job) -> str:
    """One line under a result: what it cost and what is left; nobody else's business in a group."""
    known = job.progress.price
    if not known.spent or known.balance is None or not job.private:
        return ""
    key = "result.spent_low" if known.balance < LOW else "result.spent"
    return text(key, job.language, spent=known.spent, left=known.balance)


LOW = 10
"""Credits under which the words say that they run out (D40)."""
