"""What is asked for: the kinds of wishes, the steps that each takes, which of these in one stretch,
and what a video is to be made of."""

from dataclasses import dataclass
from enum import StrEnum

from core.messages import Attachment


class Plan(StrEnum):
    """What kind of wish a job is."""

    MAKE = "make"
    EDIT = "edit"
    EXPORT = "export"
    STATUS = "status"
    CREDITS = "credits"
    LOGIN = "login"
    WATCH = "watch"
    ABANDON = "abandon"
    COPY = "copy"
    """A finished video as a GIF, or with fewer bytes: made here, free of charge."""
    RESTORE = "restore"
    """Another version of the project is shown."""
    REEL = "reel"
    """Photos of several people come together, until who opened it says what to make of them."""


class Step(StrEnum):
    """One request that changes anything at most, then a commit."""

    GATHER = "gather"
    CONNECT = "connect"
    BRING = "bring"
    UPLOAD = "upload"
    SNAPSHOT = "snapshot"
    GENERATE = "generate"
    CHECK = "check"
    NAME = "name"
    RENDER = "render"
    POLL = "poll"
    LINK = "link"
    REPORT = "report"
    BALANCE = "balance"
    VERIFY = "verify"
    PRICE = "price"
    ABANDON = "abandon"
    COPY = "copy"
    RESTORE = "restore"
    COLLECT = "collect"


_TURN = (Step.PRICE, Step.SNAPSHOT, Step.GENERATE, Step.CHECK)
_EXPORT = (Step.NAME, Step.RENDER, Step.POLL, Step.LINK)
PLANS: dict[Plan, tuple[Step, ...]] = {
    Plan.MAKE: (
        Step.GATHER,
        Step.CONNECT,
        Step.BRING,
        Step.UPLOAD,
        *_TURN,
        *_EXPORT,
    ),
    # An edit that leaves something to export comes back as a video too; the export is free.
    Plan.EDIT: (Step.GATHER, Step.CONNECT, *_TURN, *_EXPORT),
    Plan.EXPORT: (Step.CONNECT, *_EXPORT),
    Plan.RESTORE: (Step.CONNECT, Step.RESTORE, *_EXPORT),
    Plan.WATCH: (Step.CONNECT, Step.POLL, Step.LINK),
    Plan.ABANDON: (Step.ABANDON,),
    Plan.COPY: (Step.COPY,),
    Plan.REEL: (Step.COLLECT,),
    Plan.STATUS: (Step.CONNECT, Step.REPORT),
    Plan.CREDITS: (Step.CONNECT, Step.BALANCE),
    Plan.LOGIN: (Step.VERIFY,),
}
USUAL_CREDITS = {Plan.MAKE: 100, Plan.EDIT: 50}
"""What a clip and a change cost as far as is known (docs/backend.md 9)."""
READ_ONLY = frozenset({Plan.STATUS, Plan.CREDITS, Plan.LOGIN, Plan.ABANDON, Plan.COPY, Plan.REEL})
"""Plans that change no draft: they need not wait behind a render."""
QUIET = frozenset({Step.PRICE, Step.SNAPSHOT, Step.CHECK, Step.NAME, Step.POLL, Step.LINK})
"""Steps that change nothing, neither outside nor in what other requests are told: they are taken in
one stretch, with one write for all of them. Whoever is killed in between looks once more.

What changes something has its intent on disk before, and its answer as soon as it is there: no
stretch goes over such a step."""


def stretch(plan: Plan, step: Step) -> tuple[Step, ...]:
    """This step, and those that may be taken with it."""
    steps = PLANS[plan]
    found = [step]
    for after in steps[steps.index(step) + 1 :] if step in QUIET and step in steps else ():
        if after not in QUIET:
            break
        found.append(after)
    return tuple(found)


LINK = "url:"
"""How the reference of a file begins that is only a link which somebody typed."""


@dataclass(frozen=True, slots=True)
class Member:
    """One video of several that were asked for at once: the `number`th `of` so many, made of the
    `photo`th photo, all counted from 1. `batch` is the request that they came from."""

    number: int
    of: int
    photo: int
    batch: int


@dataclass(frozen=True, slots=True)
class ReelLimits:
    """Photos that one person may add to a group reel, and all together, and bytes of all (0: any),
    as they were when it was opened."""

    each: int = 0
    most: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. Written by GATHER, or by the command that began the request."""

    words: str = ""
    """Settled when the bundle closed; what came later joins at the paid request."""
    lines: int = 0
    """So many lines of the bundle are in `words`."""
    files: tuple[Attachment, ...] = ()
    """References to what the platform holds."""
    links: tuple[str, ...] = ()
    """Addresses of files that the user typed."""
    resolution: str = ""
    """As in `1080p`; empty for what the backend takes by itself."""
    for_group: bool = False
    """Credits: what the whole group has spent is asked for as well."""
    member: Member | None = None
    """Which of several videos it is, None for one by itself."""
    reel: int = 0
    """The group reel whose photos it is made of; they are not stored with it."""
    limits: ReelLimits | None = None
    """What a group reel takes; None for all else."""

    @property
    def linked(self) -> tuple[Attachment, ...]:
        """The links as the references that they came in as, to be kept or used once more."""
        return tuple(Attachment(f"{LINK}{link}") for link in self.links)

    @property
    def everything(self) -> tuple[Attachment, ...]:
        """All that came with it, in one row."""
        return (*self.files, *self.linked)


class CopyKind(StrEnum):
    """What becomes of a finished video; the values are the endings of the files."""

    GIF = "gif"
    SMALLER = "mp4"


@dataclass(frozen=True, slots=True)
class Copy:
    """A finished video that is to be copied. Written by the command that began the request."""

    kind: CopyKind
    of: int
    """The request that it came of."""
    url: str
    render: str = ""
    """The name of its export, where its link does not work any more."""
    clip: str = ""
    """What the platform called it when it was posted."""
