"""A store by statements: what SQLite and Postgres do alike, each with its own writer."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from core.adapter import Heard
from core.domain.conversation import NO_LOOKUP, Lookup
from core.domain.limits import BOUNDLESS, RANKS, FirstDue, Rank, Room, next_due
from core.domain.requests import Account, Advanced, Job, without_video
from core.messages import Address, Inbound, Outbound
from core.store.database import Database
from core.store.port import Think
from core.store.reads import Claimed, Held, Litter, Post
from core.store.statements import (
    accounts,
    intake,
    jobs,
    missed,
    operating,
    ordering,
    outbox,
    queue,
    readdressing,
    records,
    reminders,
    rows,
    sweeping,
    undelivered,
)
from core.store.statements.remains import known_job
from core.store.statements.terms import TERMS, Terms
from core.store.writer import Writer


class StatementStore:
    """All that needs no more than a writer; see core.store.Store for what each method promises."""

    def __init__(self, writer: Writer, identity: str, terms: Terms = TERMS) -> None:
        self._writer, self.id, self._terms = writer, identity, terms

    async def take_in(
        self, inbound: Inbound, think: Think, now: float, lookup: Lookup = NO_LOOKUP
    ) -> bool:
        """Write 1."""
        return await self._writer.run(
            lambda db: intake.take_in(db, inbound, think, now, lookup, self._terms.limits),
            urgent=True,
        )

    async def give_way(self) -> None:
        """By what is written."""
        await self._writer.give_way()

    async def claim(self, now: float) -> Claimed | None:
        """The next due job."""
        return next(iter(await self.claim_some(now, BOUNDLESS, 1)), None)

    async def claim_some(self, now: float, room: Room, most: int) -> Sequence[Claimed]:
        """The next due jobs."""
        found, _ = await self.next_jobs(now, room, most)
        return found

    async def next_jobs(
        self, now: float, room: Room, most: int
    ) -> tuple[Sequence[Claimed], FirstDue]:
        """The next due jobs, and when others are due."""
        return await self._writer.run(lambda db: queue.claim(db, now, room, most, self._terms))

    async def commit(self, advanced: Advanced, now: float) -> bool:
        """Write 2."""
        return await self._writer.run(lambda db: jobs.commit(db, advanced, now, self._terms))

    async def go_on(self, advanced: Advanced, now: float) -> tuple[bool, Claimed | None]:
        """Write 2, and the next claim with it."""
        return await self._writer.run(lambda db: jobs.go_on(db, advanced, now, self._terms))

    async def release(self, job: Job) -> None:
        """Hand a job back as if it had not been taken up."""
        await self._writer.run(lambda db: jobs.release(db, job))

    async def post(self, message: Outbound, now: float, job: int | None = None) -> None:
        """Owe one message."""
        await self._writer.run(lambda db: outbox.add_for(db, message, now, job))

    async def remind(self, now: float, silent: float, words: Callable[[Job], Outbound]) -> int:
        """Words for everyone who has waited too long without news."""
        piece = partial(reminders.remind, now=now, silent=silent, words=words)
        reminded = found = await self._writer.run(piece)
        while found == reminders.AT_A_TIME:
            reminded += (found := await self._writer.run(piece))
        return reminded

    async def claim_post(self, now: float, platform: str = "") -> Post | None:
        """The next due message."""
        return next(iter(await self.claim_posts(now, platform, 1)), None)

    async def claim_posts(
        self, now: float, platform: str, most: int, ranks: Sequence[Rank] = RANKS
    ) -> Sequence[Post]:
        """The next due messages."""
        found, _ = await self.next_posts(now, platform, most, ranks)
        return found

    async def next_posts(
        self, now: float, platform: str, most: int, ranks: Sequence[Rank] = RANKS
    ) -> tuple[Sequence[Post], float | None]:
        """The next due messages, and when another is due."""
        return await self._writer.run(
            lambda db: outbox.claim(db, now, platform, most, ranks), speaks=True
        )

    async def posted(
        self,
        post: Post,
        message_id: str,
        now: float,
        rest: Outbound | None = None,
        *,
        again: float = 0.0,
    ) -> None:
        """Write 3."""
        await self._writer.run(
            lambda db: outbox.posted(db, post, message_id, now, rest, again), speaks=True
        )

    async def postpone(
        self, post: Post, due: float, *, failed: bool = False, unclear: bool = False
    ) -> None:
        """Later."""
        await self._writer.run(lambda db: undelivered.postpone(db, post, due, failed, unclear))

    async def amend(
        self, post: Post, message: Outbound, due: float, *, unclear: bool = False
    ) -> None:
        """Poorer."""
        await self._writer.run(lambda db: undelivered.amend(db, post, message, due, unclear))

    async def hold(self, address: Address, until: float, *, everywhere: bool = False) -> None:
        """A pause."""
        await self._writer.run(lambda db: ordering.hold(db, address, until, everywhere=everywhere))

    async def drop(self, post: Post) -> None:
        """Give a message up."""
        await self._writer.run(lambda db: undelivered.give_up(db, post))

    async def forget_slot(self, post: Post) -> None:
        """The message of this slot is gone."""

        def work(db: Database) -> None:
            sql = f"DELETE FROM posted WHERE {ordering.SAME_PLACE} AND slot = ?"  # noqa: S608
            db.execute(sql, (*rows.where(post.message.address), post.message.slot))

        await self._writer.run(work)

    async def move(self, old: Address, new: Address) -> None:
        """The chat lives on elsewhere."""
        await self._writer.run(lambda db: readdressing.move(db, old, new))

    async def keep(self, post: Post) -> None:
        """Words to which no way leads."""
        await self._writer.run(lambda db: undelivered.keep(db, post))

    async def recall(self, platform: str, now: float) -> Mapping[Address, Heard]:
        """Where something may have been missed."""
        heard: dict[Address, Heard] = {}
        place: missed.Place | None = missed.START
        while place is not None:
            look = partial(missed.recall, platform=platform, now=now, after=place)
            found, place = await self._writer.run(look)
            heard |= found
        newest = sorted(heard.items(), key=lambda each: each[1].at, reverse=True)
        return dict(newest)

    async def job(self, id: int) -> tuple[Job, Account] | None:
        """One job with its account."""

        def work(db: Database) -> tuple[Job, Account] | None:
            row = rows.one(db, "SELECT * FROM jobs WHERE id = ?", id)
            if row is None:
                return None
            return known_job(db, row), accounts.account(db, row["platform"], row["user"])

        return await self._writer.run(work)

    async def disown(self, id: int) -> None:
        """The link leads to no video."""
        await self._writer.run(lambda db: rows.rewrite(db, id, without_video))

    async def job_due(self, room: Room = BOUNDLESS) -> float | None:
        """When to look again for a job."""
        return next_due(await self._writer.run(queue.waiting), room)

    async def post_due(self, platform: str = "", ranks: Sequence[Rank] = RANKS) -> float | None:
        """When to look again for a message."""
        return await self._writer.run(lambda db: outbox.due(db, platform, ranks))

    async def sweep(self, now: float) -> None:
        """Erase what has outlived its time."""
        for kind in sweeping.KINDS:
            piece = partial(sweeping.piece, kind=kind, now=now)
            while await self._writer.run(piece) == sweeping.PIECE:
                pass
        place: records.Place | None = records.START
        while place is not None:
            place = await self._writer.run(partial(sweeping.age, now=now, after=place))

    async def litter(self) -> tuple[Litter, ...]:
        """What erased users have left on disk."""
        return await self._writer.run(records.litter)

    async def cleared(self, litter: Litter) -> None:
        """Those files are gone."""
        await self._writer.run(lambda db: records.cleared(db, litter))

    async def held(self) -> Held:
        """Which files are still of use."""
        jobs: set[int] = set()
        refs: set[str] = set()
        id: int | None = 0
        while id is not None:
            found, id = await self._writer.run(partial(records.held, after=id))
            jobs |= found.jobs
            refs |= found.refs
        place: records.Place | None = records.START
        while place is not None:
            found, place = await self._writer.run(partial(records.kept, after=place))
            refs |= found.refs
        return Held(frozenset(jobs), frozenset(refs))

    async def sealed(self) -> tuple[str, ...]:
        """Every token at rest."""
        tokens: list[str] = []
        person: records.Person | None = ("", "")
        while person is not None:
            found, person = await self._writer.run(partial(records.sealed, after=person))
            tokens += found
        return tuple(tokens)

    async def spread(self, now: float, platforms: Sequence[str]) -> bool:
        """A few more of the news on their way, of which there are mostly none."""

        def work(db: Database) -> bool:
            sending = rows.one(db, *operating.SENDING)
            if sending is not None:
                operating.spread(db, sending, now, platforms)
            return sending is not None

        return await self._writer.run(work)

    async def touch(self, now: float) -> None:
        """A write of no use but to show that there can be one."""
        await self._writer.run(lambda db: rows.keep_value(db, "touched", str(now)))
