"""What belongs to one request: an album, or photos and words sent one after the other, and when it
is complete."""

from dataclasses import dataclass, replace
from enum import StrEnum

from core.messages import Attachment, Called, Inbound, Pressed

FULL = 10
"""Items that close a pile at once; also the most that one Telegram album or one Discord message
holds."""
CAP = 5
"""A pile closes after this many times the settling time, however many items still come (6 s for 1.2
s)."""
SLACK = 2.0
"""Seconds by which the parts of one request may be said further apart than is waited for the next:
platforms count in whole seconds, and what is sent together may be held up on its way."""
LATE_SECONDS = 60.0
"""So long after the first photo another one without words still belongs to it."""


class Split(StrEnum):
    """Whether several photos become one video, or one each, as their user has said by a tap."""

    OPEN = ""
    EACH = "each"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Item:
    """One file with its place in the album."""

    order: int
    file: Attachment


@dataclass(frozen=True, slots=True)
class Line:
    """One caption or message with its place."""

    order: int
    text: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Photos and words being gathered; `opened` is when the first came (seconds since the epoch),
    `said` when the last photo was said (0 where the platform does not tell).

    `amended` are new words for a wish that was settled but not yet sent. `deliver` asks for the
    video after an edit. `anew` keeps the files out of the project at hand: they may be in it
    already. `skill` is the profile chosen for this request alone. `press` names the button that
    began it, empty if none did. `agreed`: its user has said by a tap or a command that these words
    are to be made, so they are not judged once more. `answers`: they are the answer to a question
    of the service, which photos that wait are no part of. `split` is what was tapped about several
    photos."""

    items: tuple[Item, ...] = ()
    lines: tuple[Line, ...] = ()
    album: str = ""
    opened: float = 0.0
    said: float = 0.0
    addressed: bool = False
    amended: str = ""
    deliver: bool = False
    anew: bool = False
    skill: str = ""
    press: str = ""
    agreed: bool = False
    answers: bool = False
    split: Split = Split.OPEN

    @property
    def captions(self) -> tuple[str, ...]:
        """What stands under each file by itself, in their order; empty where not all have such
        words, or others were said besides."""
        said = {line.order: line.text for line in self.lines}
        orders = [item.order for item in sorted(self.items, key=lambda item: item.order)]
        return tuple(said[order] for order in orders) if orders == sorted(said) else ()

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The files in the order in which they were sent, whatever order they arrived in."""
        return tuple(item.file for item in sorted(self.items, key=lambda item: item.order))

    @property
    def words(self) -> str:
        """All captions and messages in order, each once."""
        texts = [line.text for line in sorted(self.lines, key=lambda line: line.order)]
        return "\n".join(dict.fromkeys(text for text in texts if text))


def is_apart(bundle: Bundle, inbound: Inbound, settle: float) -> bool:
    """Whether this is another request than that of the pile, although both were taken in together.

    After an outage all that was said meanwhile comes at once: then it counts when it was said. Only
    more photos, after both photos and words, are another request; and not where the same is said
    again because nobody answered."""
    whole, told = bool(bundle.items and bundle.words), bool(bundle.said and inbound.at)
    one_album = bool(inbound.album) and inbound.album == bundle.album
    if not (whole and told and inbound.attachments) or one_album or repeats(bundle, inbound):
        return False
    longest = settle + SLACK if inbound.text.strip() else LATE_SECONDS
    return abs(inbound.at - bundle.said) > longest


def repeats(bundle: Bundle, inbound: Inbound) -> bool:
    """Whether a message asks for the very same again: the words, and as many photos of the same
    size in every way."""
    words = inbound.text.strip()
    if (
        not words
        or words != bundle.words
        or any(file.bytes is None for file in inbound.attachments)
    ):
        return False
    return sorted(map(_looks, inbound.attachments)) == sorted(map(_looks, bundle.files))


def files_not_in(
    files: tuple[Attachment, ...], sent: tuple[Attachment, ...]
) -> tuple[Attachment, ...]:
    """The files that are not among those `sent`: a photo that waits and is then answered with words
    is one photo.

    A platform may name the same file in another way when it is quoted; then its size in every way
    tells."""
    refs, looks = (
        {file.ref for file in sent},
        {_looks(file) for file in sent if file.bytes and file.width},
    )
    return tuple(file for file in files if file.ref not in refs and _looks(file) not in looks)


def _looks(file: Attachment) -> tuple[int, int, int]:
    return file.bytes or 0, file.width or 0, file.height or 0


def with_message(bundle: Bundle, inbound: Inbound, now: float, skill: str = "") -> Bundle:
    """The bundle with one more message in it, unless that only repeats it. A mention on any item
    addresses the whole. `skill` is the profile that the message chooses for this one request."""
    if inbound.attachments:
        bundle = replace(bundle, said=max(bundle.said, inbound.at))
    if bundle.items and repeats(bundle, inbound):
        return replace(bundle, addressed=bundle.addressed or inbound.addressed)
    quotes = (
        inbound.text.strip() and not inbound.album
    )  # who answers their own photo has not sent it twice
    there = {item.file.ref for item in bundle.items} if quotes else set()
    items = tuple(
        Item(inbound.order, file) for file in inbound.attachments if file.ref not in there
    )
    lines = (Line(inbound.order, inbound.text.strip()),) if inbound.text.strip() else ()
    return replace(
        bundle,
        items=bundle.items + items,
        lines=bundle.lines + lines,
        album=bundle.album or inbound.album,
        opened=bundle.opened or now,
        addressed=bundle.addressed or inbound.addressed,
        skill=skill or bundle.skill,
    )


def is_complete(bundle: Bundle, inbound: Inbound, *, photos_wait: bool) -> bool:
    """Whether the pile holds all that will come, now that this message is in it: a photo with its
    words, or what a button or a command asks for. An item of an album is never alone, and whoever
    types a command may be about to send the photo (`photos_wait`: one was kept before)."""
    if bundle.album:
        return False
    match inbound.happened:
        case Pressed():
            return True
        case Called():
            return inbound.ticket is not None or bool(bundle.items) or photos_wait
    alone = len(bundle.items) == len(inbound.attachments) == 1
    return alone and bool(bundle.words) and bundle.words == inbound.text.strip()


def closes_at(bundle: Bundle, now: float, settle: float) -> float:
    """When the pile is complete if nothing more comes: `settle` seconds after now, at most CAP
    times that in all."""
    if len(bundle.items) >= FULL:
        return now
    return min(now + settle, bundle.opened + CAP * settle)
