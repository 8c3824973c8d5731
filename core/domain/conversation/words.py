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
)
from core.domain.intents import asks_for_video, needs_photo
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
from core.domain.understanding.tables import certain
from core.i18n import named, text
from core.messages import Command, Inbound

FREE = {
    CommandKind.EXPORT: Command.EXPORT,
    CommandKind.CREDITS: Command.CREDITS,
    CommandKind.STATUS: Command.STATUS,
    CommandKind.UNDO: Command.UNDO,
    CommandKind.CANCEL: Command.CANCEL,
    CommandKind.NEW: Command.NEW,
    CommandKind.HELP: Command.HELP,
    CommandKind.HISTORY: Command.HISTORY,
    CommandKind.LANGUAGE: Command.LANGUAGE,
}
"""Words that mean a command: these never reach the backend's chat (D37)."""
PAUSES = frozenset({Topic.WAITING, Topic.MISTAKE})
"""What is said while a request is still being gathered, and stops it."""


def speak(known: Context, inbound: Inbound, now: float) -> Decision:
    """Answer words without files."""
    if not inbound.text.strip() and inbound.unusable:
        return Decision(known.chat, posts=(asks(known, inbound, "talk.unusable"),))
    if not inbound.text.strip():
        return commands.obey(known, inbound, Command.START, now)
    meaning = meant(inbound.text, known.skill, known.chat.speaks)
    scene = scene_of(known, inbound, now)
    if said := _picked(known, inbound, meaning, scene):
        return reply_to_service(known, replace(inbound, text=said), now)
    if _answers_the_service(known, meaning, scene):
        return agreed_to(known, inbound, now)
    decision = decide(meaning, scene)
    if gathering(known) and (
        isinstance(meaning, GoAhead | Decline) or not isinstance(decision, Free)
    ):
        return _while_gathering(known, inbound, meaning, decision, now)
    return _aged(known, carry_out(known, inbound, decision, scene, now))


def _answers_the_service(known: Context, meaning: Meaning, scene: Scene) -> bool:
    """The service has asked something: what is no question or command of its own goes to it as the
    answer."""
    asked = (
        asked_by_service(known) and scene.situation is Situation.PROJECT and not known.chat.offers
    )
    return asked and isinstance(meaning, Unclear | Choice | GoAhead | Wish)


def _picked(known: Context, inbound: Inbound, meaning: Meaning, scene: Scene) -> str:
    """The options of the service that these words name; "" where they name none."""
    if scene.situation is not Situation.PROJECT:
        return ""
    options = options_of(known, scene.situation)
    match meaning:
        case Choice(number) if 1 <= number <= len(options):
            return options[number - 1]
        case FreeCommand(kind) if (
            kind is not CommandKind.LANGUAGE
        ):  # "English" may well be one of the answers
            return ""
        case _:
            return chosen(inbound.text, options)


def reply_to_service(known: Context, inbound: Inbound, now: float) -> Decision:
    """An answer goes to the project that asked, without photos that wait; one that is a free
    command is that."""
    ordered = certain(inbound.text)
    if isinstance(ordered, FreeCommand) and ordered.kind is not CommandKind.LANGUAGE:
        return obey(known, inbound, ordered.kind, now)
    turn = open_request(known, replace(inbound, command=None, job=None), now, agreed=True)
    begun = tuple(
        replace(start, job=replace(start.job, pile=replace(start.job.pile, answers=True)))
        for start in turn.start
    )
    return replace(turn, chat=replace(turn.chat, offers=()), start=begun)


def _while_gathering(
    known: Context, inbound: Inbound, meaning: Meaning, decision: Response, now: float
) -> Decision:
    """Photos came a moment ago: words join them, and are judged with them; a question is answered
    at once."""
    begun = any(job.pile.words for job in gathering(known))
    if begun and isinstance(meaning, GoAhead):
        return Decision(known.chat)  # it is on its way, and says so by itself
    pauses = begun and isinstance(meaning, Decline)
    if pauses:
        return _stopped(known, inbound, Dismiss(), now)
    if not isinstance(decision, Answer):
        return begin(known, inbound, now)
    if decision.topic not in PAUSES:
        return carry_out(known, inbound, decision, scene_of(known, inbound, now), now)
    return _stopped(known, inbound, decision, now)


