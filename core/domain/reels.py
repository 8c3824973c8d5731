"""Group reels: photos that several people add to one request, until who opened it says what to make
of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.domain.gathering import file_kind, files_counted
from core.domain.requests import (
    SELF,
    USUAL_CREDITS,
    Job,
    Notice,
    Plan,
    ReelLimits,
    State,
    to_outbound,
)
from core.i18n import text
from core.messages import Attachment, Button, Command, Outbound, Payload

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A photo, and who added it."""

    user: str
    file: Attachment

    @property
    def mark(self) -> str:
        """What tells whether it is the same photo: its size in every way, or its reference where
        the platform tells no size."""
        file = self.file
        sized = file.bytes and file.width and file.height
        return f"{file.bytes}:{file.width}:{file.height}" if sized else file.ref


@dataclass(frozen=True, slots=True)
class Added:
    """What of somebody's photos goes in (`taken`), how many are there already, and which limit kept
    others out: `each`, `most`, or none."""

    taken: tuple[Share, ...] = ()
    again: int = 0
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Reel:
    """A request that gathers from several people. `job` holds it, its opener and their words;
    `making` says that its video is under way. `supposed`: its opener answers a message of the bot
    that the bot does not know, and has no other reel there. A process that ends while it posts
    never learns the number of what it has posted."""

    job: Job
    shares: tuple[Share, ...] = ()
    making: bool = False
    supposed: bool = False

    @property
    def open(self) -> bool:
        """Whether photos may be added."""
        return self.job.state is State.OPEN and not self.job.cancelled

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The photos in the order in which they came."""
        return tuple(share.file for share in self.shares)

    @property
    def limits(self) -> ReelLimits:
        """How much it takes."""
        return self.job.progress.wish.limits or ReelLimits()

    @property
    def words(self) -> str:
        """What its opener has said so far."""
        return self.job.progress.wish.words

    def adding(self, user: str, files: Iterable[Attachment]) -> Added:
        """What comes of these photos of this person."""
        shares, added = list(self.shares), Added()
        for file in files:
            share = Share(user, file)
            if any(share.mark == known.mark for known in shares):
                added = replace(added, again=added.again + 1)
            elif limit := _limit(shares, share, self.limits):
                added = replace(added, limit=limit)
            else:
                shares.append(share)
        return replace(added, taken=tuple(shares[len(self.shares) :]))

    def having(self, shares: tuple[Share, ...]) -> "Reel":
        """The same with these photos as well."""
        return replace(self, shares=self.shares + shares)

    def saying(self, words: str) -> "Reel":
        """The same with these words of its opener."""
        wish = replace(self.job.progress.wish, words=words)
        job = replace(self.job, progress=replace(self.job.progress, wish=wish))
        return replace(self, job=job)


def _limit(shares: list[Share], share: Share, limits: ReelLimits) -> str:
    if limits.most and len(shares) >= limits.most:
        return "most"
    if limits.bytes and sum(known.file.bytes or 0 for known in (*shares, share)) > limits.bytes:
        return "most"
    own = sum(known.user == share.user for known in shares)
    return "each" if limits.each and own >= limits.each else ""


def usable(files: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """What a reel is made of: photos and clips, no sound."""
    return tuple(file for file in files if file_kind(file) not in ("sound", "voice"))


@dataclass(frozen=True, slots=True)
class Reeled:
    """What is to be written about a reel: more photos, or other words. `job` is 0 for the one that
    begins with them."""

    job: int
    shares: tuple[Share, ...] = ()
    words: str | None = None


def count(reel: Reel, language: str = "") -> str:
    """`7 photos from 3 people`, in the language of its opener or another."""
    language = language or reel.job.language
    if not reel.shares:
        return text("reel.none", language)
    people = text("reel.people", language, count=len({share.user for share in reel.shares}))
    return text("reel.count", language, files=files_counted(reel.files, language), people=people)


def described(reel: Reel) -> Notice:
    """The message of a reel that is open, with its buttons."""
    language, words, limits = reel.job.language, " ".join(reel.words.split()), reel.limits
    lines = [
        text("reel.open", language, count=count(reel)),
        text("reel.how", language, each=limits.each or "∞", most=limits.most or "∞"),
        text("reel.payer", language, needed=USUAL_CREDITS[Plan.MAKE]),
        text("reel.wish", language, words=words) if words else "",
    ]
    return Notice("\n".join(filter(None, lines)), _rows(language))


def _rows(language: str) -> Rows:
    buttons = (
        ("add", Payload.REEL_ADD),
        ("make", Payload.REEL_MAKE),
        ("close", Payload.REEL_CLOSE),
    )
    add, make, close = (
        Button(text(f"button.reel_{name}", language), Command.REEL, SELF, payload)
        for name, payload in buttons
    )
    return ((add, make), (close,))


def posted(reel: Reel) -> Outbound:
    """The message of a reel as it stands now: edited in place, and without a button once there is
    nothing more to press."""
    if reel.open and not reel.making:
        return to_outbound(reel.job, described(reel))
    key = "reel.making" if reel.open else "reel.made"
    return bare(reel.job, text(key, reel.job.language, count=count(reel)))


def bare(job: Job, words: str) -> Outbound:
    """Its message with these words and no button."""
    post = to_outbound(job, Notice(words))
    return replace(post, words=replace(post.words, buttons=()))


def closed(job: Job, key: str) -> Outbound:
    """Its message once it is over: `reel.closed` by its opener, `reel.expired` by time."""
    return bare(job, text(key, job.language))
