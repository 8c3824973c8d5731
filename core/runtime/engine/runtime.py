"""What the engine is made of, put together once by the composition root."""

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.adapter import Adapter
from core.domain.accounts import identified
from core.domain.requests import Account, Job
from core.media.workshop import Workshop
from core.nemo.backend import Backend
from core.nemo.client import NemoClient
from core.nemo.wire import Attribution
from core.ops.meter import Meter
from core.runtime.engine.places import Places
from core.runtime.engine.shelf import Shelf
from core.runtime.steps.context import Wallet
from core.settings import Settings
from core.skills import Skill
from core.skills.presets import Presets
from core.store import Store
from core.store.sharing import Shared
from core.vault import Vault

SURE_SECONDS = 0.1


async def sure(shared: Shared) -> None:
    """Returns as soon as `is_sure` says so; a process that is taken for dead is ended meanwhile."""
    while not shared.is_sure():  # noqa: ASYNC110 (it is a matter of time)
        await asyncio.sleep(SURE_SECONDS)


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
    identifier: Callable[[], str]
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
        account = identified(account, job.address, self.settings.nemo_client_id)
        return Wallet(account, self.vault, self.settings.nemo_token)

    def backend(self, job: Job, account: Account) -> Backend:
        """The backend with the token of whoever pays for this job (D5). Raises WrongKey."""
        token = self.wallet(job, account).token(job.progress.connection.payer)
        return self.anybody(job).with_token(token)
