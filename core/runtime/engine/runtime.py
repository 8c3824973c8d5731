"""What the engine is made of, put together once by the composition root; and the places of this
process: how much of what is scarce is under way."""

import asyncio
import random
import shutil
from collections import Counter, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from core.adapter import Adapter
from core.domain.limits import Capacity, Lowered, Room, Scarce, lowered, within_handles
from core.domain.requests import Account, Job
from core.domain.tokens import with_local_client
from core.nemo.client import Backend, NemoClient
from core.nemo.wire import Attribution
from core.ops.meter import Meter
from core.runtime.engine.shelf import Shelf
from core.runtime.steps import Wallet
from core.settings import Settings
from core.skills import Presets, Skill
from core.store import Shared, Store
from core.vault import Vault
from core.workshop import Workshop

SURE_SECONDS = 0.1


async def sure(shared: Shared) -> None:
    """Returns as soon as `is_sure` says so; a process that is taken for dead is ended meanwhile."""
    while not shared.is_sure():  # noqa: ASYNC110 (it is a matter of time)
        await asyncio.sleep(SURE_SECONDS)


def unguessable() -> str:
    """A fresh name that nobody else comes upon."""
    return uuid4().hex


LOOK_SECONDS = 1.0
"""Room also comes with time (429), which calls nobody."""
UNBOUNDED = Capacity(turns=10_000, uploads=32, deliveries=8)


@dataclass(slots=True)
class Places:
    """In memory, for a new process has nothing under way. `wanted` is what the operator allows;
    `handles` tells how many open files and connections the process may have at present, 0 where
    nobody knows. `freed` is called for each place that is left."""

    wanted: Capacity = UNBOUNDED
    handles: Callable[[], int] = lambda: 0
    freed: Callable[[Scarce], None] = lambda _: None
    _taken: Counter[Scarce] = field(default_factory=Counter)
    _waiting: dict[Scarce, deque[asyncio.Event]] = field(
        default_factory=lambda: {what: deque() for what in Scarce}
    )
    _lowered: Lowered | None = None

    @property
    def capacity(self) -> Capacity:
        """What this machine allows of it."""
        return within_handles(self.handles(), self.wanted)

    def steps(self) -> int:
        """Steps of all sorts that may be under way."""
        return self.capacity.steps

    def words(self) -> int:
        """Messages without a file that may be on their way to one platform."""
        return self.capacity.words

    def deliveries(self) -> int:
        """The same of those with one."""
        return self.capacity.deliveries

    def room(self, now: float) -> Room:
        """How many more steps of each sort may be taken up."""
        capacity = self.capacity
        most = {what: capacity.most(what) for what in Scarce}
        if self._lowered is not None:
            allowed = self._lowered.allows(now)
            if allowed >= most[Scarce.TURN]:
                self._lowered = None
            else:
                most[Scarce.TURN] = int(allowed)
        return {what: max(most[what] - self._taken[what], 0) for what in Scarce}

    def take(self, what: Scarce) -> None:
        """One more is under way."""
        self._taken[what] += 1

    def leave(self, what: Scarce) -> None:
        """It is over, well or not."""
        self._taken[what] -= 1
        if self._waiting[what]:
            self._waiting[what][0].set()
        self.freed(what)

    async def wait(self, what: Scarce, clock: Callable[[], float], seconds: float) -> bool:
        """Take a place as soon as there is one, in the order of asking. False where there was none
        for so long."""
        mine, until = asyncio.Event(), clock() + seconds
        self._waiting[what].append(mine)
        try:
            while self._waiting[what][0] is not mine or not self.room(clock())[what]:
                if clock() >= until:
                    return False
                mine.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(min(until - clock(), LOOK_SECONDS)):
                        await mine.wait()
            self.take(what)
            return True
        finally:
            self._waiting[what].remove(mine)
            if self._waiting[what]:
                self._waiting[what][0].set()

    def refused(self, now: float) -> bool:
        """The service takes no further turn (429). Whether others of ours are under way: then it is
        a matter of how many."""
        others = self._taken[Scarce.TURN] - 1
        self._lowered = lowered(others, now)
        return others > 0


@dataclass(frozen=True, slots=True)
class Runtime:
    """`folder` holds the local copies and spools beside the database; `clock` gives seconds since
    the epoch.

    `luck` gives random numbers from 0 to 1, for the pauses between tries. `shared` is the store
    once more, where other processes have it too.
    """

    store: Store
    nemo: NemoClient
    vault: Vault
    settings: Settings
    skills: Mapping[str, Skill]
    skill_platform: str
    adapters: Mapping[str, Adapter]
    folder: Path
    clock: Callable[[], float]
    identifier: Callable[[], str] = unguessable
    luck: Callable[[], float] = random.random
    workshop: Workshop = field(default_factory=Workshop)
    presets: Presets = ()
    meter: Meter = field(default_factory=Meter)
    places: Places = field(default_factory=Places)
    shared: Shared | None = None
    shelf: Shelf | None = None

    async def sure(self) -> None:
        """Wait until nobody can have taken this process for dead: before each act that cannot be
        undone."""
        if self.shared is not None:
            await sure(self.shared)

    @property
    def work(self) -> Path:
        """Local copies of files on their way to the backend, or of videos on their way to a
        chat."""
        return self.folder / "work"

    def skill_of(self, job: Job) -> Skill:
        """The profile of a job; the usual one where its own is gone."""
        return self.skills.get(job.skill) or self.skills[self.settings.nemo_skill]

    def anybody(self, job: Job) -> Backend:
        """The backend as a job asks it, with nobody's token yet."""
        skill = self.skill_of(job)
        return Backend(self.nemo, Attribution(skill.slug, skill.version, self.skill_platform))

    def wallet(self, job: Job, account: Account) -> Wallet:
        """What can pay for a job of this account."""
        account = with_local_client(account, job.address, self.settings.nemo_client_id)
        return Wallet(account, self.vault, self.settings.nemo_token)

    def backend(self, job: Job, account: Account) -> Backend:
        """The backend with the token of whoever pays for this job (D5). Raises WrongKey."""
        token = self.wallet(job, account).token(job.progress.connection.payer)
        return self.anybody(job).with_token(token)


def delete_copies(runtime: Runtime, job: int, keep: frozenset[str] = frozenset()) -> None:
    """Delete the local copies of an ended job, but for those named in `keep`. What an adapter has
    saved for it stays a day: it may be run again."""
    with suppress(OSError):  # no handle is left to look with: the next sweep finds them
        for copy in runtime.work.glob(f"{job}-*"):
            if copy.name not in keep:
                delete(copy)


def delete(path: Path) -> None:
    """As far as it goes: what cannot be deleted now is found by the next sweep."""
    if path.is_dir():  # left by a process that was killed while it fetched
        shutil.rmtree(path, ignore_errors=True)
        return
    with suppress(OSError):
        path.unlink()
