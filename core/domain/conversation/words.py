"""Words that came alone: what they mean, what may be done about it, and the decision carried
out."""

from dataclasses import replace
from typing import assert_never

from core.domain.conversation import commands, offers
from core.domain.conversation.answering import Place, answer
from core.domain.conversation.chat import (
    Context,
    Decision,
    asks,
    meant,
    reply,
    suggestion_buttons,
    what_now,
)
from core.domain.conversation.requests import agreed_to, begin, open_request
from core.domain.conversation.scene import (
    asked_by_service,
    asked_for_price,
    gathering,
    options_of,
    running,
    scene_of,
    used,
)
from core.domain.files import still_here
from core.domain.intents import asks_for_video, needs_photo
from core.domain.intents.assigning import Apart, Only, assign
from core.domain.policy import (
    About,
    Accept,
    Answer,
    Ask,
    Choose,
    Dismiss,
    Edit,
    Free,
    Make,
    Paid,
    React,
    Repeat,
    Response,
    Scene,
    Silent,
    Situation,
    decide,
)
from core.domain.policy import Keep as KeepWish
from core.domain.requests import Does, Job, Offer
from core.domain.understanding import (
    Choice,
    CommandKind,
    Decline,
    GoAhead,
    Meaning,
    Topic,
    Unclear,
    Wish,
    named_in,
)
from core.domain.understanding import Command as FreeCommand
from core.domain.understanding.choosing import chosen
from core.domain.understanding.joining import late
from core.domain.understanding.tables import certain
from core.i18n import named, text
from core.messages import Command, Happened, Inbound, Pressed, Said

FREE = {spec.words: spec.command for spec in commands.SPECS if spec.words}
"""Words that mean a command: these never reach the backend's chat (D37)."""
NAMING = frozenset({CommandKind.EXPORT, CommandKind.ELSEWHERE, CommandKind.UNDO, CommandKind.REDO})
"""Commands whose words may name what exactly is meant."""
PAUSES = frozenset({Topic.WAITING, Topic.MISTAKE})
"""What is said while a request is still being gathered, and stops it."""


def speak(context: Context, inbound: Inbound, now: float) -> Decision:
    """Answer words without files."""
    if not inbound.text.strip() and _unusable(inbound.happened):
        return Decision(context.chat, posts=(asks(context, inbound, "talk.unusable"),))
    if not inbound.text.strip():
        return commands.obey(context, inbound, Command.START, now)
    meaning = meant(inbound.text, context.skill, context.chat.speaks)
    scene = scene_of(context, inbound, now)
    if said := _picked(context, inbound, meaning, scene):
        return reply_to_service(context, inbound.worded(said), now)
    if _answers_the_service(context, meaning, scene):
        return agreed_to(context, inbound, now)
    if _names_waiting_photos(context, inbound.text, now):
        return begin(context, inbound, now)
    if _come_late(context, inbound, now):
        return begin(context, inbound, now)
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
    found = assign(said, waiting + coming, context.chat.speaks)
    return bool(not context.about and isinstance(found, Apart | Only))


def _come_late(context: Context, inbound: Inbound, now: float) -> bool:
    """Whether photos that wait are said to belong to the video at hand."""
    waits = bool(context.chat.holds(now).files or gathering(context))
    return waits and context.chat.project is not None and late(inbound.text)


def _unusable(happened: Happened) -> bool:
    """Whether it is of a kind that we can do nothing with."""
    return isinstance(happened, Said) and happened.unusable


def _answers_the_service(context: Context, meaning: Meaning, scene: Scene) -> bool:
    """The service has asked something: what is no question or command of its own goes to it as the
    answer."""
    asked = (
        asked_by_service(context)
        and scene.situation is Situation.PROJECT
        and not context.chat.offers
    )
    return asked and isinstance(meaning, Unclear | Choice | GoAhead | Wish)


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
            return chosen(inbound.text, options)


def reply_to_service(context: Context, inbound: Inbound, now: float) -> Decision:
    """An answer goes to the project that asked, without photos that wait; one that is a free
    command is that."""
    ordered = certain(inbound.text)
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


