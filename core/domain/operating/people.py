"""Who has the commands of those whom ADMINS names, which person they mean, and how they give one
more of the operator's credits."""

import re
from dataclasses import replace

from core.domain.limits import Charged, is_named
from core.domain.operating.terms import Raise
from core.i18n import text
from core.messages import OPERATING, Called, Command, Inbound, Pressed, Said
from core.settings import Limits

PERSON = re.compile(
    r"(?:(?P<platform>[a-z]{2,20}):)?(?:<@!?)?(?P<user>\d{1,20}|[0-9a-f]{32})>?(?=\s|$)"
)
"""An id is a number, or the page's code for a browser."""


def person(words: str, platform: str) -> tuple[str, str] | None:
    """Platform and user at the beginning of these words: `telegram:123`, `123` (on this
    `platform`), a mention as Discord writes it. What follows is read by nobody."""
    found = PERSON.match(words.strip())
    return (found["platform"] or platform, found["user"]) if found else None


def estranged(inbound: Inbound, limits: Limits) -> Inbound:
    """The same, as it is of somebody who has no such commands. A platform that shows what there is
    for a word that it does not know has done so before."""
    if inbound.command not in OPERATING or operates(inbound, limits):
        return inbound
    match inbound.happened:
        case Called(command=command, text=text, attachments=files, album=album):
            words = Said(f"/{command} {text}".strip(), files, album=album)
            return replace(inbound, happened=words)
        case _:  # a button: nobody was ever shown one
            return replace(inbound, happened=Pressed(Command.HELP))


def operates(inbound: Inbound, limits: Limits) -> bool:
    """Whether ADMINS names who it comes from; somebody whom the platform hides is nobody."""
    return not inbound.sender.masked and is_named(limits.admins, inbound, inbound.user)


MORE = re.compile(r"\s(?:\+?(?P<credits>\d{1,9})|reset)\s*\Z", re.IGNORECASE)


def raised(words: str, platform: str) -> Raise | None:
    """What these words ask for: `telegram:123 +500`, `123 reset`; None where they do not say whom,
    or how many."""
    named, more = person(words, platform), MORE.search(words)
    if named is None or more is None:
        return None
    return Raise(*named, int(more["credits"]) if more["credits"] else None)


def spending_words(limits: Limits, charged: Charged, language: str) -> str:
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
