"""What a press means: a suggestion, a choice, an answer to what was asked back, and nothing more
while what it began is under way."""

from dataclasses import replace

from core.domain.conversation import choices, commands, consent, offers, photos
from core.domain.conversation.chat import Context, Decision, hint
from core.domain.conversation.new_requests import agreed_to, open_request, pile_of
from core.domain.conversation.responding import keep_wish
from core.domain.conversation.scene import running, scene_of
from core.domain.conversation.service_questions import reply_to_service
from core.domain.gathering import Split
from core.domain.numbers import whole
from core.domain.policy import Situation
from core.domain.requests import READ_ONLY, Does, Offer, Plan
from core.domain.understanding import Command as Free
from core.domain.understanding import (
    read,
)
from core.i18n import text
from core.messages import (
    Called,
    Carried,
    Command,
    Inbound,
    Payload,
    Pressed,
    read_payload,
)


def once(context: Context, inbound: Inbound, decision: Decision) -> Decision:
    """The decision about a command; a button pressed again begins nothing more while what it began
    is under way: nobody means to pay twice."""
    begins = decision.grow or any(start.job.plan not in REPEATABLE for start in decision.start)
    found = read_payload(inbound.text)
    takes = found is not None and found.payload is Payload.TAKE
    if (inbound.job is None and not takes) or not begins:
        return decision
    press = _press(inbound)
    if any(job.bundle.press == press and not job.cancelled for job in context.open):
        return Decision(
            context.chat, posts=(hint(context, inbound, "talk.pressed"),), refused="talk.pressed"
        )
    marked = (
        replace(it, job=replace(it.job, bundle=replace(it.job.bundle, press=press)))
        for it in decision.start
    )
    return replace(decision, start=tuple(marked))


REPEATABLE = READ_ONLY - {Plan.COPY}
"""What may be begun again while it is under way: it is done in a moment."""


def _press(inbound: Inbound) -> str:
    return f"{inbound.command}:{inbound.job}:{inbound.text}"


def makes(asked: Pressed | Called) -> bool:
    """Whether it asks for a video, or for a change that it names."""
    return asked.command is Command.VIDEO or (
        asked.command is Command.EDIT and bool(asked.text.strip())
    )


def pressed(context: Context, inbound: Inbound, press: Pressed, now: float) -> Decision:
    """A button that has words behind it, or names them."""
    found = read_payload(press.text)
    match found:
        case None:
            return wanted(context, inbound, now)
        case Carried(Payload.TAKE | Payload.LEAVE):
            return _offered(context, inbound, found, now)
        case Carried(Payload.CHOOSE):
            return choices.choose(context, inbound, now)
        case Carried(Payload.STRIP, kind) if context.named is not None:
            return _strip(context, inbound, kind, now)
        case Carried(Payload.STRIP | Payload.DO_IT) if press.job and context.named is None:
            # its request is forgotten, and these are no words to pay for
            return Decision(context.chat, posts=(hint(context, inbound, "ask.stale"),))
        case Carried(Payload.ANSWER, which) if press.job:
            return _answered(context, inbound, which, now)
    return wanted(context, inbound.worded(_meant(context, inbound, found, now)), now)


def wanted(context: Context, inbound: Inbound, now: float) -> Decision:
    """`/video words`, `/edit words`, or the words of a button: what its user has decided on by
    that."""
    inbound = inbound.worded(inbound.text.strip())
    proposed = inbound.text in context.skill.suggestions[context.chat.speaks]
    if proposed and isinstance(read(inbound.text, context.chat.speaks), Free):
        # "export 1080p MP4" under a message of long ago
        return photos.said(context, inbound.saying(inbound.text), now)
    if inbound.attachments:
        return photos.take(context, inbound, now, agreed=bool(inbound.text))
    if (
        pile_of(context, inbound, now) is None
        and scene_of(context, inbound, now).situation is Situation.NOTHING
    ):
        return keep_wish(context, inbound, inbound.text, now)
    return agreed_to(context, inbound, now)


