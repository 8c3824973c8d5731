"""How a message is posted: by itself, as a status that is edited, or as a line that goes."""

from dataclasses import dataclass

from core.messages.terms import Attachment


@dataclass(frozen=True, slots=True)
class Card:
    """What a status tells, in parts, for platforms that can set them apart; `Outbound.text` says
    the same in words.

    `phase` is what is going on now. `stages` name the whole way and `reached` says how many of them
    are behind; empty where there is no way to show. `percent` is how far the export is. `queue` is
    the place in the queue and `time` how long it may take, both in words; `expected` is when it is
    usually ready (seconds since the epoch, 0: unknown). `photo` is the user's first picture, which
    tells one request from another."""

    phase: str
    stages: tuple[str, ...] = ()
    reached: int = 0
    percent: int | None = None
    queue: str = ""
    time: str = ""
    expected: float = 0.0
    photo: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Single:
    """A message that stands for itself; `silent` posts it without a ring."""

    silent: bool


@dataclass(frozen=True, slots=True)
class Announcement:
    """One that many get, of which nobody waits for theirs: everything else goes first, and where it
    may have been posted it is not posted again. `key` says which one."""

    key: str
    silent: bool = True


@dataclass(frozen=True, slots=True)
class Status:
    """A message that is edited in place: equal `slot` at one address means the same one.

    `working` asks the platform to show that the bot is busy (typing, uploading). `card` is what it
    tells, in parts. `silent` posts it without a ring. `over`: it has had its day and is taken away,
    or, where the platform cannot do that, edited to its words. `prompt`: somebody has just pressed
    something in it, so the edit waits for no pause between edits."""

    slot: str
    silent: bool = True
    working: bool = False
    card: Card | None = None
    over: bool = False
    prompt: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """A line that appears and goes, for who pressed the button of the ticket; where that is too
    late or not possible nothing is posted."""


RINGING = Single(silent=False)
