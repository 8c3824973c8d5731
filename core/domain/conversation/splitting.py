"""Videos of several photos: a request of its own for each, one of some of them, or a question which
of that is meant."""

from collections.abc import Sequence
from dataclasses import replace

from core.domain.conversation.new_requests import with_files
from core.domain.conversation.pile import EACH_COSTS, Pile
from core.domain.gathering import Bundle, Item, Line, Split
from core.domain.requests import (
    SELF,
    Connection,
    Does,
    Job,
    Kept,
    Member,
    Next,
    Notice,
    Offer,
    Plan,
    Progress,
    Step,
    Wish,
)
from core.domain.understanding import (
    Apart,
    Assignment,
    Only,
    Unsure,
    names_video,
    resolution_asked,
)
from core.i18n import listed, text
from core.messages import Button, Command, Payload, payload_words


def spread(pile: Pile, wish: Wish, apart: Apart, now: float, room: int | None) -> Next:
    """A request of its own for every photo, with its own words.

    They run one after the other under the chat's lock; each gets its own render (the batch style of
    the skills), and a project of its own, so that no clip ends up on another's timeline. What the
    daily limits do not allow is kept."""
    photos = apart.photos
    possible = len(photos) if room is None else min(room, len(photos))
    jobs = tuple(
        _one(pile, wish, Member(number, len(photos), photo, pile.job.id), apart, now)
        for number, photo in enumerate(photos[:possible], 1)
    )
    left = tuple(pile.pictures[photo - 1] for photo in photos[possible:])
    keep = Kept((*left, *pile.sounds), wish.words, pile.job.bundle.skill) if left else Kept()
    notice = Notice(_announced(pile, apart, possible), _rest(pile.language))
    return Next(Progress(wish), notice, last=True, keep=keep, spawn=jobs)


def _announced(pile: Pile, apart: Apart, possible: int) -> str:
    """How many come, what they cost together, and which photos are left out: told before any of it
    is paid."""
    language, wanted = pile.language, len(apart.photos)
    if possible < wanted:
        lines = [text("talk.batch_some", language, count=possible, left=wanted - possible)]
    else:
        lines = [text("talk.batch", language, count=possible)]
    if possible > 1:
        lines.append(text("batch.price", language, total=possible * EACH_COSTS))
    unused = [place for place, order in enumerate(apart.words, 1) if order is None]
    if unused:
        lines.append(text("batch.left_out", language, photos=_numbers(unused, language)))
    return "\n".join(lines)


def _numbers(photos: Sequence[int], language: str) -> str:
    return listed([str(photo) for photo in photos], language)


def _rest(language: str) -> tuple[tuple[Button, ...], ...]:
    return ((Button(text("button.drop_rest", language), Command.CANCEL, SELF),),)


def _one(pile: Pile, wish: Wish, member: Member, apart: Apart, now: float) -> Job:
    """One request of the set, ready for its turn."""
    words = _whole(apart.words[member.photo - 1] or "", pile.language)
    files = (pile.pictures[member.photo - 1], *pile.sounds)
    items = tuple(Item(place, file) for place, file in enumerate(files))
    bundle = Bundle(items, (Line(0, words),), opened=now, addressed=True)
    own = replace(with_files(wish, files), words=words, lines=1, member=member)
    own = replace(own, resolution=resolution_asked(words))
    return replace(
        pile.job,
        id=0,
        plan=Plan.MAKE,
        step=Step.CONNECT,
        claims=0,
        version=0,
        bundle=bundle,
        progress=Progress(own, Connection(fresh=True)),
        notified_at=0.0,
        due=now,
    )


def narrowed(pile: Pile, only: Only) -> tuple[Pile, Notice]:
    """The pile with the photos alone that are meant, and words that say so."""
    files = (*(pile.pictures[photo - 1] for photo in only.photos), *pile.sounds)
    language, left = pile.language, len(pile.pictures) - len(only.photos)
    photos = _numbers(only.photos, language)
    words = text("batch.only", language, photos=photos, count=len(only.photos), left=left)
    one = len(only.photos) == 1
    wish = _whole(only.words, language) if one or not only.words else only.words
    return replace(pile, files=files, words=wish), Notice(words, final=True)


def _whole(order: str, language: str) -> str:
    """What is asked of the service: "with title B" alone is a part of a sentence."""
    if not order:
        return text("wish.default", language)
    return order if names_video(order) else text("wish.of_photo", language, words=order)


SHOWN = 80
"""Characters of each photo's words that a question repeats."""


def ask(pile: Pile, found: Assignment, now: float) -> Next:
    """The question, free of charge, with a button for each answer. No plain yes answers it."""
    apart = found.apart if isinstance(found, Unsure) else found
    offers = [Offer(f"{int(now * 1000):x}t", Does.MAKE, pile.words, 0.0, None, Split.TOGETHER)]
    if isinstance(apart, Apart):
        each = Offer(f"{int(now * 1000):x}e", Does.MAKE, pile.words, 0.0, None, Split.EACH)
        offers.insert(0, each)
    several = len(pile.pictures) > 1
    rows = tuple((_choice(offer, apart, pile.language, several=several),) for offer in offers)
    leave = Button(
        text("button.something_else", pile.language),
        Command.VIDEO,
        SELF,
        payload_words(Payload.LEAVE, offers[-1].number),
    )
    keep = Kept(pile.files, skill=pile.skill, offers=tuple(offers))
    notice = Notice(_question(pile, found, apart), (*rows, (leave,)))
    return Next(Progress(), notice, last=True, keep=keep, language=pile.language)


def _choice(offer: Offer, apart: Assignment | None, language: str, *, several: bool) -> Button:
    if offer.split is Split.EACH and isinstance(apart, Apart):
        count = len(apart.photos)
        label = text("button.apart", language, count=count, total=count * EACH_COSTS)
    elif several:
        label = text("button.all_in_one", language, needed=EACH_COSTS)
    else:
        label = text("button.make_it", language)
    return Button(label, Command.VIDEO, SELF, payload_words(Payload.TAKE, offer.number))


def _question(pile: Pile, found: Assignment, apart: Assignment | None) -> str:
    language, count = pile.language, len(pile.pictures)
    if not isinstance(apart, Apart):
        return text("batch.not_there" if count > 1 else "ask.several", language, count=count)
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
