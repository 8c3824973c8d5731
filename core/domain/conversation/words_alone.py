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
from core.domain.conversation.new_requests import agreed_to, begin, open_request
from core.domain.conversation.responding import carry_out, obey
from core.domain.conversation.scene import (
    asked_by_service,
    asked_for_price,
    gathering,
    options_of,
    scene_of,
    used,
)
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
from core.domain.requests import USUAL_CREDITS, Plan, Project
from core.domain.understanding import (
    Apart,
    Choice,
    CommandKind,
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
    certain_meaning,
    options_named,
    photo_named,
    sets_words_apart,
)
from core.domain.understanding import Command as FreeCommand
from core.i18n import text
from core.messages import Command, Happened, Inbound, Outbound, Said

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
    if answered := _to_the_service(context, inbound, meaning, scene, now):
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


def _to_the_service(
    context: Context, inbound: Inbound, meaning: Meaning, scene: Scene, now: float
) -> Decision | None:
    """The words as an answer to what the service has asked; None where they are none."""
    project = context.chat.project
    if project and _is_left_open(context, meaning, scene, now):
        return _asked_again(context, inbound, project, now)
    if said := _picked(context, inbound, meaning, scene):
        return reply_to_service(context, inbound.worded(said), now)
    if not _answers_the_service(context, meaning, scene, now):
        return None
    if _is_none_of_the_options(context, inbound.text, meaning):
        return Decision(context.chat, posts=(_which(context, inbound),))
    return agreed_to(context, inbound, now)


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


def _is_left_open(context: Context, meaning: Meaning, scene: Scene, now: float) -> bool:
    """Whether it would answer a question of the service, but one of so long ago that nobody can
    tell."""
    chat = context.chat
    if context.about or scene.situation is not Situation.PROJECT or not chat.asked_long_ago(now):
        return False
    if asked_for_price(context) or chat.offered(now):
        return False  # a yes is to that
    return isinstance(meaning, GoAhead) or (isinstance(meaning, Choice) and bool(scene.options))


def _asked_again(context: Context, inbound: Inbound, project: Project, now: float) -> Decision:
    """The question once more, free of charge: with its options, or with one tap that answers it."""
    chat, said = context.chat, inbound.text.strip()
    if project.options:
        chat = replace(chat, project=replace(project, asked=now))
        return Decision(chat, posts=(_which(context, inbound),))
    offer = offers.to_offer(Edit(), said, now)
    asked = text(
        "ask.long_ago",
        chat.speaks,
        question=project.question,
        words=said,
        needed=USUAL_CREDITS[Plan.EDIT],
    )
    more = offers.way_to_more(chat, context.settings)
    rows = offers.buttons(offer, chat.speaks, more=more)
    return Decision(chat.offering(offer), posts=(reply(context, inbound, asked, *rows),))


def _answers_the_service(context: Context, meaning: Meaning, scene: Scene, now: float) -> bool:
    """The service has asked something: what is no question or command of its own goes to it as the
    answer."""
    asked = (
        asked_by_service(context, now)
        and scene.situation is Situation.PROJECT
        and not context.chat.offers
    )
    if isinstance(meaning, Unclear) and offers.way_to_more(context.chat, context.settings):
        return False  # it cannot be paid: what it costs is told, and where there are more credits
    return asked and isinstance(meaning, Unclear | Choice | GoAhead | Wish)


def _is_none_of_the_options(context: Context, said: str, meaning: Meaning) -> bool:
    """A sign, a mere yes or a number of none of them: the service could make nothing of it but a
    bill. Where they are numbers themselves it may be another one."""
    options = options_of(context, Situation.PROJECT)
    number = isinstance(meaning, Choice)
    if number and any(sign.isdecimal() for option in options for sign in option):
        return False
    if isinstance(meaning, GoAhead):
        return bool(options) and not meaning.free_hand
    letters = sum(map(str.isalpha, said))
    hollow = letters <= (len("hm") if sets_words_apart(said) else len("嗯"))
    return bool(options) and (number or (hollow and not isinstance(meaning, Wish)))


def _which(context: Context, inbound: Inbound) -> Outbound:
    """The question which of its options was meant, free of charge."""
    options = options_of(context, Situation.PROJECT)
    lines = (f"{place}. {option}" for place, option in enumerate(options, 1))
    asked = text("ask.which", context.chat.speaks)
    return reply(context, inbound, "\n".join((asked, *lines)))


def _picked(context: Context, inbound: Inbound, meaning: Meaning, scene: Scene) -> str:
    """The options of the service that these words name; "" where they name none."""
    if scene.situation is not Situation.PROJECT:
        return ""
    options = options_of(context, scene.situation)
    match meaning:
        case Choice(number) if 1 <= number <= len(options):
            return options[number - 1]
        case FreeCommand(kind) if (
            kind is not CommandKind.LANGUAGE
        ):  # "English" may well be one of the answers
            return ""
        case _:
            return options_named(inbound.text, options)


def reply_to_service(context: Context, inbound: Inbound, now: float) -> Decision:
    """An answer goes to the project that asked, without photos that wait; one that is a free
    command is that."""
    ordered = certain_meaning(inbound.text)
    if isinstance(ordered, FreeCommand) and ordered.kind is not CommandKind.LANGUAGE:
        return obey(context, inbound, ordered.kind, now)
    decision = open_request(context, inbound.saying(inbound.text), now, agreed=True)
    begun = tuple(
        replace(start, job=replace(start.job, bundle=replace(start.job.bundle, answers=True)))
        for start in decision.start
    )
    return replace(decision, chat=replace(decision.chat, offers=()), start=begun)


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
