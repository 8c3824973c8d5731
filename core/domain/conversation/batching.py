"""Several photos, and what was said of each: what is to become of them, or a question which of that
is meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.conversation.chat import meant
from core.domain.files import kind_of
from core.domain.gathering import Split
from core.domain.intents.assigning import Apart, Assignment, Only, Together, Unsure, assign
from core.domain.payloads import Payload, carrying
from core.domain.policy import Confirm
from core.domain.requests import (
    SELF,
    USUAL_CREDITS,
    Does,
    Job,
    Kept,
    Next,
    Notice,
    Offer,
    Plan,
    Progress,
)
from core.domain.understanding import Wish as Wished
from core.i18n import text
from core.messages import Attachment, Button, Command
from core.settings import Settings
from core.skills import Skill

EACH_COSTS = USUAL_CREDITS[Plan.MAKE]
SHOWN = 80
"""Characters of each photo's words that a question repeats."""


@dataclass(frozen=True, slots=True)
class Pile:
    """Files and words that belong together, of this request. `kept`: the words are those that
    waited for it. `skill` is the profile chosen for it, empty for none."""

    job: Job
    files: tuple[Attachment, ...]
    words: str
    kept: bool = False
    skill: str = ""

    @property
    def language(self) -> str:
        """That of the words."""
        return self.job.language

    @property
    def pictures(self) -> tuple[Attachment, ...]:
        """What is counted when a photo is named by its number; sound goes with each of them."""
        return tuple(file for file in self.files if kind_of(file) not in ("sound", "voice"))

    @property
    def sounds(self) -> tuple[Attachment, ...]:
        """The others."""
        return tuple(file for file in self.files if file not in self.pictures)


def assignment(pile: Pile) -> Assignment:
    """What its words make of its photos; what was tapped counts more."""
    bundle = pile.job.bundle
    captions = bundle.captions if bundle.files == pile.files else ()
    found = assign(pile.words, len(pile.pictures), pile.language, captions)
    match bundle.split, found:
        case (Split.TOGETHER, _):
            return Together()
        case (Split.EACH, Unsure(apart=Apart() as apart)):
            return apart
    return found


def names_photos(found: Assignment) -> bool:
    """Whether photos are told apart by it, so that the words for each are judged by themselves."""
    several = isinstance(found, Apart) and len(set(found.words)) > 1
    return several or isinstance(found, Only | Unsure)


def are_clear_orders(pile: Pile, skill: Skill) -> bool:
    """Whether photos are told apart by its words, and all that is said of each is a clear wish."""
    found = assignment(pile)
    orders = _orders(found) if names_photos(found) else ()
    meanings = [meant(order, skill, pile.language) for order in filter(None, orders)]
    return bool(orders) and all(isinstance(it, Wished) and it.clear for it in meanings)


def _orders(found: Assignment) -> Sequence[str | None]:
    match found:
        case Only(words=words):
            return (words,)
        case Apart(words=orders) | Unsure(apart=Apart(words=orders)):
            return orders
    return ()


def asks_first(pile: Pile, found: Assignment, settings: Settings) -> bool:
    """Whether it is asked back: what nobody can tell, and a set that costs so much that the
    operator wants a yes to it, once for all of it."""
    if not isinstance(found, Apart):
        return isinstance(found, Unsure)
    threshold = settings.nemo_confirm_credits
    dear = bool(threshold) and EACH_COSTS * len(found.photos) >= threshold
    always = Confirm(settings.nemo_confirm) is Confirm.ALWAYS
    return pile.job.bundle.split is Split.OPEN and (always or dear)


def ask(pile: Pile, found: Assignment, now: float) -> Next:
    """The question, free of charge, with a button for each answer. No plain yes answers it."""
    apart = found.apart if isinstance(found, Unsure) else found
    offers = [Offer(f"{int(now * 1000):x}t", Does.MAKE, pile.words, 0.0, None, Split.TOGETHER)]
    if isinstance(apart, Apart):
        each = Offer(f"{int(now * 1000):x}e", Does.MAKE, pile.words, 0.0, None, Split.EACH)
        offers.insert(0, each)
    rows = tuple((_choice(offer, apart, pile.language),) for offer in offers)
    leave = Button(
        text("button.something_else", pile.language),
        Command.VIDEO,
        SELF,
        carrying(Payload.LEAVE, offers[-1].number),
    )
    keep = Kept(pile.files, skill=pile.skill, offers=tuple(offers))
    notice = Notice(_question(pile, found, apart), (*rows, (leave,)))
    return Next(Progress(), notice, last=True, keep=keep, language=pile.language)


def _choice(offer: Offer, apart: Assignment | None, language: str) -> Button:
    if offer.split is Split.EACH and isinstance(apart, Apart):
        count = len(apart.photos)
        label = text("button.apart", language, count=count, total=count * EACH_COSTS)
    else:
        label = text("button.all_in_one", language, needed=EACH_COSTS)
    return Button(label, Command.VIDEO, SELF, carrying(Payload.TAKE, offer.number))


def _question(pile: Pile, found: Assignment, apart: Assignment | None) -> str:
    language, count = pile.language, len(pile.pictures)
    if not isinstance(apart, Apart):
        return text("batch.not_there", language, count=count)
    if isinstance(found, Unsure):
        lines = [f"{place}. {_said(order, language)}" for place, order in enumerate(apart.words, 1)]
        return "\n".join((text("batch.which", language), *lines))
    made = len(apart.photos)
    return text("batch.ask", language, count=made, total=made * EACH_COSTS)


def _said(order: str | None, language: str) -> str:
    if order is None:
        return text("batch.no_words", language)
    words = " ".join(order.split())
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
