"""The commands of those whom ADMINS names: how the bot stands, who is answered, and when nothing
begins."""

from core.domain.conversation.chat import Context, Decision, reply
from core.domain.conversation.commands.replies import phrase
from core.domain.limits import ids_named
from core.domain.operating import (
    Ban,
    Operation,
    Pause,
    Resume,
    Unban,
    person,
    raised,
    spending_words,
)
from core.i18n import text
from core.messages import Inbound

LONGEST_REASON = 300
"""Signs of the words that people read while nothing begins."""


def tell_how_it_is(context: Context, inbound: Inbound, now: float) -> Decision:
    """In a few lines, what `python -m bots stats` tells at length."""
    seen, language = context.overview, context.chat.speaks
    lines = [
        text(
            "operating.stats",
            language,
            done=seen.done,
            failed=seen.failed,
            stopped=seen.stopped,
            credits=seen.credits,
            tokens=seen.tokens,
            open=seen.under_way,
            owed=seen.owed,
            people=seen.people,
        )
    ]
    if seen.banned:
        lines.append(text("operating.banned_count", language, count=seen.banned))
    if context.pause is not None:
        minutes = max(0, round((now - context.pause.at) / 60))
        lines.append(text("operating.paused_since", language, minutes=minutes, count=seen.waiting))
    return Decision(context.chat, posts=(reply(context, inbound, "\n".join(lines)),))


def ban(context: Context, inbound: Inbound, now: float) -> Decision:
    """Somebody is answered no more; what they wait for is called off, unless it is paid for."""
    named = person(inbound.text, inbound.address.platform)
    if named is None:
        return Decision(context.chat, posts=(phrase(context, inbound, "operating.ban_whom"),))
    platform, user = named
    if user in ids_named(context.settings.admins, platform):
        return Decision(context.chat, posts=(phrase(context, inbound, "operating.ban_admin"),))
    return _done(context, inbound, Ban(platform, user), "banned", id=f"{platform}:{user}")


def unban(context: Context, inbound: Inbound, now: float) -> Decision:
    """They are answered again."""
    named = person(inbound.text, inbound.address.platform)
    if named is None:
        return Decision(context.chat, posts=(phrase(context, inbound, "operating.ban_whom"),))
    platform, user = named
    return _done(context, inbound, Unban(platform, user), "unbanned", id=f"{platform}:{user}")


def pause(context: Context, inbound: Inbound, now: float) -> Decision:
    """Nothing that costs begins; what is asked for waits."""
    words = " ".join(inbound.text.split())[:LONGEST_REASON]
    since = context.pause.at if context.pause else now
    return _done(context, inbound, Pause(since, words), "paused", count=context.overview.waiting)


def resume(context: Context, inbound: Inbound, now: float) -> Decision:
    """What waits goes on, in its order and by itself."""
    if context.pause is None:
        return Decision(context.chat, posts=(phrase(context, inbound, "operating.not_paused"),))
    return _done(context, inbound, Resume(), "resumed", count=context.overview.waiting)


def budget(context: Context, inbound: Inbound, now: float) -> Decision:
    """What is spent of the operator's credits; or somebody may spend more of them today."""
    settings, language = context.settings, context.chat.speaks
    if settings.nemo_token is None:
        return Decision(context.chat, posts=(phrase(context, inbound, "operating.budget_off"),))
    if (more := raised(inbound.text, inbound.address.platform)) is not None:
        key = "budget_reset" if more.credits is None else "budget_raised"
        who, credits = f"{more.platform}:{more.user}", more.credits or 0
        return _done(context, inbound, more, key, id=who, more=credits)
    lines = [text("operating.budget_how", language)]
    if not inbound.text.strip():
        lines.insert(0, spending_words(settings, context.charged, language))
    return Decision(context.chat, posts=(reply(context, inbound, "\n\n".join(lines)),))


def _done(
    context: Context, inbound: Inbound, operation: Operation, key: str, **params: object
) -> Decision:
    words = text(f"operating.{key}", context.chat.speaks, **params)
    return Decision(context.chat, posts=(reply(context, inbound, words),), operate=operation)
