"""What the bot knows when somebody speaks, and what it may answer with: the two ends of
`decide`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from core.domain.admission import Rules, Space, Spent
from core.domain.gathering import Bundle
from core.domain.intents import language_of
from core.domain.kinds import are_photos, counted
from core.domain.payloads import Payload, carrying
from core.domain.policy import Confirm
from core.domain.replies.asking import asking
from core.domain.requests import (
    PLANS,
    READ_ONLY,
    Job,
    Kept,
    Notice,
    Offer,
    Plan,
    Progress,
    Project,
    Step,
)
from core.domain.spans import DAY
from core.domain.understanding import Command as Free
from core.domain.understanding import Meaning, Wish, WishKind, read
from core.i18n import ENGLISH, closest, standard, text
from core.messages import (
    Address,
    Attachment,
    Button,
    Command,
    Document,
    Inbound,
    Outbound,
    Recipient,
    Toast,
    Words,
)
from core.skills import Skill

KEPT_SECONDS = DAY
"""How long photos wait for words, and words for photos."""
OFFER_SECONDS = 3600.0
"""How long a plain yes is the answer to what was asked back; its buttons go on working."""
OFFERS = 5
"""Offers whose buttons still work."""


@dataclass(frozen=True, slots=True)
class Chat:
    """What we remember of one user at one address.

    `kept_since` says for each of the `kept` photos since when it waits, and `kept_at` when one came
    last; `wish_at` is the same for words (seconds since the epoch).

    `renewed` is when the user last asked for a fresh start: what was begun before leaves the
    project alone. `language` and `skill` are the user's own choices, empty where none was made;
    `spoken` is the language last seen. `kept_skill` is the profile chosen for what is kept, and for
    that alone. `offers` are what was asked back lately, newest last. `since_wish` counts what was
    said since the kept wish."""

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
    kept_skill: str = ""
    project: Project | None = None
    introduced: bool = False
    told_albums: bool = False
    private: bool = True
    renewed: float = 0.0
    offers: tuple[Offer, ...] = ()
    since_wish: int = 0

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
            kept_skill=keep.skill, since_wish=self.since_wish if wish_at == self.wish_at else 0,
        )  # fmt: skip
        return kept.offering(keep.offer) if keep.offer else kept

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

    def offering(self, offer: Offer) -> "Chat":
        """The chat that remembers what it was asked."""
        return replace(self, offers=(*self.offers, offer)[-OFFERS:])

    def offered(self, now: float) -> Offer | None:
        """What a yes would be about."""
        last = self.offers[-1] if self.offers else None
        return last if last and now - last.at < OFFER_SECONDS else None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the operator has set about answers: when a paid turn is confirmed, files in one video
    (0: any), and the address of the video service's pages."""

    confirm: Confirm = Confirm.UNCLEAR
    files: int = 0
    web: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """All that a decision may look at. `open` are this chat's unfinished jobs, oldest first;
    `named` a button's job, and `answered` that of the message that this one answers. `about` is the
    project of either, where there is one: then it is `chat.project` for this message.

    `past` are the last videos made here, newest first; `largest_download` is what the platform
    hands out (bytes, 0: no limit). `waiting` are this user's open requests and `owed` the messages
    not yet posted to them, wherever they are; `refused` is how often they were told each reason
    lately."""

    chat: Chat
    skills: Mapping[str, Skill]
    default_skill: str
    open: tuple[Job, ...] = ()
    named: Job | None = None
    past: tuple[Job, ...] = ()
    rules: Rules = Rules()
    space: Space = Space()
    spent: Spent = Spent()
    waiting: int = 0
    owed: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    settle: float = 1.2
    largest_download: int = 0
    wanted: str = ""
    terms: Terms = Terms()
    answered: Job | None = None
    about: Project | None = None

    @property
    def skill(self) -> Skill:
        """The profile in force: the one `wanted` for this request alone, the chat's, or that of its
        group."""
        chosen = self.wanted or self.chat.skill or self.space.skill
        return self.skills.get(chosen) or self.skills[self.default_skill]


