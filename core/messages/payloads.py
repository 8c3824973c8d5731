"""What a button carries besides its command and its request: one word for each thing that can be
meant by a press."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Payload(StrEnum):
    """Posted buttons are pressed for years, so a value never changes. What follows one that ends in
    a colon, or is a single letter, says which."""

    GO_ON = "go"
    """The kept wish, with the photos that are left."""
    DO_IT = "do-it"
    """The backend is asked to do itself what it told the user to do."""
    CHECK = "check"
    """Another look at an export that took too long."""
    AMENDED = "edited"
    """The photos of the request with the chat's new words."""
    SURE = "yes"
    """Erase everything."""
    STRIP = "strip:"
    """Take out a kind of track: `strip:audio`."""
    TAKE = "o:"
    """What was offered under this number."""
    LEAVE = "x:"
    """Not that."""
    LOOK = "t:"
    """A preset by its name: `t:slow-zoom`."""
    PAGE = "p:"
    """More presets: the page, from 0."""
    CHOOSE = "c:"
    """Another choice of shape, length and mood, as `core.domain.conversation.choices` writes it."""
    CHOSEN = "g:"
    """Go, with these."""
    AS = "as:"
    """The same video for elsewhere: `as:gif`, `as:mp4` (smaller), `as:9:16`."""
    REEL_ADD = "reel-add"
    """My photos for this group reel."""
    REEL_MAKE = "reel-make"
    """The video of a group reel, as its opener's decision."""
    REEL_CLOSE = "reel-close"
    """The end of a group reel, without a video."""
    ANSWER = "a"
    """An answer that a question of the service names, from 0: `a0`."""
    SUGGESTION = "s"
    """What a profile proposes, by its place from 0: `s0`."""


NAMED = (
    Payload.STRIP, Payload.TAKE, Payload.LEAVE, Payload.AS, Payload.LOOK, Payload.PAGE,
    Payload.CHOOSE, Payload.CHOSEN,
)  # fmt: skip
NUMBERED = re.compile(rf"({Payload.ANSWER}|{Payload.SUGGESTION})(\d{{1,3}})")


@dataclass(frozen=True, slots=True)
class Carried:
    """A payload that was read; `which` is what follows it, empty where nothing does."""

    payload: Payload
    which: str = ""


def payload_words(payload: Payload, which: str | int = "") -> str:
    """The words behind a button."""
    return f"{payload}{which}"


def read_payload(words: str) -> Carried | None:
    """What a button with these words means; None where they are words as people say them."""
    said = words.strip()
    if found := NUMBERED.fullmatch(said):
        return Carried(Payload(found[1]), found[2])
    for payload in NAMED:
        if said.startswith(payload):
            return Carried(payload, said.removeprefix(payload))
    whole = set(Payload) - {*NAMED, Payload.ANSWER, Payload.SUGGESTION}
    return Carried(Payload(said)) if said in whole else None
