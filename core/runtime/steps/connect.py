"""What is settled before a turn is sent: who pays for a request, in which session it works, and
whether its price is agreed to."""

from dataclasses import replace

from core.domain import replies
from core.domain.limits import budgets_in_force, within_budgets
from core.domain.requests import (
    USUAL_CREDITS,
    Connection,
    Fail,
    Job,
    Next,
    Notice,
    Outcome,
    Payer,
    Plan,
    Progress,
    Rewind,
    Session,
    Wait,
    Why,
    has_material,
    keep_everything,
)
from core.domain.spans import DAY
from core.domain.tokens import AskForToken, NobodyPays, Pays, choose_payer
from core.i18n import nemo_code
from core.nemo.errors import NoCredits
from core.runtime.steps.context import StepContext


async def connect(job: Job, context: StepContext) -> Outcome:
    """A payer, then a session: one request at most, so that a token is on disk before a session is
    asked for."""
    known = job.progress.connection
    if known.payer is None:
        return await _find_payer(job, context)
    if known.resume is not None:
        return Rewind(_connected(job, replace(known, resume=None)), known.resume)
    if job.plan is Plan.CREDITS or known.session is not None:
        return Next(job.progress)
    project = context.chat.project
    if project is not None and not known.fresh and project.payer is known.payer:
        session = Session(project.session, project.task, project.bind)
        return Next(
            _connected(job, replace(known, session=session)),
            replies.first_status(job, context.claimed.usual, context.now),
        )
    made, bind = await context.backend.create_session(nemo_code(job.language))
    session = Session(made.id, made.task, bind or context.account.anonymous)
    return Next(
        _connected(job, replace(known, session=session)),
        replies.first_status(job, context.claimed.usual, context.now),
    )


def _connected(job: Job, connection: Connection) -> Progress:
    return replace(job.progress, connection=connection)


async def _find_payer(job: Job, context: StepContext) -> Outcome:
    """Who pays is on disk before a session is asked for: what fails then concerns them, and nobody
    else (D5).

    A request whose turn has come says so first.
    """
    known = job.progress.connection
    about_it = context.chat.project is not None and not has_material(job) and not job.bundle.anew
    if known.fresh and about_it:
        # words alone, from a time when the project was still in the making: they are about it
        known = replace(known, fresh=False)
        job = replace(job, progress=_connected(job, known))
    if _without_its_video(job, context):
        return Fail(replies.nothing_to_edit(job.language), keep_everything(job), why=Why.NOTHING)
    asks = job.plan in (Plan.MAKE, Plan.EDIT) and not known.announced
    notice = Notice(context.skill.connecting[job.language]) if asks else None
    known, going_on = replace(known, announced=True), _payer_of_project(job, context)
    match (
        Pays(going_on)
        if going_on
        else choose_payer(context.account, context.payment_options, context.now)
    ):
        case Pays(payer):
            return Wait(_connected(job, replace(known, payer=payer)), notice=notice)
        case AskForToken() if notice:
            return Wait(_connected(job, known), notice=notice)
        case AskForToken():
            return await _ask_for_token(job, context)
        case NobodyPays(until):
            return Fail(
                replies.no_free_tokens(job.language, until), keep_everything(job), why=Why.QUOTA
            )


def _without_its_video(job: Job, context: StepContext) -> bool:
    """A change that waited for a video which never came: there is nothing to change, and no photo
    to make another of.

    What was agreed to without a photo is meant so.
    """
    alone = job.plan is Plan.MAKE and job.progress.connection.fresh and not has_material(job)
    return (
        alone and context.chat.project is None and bool(job.bundle.lines) and not job.bundle.agreed
    )


def _payer_of_project(job: Job, context: StepContext) -> Payer | None:
    """A project goes on with the token that made it: its session belongs to that one."""
    project = context.chat.project
    if project is None or job.progress.connection.fresh or job.plan not in (Plan.MAKE, Plan.EDIT):
        return None
    return project.payer if context.wallet.token(project.payer) else None


async def _ask_for_token(job: Job, context: StepContext) -> Outcome:
    """One free token for this client id, kept sealed and for as long as it lives (D2, D4)."""
    grant = await context.anybody.anonymous_token(context.account.client_id, context.now)
    account = replace(
        context.account,
        token=context.wallet.vault.seal(grant.token),
        expires=grant.expires,
        granted=context.now,
        anonymous=grant.user_id,
    )
    connection = replace(job.progress.connection, payer=Payer.ANONYMOUS)
    return Wait(_connected(job, connection), account=account)


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
