"""Asking back, free of charge: the question, its two buttons, and what is remembered for the tap or
the yes."""

from core.domain.conversation.chat import Chat
from core.domain.policy import Edit, Paid, Repeat
from core.domain.requests import USUAL_CREDITS, Does, Offer, Payer, Plan
from core.domain.understanding import (
    Unclear,
    Wish,
    certain_meaning,
    label_meaning,
)
from core.i18n import text
from core.messages import Button, Command, Payload, payload_words
from core.nemo.wire import register_link
from core.settings import Settings

LONGEST = 120
"""Characters of somebody's words that a question repeats."""
BUTTONS = {
    Does.MAKE: "button.make_it",
    Does.EDIT: "button.change_it",
    Does.AGAIN: "button.once_more",
}


def to_offer(paid: Paid, words: str, now: float) -> Offer:
    """What is to be remembered of this question. Numbers grow with the time and are hard to meet by
    chance."""
    match paid:
        case Repeat(change):
            does, words = Does.AGAIN, change
        case Edit():
            does = Does.EDIT
        case _:
            does = Does.MAKE
    return Offer(f"{int(now * 1000):x}", does, words, now)


def question(
    offer: Offer, language: str, *, standard: bool = False, old: bool = False, more: str = ""
) -> str:
    """The question in words, with the usual price: `standard` has no words of its own, `old` is an
    earlier wish. With the way to `more` credits, where they are used up, nothing is asked but the
    price told."""
    needed = USUAL_CREDITS[Plan.EDIT if offer.does is Does.EDIT else Plan.MAKE]
    if more:
        button = text(BUTTONS[offer.does], language)
        return text("ask.used_up", language, needed=needed, button=button)
    said = " ".join(offer.words.split())
    said = said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
    match offer.does:
        case Does.EDIT:
            key = "ask.edit"
        case Does.AGAIN:
            key = "ask.again_change" if said else "ask.again"
        case _:
            key = "ask.make_plain" if standard else "ask.wish" if old else "ask.make"
    return text(key, language, words=said, needed=needed)


def says_nothing(words: str, language: str) -> bool:
    """Whether there is too little in the words to be repeated as a wish: "ok", "k", an emoji, the
    label of a button that is for something else. "15s" and "9:16" are wishes."""
    if isinstance(certain_meaning(words), Wish):
        return False
    letters = sum(character.isalpha() for character in words)
    numbered = any(character.isdecimal() for character in words)
    little = letters <= TOO_LITTLE and words.isascii() and not numbered
    return not letters or little or isinstance(label_meaning(words, language), Unclear)


TOO_LITTLE = 3


def way_to_more(chat: Chat, settings: Settings) -> str:
    """Where there are more credits, for who is known to have none; "" for all others. In a group it
    is nobody else's business. A free account keeps its videos by that link."""
    if not (chat.used_up and chat.private):
        return ""
    project = chat.project
    free = project is not None and project.payer is Payer.ANONYMOUS
    return register_link(settings.nemo_web_url, project.bind if project and free else "")


def buttons(
    offer: Offer, language: str, job: int | None = None, more: str = ""
) -> tuple[tuple[Button, ...], ...]:
    """Go ahead, or something else; `job` is the request whose words were asked about, where there
    is one. Before them the way to `more` credits, where they are used up."""
    first = ((Button(text("button.more_credits", language), url=more),),) if more else ()
    return (
        *first,
        (
            Button(
                text(BUTTONS[offer.does], language),
                Command.VIDEO,
                job,
                payload_words(Payload.TAKE, offer.number),
            ),
            Button(
                text("button.something_else", language),
                Command.VIDEO,
                job,
                payload_words(Payload.LEAVE, offer.number),
            ),
        ),
    )


def found(offers: tuple[Offer, ...], number: str) -> Offer | None:
    """The offer that a button names; None where it is over."""
    return next((offer for offer in offers if offer.number == number), None)


def without(offers: tuple[Offer, ...], offer: Offer) -> tuple[Offer, ...]:
    """The offers that are left."""
    return tuple(other for other in offers if other.number != offer.number)
