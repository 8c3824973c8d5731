"""The same video for elsewhere: as a GIF or with fewer bytes, made here and free; in another shape,
made anew for its price."""

from dataclasses import replace

from core.domain import replies
from core.domain.conversation import offers
from core.domain.conversation.chat import Context, Decision, reply, to_job
from core.domain.conversation.commands.again import was_reel
from core.domain.conversation.commands.projects import underway
from core.domain.conversation.commands.replies import begin, briefly, owns, phrase
from core.domain.policy import Repeat
from core.domain.requests import Copy, CopyKind, Job, Plan, Progress
from core.domain.understanding import (
    copied_as,
)
from core.i18n import text
from core.messages import Carried, Inbound, Payload, Status, Subject, read_payload


def elsewhere(context: Context, inbound: Inbound, now: float) -> Decision:
    """The button under a video, what is chosen from it, and the words that ask for a copy."""
    film = _film(context, inbound)
    if film is None and inbound.job:
        return Decision(context.chat, posts=(briefly(context, inbound, "copy.gone"),))
    if film is None:
        return Decision(context.chat, posts=(underway(context, inbound, "copy.nothing", now),))
    found = read_payload(inbound.text)
    chosen = found.which if isinstance(found, Carried) and found.payload is Payload.AS else ""
    if chosen in replies.COPY_SHAPES and was_reel(context, film.progress.worked_in):
        return Decision(context.chat, posts=(phrase(context, inbound, "reel.again"),))
    if chosen in replies.COPY_SHAPES:
        return _anew(context, inbound, film, chosen, now)
    kind = {"gif": CopyKind.GIF, "smaller": CopyKind.SMALLER}.get(copied_as(inbound.text))
    if chosen in set(CopyKind):
        kind = CopyKind(chosen)
    if kind is None:
        return _choices(context, inbound, film, now)
    return _copied(context, inbound, film, kind, now)


def _film(context: Context, inbound: Inbound) -> Job | None:
    """The finished video that it is about: that of the message, else the newest of its project, or
    of the chat."""
    meant = context.named or context.answered
    if meant is not None and not owns(inbound, meant):
        return None
    if meant is not None and meant.video:
        return meant
    about = context.about
    if meant is not None and about is None:
        return None
    made = (job for job in context.past if job.video)
    return next((job for job in made if not about or job.progress.works_in(about.session)), None)


IN_SIGHT = 600.0
"""Seconds in which a message is where it was pressed for; later it has gone up in the chat."""


def _choices(context: Context, inbound: Inbound, film: Job, now: float) -> Decision:
    """What there is, in one message that stays in its place for as long as it is in sight."""
    words, rows = replies.copy_choices(context.chat.speaks, film.id)
    post = reply(context, inbound, words, *rows, discreet=not inbound.place.private)
    manner = Status(f"for-{film.id}-{now // IN_SIGHT:.0f}")
    return Decision(context.chat, posts=(replace(post, manner=manner, about=Subject(film.id)),))


def _copied(context: Context, inbound: Inbound, film: Job, kind: CopyKind, now: float) -> Decision:
    export = film.progress.export
    render = export.render.id if export.render else ""
    copy = Copy(kind, film.id, film.video, render, film.clip)
    learnt = Progress(connection=film.progress.connection, copy=copy)
    job = replace(to_job(context, inbound, Plan.COPY, learnt, now), skill=film.skill)
    return begin(context, job, f"copy.making_{kind.name.lower()}")


def _anew(context: Context, inbound: Inbound, film: Job, shape: str, now: float) -> Decision:
    """Another shape is another video: its price is told, and one tap agrees."""
    language = context.chat.speaks
    change = text("copy.change", language, shape=shape)
    offer = replace(offers.to_offer(Repeat(change), change, now), about=context.about)
    more = offers.way_to_more(context.chat, context.settings)
    words = offers.question(offer, language, more=more)
    post = reply(context, inbound, words, *offers.buttons(offer, language, film.id, more))
    return Decision(context.chat.offering(offer), posts=(post,))
