"""What a store can do, and what it says when it cannot."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from core.adapter import Heard
from core.domain.conversation import NO_LOOKUP, Decision, Lookup
from core.domain.limits import (
    BOUNDLESS,
    RANKS,
    FirstDue,
    Rank,
    Room,
)
from core.domain.requests import Account, Advanced, Job
from core.messages import Address, Inbound, Outbound
from core.store.reads import Claimed, Held, Litter, Post, Remembered
from core.store.telling import Listener


class StoreBroken(Exception):
    """The database cannot be used as one of ours; it is left as it is."""


class StoreAway(StoreBroken):
    """It could not be reached, which may pass by itself."""


class LostLease(Exception):
    """Somebody else has moved this job on since it was claimed; nothing was written."""


Think = Callable[[Remembered], Decision]


class Store(Protocol):
    """Everything durable. Every method is one transaction; times are seconds since the epoch."""

    id: str
    """A short id of this database, made once; part of every nonce."""

    def listen(self, listener: Listener) -> None:
        """Who is told from now on, after each write, what has become ready by it."""
        ...

    async def take_in(
        self, inbound: Inbound, think: Think, now: float, lookup: Lookup = NO_LOOKUP
    ) -> bool:
        """Write 1: dedupe key, decision, jobs and words. False if this inbound was taken in before.

        `lookup` is what the decision needs to be reminded of: which of the earlier requests."""
        ...

    async def give_way(self) -> None:
        """Wait while many people speak at once and are answered, before requests are taken up that
        lead to much else; for a bounded time, also where the crowd has no end."""
        ...

    async def claim(self, now: float) -> Claimed | None:
        """Take up the next due job whose lock is free, counting the claim; None if there is
        none."""
        ...

    async def claim_some(self, now: float, room: Room, most: int) -> Sequence[Claimed]:
        """As `claim`, in one write so many at most as there is room for, those that are nearly done
        first (core.domain.limits.capacity)."""
        ...

    async def next_jobs(
        self, now: float, room: Room, most: int
    ) -> tuple[Sequence[Claimed], FirstDue]:
        """As `claim_some`, and of those that are left when the first of each step is due."""
        ...

    async def commit(self, advanced: Advanced, now: float) -> bool:
        """Write 2: the job after one step, with its words. Raises LostLease.

        False, and nothing written, where a photo or words came while the request was being closed:
        it closes anew."""
        ...

    async def go_on(self, advanced: Advanced, now: float) -> tuple[bool, Claimed | None]:
        """As `commit`, with its answer; and in the same write the claim of the job's next step,
        where that is due at once and nothing stands before it. Raises LostLease."""
        ...

    async def release(self, job: Job) -> None:
        """Hand a claimed job back undone and without a trace (shutdown before the step acted)."""
        ...

    async def post(self, message: Outbound, now: float, job: int | None = None) -> None:
        """Put words into the outbox on their own; not for a job that was erased meanwhile."""
        ...

    async def remind(self, now: float, silent: float, words: Callable[[Job], Outbound]) -> int:
        """Post `words` for every running job without visible news for `silent` seconds; how many
        there were."""
        ...

    async def claim_posts(
        self, now: float, platform: str, most: int, ranks: Sequence[Rank] = RANKS
    ) -> Sequence[Post]:
        """As `claim_post`, so many at once and in one write; of these ranks alone, the first of
        them before the others."""
        ...

    async def next_posts(
        self, now: float, platform: str, most: int, ranks: Sequence[Rank] = RANKS
    ) -> tuple[Sequence[Post], float | None]:
        """As `claim_posts`, and when the next of those that are left is due."""
        ...

    async def claim_post(self, now: float, platform: str = "") -> Post | None:
        """Take up the next due message, of one platform if one is named: in order for each address,
        the newest only for each slot, and no more than a few of one chat at once."""
        ...

    async def posted(
        self,
        post: Post,
        message_id: str,
        now: float,
        rest: Outbound | None = None,
        *,
        again: float = 0.0,
    ) -> None:
        """Write 3: it is out; the row goes, the id of its slot stays. `rest` is what is still to be
        said: in the same row, so that nothing comes between, and nothing of it twice. `again` is
        when the message in the slot may be edited; what comes to be owed there is not due
        before."""
        ...

    async def postpone(
        self, post: Post, due: float, *, failed: bool = False, unclear: bool = False
    ) -> None:
        """Not now: due later. `failed` counts an attempt; `unclear` remembers that it may have been
        posted."""
        ...

    async def amend(
        self, post: Post, message: Outbound, due: float, *, unclear: bool = False
    ) -> None:
        """The row holds this message in its place. `unclear` remembers that the former may have
        been posted."""
        ...

    async def hold(self, address: Address, until: float, *, everywhere: bool = False) -> None:
        """The platform asks for a pause: nothing goes to this chat, or to any of its platform,
        before that time."""
        ...

    async def drop(self, post: Post) -> None:
        """Give a message up."""
        ...

    async def forget_slot(self, post: Post) -> None:
        """The message in this slot was deleted by somebody: the next words make a new one."""
        ...

    async def move(self, old: Address, new: Address) -> None:
        """A chat has a new address: rewrite it wherever it stands."""
        ...

    async def keep(self, post: Post) -> None:
        """No way leads there: it waits for the day its user returns, in nobody's way; status edits
        for there go."""
        ...

    async def recall(self, platform: str, now: float) -> Mapping[Address, Heard]:
        """How far each chat was taken in that has open requests, or is a direct one, or was busy in
        the last day."""
        ...

    async def job(self, id: int) -> tuple[Job, Account] | None:
        """One job with its user's account."""
        ...

    async def disown(self, id: int) -> None:
        """What its link leads to is no video: the job is not listed as one any more."""
        ...

    async def job_due(self, room: Room = BOUNDLESS) -> float | None:
        """When the next job is due that can be claimed and has room; None where none waits."""
        ...

    async def post_due(self, platform: str = "", ranks: Sequence[Rank] = RANKS) -> float | None:
        """When the next message is due that can be claimed (of one platform, if named); None where
        none waits."""
        ...

    async def sweep(self, now: float) -> None:
        """Erase what has outlived its time (core.domain.privacy.KEPT)."""
        ...

    async def litter(self) -> tuple[Litter, ...]:
        """What erased users have left on disk."""
        ...

    async def cleared(self, litter: Litter) -> None:
        """Those files are gone."""
        ...

    async def held(self) -> Held:
        """Which files on disk are still of use."""
        ...

    async def sealed(self) -> tuple[str, ...]:
        """Every token at rest, for finding out whether the keys still fit."""
        ...

    async def changed_outside(self) -> bool:
        """Whether another process has written here since this was asked last: the command line can
        stop and resume what runs."""
        ...

    async def spread(self, now: float, platforms: Sequence[str]) -> bool:
        """Owe a few more of the news that an admin sends to everybody, on these platforms, and the
        report when none are left. Whether any are on their way."""
        ...

    async def touch(self, now: float) -> None:
        """Show that it can be written."""
        ...

    async def settle(self) -> None:
        """Leave no trace of erased rows in the files of the database."""
        ...

    async def close(self) -> None:
        """Finish the queued writes and close."""
        ...
