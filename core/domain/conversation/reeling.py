"""What somebody answers to a group reel: photos of anybody, and the words of who opened it."""

from dataclasses import replace

from core.domain.conversation.chat import Context, Decision, meant, reply
from core.domain.conversation.commands.obeying import obey
from core.domain.conversation.commands.reel import add, close, keep_words, make
from core.domain.conversation.commands.replies import owns
from core.domain.policy import Confirm
from core.domain.reels import Reel
from core.domain.requests import Plan
from core.domain.understanding import (
    Again,
    Choice,
    CommandKind,
    Decline,
    GoAhead,
    Meaning,
    Unclear,
    Wish,
)
from core.domain.understanding import Command as Free
from core.i18n import text
from core.messages import Command, Inbound, Said


def about_reel(context: Context, inbound: Inbound, now: float) -> Decision | None:
    """The decision about a command or a button of a group reel, or about an answer to one; None
    where it is about none."""
    named = context.named
    if inbound.command is Command.REEL and (named is None or named.plan is Plan.REEL):
        return obey(context, inbound, Command.REEL, now)
    return _answered(context, inbound, now)


def _answered(context: Context, inbound: Inbound, now: float) -> Decision | None:
    known = context.reel
    if known is None or not isinstance(inbound.happened, Said) or not inbound.addressed:
        return None
    if known.supposed:
        return _supposed(context, inbound, known)
    if inbound.attachments:
        return _photos(context, inbound, known)
    meaning = meant(inbound.text, context.skill, context.chat.speaks)
    if not _is_about_it(meaning):
        return None
    if not owns(inbound, known.job):
        return _of_another(context, inbound, meaning)
    if not known.open:
        return _briefly(context, inbound, "reel.over")
    return _of_its_opener(context, inbound, known, meaning, now)


def _supposed(context: Context, inbound: Inbound, known: Reel) -> Decision | None:
    """Words that may be about it are kept, and paid for by a tap alone; photos may be another
    request."""
    meaning = meant(inbound.text, context.skill, context.chat.speaks)
    talk = isinstance(meaning, Wish | GoAhead | Unclear | Again | Choice)
    if known.making or inbound.attachments or not talk:
        return None
    if isinstance(meaning, GoAhead):
        return _briefly(context, inbound, "reel.tap_make")
    return keep_words(context, inbound, known)


def _is_about_it(meaning: Meaning) -> bool:
    """A question, and a command of its own, is not."""
    talk = isinstance(meaning, Wish | GoAhead | Unclear | Again | Choice | Decline)
    return talk or meaning == Free(CommandKind.CANCEL)


def _photos(context: Context, inbound: Inbound, known: Reel) -> Decision:
    """Words of its opener under them are kept: others of the album may be on their way."""
    if not known.open:
        return _briefly(context, inbound, "reel.over")
    decision = add(context, inbound, known)
    if not inbound.text.strip() or not owns(inbound, known.job) or decision.reel is None:
        return decision
    said = keep_words(context, inbound, known.having(decision.reel.shares))
    reeled = replace(decision.reel, words=inbound.text.strip())
    return replace(decision, posts=(said.posts[0], *decision.posts[1:]), reel=reeled)


def _of_another(context: Context, inbound: Inbound, meaning: Meaning) -> Decision:
    """Whoever only adds photos says nothing of the video; talk among friends is left alone."""
    wishes = isinstance(meaning, Wish) and meaning.clear
    if wishes or isinstance(meaning, Free | GoAhead):
        return _briefly(context, inbound, "reel.not_opener")
    return Decision(context.chat)


def _of_its_opener(
    context: Context, inbound: Inbound, known: Reel, meaning: Meaning, now: float
) -> Decision:
    asks = Confirm(context.settings.nemo_confirm) is Confirm.ALWAYS
    match meaning:
        case Free():
            return close(context, inbound, known)
        case Decline():
            return Decision(context.chat)
        case GoAhead() if not asks:
            return make(context, inbound, known, "", now)
        case Wish(clear=True) if not asks:
            return make(context, inbound, known, inbound.text.strip(), now)
        case GoAhead():
            return _briefly(context, inbound, "reel.tap_make")
        case _:
            return keep_words(context, inbound, known)


def _briefly(context: Context, inbound: Inbound, key: str) -> Decision:
    return Decision(context.chat, posts=(reply(context, inbound, text(key, context.chat.speaks)),))
