"""What the service has asked, and the words, numbers and buttons that answer it."""

from dataclasses import replace

from core.domain.conversation import offers
from core.domain.conversation.chat import (
    Context,
    Decision,
    reply,
)
from core.domain.conversation.new_requests import agreed_to, open_request
from core.domain.conversation.responding import obey
from core.domain.conversation.scene import (
    asked_by_service,
    asked_for_price,
    options_of,
)
from core.domain.policy import (
    Edit,
    Scene,
    Situation,
)
from core.domain.requests import USUAL_CREDITS, Plan, Project
from core.domain.understanding import (
    Choice,
    CommandKind,
    GoAhead,
    Meaning,
    Unclear,
    Wish,
    certain_meaning,
    options_named,
    sets_words_apart,
)
from core.domain.understanding import Command as FreeCommand
from core.i18n import text
from core.messages import Inbound, Outbound


def answer_to_service(
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
