"""Answers to who spoke: where they go, what they say of photos and of the queue, and what a profile
proposes to make of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from core.domain.conversation.chat.context import Context
from core.domain.gathering import are_photos, files_counted, is_sound
from core.domain.replies import with_hint
from core.domain.requests import (
    READ_ONLY,
    Job,
)
from core.domain.understanding import Command as Free
from core.domain.understanding import (
    Meaning,
    Question,
    Topic,
    Wish,
    WishKind,
    is_question,
    names_sound,
    read,
    sentences,
)
from core.i18n import ENGLISH, text
from core.messages import (
    Address,
    Attachment,
    Button,
    Command,
    Inbound,
    Outbound,
    Payload,
    Recipient,
    Toast,
    Words,
    payload_words,
)
from core.patterns import Pattern
from core.skills import Skill


def reply(
    context: Context,
    inbound: Inbound,
    words: str,
    *rows: tuple[Button, ...],
    discreet: bool = False,
) -> Outbound:
    """A new message that answers this one; a discreet one goes where only its reader sees it.

    Also a pressed button is answered there: where a platform has an `aside`, its tickets are no way
    to hide words."""
    aside = inbound.place.aside if discreet else None
    return Outbound(
        Recipient(
            aside or inbound.address,
            inbound.user,
            context.chat.speaks,
            inbound.ticket,
            reply_to="" if inbound.place.private or aside else inbound.message,
            discreet=discreet,
        ),
        Words(words, rows),
    )


def toast(context: Context, inbound: Inbound, words: str) -> Outbound:
    """A line for who pressed, that appears and goes."""
    said = reply(context, inbound, words)
    return replace(said, to=replace(said.to, discreet=True), manner=Toast())


def hint(context: Context, inbound: Inbound, key: str) -> Outbound:
    """The same with words of the catalogue."""
    return toast(context, inbound, text(key, context.chat.speaks))


def asks(context: Context, inbound: Inbound, key: str) -> Outbound:
    """An answer that asks for a photo or for words."""
    words = text(key, context.chat.speaks)
    return reply(
        context,
        inbound,
        with_hint(words, context.chat.speaks, inbound.address, private=inbound.place.private),
    )


def what_now(files: Sequence[Attachment], language: str, address: Address, *, private: bool) -> str:
    """The question about files that came without words."""
    photos = are_photos(files)
    key = "files" if not photos else "one" if len(files) == 1 else "many"
    params = {"count": len(files), "files": files_counted(files, language)}
    words = text(f"talk.what_now_{key}", language, **params)
    return with_hint(words, language, address, private=private)


def queued(context: Context, itself: Job | None = None) -> str:
    """The place in the queue, "" where nothing comes first (D21)."""
    first = [
        job
        for job in context.open
        if job.plan not in READ_ONLY and (itself is None or job.id < itself.id)
    ]
    if not first:
        return ""
    key = "status.queued_one" if len(first) == 1 else "status.queued_many"
    return text(key, context.chat.speaks, count=len(first))


def meant(words: str, skill: Skill, language: str, files: Iterable[Attachment] = ()) -> Meaning:
    """What somebody's words mean; what their profile proposes is certain, however few words it
    has. Of `files` that are there "use this song" speaks, which alone is beyond us."""
    said = " ".join(words.casefold().split())
    proposed = {
        line.casefold()
        for code in dict.fromkeys((language, ENGLISH))
        for _, line in suggestions(skill, code)
    }
    meaning = Wish(WishKind.MAKE) if said in proposed else read(words, language)
    beyond = isinstance(meaning, Question) and meaning.topic in (Topic.SCOPE, Topic.COMPLAINT)
    if beyond and names_sound(words) and any(is_sound(file) for file in files):
        return Wish(WishKind.EDIT)
    wished = isinstance(meaning, Wish) and said not in proposed
    return PRICE if wished and _asks_for_price(words, language) else meaning


PRICE = Question(Topic.PRICE)


def _asks_for_price(words: str, language: str) -> bool:
    """Whether the price is asked for beside what is wished for: nobody pays before it is told."""
    said = tuple(_told_apart(words, language))
    return len(said) > 1 and any(is_question(it) and read(it, language) == PRICE for it in said)


def _told_apart(words: str, language: str) -> Iterator[str]:
    """A sentence at a time, and a price that is asked for behind a comma by itself."""
    for sentence in sentences(words):
        front, *asked = ASKED_LAST.split(sentence)
        if asked and read(asked[0], language) == PRICE:
            yield from (front, *asked)
        else:
            yield sentence


ASKED_LAST = Pattern(r"[,，،、](?=[^,，،、]*[?？؟]\s*$)")
"""The comma before the last clause of a question."""


def wished_beside(words: str, skill: Skill, language: str) -> str:
    """What is clearly wished for beside a question, "how much? make it slow", a sentence a line; ""
    where nothing is."""
    said = _told_apart(words, language)
    meanings = ((sentence, meant(sentence, skill, language)) for sentence in said)
    wishes = [words for words, it in meanings if isinstance(it, Wish) and it.clear]
    return "\n".join(wishes)


def suggestions(skill: Skill, language: str) -> tuple[tuple[int, str], ...]:
    """What a profile proposes to make of photos, each with its place in the profile.

    What means something else (the `export 1080p MP4` of the service's documents) is left out: it
    does not do what it says before there is a video."""
    said, fitting = skill.suggestions[language], _fitting(skill.suggestions[ENGLISH])
    return tuple((place, said[place]) for place in fitting if place < len(said))


def suggestion_row(
    skill: Skill, language: str, job: int | None = None
) -> tuple[tuple[Button, ...], ...]:
    """All of them side by side, where other rows follow; a platform stacks what is too wide."""
    row = tuple(button for row in suggestion_buttons(skill, language, job) for button in row)
    return (row,) if row else ()


@cache
def _fitting(proposed: tuple[str, ...]) -> tuple[int, ...]:
    """The places of those that mean a video; each profile is asked about at every message."""
    return tuple(
        place for place, words in enumerate(proposed) if not isinstance(read(words, ENGLISH), Free)
    )


def suggestion_buttons(
    skill: Skill, language: str, job: int | None = None
) -> tuple[tuple[Button, ...], ...]:
    """One row for each suggestion of the skill; the button carries its number, so that it fits any
    platform."""
    return tuple(
        (Button(words, Command.VIDEO, job, payload_words(Payload.SUGGESTION, place)),)
        for place, words in suggestions(skill, language)
    )
