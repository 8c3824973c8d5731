"""The admins' commands at the command line: the same as in the chat, also while the bot runs."""

import time
from collections.abc import Callable

import typer

from bots.databases import begun
from core import sanitize
from core.domain import operating
from core.domain.limits import ids_named
from core.domain.operating import (
    LONGEST_NEWS,
    Announce,
    Ban,
    Draft,
    Hush,
    News,
    NewsState,
    Pause,
    Resume,
    Unban,
    news_for,
    news_progress,
    person,
)
from core.i18n import ENGLISH
from core.messages import Address, Recipient
from core.settings import Settings, WrongSetting

SOON = "A bot that runs takes it up within seconds."


def pause(settings: Settings, words: str) -> int:
    """Nothing that costs begins until `resume`."""
    there, now, words = begun(settings), time.time(), sanitize.words(words)
    before, seen = there.standing(now)
    there.operated(Pause(before.at if before else now, words), now)
    typer.echo(f"Paused; {seen.waiting} requests wait, and new ones are kept. {SOON}")
    return 0


def resume(settings: Settings) -> int:
    """What waits goes on."""
    there, now = begun(settings), time.time()
    before, seen = there.standing(now)
    if before is None:
        typer.echo("Nothing was paused.")
        return 0
    there.operated(Resume(), now)
    typer.echo(f"Resumed; {seen.waiting} requests that waited go on by themselves. {SOON}")
    return 0


def ban(settings: Settings, whom: str) -> int:
    """One person is answered no more."""
    platform, user = _named(whom)
    if user in ids_named(settings.admins, platform):
        raise WrongSetting(f"{whom} is one of ADMINS, who cannot be banned.")
    begun(settings).operated(Ban(platform, user), time.time())
    typer.echo(f"{platform}:{user} is answered no more; unpaid requests are called off. {SOON}")
    return 0


def unban(settings: Settings, whom: str) -> int:
    """They are answered again."""
    platform, user = _named(whom)
    begun(settings).operated(Unban(platform, user), time.time())
    typer.echo(f"{platform}:{user} is answered again. {SOON}")
    return 0


def broadcast(settings: Settings, words: str, sure: Callable[[str], bool], *, stop: bool) -> int:
    """News to everybody, once `sure` has said yes to the question; without words, how far they
    are."""
    there, now, words = begun(settings), time.time(), sanitize.words(words)
    _, seen = there.standing(now)
    last = seen.news
    sending = last is not None and last.state is NewsState.SENDING
    if stop and last is not None:
        there.operated(Hush(last.key), now)
        last = there.standing(now)[1].news
    if last is not None and (stop or sending or not words):
        typer.echo(news_progress(last, ENGLISH))
        return 0
    if not words or len(words) > LONGEST_NEWS:
        raise WrongSetting(
            f"The words cannot be used: write some, {LONGEST_NEWS} signs at most. "
            'Example: python -m bots broadcast "New looks are here."'
        )
    typer.echo(f"{news_for(News('', words), Recipient(Address('', ''))).text}\n")
    if not seen.people or not sure(f"Send to {seen.people} people?"):
        typer.echo("Nothing was sent.")
        return 0
    key = f"{now:.0f}"
    there.operated(Draft(News(key, words)), now)
    there.operated(Announce(key), now)
    typer.echo("It goes out a few at a time while the bot runs; `broadcast` tells how far it is.")
    return 0


def budget(settings: Settings, whom: str, more: str) -> int:
    """What is spent of the operator's credits, by all and by one person; who may spend more."""
    platform, user = _named(whom) if whom else ("", "")
    there, now = begun(settings), time.time()
    if more:
        raised = operating.raised(f"{whom} {more}", platform)
        if raised is None:
            raise WrongSetting(f"{more} cannot be used: name credits, or reset. Example: +500")
        there.operated(raised, now)
    found = there.spent(platform, user, now)
    if user:
        typer.echo(
            f"{platform}:{user} has spent {found.user.day} credits today and {found.user.month} "
            f"this month; given to them beyond their budget today: {found.raised.day}."
        )
    else:
        typer.echo(operating.spending_words(settings, found, ENGLISH))
    return 0


def _named(whom: str) -> tuple[str, str]:
    found = person(whom, "")
    if found is None or not found[0]:
        raise WrongSetting(f"{whom} cannot be used: name platform and id. Example: telegram:123456")
    return found