def carry_out(
    context: Context, inbound: Inbound, response: Response, scene: Scene, now: float
) -> Decision:
    """One decision about words, as a turn."""
    match response:
        case Make() | Edit() | Repeat() | Choose():
            return _make(context, inbound, response, scene, now)
        case KeepWish():
            return keep_wish(context, inbound, inbound.text, now)
        case Accept():
            return _accept(context, inbound, now)
        case Dismiss():
            return _dismiss(context, inbound, now)
        case Free(command):
            return obey(context, inbound, command, now)
        case Answer(topic):
            return _answer(context, inbound, topic, scene, now)
        case Ask():
            return _ask(context, inbound, response, scene, now)
        case React() | Silent():
            return Decision(context.chat)
        case _:
            assert_never(response)


def _make(context: Context, inbound: Inbound, paid: Paid, scene: Scene, now: float) -> Decision:
    """What is paid for."""
    language = context.chat.speaks
    match paid:
        case Make(standard=True):
            return agreed_to(context, inbound.worded(text("wish.default", language)), now)
        case Make() | Edit():
            return begin(context, inbound, now)
        case Repeat(change):
            return commands.once_more(context, inbound, change, now)
        case Choose(number):
            return agreed_to(
                context,
                inbound.worded(options_of(context, scene.situation)[number - 1]),
                now,
            )
        case _:
            assert_never(paid)


def keep_wish(context: Context, inbound: Inbound, words: str, now: float) -> Decision:
    """A wish without a photo: kept, joined to what waits already, and the photo is asked for."""
    chat = context.chat.wishing(words, context.wanted, now)
    post = asks(context, inbound, "talk.send_photo")
    if not asks_for_video(chat.wish) or needs_photo(chat.wish):
        return Decision(chat, posts=(post,))
    offer = Offer(f"{int(now * 1000):x}", Does.MAKE, chat.wish, now)
    button = offers.buttons(offer, chat.speaks)[0][0]
    row = (replace(button, label=text("button.without_photo", chat.speaks)),)
    # a plain yes is no answer to this: what was asked for is a photo
    return Decision(chat.offering(replace(offer, at=0.0)), posts=(post.offering(row),))


def obey(context: Context, inbound: Inbound, command: CommandKind, now: float) -> Decision:
    """A command in words; of the words only what it needs is handed on."""
    wanted = ""
    if command is CommandKind.LANGUAGE:
        wanted = named_in(inbound.text) or named(inbound.text)
    if command in NAMING:
        wanted = inbound.text
    return commands.obey(context, inbound.worded(wanted), FREE[command], now)


def _accept(context: Context, inbound: Inbound, now: float) -> Decision:
    """Yes: to the price, to what was asked back, to photos and words that wait, or to the question
    of the service."""
    offer = context.chat.offered(now)
    if waiting := _price_asked_last(context, offer):
        return _as_by_button(context, inbound, Command.CONFIRM, waiting, now)
    if offer:
        return take(context, inbound, offer, now)
    kept = context.chat.holds(now)
    if kept.files and kept.wish:
        return agreed_to(context, inbound.worded(kept.wish), now)
    return agreed_to(context, inbound, now)


def _as_by_button(
    context: Context, inbound: Inbound, command: Command, job: Job, now: float
) -> Decision:
    """What the button under the question about this request's price does."""
    press = replace(inbound, happened=Pressed(command, job=job.id))
    return commands.obey(context, press, command, now)


def _price_asked_last(context: Context, offer: Offer | None) -> Job | None:
    """The request whose price is the last thing that was asked about."""
    waiting = asked_for_price(context)
    return (
        waiting[-1] if waiting and (offer is None or offer.at <= waiting[-1].notified_at) else None
    )


