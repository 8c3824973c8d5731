"""What is said about credits: a price before it is paid, what was spent, and the balance."""

from collections.abc import Iterable
from math import ceil

from core.domain.limits import Budget, Spending, Verdict, Whose
from core.domain.replies import buttons, statuses
from core.domain.requests import Job, Notice, Payer
from core.domain.spans import DAY, HOUR
from core.i18n import text
from core.nemo.wire import Credits

LOW = 10
"""Credits under which the words say that they run out (D40)."""
NEAR = 48
"""Hours that are told as hours; later is told in days."""


def price_question(job: Job, needed: int, available: int | None) -> Notice:
    """Whether so much may be spent; in a group without the balance, which is nobody else's
    business."""
    low = available is not None and available < needed
    left = "?" if available is None else available
    key = "talk.confirm_group" if not job.private else "talk.confirm_low" if low else "talk.confirm"
    words = text(key, job.language, needed=needed, available=left)
    return Notice(words, buttons.confirm_buttons(job.language), final=True)


def price_unanswered(language: str) -> Notice:
    """Nobody has said yes in time."""
    return Notice(text("trouble.not_confirmed", language), final=True)


def uses_all_credits(job: Job, needed: int, available: int | None) -> Notice | None:
    """Told before it is spent: the first video of a free account takes all that it holds."""
    free = job.progress.connection.payer is Payer.ANONYMOUS
    if not free or available is None or available - needed >= LOW:
        return None
    return Notice(f"{text('money.uses_all', job.language, needed=needed)}\n{statuses.working(job)}")


def spent(job: Job) -> str:
    """One line under a result: what it cost and what is left; nobody else's business in a group."""
    known = job.progress.price
    if not known.spent or known.balance is None or not job.private:
        return ""
    if known.balance <= 0:
        return text("result.spent_all", job.language, spent=known.spent)
    key = "result.spent_low" if known.balance < LOW else "result.spent"
    return text(key, job.language, spent=known.spent, left=known.balance)


def balance(job: Job, credits: Credits, spending: Spending, of: Iterable[Budget] = ()) -> Notice:
    """What is left to spend, also of their own budgets, and what was spent in the last thirty
    days."""
    lines = [text("talk.credits", job.language, available=credits.available)]
    if credits.frozen:
        lines.append(text("talk.credits_frozen", job.language, frozen=credits.frozen))
    for budget in of:
        if budget.whose is Whose.USER:
            key, left = f"talk.budget_left_{budget.period}", budget.left
            lines.append(text(key, job.language, left=left, limit=budget.limit))
    if spending.user:
        lines.append(text("talk.credits_spent", job.language, spent=spending.user))
    if job.progress.wish.for_group:
        lines.append(text("talk.credits_group", job.language, spent=spending.group))
    return Notice("\n".join(lines), final=True, discreet=True)


def over_budget(verdict: Verdict, language: str, now: float) -> str:
    """A budget is used up: how much of it, and when there is more."""
    hours, days = (max(1, ceil((verdict.again - now) / span)) for span in (HOUR, DAY))
    used = text(verdict.reason, language, used=verdict.used, limit=verdict.limit)
    near = hours <= NEAR
    more = text(f"talk.budget_{'hours' if near else 'days'}", language, hours=hours, days=days)
    return f"{used} {more}"


def budget_refusal(job: Job, verdict: Verdict, now: float) -> Notice:
    """The same of a request whose turn has come. What somebody spends is nobody else's business."""
    theirs = verdict.reason in ("talk.budget_user_day", "talk.budget_user_month")
    return Notice(over_budget(verdict, job.language, now), final=True, discreet=theirs)


def logged_in(job: Job, available: int) -> Notice:
    """A token of their own is kept."""
    words = text("talk.logged_in", job.language, available=available)
    return Notice(words, final=True, discreet=True)


def login_wrong(language: str) -> Notice:
    """It is no token, or no good one."""
    return Notice(text("talk.login_wrong", language), final=True, discreet=True)
