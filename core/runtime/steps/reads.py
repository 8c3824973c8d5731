"""Answers that cost nothing: the timeline and the balance."""

from dataclasses import replace

from core.domain import replies
from core.domain.limits import Budget, budgets_in_force
from core.domain.requests import Fail, Job, Next, Outcome, Payer, Progress, Why
from core.nemo.errors import TokenRejected
from core.nemo.wire import Credits
from core.runtime.steps.context import StepContext


async def report(job: Job, context: StepContext) -> Outcome:
    """What is on the timeline."""
    state = await context.state(job)
    if stored := context.claimed.draft:  # the service knows of a later version, which was undone
        told = await context.anybody.client.beside.timeline(stored, job.language)
        state = replace(state, timeline=told, exportable=True)
    return Next(job.progress, replies.project_report(job, state), last=True)


async def balance(job: Job, context: StepContext) -> Outcome:
    """What is left to spend."""
    credits = await context.backend.credits()
    of: tuple[Budget, ...] = ()
    if job.progress.connection.payer is Payer.OPERATOR:
        of = budgets_in_force(
            context.settings, context.claimed.charged, group=False, now=context.now
        )
    notice = replies.balance(job, credits, context.claimed.spending, of)
    return Next(_seen(job, credits, context), notice, last=True)


async def verify(job: Job, context: StepContext) -> Outcome:
    """`/login`: the token is tried on the balance, which costs nothing, and kept sealed if it is
    good."""
    token = context.wallet.vault.open(job.secret.sealed) if job.secret else ""
    try:
        credits = await context.anybody.with_token(token).credits()
    except TokenRejected:
        return Fail(replies.login_wrong(job.language), why=Why.TOKEN)
    notice = replies.logged_in(job, credits.available)
    account = replace(context.account, own=context.wallet.vault.seal(token))
    return Next(_seen(job, credits, context), notice, last=True, account=account)


def _seen(job: Job, credits: Credits, context: StepContext) -> Progress:
    """With the balance that was looked at."""
    price = replace(job.progress.price, balance=credits.available, seen=context.now)
    return replace(job.progress, price=price)
