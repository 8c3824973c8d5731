"""What goes out: one message to post, for whom it is and what it is about."""

from dataclasses import dataclass, replace

from core.messages.content import (
    RINGING,
    Announcement,
    Button,
    Card,
    Document,
    Gallery,
    Single,
    Span,
    Status,
    Toast,
    Video,
    Words,
)
from core.messages.terms import Address, Command, Ticket

Media = Video | Document | Gallery
Manner = Single | Announcement | Status | Toast


@dataclass(frozen=True, slots=True)
class Recipient:
    """For whom a message is, and on which way it goes there.

    `ticket` is a way of answering that dies. `reply_to` is the id of the user's message.
    `discreet` is for the owner's eyes only, where the platform can do that (Discord: ephemeral).
    `language` is that of the words, for the few that an adapter adds."""

    address: Address
    user: str = ""
    language: str = "en"
    ticket: Ticket | None = None
    reply_to: str = ""
    discreet: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """The stored job that words are about; `last` says that they are the last about it (a status
    that only points to where the result is to be read is not).

    `receipt` is what the job's status says once such last words are posted, what it has cost;
    where it is empty the status is taken away."""

    job: int
    last: bool = False
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to post: for whom, the words, the file that goes with them, and in what
    manner."""

    to: Recipient
    words: Words
    media: Media | None = None
    manner: Manner = RINGING
    about: Subject | None = None

    @property
    def text(self) -> str:
        """What is to be read."""
        return self.words.text

    @property
    def buttons(self) -> tuple[tuple[Button, ...], ...]:
        """What can be pressed under it."""
        return self.words.buttons

    @property
    def spans(self) -> tuple[Span, ...]:
        """What is set apart in the text."""
        return self.words.spans

    @property
    def video(self) -> Video | None:
        """The clip, where there is one."""
        return self.media if isinstance(self.media, Video) else None

    @property
    def gallery(self) -> Gallery | None:
        """The picture of several presets, where there is one."""
        return self.media if isinstance(self.media, Gallery) else None

    @property
    def document(self) -> str:
        """The text of the JSON file, empty where there is none."""
        return self.media.text if isinstance(self.media, Document) else ""

    @property
    def address(self) -> Address:
        """Where it goes."""
        return self.to.address

    @property
    def user(self) -> str:
        """Whom it is for."""
        return self.to.user

    @property
    def language(self) -> str:
        """That of the words."""
        return self.to.language

    @property
    def ticket(self) -> Ticket | None:
        """The way to answer, where there is one."""
        return self.to.ticket

    @property
    def reply_to(self) -> str:
        """The id of the user's message, empty where it refers to none."""
        return self.to.reply_to

    @property
    def discreet(self) -> bool:
        """Whether nobody else may read it."""
        return self.to.discreet

    @property
    def toast(self) -> bool:
        """Whether it appears and goes."""
        return isinstance(self.manner, Toast)

    @property
    def news(self) -> str:
        """Which announcement it is of, empty where it is of none."""
        return self.manner.key if isinstance(self.manner, Announcement) else ""

    @property
    def slot(self) -> str:
        """Which status it is, empty where it is none."""
        return self.manner.slot if isinstance(self.manner, Status) else ""

    @property
    def silent(self) -> bool:
        """Whether it comes without a ring."""
        return not isinstance(self.manner, Toast) and self.manner.silent

    @property
    def working(self) -> bool:
        """Whether the bot is busy meanwhile."""
        return isinstance(self.manner, Status) and self.manner.working

    @property
    def over(self) -> bool:
        """Whether it is a status that is to be taken away."""
        return isinstance(self.manner, Status) and self.manner.over

    @property
    def hurries(self) -> bool:
        """Whether it waits for no pause between edits."""
        return self.prompt or self.over

    @property
    def prompt(self) -> bool:
        """Whether it is a status that somebody has just pressed something in."""
        return isinstance(self.manner, Status) and self.manner.prompt

    @property
    def card(self) -> Card | None:
        """What a status tells, in parts."""
        return self.manner.card if isinstance(self.manner, Status) else None

    @property
    def asks(self) -> bool:
        """Whether somebody is to answer it by a button: who never sees it would wait for ever."""
        commands = {button.command for row in self.buttons for button in row}
        return bool(commands - {Command.CANCEL})

    @property
    def job(self) -> int | None:
        """The job that it is about, where there is one."""
        return self.about.job if self.about else None

    @property
    def last(self) -> bool:
        """Whether no more words follow about that job."""
        return self.about is not None and self.about.last

    def saying(self, text: str, spans: tuple[Span, ...] = ()) -> "Outbound":
        """The same with another text over the same buttons."""
        return replace(self, words=replace(self.words, text=text, spans=spans))

    def offering(self, *buttons: tuple[Button, ...]) -> "Outbound":
        """The same with these rows of buttons under the same text."""
        return replace(self, words=replace(self.words, buttons=buttons))

    def without_card(self) -> "Outbound":
        """The same in words alone."""
        plain = replace(self.manner, card=None) if isinstance(self.manner, Status) else self.manner
        return replace(self, manner=plain)


def shown(message: Outbound) -> str:
    """What a reader sees of a message, for telling whether an edit would change anything."""
    labels = "|".join(button.label for row in message.buttons for button in row)
    return f"{message.text}\n{labels}" if labels else message.text