def _stopped(known: Context, inbound: Inbound, decision: Response, now: float) -> Decision:
    """What is being gathered is not made; its photos are kept."""
    stopped = gathering(known)
    waiting = known.chat.holds(now)
    files = (*waiting.files, *(file for job in stopped for file in job.pile.files))
    left = tuple(job for job in known.open if job not in stopped)
    kept = replace(known, chat=known.chat.keeping(replace(waiting, files=files), now), open=left)
    turn = carry_out(kept, inbound, decision, scene_of(kept, inbound, now), now)
    return replace(turn, cancel=tuple(job.id for job in stopped))


def _aged(known: Context, turn: Decision) -> Decision:
    """A kept wish grows older with everything else that is said."""
    chat = turn.chat
    if not chat.wish or chat.wish != known.chat.wish or chat.wish_at != known.chat.wish_at:
        return turn
    return replace(turn, chat=replace(chat, since_wish=chat.since_wish + 1))


def carry_out(
    known: Context, inbound: Inbound, decision: Response, scene: Scene, now: float
) -> Decision:
    """One decision about words, as a turn."""
    match decision:
        case Make() | Edit() | Repeat() | Choose():
            return _make(known, inbound, decision, scene, now)
        case KeepWish():
            return keep_wish(known, inbound, inbound.text, now)
        case Accept():
            return _accept(known, inbound, now)
        case Dismiss():
            return _dismiss(known, inbound, now)
        case Free(command):
            return obey(known, inbound, command, now)
        case Answer(topic):
            return _answer(known, inbound, topic, scene, now)
        case Ask():
            return _ask(known, inbound, decision, scene, now)
        case React() | Silent():
            return Decision(known.chat)
        case _:
            assert_never(decision)


def _make(known: Context, inbound: Inbound, paid: Paid, scene: Scene, now: float) -> Decision:
    """What is paid for."""
    language = known.chat.speaks
    match paid:
        case Make(standard=True):
            return agreed_to(known, replace(inbound, text=text("wish.default", language)), now)
        case Make() | Edit():
            return begin(known, inbound, now)
        case Repeat(change):
            return commands.once_more(known, inbound, change, now)
        case Choose(number):
            return agreed_to(
                known, replace(inbound, text=options_of(known, scene.situation)[number - 1]), now
            )
        case _:
            assert_never(paid)


def keep_wish(known: Context, inbound: Inbound, words: str, now: float) -> Decision:
    """A wish without a photo: kept, joined to what waits already, and the photo is asked for."""
    chat = known.chat.wishing(words, known.wanted, now)
    post = asks(known, inbound, "talk.send_photo")
    if not asks_for_video(chat.wish) or needs_photo(chat.wish):
        return Decision(chat, posts=(post,))
    offer = Offer(f"{int(now * 1000):x}", Does.MAKE, chat.wish, now)
    button = offers.buttons(offer, chat.speaks)[0][0]
    row = (replace(button, label=text("button.without_photo", chat.speaks)),)
    # a plain yes is no answer to this: what was asked for is a photo
    return Decision(chat.offering(replace(offer, at=0.0)), posts=(replace(post, buttons=(row,)),))


def obey(known: Context, inbound: Inbound, command: CommandKind, now: float) -> Decision:
    """A command in words; of the words only what it needs is handed on."""
    if command is CommandKind.REDO:  # what was undone is not kept
        return Decision(
            known.chat,
            posts=(reply(known, inbound, text("talk.nothing_to_redo", known.chat.speaks)),),
        )
    wanted = ""
    if command is CommandKind.LANGUAGE:
        wanted = named_in(inbound.text) or named(inbound.text)
    if command is CommandKind.EXPORT:
        wanted = inbound.text
    return commands.obey(known, replace(inbound, text=wanted), FREE[command], now)


def _accept(known: Context, inbound: Inbound, now: float) -> Decision:
    """Yes: to the price, to what was asked back, to photos and words that wait, or to the question
    of the service."""
    offer = known.chat.offered(now)
    if waiting := _price_asked_last(known, offer):
        return commands.obey(known, replace(inbound, job=waiting.id), Command.CONFIRM, now)
    if offer:
        return take(known, inbound, offer, now)
    kept = known.chat.holds(now)
    if kept.files and kept.wish:
        return agreed_to(known, replace(inbound, text=kept.wish), now)
    return agreed_to(known, inbound, now)


