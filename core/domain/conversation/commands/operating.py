"""The commands of those whom ADMINS names: how the bot stands."""

from core.domain.conversation.chat import Context, Decision, reply
from core.i18n import text
from core.messages import Inbound


def tell_how_it_is(context: Context, inbound: Inbound, now: float) -> Decision:
    """In a few lines, what `python -m bots stats` tells at length."""
    seen = context.overview
    words = text(
        "operating.stats",
        context.chat.speaks,
        done=seen.done,
        failed=seen.failed,
        stopped=seen.stopped,
        credits=seen.credits,
        tokens=seen.tokens,
        open=seen.under_way,
        owed=seen.owed,
        people=seen.people,
    )
    return Decision(context.chat, posts=(reply(context, inbound, words),))