@dataclass(frozen=True, slots=True)
class Start:
    """A job to store (its id is still 0) and the words that acknowledge it."""

    job: Job
    notice: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Grown:
    """A pile that took in one more message, when it closes, and the status words to go with it."""

    job: Job
    bundle: Bundle
    due: float
    notice: Notice | None = None

    def stored(self, now: float) -> Job:
        """The job with all of it. It closes later only while it still gathers."""
        gathers = self.job.step is Step.GATHER
        told = now if self.notice else self.job.notified_at
        due = self.due if gathers else self.job.due
        return replace(self.job, bundle=self.bundle, notified_at=told, due=due)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, written in one transaction: the chat, the words, the jobs to start, grow,
    confirm and cancel.

    `erase` deletes all that is kept of the user, `log_out` only their own token; `copy` adds what
    is kept to the words; `space` is what an admin has set for the group, `refused` the reason if
    nothing was done."""

    chat: Chat
    posts: tuple[Outbound, ...] = ()
    start: tuple[Start, ...] = ()
    grow: tuple[Grown, ...] = ()
    cancel: tuple[int, ...] = ()
    confirm: tuple[int, ...] = ()
    erase: bool = False
    log_out: bool = False
    copy: bool = False
    space: Space | None = None
    refused: str = ""

    def owed(self, copy: str) -> tuple[Outbound, ...]:
        """The words, with the copy of what is kept (empty: none was asked for): what a group is
        told besides carries nothing of it."""
        return tuple(
            replace(post, media=Document(copy)) if copy and post.discreet else post
            for post in self.posts
        )


def heard(chat: Chat, inbound: Inbound, custom: str = "") -> Chat:
    """The chat after noticing how the user speaks (D23): what they chose themselves always comes
    first.

    Then the `custom` of the group if its admins have set one, what the platform says, and the
    words. English on a platform is what nobody has changed, so there the words count for more."""
    platform = closest(inbound.sender.language) if inbound.sender.language else ENGLISH
    seen = language_of(inbound.text) if inbound.command is None else ""
    told = custom or (platform if platform != ENGLISH else "")
    spoken = told or seen or _unspoken(chat, inbound.sender.language) or ENGLISH
    return replace(chat, spoken=spoken, private=inbound.place.private)


def _unspoken(chat: Chat, code: str) -> str:
    """Where neither words nor platform lead to a catalogue: as before; a language that we lack is
    told the backend."""
    return (
        standard(code)
        if code and closest(code) == ENGLISH and chat.spoken == ENGLISH
        else chat.spoken
    )


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


def meant(words: str, skill: Skill, language: str) -> Meaning:
    """What somebody's words mean; what their profile proposes is certain, however few words it
    has."""
    said = " ".join(words.casefold().split())
    proposed = {
        line.casefold()
        for code in dict.fromkeys((language, ENGLISH))
        for _, line in suggestions(skill, code)
    }
    return Wish(WishKind.MAKE) if said in proposed else read(words, language)


def suggestions(skill: Skill, language: str) -> tuple[tuple[int, str], ...]:
    """What a profile proposes to make of photos, each with its place in the profile.

    What means something else (the `export 1080p MP4` of the service's documents) is left out: it
    does not do what it says before there is a video."""
    proposed = skill.suggestions[ENGLISH]
    fitting = [
        place for place, words in enumerate(proposed) if not isinstance(read(words, ENGLISH), Free)
    ]
    said = skill.suggestions[language]
    return tuple((place, said[place]) for place in fitting if place < len(said))


def suggestion_buttons(
    skill: Skill, language: str, job: int | None = None
) -> tuple[tuple[Button, ...], ...]:
    """One row for each suggestion of the skill; the button carries its number, so that it fits any
    platform."""
    return tuple(
        (Button(words, Command.VIDEO, job, carrying(Payload.SUGGESTION, place)),)
        for place, words in suggestions(skill, language)
    )


def to_job(context: Context, inbound: Inbound, plan: Plan, progress: Progress, now: float) -> Job:
    """A job for this message, not stored yet. Jobs that change the draft share the chat's lock."""
    return Job(
        id=0,
        lock="" if plan in READ_ONLY else lock_of(inbound.address, inbound.user),
        user=inbound.user,
        address=inbound.address,
        plan=plan,
        step=PLANS[plan][0],
        progress=progress,
        language=context.chat.speaks,
        skill=context.skill.slug,
        due=now,
        created=now,
        private=inbound.place.private,
        reply_to="" if inbound.place.private else inbound.message,
        ticket=inbound.ticket,
        space=inbound.place.space,
        aside=inbound.place.aside,
        about=context.about,
    )


def lock_of(address: Address, user: str) -> str:
    """One user at one address: their requests run one after the other."""
    return "/".join((address.platform, address.chat, address.thread, user))


def asks(context: Context, inbound: Inbound, key: str) -> Outbound:
    """An answer that asks for a photo or for words."""
    words = text(key, context.chat.speaks)
    return reply(
        context,
        inbound,
        asking(words, context.chat.speaks, inbound.address, private=inbound.place.private),
    )


def what_now(files: Sequence[Attachment], language: str, address: Address, *, private: bool) -> str:
    """The question about files that came without words."""
    photos = are_photos(files)
    key = "files" if not photos else "one" if len(files) == 1 else "many"
    params = {"count": len(files), "files": counted(files, language)}
    words = text(f"talk.what_now_{key}", language, **params)
    return asking(words, language, address, private=private)


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