def _price_asked_last(known: Context, offer: Offer | None) -> Job | None:
    """The request whose price is the last thing that was asked about."""
    waiting = asked_for_price(known)
    return waiting[-1] if waiting and (offer is None or offer.at <= waiting[-1].told) else None


def take(known: Context, inbound: Inbound, offer: Offer, now: float) -> Decision:
    """Begin what was offered, with the words it was offered for."""
    chat = replace(known.chat, offers=offers.without(known.chat.offers, offer))
    if offer.does is Does.MAKE and chat.wish == offer.words:
        chat = replace(chat, wish="")
    known = replace(known, chat=chat)
    if offer.does is Does.AGAIN:
        return commands.once_more(known, inbound, offer.words, now)
    words = offer.words or text("wish.default", chat.speaks)
    return agreed_to(known, replace(inbound, command=None, text=words, addressed=True), now)


def _dismiss(known: Context, inbound: Inbound, now: float) -> Decision:
    """No: the price question ends its request, an offer is over, a question of the service stays
    unanswered."""
    if waiting := _price_asked_last(known, known.chat.offered(now)):
        return commands.obey(known, replace(inbound, job=waiting.id), Command.CANCEL, now)
    return leave(known, inbound, now)


def leave(known: Context, inbound: Inbound, now: float) -> Decision:
    """Nothing of what was asked back; photos stay, and what they could become is said once more."""
    project = replace(known.chat.project, asks=False, options=()) if known.chat.project else None
    chat = replace(known.chat, offers=(), project=project)
    waiting, language = chat.holds(now), chat.speaks
    if waiting.files:
        words = what_now(len(waiting.files), language, inbound.address, private=inbound.private)
        return Decision(
            chat, posts=(reply(known, inbound, words, *suggestion_buttons(known.skill, language)),)
        )
    key = "ask.dropped_offer" if project or running(known) else "ask.what_nothing"
    return Decision(chat, posts=(asks(known, inbound, key),))


def place_of(known: Context, scene: Scene, now: float) -> Place:
    """Where something is answered."""
    return Place(
        scene.situation,
        known.chat.speaks,
        photos=scene.photos if scene.situation in (Situation.PHOTO, Situation.CAPTION) else 0,
        files=known.terms.files,
        megabytes=known.skill.max_mb,
        web=known.terms.web,
        wished=bool(known.chat.holds(now).wish),
    )


def _answer(known: Context, inbound: Inbound, topic: Topic, scene: Scene, now: float) -> Decision:
    if topic is Topic.GREETING and scene.situation is Situation.NOTHING:
        return commands.obey(known, replace(inbound, text=""), Command.START, now)
    words, rows = answer(topic, place_of(known, scene, now))
    return Decision(known.chat, posts=(reply(known, inbound, words, *rows),))


def _ask(known: Context, inbound: Inbound, ask: Ask, scene: Scene, now: float) -> Decision:
    language = known.chat.speaks
    if isinstance(ask.offer, Edit) and offers.says_nothing(inbound.text):
        ask = Ask(About.WHAT)  # "2" or "hm" is nothing to change a video by
    if ask.offer is not None:
        standard = isinstance(ask.offer, Make) and (
            ask.offer.standard or offers.says_nothing(inbound.text)
        )
        said = inbound.text.strip()
        if isinstance(ask.offer, Choose):
            said = options_of(known, scene.situation)[ask.offer.number - 1]
        offer = offers.to_offer(ask.offer, "" if standard else said, now)
        words = offers.question(offer, language, standard=standard)
        post = reply(known, inbound, words, *offers.buttons(offer, language))
        return Decision(known.chat.offering(offer), posts=(post,))
    match ask.about:
        case About.SEVERAL | About.NOTHING_MADE:
            key = f"ask.{ask.about}"
        case _:
            made = scene.situation in (Situation.PROJECT, Situation.RUNNING)
            key = "ask.what_project" if made else "ask.what_nothing"
    post = asks(known, inbound, key)
    waiting = known.chat.holds(now).files
    if waiting:
        left = text("answer.next_photo", language, count=len(waiting))
        post = replace(
            post, text=f"{post.text}\n\n{left}", buttons=suggestion_buttons(known.skill, language)
        )
    return Decision(known.chat, posts=(post,))