def take(context: Context, inbound: Inbound, offer: Offer, now: float) -> Decision:
    """Begin what was offered, with the words it was offered for."""
    chat = replace(context.chat, offers=offers.without(context.chat.offers, offer))
    if offer.does is Does.MAKE and chat.wish == offer.words:
        chat = replace(chat, wish="")
    context = replace(context, chat=chat)
    if offer.about is not None:
        chat = replace(chat, project=offer.about)
        context = replace(context, chat=chat, about=offer.about)
    if offer.does is Does.AGAIN:
        return commands.once_more(context, inbound, offer.words, now)
    words = offer.words or text("wish.default", chat.speaks)
    return agreed_to(context, inbound.saying(words), now, offer.split)


def _dismiss(context: Context, inbound: Inbound, now: float) -> Decision:
    """No: the price question ends its request, an offer is over, a question of the service stays
    unanswered."""
    if waiting := _price_asked_last(context, context.chat.offered(now)):
        return _as_by_button(context, inbound, Command.CANCEL, waiting, now)
    return leave(context, inbound, now)


def leave(context: Context, inbound: Inbound, now: float) -> Decision:
    """Nothing of what was asked back; photos stay, and what they could become is said once more."""
    project = (
        replace(context.chat.project, asks=False, options=()) if context.chat.project else None
    )
    chat = replace(context.chat, offers=(), project=project)
    waiting, language = chat.holds(now), chat.speaks
    if waiting.files:
        words = what_now(waiting.files, language, inbound.address, private=inbound.place.private)
        return Decision(
            chat,
            posts=(reply(context, inbound, words, *suggestion_buttons(context.skill, language)),),
        )
    key = "ask.dropped_offer" if project or running(context) else "ask.what_nothing"
    return Decision(chat, posts=(asks(context, inbound, key),))


def place_of(context: Context, scene: Scene, now: float) -> Place:
    """Where something is answered."""
    photos = scene.photos if scene.situation in (Situation.PHOTO, Situation.CAPTION) else 0
    kept = context.chat.holds(now).files
    return Place(
        scene.situation,
        context.chat.speaks,
        photos=photos,
        kept=kept if len(kept) == photos else (),
        used=used(context),
        files=context.settings.files_per_request,
        megabytes=context.skill.max_mb,
        web=context.settings.nemo_web_url,
        wished=bool(context.chat.holds(now).wish),
        undoable=bool(context.versions.before(context.versions.shown)),
    )


def _answer(context: Context, inbound: Inbound, topic: Topic, scene: Scene, now: float) -> Decision:
    if topic is Topic.GREETING and scene.situation is Situation.NOTHING:
        return commands.obey(context, inbound.worded(""), Command.START, now)
    words, rows = answer(topic, place_of(context, scene, now))
    return Decision(context.chat, posts=(reply(context, inbound, words, *rows),))


def _ask(context: Context, inbound: Inbound, ask: Ask, scene: Scene, now: float) -> Decision:
    language = context.chat.speaks
    if isinstance(ask.offer, Edit) and offers.says_nothing(inbound.text):
        ask = Ask(About.WHAT)  # "2" or "hm" is nothing to change a video by
    if ask.offer is not None:
        standard = isinstance(ask.offer, Make) and (
            ask.offer.standard or offers.says_nothing(inbound.text)
        )
        said = inbound.text.strip()
        if isinstance(ask.offer, Choose):
            said = options_of(context, scene.situation)[ask.offer.number - 1]
        offer = offers.to_offer(ask.offer, "" if standard else said, now)
        offer = replace(offer, about=context.about)
        words = offers.question(offer, language, standard=standard)
        post = reply(context, inbound, words, *offers.buttons(offer, language))
        return Decision(context.chat.offering(offer), posts=(post,))
    match ask.about:
        case About.SEVERAL | About.NOTHING_MADE:
            key = f"ask.{ask.about}"
        case _:
            made = scene.situation in (Situation.PROJECT, Situation.RUNNING)
            key = "ask.what_project" if made else "ask.what_nothing"
    post = asks(context, inbound, key)
    files = context.chat.holds(now).files
    if files:
        left = still_here(files, language)
        post = post.saying(f"{post.text}\n\n{left}").offering(
            *suggestion_buttons(context.skill, language)
        )
    return Decision(context.chat, posts=(post,))
