"""What more a store does that several processes share: who lives, who leads, who has what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from core.store.port import Store
from core.store.reads import Claimed


class Buried(Exception):
    """This process has been silent for longer than its lease: others have taken over what it had.
    It writes nothing any more, and ends."""


class Shared(Store, Protocol):
    """A store that several processes share. `worker` is the number of this one."""

    worker: int

    async def live(self) -> None:
        """Say again and again that this process lives, bury the dead, and tell who listens what is
        ready, whoever has written it, until cancelled. Raises Buried."""
        ...

    def is_sure(self) -> bool:
        """Whether nobody can have taken this process for dead yet: asked before each act that
        cannot be undone."""
        ...

    async def lead(self, name: str, of: int = 1) -> bool:
        """Whether this process leads there from now on: where nobody does, or it already. `of` so
        many names that are alike up to a slash, each who asks has a fair share, and gives up what
        is more."""
        ...

    async def resign(self, name: str) -> None:
        """Let another lead there at once."""
        ...

    async def let_go(self, platform: str) -> None:
        """Leave to others what this process has begun to hand out there and has not ended; it may
        be out already."""
        ...

    async def claim_this(self, id: int, now: float) -> Claimed | float | None:
        """Take this job up; when it is due, if that is later: then it will be looked at again;
        None where it cannot be claimed (over, under way, or behind another: who ends that
        tells)."""
        ...

    async def mark(self, renewed: Callable[[str], str]) -> None:
        """Keep something that all of them agree about: `renewed` gets what is kept, empty for
        nothing, and gives what is kept from now on. Raises what that raises."""
        ...

    async def look_again(self, id: int, seconds: float) -> None:
        """Have this job looked at when it is due, by anybody, but not within so many seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Worker:
    """One process: what it does, where, how many seconds ago it last gave a sign of life, and which
    places of a leader it holds."""

    role: str
    host: str
    age: float
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedCondition:
    """`schema` is the number of the last migration that the database has seen (0: none), `newest`
    the last that this version knows; `skew` says by how many seconds this machine's clock is
    ahead. `sealed` are the sealed tokens, `open_jobs` counts the requests that are under way;
    `paused`: the operator lets nothing begin; `moved_to`: where all of it is by now; `writable`: it
    can be written, which a copy beside the server that others write cannot."""

    version: int
    schema: int
    newest: int
    skew: float
    workers: tuple[Worker, ...] = ()
    sealed: tuple[str, ...] = ()
    open_jobs: int = 0
    paused: bool = False
    moved_to: str | None = None
    writable: bool = True
