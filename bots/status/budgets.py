"""What the operator sees of the bot's budgets: what is left, and when to look. Pure."""

import time
from collections.abc import Iterable

from bots.databases import Figures
from core.domain.limits import Budget, Charged, Period, Used, Whose, budgets_in_force
from core.domain.requests import USUAL_CREDITS, Plan
from core.ops.alarms import Alarm
from core.settings import Limits

NEARLY = 0.8
"""Part of a budget after which the operator is told."""
NEAR, UP = "budget", "budget_up"
"""The names of their alarms."""
NAMES = {Period.DAY: "%Y-%m-%d", Period.MONTH: "%Y-%m"}
"""How a day and a month are called in every language."""


def _of_the_bot(limits: Limits | None, figures: Figures, now: float) -> list[Budget]:
    """None where nobody pays with a token of the operator."""
    if limits is None:
        return []
    of = budgets_in_force(limits, Charged(bot=Used(*figures.spent)), group=False, now=now)
    return [budget for budget in of if budget.whose is Whose.BOT]


def left(limits: Limits | None, figures: Figures, now: float) -> dict[tuple[str, ...], float]:
    """Credits that may still be spent, by day and month."""
    return {(budget.period,): float(budget.left) for budget in _of_the_bot(limits, figures, now)}


def known(told: Iterable[Alarm]) -> list[Alarm]:
    """Those of them that are about a budget: while nothing can be read, it is as it was."""
    return [alarm for alarm in told if alarm.name in (NEAR, UP)]


def low(limits: Limits | None, figures: Figures, now: float) -> list[Alarm]:
    """Which are nearly used up, and which leave no room for so much as a change."""
    found = []
    for budget in _of_the_bot(limits, figures, now):
        name = time.strftime(NAMES[budget.period], time.localtime(now))
        up = budget.left < min(USUAL_CREDITS[Plan.EDIT], budget.limit)
        if up or budget.used >= NEARLY * budget.limit:
            found.append(Alarm(NEAR, name))
        if up:
            found.append(Alarm(UP, name))
    return found
