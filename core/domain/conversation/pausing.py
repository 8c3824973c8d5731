"""While the bot is being looked after, requests are taken in and kept, and people are told so."""

from dataclasses import replace

from core.domain.conversation.chat import Context, Decision, reply
from core.domain.operating import FREE, Pause
from core.domain.operating.terms import paused_words
from core.messages import Inbound


def held_back(context: Context, inbound: Inbound, decision: Decision, pause: Pause) -> Decision:
    """The decision, with words that what it begins has to wait; once a pause for each chat."""
    chat = decision.chat
    begins = any(start.job.plan not in FREE for start in decision.start) or bool(decision.confirm)
    if not begins or chat.told_pause == pause.at:
        return decision
    words = paused_words(pause, chat.speaks)
    said = reply(context, inbound, words, discreet=inbound.ticket is not None)
    return replace(decision, chat=replace(chat, told_pause=pause.at), posts=(*decision.posts, said))
