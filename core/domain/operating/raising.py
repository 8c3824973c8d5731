"""What the operator's credits are spent on, in words, and how one person is given more of them."""

import re

from core.domain.budgets import Charged
from core.domain.operating.naming import person
from core.domain.operating.terms import Raise
from core.i18n import text
from core.settings import Limits

MORE = re.compile(r"\s(?:\+?(?P<credits>\d{1,9})|reset)\s*\Z", re.IGNORECASE)


def raised(words: str, platform: str) -> Raise | None:
    """What these words ask for: `telegram:123 +500`, `123 reset`; None where they do not say whom,
    or how many."""
    named, more = person(words, platform), MORE.search(words)
    if named is None or more is None:
        return None
    return Raise(*named, int(more["credits"]) if more["credits"] else None)


def spent(limits: Limits, charged: Charged, language: str) -> str:
    """What everybody has spent, and how much everybody, a person and a group may."""
    return text(
        "operating.budget",
        language,
        day=charged.bot.day,
        day_limit=limits.budget_bot_day or ANY,
        month=charged.bot.month,
        month_limit=limits.budget_bot_month or ANY,
        user_day=limits.budget_user_day or ANY,
        user_month=limits.budget_user_month or ANY,
        group_day=limits.budget_group_day or ANY,
        group_month=limits.budget_group_month or ANY,
    )


ANY = "∞"
