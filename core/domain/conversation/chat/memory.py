"""What the bot remembers of one user at one address: how it notices their language, and what a
request leaves there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from core.domain.gathering import Line
from core.domain.requests import (
    Advanced,
    Job,
    Kept,
    Offer,
    Payer,
    Project,
    State,
    Why,
    keep_everything,
    project_asking,
)
from core.domain.spans import DAY
from core.domain.understanding import (
    language_of,
)
from core.i18n import ENGLISH, closest, standard
from core.messages import (
    Address,
    Attachment,
    Inbound,
)

KEPT_SECONDS = DAY
"""How long photos wait for words, and words for photos."""
OFFER_SECONDS = 3600.0
"""How long a plain yes is the answer to what was asked, here or by the service; the buttons go on
working."""
OFFERS = 5
"""Offers whose buttons still work."""


@dataclass(frozen=True, slots=True)
class Chat:
    """What we remember of one user at one address.

    `kept_since` says for each of the `kept` photos since when it waits, and `kept_at` when one came
    last; `wish_at` is the same for words (seconds since the epoch), and `wish_line` the last of
    their messages.

    `renewed` is when the user last asked for a fresh start: what was begun before leaves the
    project alone. `language` and `skill` are the user's own choices, empty where none was made;
    `spoken` is the language last seen. `kept_skill` is the profile chosen for what is kept, and for
    that alone; `chosen` is what was tapped about its photos. `offers` are what was asked back
    lately, newest last. `since_wish` counts what was said since the kept wish. `told_pause` is when
    the pause began of which they know. `news`: they have not said no to news from whoever runs the
    bot; `away`: no way leads to them. `used_up` is since when their credits are known to be used
    up, 0 where they are not."""

    user: str
    address: Address
    language: str = ""
    spoken: str = "en"
    skill: str = ""
    kept: tuple[Attachment, ...] = ()
    kept_at: float = 0.0
    kept_since: tuple[float, ...] = ()
    wish: str = ""
    wish_at: float = 0.0
    wish_line: Line | None = None
    kept_skill: str = ""
    chosen: str = ""
    project: Project | None = None
    introduced: bool = False
    told_albums: bool = False
    private: bool = True
    renewed: float = 0.0
    offers: tuple[Offer, ...] = ()
    since_wish: int = 0
    told_pause: float = 0.0
    news: bool = True
    away: bool = False
    used_up: float = 0.0

    @property
    def speaks(self) -> str:
        """The language to answer in."""
        return self.language or self.spoken

    def holds(self, now: float) -> Kept:
        """The photos and words that still wait: each for a day from when it came itself."""
        files = tuple(file for file, since in self._waiting() if now - since < KEPT_SECONDS)
        wish = self.wish if now - self.wish_at < KEPT_SECONDS else ""
        return Kept(files, wish, self.kept_skill if files or wish else "")

    def _waiting(self) -> Iterator[tuple[Attachment, float]]:
        """Each photo with its time; an earlier version knew one for all."""
        return zip_longest(self.kept, self.kept_since[: len(self.kept)], fillvalue=self.kept_at)  # type: ignore[arg-type]

    def keeping(self, keep: Kept, now: float) -> "Chat":
        """The chat with these photos and words waiting instead. What has waited before does not
        begin anew."""
        waited = [(file, since) for file, since in self._waiting() if now - since < KEPT_SECONDS]
        since = []
        for file in keep.files:
            before = next((each for each in waited if each[0] == file), None)
            if before is not None:
                waited.remove(before)  # one that was sent twice has come twice
            since.append(min(before[1], now) if before else now)
        wish_at = self.wish_at if keep.wish and keep.wish == self.holds(now).wish else now
        kept_at = now if now in since else self.kept_at
        kept = replace(
            self, kept=keep.files, kept_at=kept_at, kept_since=tuple(since), wish=keep.wish,
            wish_at=wish_at,
            kept_skill=keep.skill, chosen=self.chosen if min(since, default=now) < now else "",
            since_wish=self.since_wish if wish_at == self.wish_at else 0,
        )  # fmt: skip
        return kept.offering(*keep.offers)

    def aged(self, now: float) -> "Chat":
        """The chat without what has waited for too long."""
        return self.keeping(self.holds(now), now) if self.kept or self.wish else self

    def set_back(self, now: float) -> "Chat":
        """The chat after the clock was set back: what is said to be of later than now is of now."""
        return replace(
            self,
            kept_at=min(self.kept_at, now),
            kept_since=tuple(min(since, now) for since in self.kept_since),
            wish_at=min(self.wish_at, now),
            renewed=min(self.renewed, now),
        )

    def wishing(self, words: str, skill: str, now: float) -> "Chat":
        """The chat with these words waiting for a photo, behind those that wait already; `skill` if
        one was chosen."""
        waiting = self.holds(now)
        if not words.strip():
            return self.keeping(replace(waiting, skill=skill or waiting.skill), now)
        lines = dict.fromkeys((*waiting.wish.splitlines(), *words.strip().splitlines()))
        wished = replace(
            self, wish="\n".join(lines), wish_at=now, kept_skill=skill or waiting.skill
        )
        return replace(wished, since_wish=0)

    def offering(self, *offers: Offer) -> "Chat":
        """The chat that remembers what it was asked."""
        return replace(self, offers=(*self.offers, *offers)[-OFFERS:])

    def put_off(self) -> "Chat":
        """The chat in which a plain yes is to nothing that was asked so far; the buttons go on
        working."""
        return replace(self, offers=tuple(replace(offer, at=0.0) for offer in self.offers))

    def asked_long_ago(self, now: float) -> bool:
        """Whether the question of the service is so old that a plain yes may mean something
        else."""
        known = self.project
        if known is None or not known.asked or not (known.asks or known.options):
            return False
        return now - known.asked >= OFFER_SECONDS

    def offered(self, now: float) -> Offer | None:
        """What a yes would be about."""
        last = self.offers[-1] if self.offers else None
        return last if last and now - last.at < OFFER_SECONDS else None


def heard(chat: Chat, inbound: Inbound, custom: str = "") -> Chat:
    """The chat after noticing how the user speaks (D23): what they chose themselves always comes
    first.

    Then the `custom` of the group if its admins have set one, what the platform says, and the
    words. English on a platform is what nobody has changed, so there the words count for more."""
    platform = closest(inbound.sender.language) if inbound.sender.language else ENGLISH
    seen = language_of(inbound.text) if inbound.command is None else ""
    told = custom or (platform if platform != ENGLISH else "")
    spoken = told or seen or _unspoken(chat, inbound.sender.language) or ENGLISH
    return replace(chat, spoken=spoken, private=inbound.place.private, away=False)


def _unspoken(chat: Chat, code: str) -> str:
    """Where neither words nor platform lead to a catalogue: as before; a language that we lack is
    told the backend."""
    return (
        standard(code)
        if code and closest(code) == ENGLISH and chat.spoken == ENGLISH
        else chat.spoken
    )


def chat_after_step(chat: Chat, advanced: Advanced, now: float) -> Chat:
    """The chat once a step is over. A fresh start that was asked for meanwhile is not undone by
    what was begun before it."""
    job = advanced.job
    chat = _counted(chat, job, now)
    if advanced.drop_project and _was_in(chat.project, job):
        chat = replace(chat, project=None)
    if advanced.project is not None and job.created >= chat.renewed:
        chat = replace(chat, project=project_asking(advanced.project, job, now))
    if advanced.keep is None or job.progress.wish.reel:  # photos of others are not theirs to keep
        return chat
    failed = job.state is State.FAILED
    if failed and job.bundle.anew and advanced.keep == keep_everything(job):
        return chat  # the photos of an earlier video: Again finds them there
    kept = _together(chat.holds(now), advanced.keep) if failed else advanced.keep
    return chat.keeping(kept, now)


def _counted(chat: Chat, job: Job, now: float) -> Chat:
    """The chat after what the request has seen of its user's credits; the operator's are not
    theirs."""
    price = job.progress.price
    if job.progress.connection.payer is Payer.OPERATOR:
        return chat
    if job.why is Why.CREDITS or (price.balance is not None and price.balance <= 0):
        return replace(chat, used_up=chat.used_up or now)
    return chat if price.balance is None else replace(chat, used_up=0.0)


def chat_for_step(chat: Chat, job: Job) -> Chat:
    """The chat as the steps of a request see it: in the project that it is about."""
    about, known = job.about, chat.project
    if about is None or job.progress.connection.fresh:
        return chat
    return chat if known and known.session == about.session else replace(chat, project=about)


def _was_in(project: Project | None, job: Job) -> bool:
    """Whether the project at hand is the one that the request lost; where it names none, it is."""
    session = job.progress.connection.session
    named = {job.about.session} if job.about else set()
    named |= {session.id} if session else set()
    return project is None or not named or project.session in named


def _together(waiting: Kept, handed_back: Kept) -> Kept:
    """What a failed job hands back, with what has come to wait meanwhile."""
    newer = tuple(file for file in waiting.files if file not in handed_back.files)
    return Kept(
        handed_back.files + newer,
        handed_back.wish or waiting.wish,
        handed_back.skill or waiting.skill,
    )
