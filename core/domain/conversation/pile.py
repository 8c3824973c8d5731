"""What a complete pile is: files and words that belong together, with what waited for them, and
what its words make of its photos."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.conversation import offers
from core.domain.conversation.chat import Chat, meant
from core.domain.gathering import Split, files_not_in, is_sound
from core.domain.policy import Confirm
from core.domain.requests import (
    USUAL_CREDITS,
    Job,
    Kept,
    Plan,
)
from core.domain.understanding import (
    Apart,
    Assignment,
    Command,
    Decline,
    Meaning,
    Only,
    Question,
    Together,
    Topic,
    Unclear,
    Unsure,
    Wish,
    WishKind,
    assign_photos,
    brings_late_file,
    is_question,
    joins_project,
    names_all,
    photo_named,
)
from core.messages import Attachment
from core.settings import Settings
from core.skills import Skill

EACH_COSTS = USUAL_CREDITS[Plan.MAKE]


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
        return tuple(file for file in self.files if not is_sound(file))

    @property
    def sounds(self) -> tuple[Attachment, ...]:
        """The others."""
        return tuple(file for file in self.files if file not in self.pictures)


@dataclass(frozen=True, slots=True)
class Closing:
    """By what a pile is closed: the chat and the profile it belongs to, the time, and how many
    videos the daily limits leave (`room`, None for any number)."""

    chat: Chat
    skill: Skill
    now: float
    settings: Settings
    room: int | None = None

    @property
    def waiting(self) -> Kept:
        """What waits in the chat."""
        return self.chat.holds(self.now)

    @property
    def asks_always(self) -> bool:
        """Whether the operator wants a yes to everything that is paid."""
        return Confirm(self.settings.nemo_confirm) is Confirm.ALWAYS

    @property
    def more(self) -> str:
        """The way to more credits, where its user's are known to be used up."""
        return offers.way_to_more(self.chat, self.settings)


def gathered(job: Job, by: Closing) -> Pile:
    """The pile with those photos and words that waited for it."""
    bundle, waiting = job.bundle, by.waiting
    others = files_not_in(waiting.files, bundle.files) if bundle.words else waiting.files
    words = _with_wish(job, by)
    joined = words != bundle.words
    meant_as_well = joined or _belong(job, by) or _is_answered(job, by)
    return Pile(
        job,
        (others if meant_as_well and not leaves_what_waits(job) else ()) + bundle.files,
        words,
        bool(waiting.wish) and joined,
        bundle.skill or waiting.skill,
    )


def _with_wish(job: Job, by: Closing) -> str:
    """What is said with photos, behind the words that wait for them: "here it is" takes nothing
    back. A question, a no or a command is one by itself, and so is what was tapped or decided, and
    a wish beside photos that wait with another one."""
    said, wish = job.bundle.words, by.waiting.wish
    if not said or not wish:
        return said or wish
    meaning = meant(said, by.skill, by.chat.speaks, job.bundle.files)
    pleasant = isinstance(meaning, Question) and meaning.topic in PLEASANT
    alone = isinstance(meaning, Question | Decline | Command) and not pleasant
    complete = job.bundle.items and not all(map(is_sound, by.waiting.files))
    apart = complete or is_old(by) or job.bundle.agreed
    new = (apart and isinstance(meaning, Wish) and meaning.clear) or job.bundle.anew
    photos = job.bundle.items or (by.waiting.files and not job.bundle.agreed)
    if alone or new or not photos:
        return said
    nothing = pleasant or _is_asked(said, meaning) or offers.says_nothing(said, by.chat.speaks)
    more = () if nothing else said.splitlines()
    return "\n".join(dict.fromkeys((*wish.splitlines(), *more)))


PLEASANT = (Topic.THANKS, Topic.PRAISE, Topic.GREETING, Topic.BYE, Topic.SMALLTALK)
"""What is said with a photo that was asked for, and is no reason not to begin."""
SOON = 600.0
"""Seconds within which another photo, words and all, still belongs to the photos that wait for
words."""