def _answered(context: Context, inbound: Inbound, which: str, now: float) -> Decision:
    """An answer to a question of the service goes to the project that asked, while nothing else is
    made of it."""
    job, project = context.named, context.chat.project
    options = job.progress.turn.reply.options if job is not None else ()
    place = whole(which, len(options) - 1)
    asked = job is not None and project is not None and job.progress.works_in(project.session)
    if place is None or not asked:
        return Decision(context.chat, posts=(hint(context, inbound, "ask.stale"),))
    if running(context):
        return Decision(context.chat, posts=(hint(context, inbound, "talk.pressed"),))
    return reply_to_service(context, inbound.saying(options[place]), now)


def _meant(context: Context, inbound: Inbound, pressed: Carried, now: float) -> str:
    """The words behind a button: a suggestion, the kept wish, what the service told people to
    do."""
    language, suggested = context.chat.speaks, context.skill.suggestions[context.chat.speaks]
    match pressed:
        case Carried(Payload.SUGGESTION, which):
            place = whole(which, len(suggested) - 1)
            return inbound.text.strip() if place is None else suggested[place]
        case Carried(Payload.CHOSEN, code):
            said = choices.wished(code, language)
            made = text("wish.default", language) if inbound.command is Command.VIDEO else ""
            return " ".join(filter(None, (made, said)))
        case Carried(Payload.GO_ON):
            return context.chat.holds(now).wish
    told = context.named if pressed == Carried(Payload.DO_IT) else None
    words = inbound.text.strip()
    return text("wish.do_it", language, words=told.progress.turn.reply.raw) if told else words


def _offered(context: Context, inbound: Inbound, pressed: Carried, now: float) -> Decision:
    """A button under a question of ours; one that is over is told to be so, and does nothing."""
    offer = offers.found(context.chat.offers, pressed.which)
    if offer is None:
        begun = any(
            job.bundle.press == _press(inbound) and not job.cancelled for job in context.open
        )
        return Decision(
            context.chat,
            posts=(hint(context, inbound, "talk.pressed" if begun else "ask.stale"),),
        )
    if pressed.payload is Payload.TAKE and _has_lost_its_photos(context, inbound, offer, now):
        return _asked_for_photos(context, inbound, offer, now)
    if pressed.payload is Payload.TAKE:
        return consent.take(context, inbound, offer, now)
    return consent.leave(context, inbound, now)


def _has_lost_its_photos(context: Context, inbound: Inbound, offer: Offer, now: float) -> bool:
    """Whether it was asked about photos, and none wait any longer."""
    split = offer.split is not Split.OPEN
    if offer.does is not Does.MAKE or not (offer.at or split) or pile_of(context, inbound, now):
        return False
    scene = scene_of(context, inbound, now)
    asked = inbound.job is not None or scene.situation is Situation.NOTHING
    return asked and scene.situation not in (Situation.PHOTO, Situation.CAPTION)


def _asked_for_photos(context: Context, inbound: Inbound, offer: Offer, now: float) -> Decision:
    """The words wait for a photo again; what tells photos apart that are gone is over."""
    chat = replace(context.chat, offers=offers.without(context.chat.offers, offer))
    if offer.split is not Split.OPEN:
        return Decision(chat, posts=(hint(context, inbound, "ask.stale"),))
    words = offer.words or text("wish.default", chat.speaks)
    return keep_wish(replace(context, chat=chat), inbound, words, now)


def _strip(context: Context, inbound: Inbound, kind: str, now: float) -> Decision:
    """Take out what the backend added by itself: a change like any other, at its price."""
    if kind not in ("audio", "text") or context.chat.project is None:
        return commands.obey(context, inbound, Command.EDIT, now)
    words = text(f"wish.strip_{kind}", context.chat.speaks)
    return open_request(context, inbound.saying(words), now, agreed=True)
