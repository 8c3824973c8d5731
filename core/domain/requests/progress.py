"""What a request has learnt so far: one record a phase, each written by the steps that it names and
read by those after them. Plain text on disk: no token, ever."""

from dataclasses import dataclass, replace
from enum import StrEnum

from core.domain.requests.plans import Copy, Step, Wish
from core.domain.versions import Move, Shown
from core.messages import Attachment


class Payer(StrEnum):
    """Whose token a request uses; it never changes within a request (D5)."""

    OWN = "own"
    ANONYMOUS = "anonymous"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Session:
    """The backend's session that a request works in, with its task and what binds it to a free
    account."""

    id: str
    task: str = ""
    bind: str = ""


@dataclass(frozen=True, slots=True)
class Connection:
    """Who pays, and in which session. Written by CONNECT; what fails later begins anew from
    here."""

    payer: Payer | None = None
    session: Session | None = None
    fresh: bool = False
    """The session is to be one of its own, not that of the project at hand: said by GATHER."""
    announced: bool = False
    """The user was told that its turn has come."""
    renewed: bool = False
    """A token was replaced already, which is done once."""
    restarted: bool = False
    """A session was replaced already, which is done once."""
    lost: bool = False
    """The project at hand was gone, so that this is another one: the result says so."""
    resume: Step | None = None
    """The step to return to with a new token."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file as it will be uploaded: our own name, its type and bytes; the local copy may be gone
    after a restart."""

    name: str
    mime: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Upload:
    """The files on their way. `parts` is written by BRING, the rest by UPLOAD."""

    parts: tuple[Part, ...] = ()
    """The copies brought so far, in the order of the files."""
    sources: tuple[int, ...] = ()
    """Of a group reel which photo each copy is of: somebody may take theirs out meanwhile."""
    done: bool = False
    tries: int = 0
    unconfirmed: bool = False
    """The last try may or may not have arrived: look before sending again."""


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs. Written by PRICE, and by CHECK after the turn; `confirmed` by the user's
    yes, and `looked` by UPLOAD."""

    looked: bool = False
    """The balance was asked for during the upload: PRICE need not ask once more."""
    asked: bool = False
    confirmed: bool = False
    balance: int | None = None
    """Credits at the last look, None where it could not be had."""
    spent: int | None = None
    """Credits that the turn has cost."""
    seen: float = 0.0
    """When the balance was looked at before the turn, seconds since the epoch."""

    @property
    def unanswered(self) -> bool:
        """Whether the user has yet to say yes to it."""
        return self.asked and not self.confirmed

    def after(self, available: int | None, usual: int | None = None) -> "Price":
        """The same when this is left after the turn, None where it cannot be had. Where others have
        paid from the same balance meanwhile, it has cost what is `usual`, and no more."""
        if self.balance is None or available is None:
            return self
        less = max(0, self.balance - available)
        spent = less if usual is None else min(less, usual)
        return replace(self, spent=spent, balance=available)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The project before the paid request. Written by SNAPSHOT, on disk before GENERATE asks."""

    fingerprint: str
    draft: str = ""
    """JSON text as it came."""
    exportable: bool | None = None
    """Whether that held anything to export; None in a request of an earlier version."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the backend answered. Written by GENERATE, or by recovery where the answer broke off."""

    words: str = ""
    """Without its button talk."""
    raw: str = ""
    """The beginning as it came."""
    actions: tuple[str, ...] = ()
    """What it told the user to click."""
    asking: bool = False
    """A question of its own form is among it."""
    options: tuple[str, ...] = ()
    """The answers that a question names."""

    @property
    def asks(self) -> bool:
        """Whether an answer to it is waited for, as far as its words tell."""
        return (
            self.asking or bool(self.options) or self.words.rstrip(" \n*_`").endswith(("?", "？"))
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """What came of the turn, in words. Written by CHECK."""

    summary: str = ""
    """One a line; of a first timeline what it is, in one line."""
    timeline: str = ""
    unrequested: tuple[str, ...] = ()
    """Kinds of tracks that the backend added unasked."""


@dataclass(frozen=True, slots=True)
class TurnProgress:
    """The paid request. `snapshot`, `reply` and `changes` say by whom they are written, the flags
    are GENERATE's, or recovery's."""

    snapshot: Snapshot | None = None
    reply: Reply = Reply()
    changes: Changes = Changes()
    base: int = 0
    """The number of the version that it builds on, 0 for none. Written by SNAPSHOT."""
    polls: int = 0
    """Looks at the state by the step that is at it, SNAPSHOT or CHECK."""
    cut: bool = False
    """The connection was lost: only the state tells what was done."""
    failed: bool = False
    """The backend itself says that it went wrong."""
    out_of_credits: bool = False


@dataclass(frozen=True, slots=True)
class Render:
    """One render under a name of ours. Written by NAME, on disk before RENDER starts it; the counts
    by RENDER and POLL."""

    id: str
    number: int = 1
    """1 for the first, one more for each under a new name."""
    starts: int = 0
    """Starts that never arrived."""
    unconfirmed: bool = False
    """The last start may or may not have arrived: look before starting again."""
    polls: int = 0
    """Answers so far that say neither how far it is nor where the file is."""
    waited: float = 0.0
    """Seconds so far."""
    began: float = 0.0
    """When it was started, seconds since the epoch; 0 in a request of an earlier version."""


@dataclass(frozen=True, slots=True)
class Export:
    """From a draft to a link. Written by NAME; `url` by POLL and LINK, and `draft` by CHECK, which
    has just seen it."""

    draft: str = ""
    """What is rendered: JSON text as it came."""
    pinned: bool = False
    """It is an earlier version, to be exported as it is: said by the command that began it."""
    move: Move | None = None
    """Which version that is, until RESTORE has found it."""
    shown: Shown | None = None
    """The version that the result shows. Written by RESTORE, CHECK or NAME; None where none is
    known."""
    timeline: str = ""
    """The same in words."""
    outline: str = ""
    """The same in one line, where no turn has told what is new."""
    photos: tuple[Attachment, ...] = ()
    """The first photos that it is made of, for a picture of it where no film comes of it."""
    render: Render | None = None
    url: str = ""
    """The finished video, an MP4 of ours; empty where there is none, or its link does not work."""
    registration: str | None = None
    """The page to register on while the backend exports nothing for this user; by recovery."""


@dataclass(frozen=True, slots=True)
class Progress:
    """All that a request has learnt, phase by phase."""

    wish: Wish = Wish()
    connection: Connection = Connection()
    upload: Upload = Upload()
    price: Price = Price()
    turn: TurnProgress = TurnProgress()
    export: Export = Export()
    copy: Copy | None = None

    @property
    def payer(self) -> Payer:
        """Who pays for a step after CONNECT."""
        assert self.connection.payer is not None, "CONNECT has chosen one"
        return self.connection.payer

    @property
    def session(self) -> Session:
        """The session of a step after CONNECT."""
        assert self.connection.session is not None, "CONNECT has found one"
        return self.connection.session

    def without_session(self) -> "Progress":
        """The same before there was a session: the files go into the next one."""
        connection = replace(self.connection, session=None)
        return replace(
            self, connection=connection, upload=replace(self.upload, done=False, unconfirmed=False)
        )

    def works_in(self, session: str) -> bool:
        """Whether it is about the project of this session."""
        return self.connection.session is not None and self.connection.session.id == session

    @property
    def worked_in(self) -> str:
        """Its session, "" while there is none."""
        return self.connection.session.id if self.connection.session else ""

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot of a step after SNAPSHOT."""
        assert self.turn.snapshot is not None, "SNAPSHOT has taken it"
        return self.turn.snapshot

    @property
    def render(self) -> Render:
        """The render of a step after NAME."""
        assert self.export.render is not None, "NAME has written it down"
        return self.export.render
