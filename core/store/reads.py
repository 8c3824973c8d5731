"""What is read from the store in order to act on it: what is known when a message comes in, a job
that is taken up, a message that is owed, and files on disk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

from core.domain.conversation import Chat
from core.domain.limits import Charged, Space, Spending, Spent
from core.domain.operating import UNASKED, Overview, Pause
from core.domain.reels import Reel
from core.domain.requests import Account, Job
from core.domain.versions import Versions
from core.messages import Outbound


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the store knows when a message comes in: the input of a decision.

    `versions` are those of the project that the message is about, where `lookup` asks for them, and
    `histories` those of the `past` by their sessions. `waiting` is how many requests of this user
    are open anywhere on the platform, `owed` how many messages to them have not been posted yet.
    `reel` is the group reel that the message is about; `overview` is how the whole bot stands, and
    `charged` what has been spent of the operator's credits, where `lookup` asks for it."""

    chat: Chat
    open: tuple[Job, ...] = ()
    named: Job | None = None
    answered: Job | None = None
    past: tuple[Job, ...] = ()
    space: Space = Space()
    spent: Spent = Spent()
    waiting: int = 0
    owed: int = 0
    versions: Versions = Versions()
    histories: Mapping[str, Versions] = field(default_factory=dict)
    reel: Reel | None = None
    pause: Pause | None = None
    banned: bool = False
    overview: Overview = UNASKED
    charged: Charged = Charged()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job taken up for one step (`claims` is already one higher), with all that the step may look
    at.

    `grants` are the times at which free tokens were handed to us in the last seven days, oldest
    first; `closed_until` is the end of a quota refusal (D3). `space` and `spent` are known where a
    pile is closed, `spending` where the balance is asked for. `usual` is how long such a request
    took in the median (seconds, 0 unknown), where that is told, and `price` what it cost (credits,
    0 unknown), where it is asked for; `change` is what a change cost, where a result is told.
    `versions` are those of its project, and `draft` is that of the version which the step is about,
    "" where the service itself has it. `making`: the video of this group reel is under way.
    `charged` is what has been spent of the operator's credits, where the step asks for it."""

    job: Job
    chat: Chat
    account: Account
    grants: tuple[float, ...] = ()
    closed_until: float = 0.0
    usual: float = 0.0
    price: float = 0.0
    change: float = 0.0
    space: Space = Space()
    spent: Spent = Spent()
    spending: Spending = Spending()
    versions: Versions = Versions()
    draft: str = ""
    making: bool = False
    charged: Charged = Charged()


@dataclass(frozen=True, slots=True)
class Post:
    """One row of the outbox, claimed. `edit` is the platform's id of the message in its slot, None
    for a new one.

    `claims` above 1 says that an earlier try was cut off: it may have been posted. `last_text` is
    what stands there. `created` is when it came to be owed (seconds since the epoch)."""

    id: int
    message: Outbound
    job: int | None
    claims: int
    attempts: int
    edit: str | None = None
    edited: float = 0.0
    last_text: str = ""
    created: float = inf


@dataclass(frozen=True, slots=True)
class Litter:
    """Files that an erased user has left on disk: the copies of these jobs, and what these
    references name. `user` is who was erased, and `at` when, for a platform that keeps chats by
    itself; empty where nobody was."""

    id: str
    platform: str
    jobs: tuple[int, ...]
    refs: tuple[str, ...]
    user: str = ""
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Held:
    """Open jobs and the references of files that are still of use; what nobody names any more may
    go."""

    jobs: frozenset[int]
    refs: frozenset[str]
