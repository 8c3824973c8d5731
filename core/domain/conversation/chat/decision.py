"""What a decision amounts to, for one transaction."""

from dataclasses import dataclass, replace

from core.domain.admission import Space
from core.domain.conversation.chat.memory import Chat
from core.domain.gathering import Bundle
from core.domain.operating import Operation
from core.domain.reels import Reeled
from core.domain.requests import (
    Job,
    Notice,
    Step,
)
from core.messages import (
    Document,
    Outbound,
)


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
    is kept to the words; `space` is what an admin has set for the group, `reel` what is new about a
    group reel, `operate` what is done to the whole bot, `refused` the reason if nothing was
    done."""

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
    reel: Reeled | None = None
    operate: Operation | None = None
    refused: str = ""

    def owed(self, copy: str) -> tuple[Outbound, ...]:
        """The words, with the copy of what is kept (empty: none was asked for): what a group is
        told besides carries nothing of it."""
        return tuple(
            replace(post, media=Document(copy)) if copy and post.discreet else post
            for post in self.posts
        )