def _belong(job: Job, by: Closing) -> bool:
    """Whether the waiting photos are meant as well.

    Words alone are what they were waiting for, and a photo alone joins them. A photo with words of
    its own is a request of its own, unless the others came just before it and were never part of
    one, or its words are for more than the one photo that came with them; a sound is for them
    whenever they came."""
    if not job.bundle.items or not job.bundle.words or _is_for_several(job, by):
        return True
    near = by.now - by.chat.kept_at < SOON or all(map(is_sound, job.bundle.files))
    return near and not by.waiting.wish


def _is_for_several(job: Job, by: Closing) -> bool:
    """Whether a single photo came with words for several: "make a video of all of them"."""
    words, language = job.bundle.words, by.chat.speaks
    if len(job.bundle.items) > 1:
        return False
    match meant(words, by.skill, language, job.bundle.files):
        case Wish(kind=WishKind.SEVERAL):
            return True
        case Wish(kind=WishKind.BARE):
            return names_all(words, language)
    return False


def _is_answered(job: Job, by: Closing) -> bool:
    """Whether nothing is made of its words, so that all that waits goes on waiting."""
    said = job.bundle.words
    meaning = meant(said, by.skill, by.chat.speaks, job.bundle.files)
    made = job.bundle.agreed or brings_late_file(said)
    return isinstance(meaning, Question | Decline | Command) and not made


def leaves_what_waits(job: Job) -> bool:
    """Whether it is of an earlier video alone: made once more, or changed."""
    words = job.bundle.words
    changes = job.about and words and not job.bundle.items and not joins_project(words)
    return bool(job.bundle.anew or changes)


FEW = 3
"""Messages after which a kept wish may no longer be what is meant."""
STALE = 3600.0


def is_old(by: Closing) -> bool:
    """A wish of a while ago is asked about once more before it is paid for."""
    return by.chat.since_wish > FEW or by.now - by.chat.wish_at > STALE


def is_doubtful(pile: Pile, by: Closing) -> bool:
    """Whether a wish that waited is no longer sure to be meant: it is old, its photo came with a
    question, or was held back, and another one is no yes to that."""
    bundle = pile.job.bundle
    said = meant(bundle.words, by.skill, by.chat.speaks)
    further = bundle.items and not all(map(is_sound, by.waiting.files))
    return is_old(by) or bool(further) or _is_asked(bundle.words, said)


def _is_asked(said: str, meaning: Meaning) -> bool:
    """A question that nobody has understood: "is this ok?"."""
    return isinstance(meaning, Unclear) and is_question(said)


def assignment(pile: Pile) -> Assignment:
    """What its words make of its photos; what was tapped counts more."""
    bundle = pile.job.bundle
    captions = bundle.captions if bundle.files == pile.files else ()
    found = assign_photos(pile.words, len(pile.pictures), pile.language, captions)
    match bundle.split, found:
        case (Split.TOGETHER, _):
            return Together()
        case (Split.EACH, Unsure(apart=Apart() as apart)):
            return apart
        case (Split.OPEN, Together()) if names_another(pile):
            return Unsure(None)
    return found


def names_another(pile: Pile) -> bool:
    """Whether a photo is called by a number that none of these has; where they join the video at
    hand it may be one of that."""
    here = len(pile.pictures)
    joins = joins_project(pile.words) or brings_late_file(pile.words)
    return bool(here) and not joins and photo_named(pile.words, pile.language) > here


def names_photos(found: Assignment) -> bool:
    """Whether photos are told apart by it, so that the words for each are judged by themselves."""
    several = isinstance(found, Apart) and len(set(found.words)) > 1
    return several or isinstance(found, Only | Unsure)


def are_clear_orders(pile: Pile, skill: Skill) -> bool:
    """Whether photos are told apart by its words, and all that is said of each is a clear wish."""
    found = assignment(pile)
    orders = _orders(found) if names_photos(found) else ()
    meanings = [meant(order, skill, pile.language) for order in filter(None, orders)]
    return bool(orders) and all(isinstance(it, Wish) and it.clear for it in meanings)


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
