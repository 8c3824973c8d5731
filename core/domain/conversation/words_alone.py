"""Words that came alone: what they mean, and what may be done about it."""

from dataclasses import replace

from core.domain.conversation import commands, offers
from core.domain.conversation.chat import (
    Context,
    Decision,
    asks,
    meant,
    reply,
)
from core.domain.conversation.new_requests import begin
from core.domain.conversation.responding import carry_out
from core.domain.conversation.scene import (
    gathering,
    scene_of,
    used,
)
from core.domain.conversation.service_questions import answer_to_service
from core.domain.gathering import is_sound
from core.domain.policy import (
    Answer,
    Dismiss,
    Edit,
    Free,
    Response,
    Scene,
    Situation,
    decide,
)
from core.domain.requests import USUAL_CREDITS, Plan
from core.domain.understanding import (
    Apart,
    Decline,
    GoAhead,
    Meaning,
    Only,
    Topic,
    Unclear,
    Unsure,
    Wish,
    assign_photos,
    brings_late_file,
    photo_named,
)
from core.i18n import text
from core.messages import Command, Happened, Inbound, Said

PAUSES = frozenset({Topic.WAITING, Topic.MISTAKE})
"""What is said while a request is still being gathered, and stops it."""


def speak(context: Context, inbound: Inbound, now: float) -> Decision:
    """Answer words without files."""
    if not inbound.text.strip() and _unusable(inbound.happened):
        return Decision(context.chat, posts=(asks(context, inbound, "talk.unusable"),))
    if not inbound.text.strip():
        return commands.obey(context, inbound, Command.START, now)
    coming = (file for job in gathering(context) for file in job.bundle.files)
    there = (*context.chat.holds(now).files, *coming)
    meaning = meant(inbound.text, context.skill, context.chat.speaks, there)
    scene = scene_of(context, inbound, now)
    if answered := answer_to_service(context, inbound, meaning, scene, now):
        return answered
    if _names_waiting_photos(context, inbound.text, now):
        return begin(context, inbound, now)
    if _come_late(context, inbound, now):
        return begin(context, inbound, now)
    if _names_another_photo(context, inbound.text, meaning, scene):
        return _not_among_its_photos(context, inbound, now)
    response = decide(meaning, scene)
    if gathering(context) and (
        isinstance(meaning, GoAhead | Decline) or not isinstance(response, Free)
    ):
        return _while_gathering(context, inbound, meaning, response, now)
    return _aged(context, carry_out(context, inbound, response, scene, now))


def _names_waiting_photos(context: Context, said: str, now: float) -> bool:
    """Whether the words tell several photos apart that wait: that is judged when all are there."""
    waiting = len(context.chat.holds(now).files)
    coming = sum(len(job.bundle.items) for job in gathering(context))
    found = assign_photos(said, waiting + coming, context.chat.speaks)
    told = isinstance(found, Apart | Only) or found == Unsure(None)
    return bool(not context.about and told)


def _names_another_photo(context: Context, said: str, meaning: Meaning, scene: Scene) -> bool:
    """Whether a photo is called by a number that none of the video at hand has, as far as these are
    known."""
    there = scene.situation in (Situation.PROJECT, Situation.RUNNING)
    if not there or not isinstance(meaning, Wish | Unclear):
        return False
    photos = sum(not is_sound(file) for file in used(context))
    return bool(photos) and photo_named(said, context.chat.speaks) > photos


def _not_among_its_photos(context: Context, inbound: Inbound, now: float) -> Decision:
    """That there is no such photo, and one tap for who means it all the same."""
    chat = context.chat
    offer = replace(offers.to_offer(Edit(), inbound.text.strip(), now), at=0.0, about=context.about)
    count = sum(not is_sound(file) for file in used(context))
    words = text("ask.no_such_photo", chat.speaks, count=count, needed=USUAL_CREDITS[Plan.EDIT])
    more = offers.way_to_more(chat, context.settings)
    rows = offers.buttons(offer, chat.speaks, more=more)
    return Decision(chat.offering(offer), posts=(reply(context, inbound, words, *rows),))


def _come_late(context: Context, inbound: Inbound, now: float) -> bool:
    """Whether photos that wait are said to belong to the video at hand."""
    waits = bool(context.chat.holds(now).files or gathering(context))
    return waits and context.chat.project is not None and brings_late_file(inbound.text)


def _unusable(happened: Happened) -> bool:
    """Whether it is of a kind that we can do nothing with."""
    return isinstance(happened, Said) and happened.unusable


def _while_gathering(
    context: Context, inbound: Inbound, meaning: Meaning, response: Response, now: float
) -> Decision:
    """Photos came a moment ago: words join them, and are judged with them; a question is answered
    at once."""
    begun = any(job.bundle.words for job in gathering(context))
    if begun and isinstance(meaning, GoAhead):
        return Decision(context.chat)  # it is on its way, and says so by itself
    pauses = begun and isinstance(meaning, Decline)
    if pauses:
        return _stopped(context, inbound, Dismiss(), now)
    if not isinstance(response, Answer):
        return begin(context, inbound, now)
    if response.topic not in PAUSES:
        return carry_out(context, inbound, response, scene_of(context, inbound, now), now)
    return _stopped(context, inbound, response, now)


def _stopped(context: Context, inbound: Inbound, response: Response, now: float) -> Decision:
    """What is being gathered is not made; its photos are kept."""
    stopped = gathering(context)
    waiting = context.chat.holds(now)
    files = (*waiting.files, *(file for job in stopped for file in job.bundle.files))
    left = tuple(job for job in context.open if job not in stopped)
    kept = replace(
        context, chat=context.chat.keeping(replace(waiting, files=files), now), open=left
    )
    decision = carry_out(kept, inbound, response, scene_of(kept, inbound, now), now)
    return replace(decision, cancel=tuple(job.id for job in stopped))


def _aged(context: Context, decision: Decision) -> Decision:
    """A kept wish grows older with everything else that is said."""
    chat = decision.chat
    if not chat.wish or chat.wish != context.chat.wish or chat.wish_at != context.chat.wish_at:
        return decision
    return replace(decision, chat=replace(chat, since_wish=chat.since_wish + 1))
