"""What a message can mean, whatever lies before it: a small union of types."""

from dataclasses import dataclass
from enum import StrEnum


class CommandKind(StrEnum):
    """What is done free of charge; the values are those of core.messages.Command where it has
    them."""

    EXPORT = "export"
    CREDITS = "credits"
    STATUS = "status"
    UNDO = "undo"
    REDO = "redo"
    CANCEL = "cancel"
    NEW = "new"
    HELP = "help"
    HISTORY = "history"
    LANGUAGE = "language"
    ELSEWHERE = "elsewhere"


class Topic(StrEnum):
    """What a question or a remark is about; each has an answer of our own in the catalogues."""

    PRICE = "price"
    ACCOUNT = "account"
    LIMITS = "limits"
    FORMATS = "formats"
    PRIVACY = "privacy"
    LANGUAGES = "languages"
    GROUPS = "groups"
    HOWTO_MUSIC = "howto_music"
    HOWTO_TITLE = "howto_title"
    HOWTO_SHAPE = "howto_shape"
    HOWTO_LENGTH = "howto_length"
    HOWTO_ORDER = "howto_order"
    HOWTO_SEND = "howto_send"
    TIME = "time"
    WAITING = "waiting"
    """They wait, will send more, or have sent everything."""
    MISTAKE = "mistake"
    """The wrong picture was sent."""
    COMPLAINT = "complaint"
    """Disappointment that names no remedy."""
    THANKS = "thanks"
    PRAISE = "praise"
    GREETING = "greeting"
    BYE = "bye"
    SMALLTALK = "smalltalk"
    WHO = "who"
    SCOPE = "scope"
    """What cannot be done here: mail, posting elsewhere, the weather."""


class WishKind(StrEnum):
    """How a wish for a video, or for a change of one, is put."""

    MAKE = "make"
    """A video is described: "make the waves move", "birthday video with balloons"."""
    BARE = "bare"
    """A video, without a word about it: "make a video"."""
    EDIT = "edit"
    """A change that speaks of a video there is: "put the title at the bottom instead"."""
    SHORT = "short"
    """A short complete order that fits a new video and a change: "10 sec", "vertical"."""
    SEVERAL = "several"
    """Needs more than one photo: "swap photos 2 and 3"."""
    REMEDY = "remedy"
    """A complaint that names its remedy: "the music is too loud"."""
    TITLE = "title"
    """A greeting that may be meant as a title: "happy birthday mom"."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something free that is done at once."""

    kind: CommandKind
    of_video: bool = False
    """The words speak of a video, so that under a photo they may wish for one, or name it: "new
    video"."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, or a remark, that is answered here and free of charge."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class Wish:
    """A video, or a change of one. Only a clear one may be paid for without asking back."""

    kind: WishKind
    clear: bool = True
    anew: bool = False
    """It says that a new video is wanted beside the one there is: "another video of …"."""
    each: bool = False
    """Every photo is to become a video of its own."""


@dataclass(frozen=True, slots=True)
class Again:
    """The same once more; `change` holds the words that say what is to be different, empty for
    nothing."""

    change: str = ""
    clear: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options that were offered, counted from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class GoAhead:
    """Yes. `free_hand` says more than that: do it now, as you think best ("just do it", "surprise
    me")."""

    free_hand: bool = False


@dataclass(frozen=True, slots=True)
class Decline:
    """No."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing that could be told with confidence; it is asked back, never paid for."""


Meaning = Command | Question | Wish | Again | Choice | GoAhead | Decline | Unclear

MEANINGS: dict[str, Meaning] = {
    "wish.make": Wish(WishKind.MAKE),
    "wish.bare": Wish(WishKind.BARE),
    "wish.edit": Wish(WishKind.EDIT),
    "wish.short": Wish(WishKind.SHORT),
    "wish.multi": Wish(WishKind.SEVERAL),
    "wish.again": Again(),
    "wish.again_change": Again("…"),
    "remedy": Wish(WishKind.REMEDY),
    "title_like": Wish(WishKind.TITLE),
    "go": GoAhead(),
    "decline": Decline(),
    "unclear": Unclear(),
    "choice": Choice(1),
    # copies are asked for in words that are read by table alone: there is no label for them
    **{
        f"command.{kind}": Command(kind)
        for kind in CommandKind
        if kind is not CommandKind.ELSEWHERE
    },
    **{f"answer.{topic}": Question(topic) for topic in Topic},
}
"""The labels that sentences are sorted by when the reading is trained, and the meaning of each."""
