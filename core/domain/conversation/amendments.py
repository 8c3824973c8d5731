"""A message that its author has changed: new words for a wish that still waits, an offer for one
that does not."""

from dataclasses import replace

from core.domain.conversation.chat import Context, Decision, Grown, reply, wished_beside
from core.domain.gathering import Bundle, Line
from core.domain.requests import Job, Step
from core.domain.understanding import Command as Free
from core.domain.understanding import (
    Decline,
    Question,
    read,
)
from core.i18n import text
from core.messages import Button, Command, Inbound, Payload

WAITING = frozenset({Step.GATHER, Step.CONNECT, Step.BRING, Step.UPLOAD})
"""Steps before the mark: from there on the words may be on their way."""


def amend(context: Context, inbound: Inbound, now: float) -> Decision:
    """Never starts or cancels anything by itself; an edit that leaves the words alone does
    nothing."""
    known = (*reversed(context.open), *context.past)
    job = next((job for job in known if _line(job, inbound) is not None), None)
    words = inbound.text.strip()
    language = context.chat.speaks
    asks = isinstance(read(words, language), Question | Decline | Free)
    if job is None and words:
        wish = wished_beside(words, context.skill, language) if asks else words
        return _of_the_wish(_without_a_yes(context, inbound), inbound, wish, now)
    if job is None or not words or _line(job, inbound) == words:
        return Decision(context.chat)
    if job not in context.open:
        context = _taken_back(_without_a_yes(context, inbound), _line(job, inbound) or "")
    if asks and not (job in context.open and job.step is Step.GATHER):
        return Decision(context.chat)  # no wish, so nothing that could be run with it
    bundle = replace(job.bundle, lines=_with(job.bundle, inbound.order, words))
    if job in context.open and job.step in WAITING and not job.cancelled:
        if job.step is not Step.GATHER:
            bundle = replace(bundle, amended=bundle.words)
        return Decision(
            context.chat,
            posts=(reply(context, inbound, text("talk.amended", language)),),
            grow=(Grown(job, bundle, job.due),),
        )
    row = (Button(text("button.run_edited", language), Command.AGAIN, job.id, Payload.AMENDED),)
    return Decision(
        context.chat,
        posts=(reply(context, inbound, text("talk.edited_later", language), row),),
        grow=(Grown(job, bundle, job.due),),
    )


def _without_a_yes(context: Context, inbound: Inbound) -> Context:
    """What was asked about words that are other ones by now: its button quotes them, a plain yes
    may be to the new ones."""
    line = context.chat.wish_line
    if line is not None and line.order == inbound.order:
        return context  # these are changed in what was asked as well
    return replace(context, chat=context.chat.put_off())


def _taken_back(context: Context, before: str) -> Context:
    """Without the wish that was part of these words."""
    chat = context.chat
    part = chat.wish and all(line in before for line in chat.wish.splitlines())
    return replace(context, chat=replace(chat, wish="")) if part else context


def _of_the_wish(context: Context, inbound: Inbound, words: str, now: float) -> Decision:
    """New words, or none, for those that wait for a photo."""
    chat, line = context.chat, context.chat.wish_line
    if line is None or line.order != inbound.order or words == line.text:
        return Decision(chat)
    if not (line.text and chat.holds(now).wish.endswith(line.text)):
        return Decision(chat)  # it was used, or let go of
    before = chat.wish.removesuffix(line.text).strip()
    wish = "\n".join(filter(None, (before, words)))
    of_it = [offer for offer in chat.offers if offer.words == chat.wish]
    offers = tuple(
        replace(offer, words=wish) if offer in of_it else offer
        for offer in chat.offers
        if wish or offer not in of_it
    )
    chat = replace(chat, wish=wish, wish_line=replace(line, text=words), offers=offers)
    said = (reply(context, inbound, text("talk.amended", chat.speaks)),) if words else ()
    return Decision(chat, posts=said)


def _line(job: Job, inbound: Inbound) -> str | None:
    """What that message said in this request: nothing where it was a file alone, None where it was
    not part of it."""
    bundle: Bundle = job.bundle
    alone = "" if any(item.order == inbound.order for item in bundle.items) else None
    return next((line.text for line in bundle.lines if line.order == inbound.order), alone)


def _with(bundle: Bundle, order: int, words: str) -> tuple[Line, ...]:
    others = tuple(line for line in bundle.lines if line.order != order)
    return (*others, Line(order, words))
