"""What the engine is made of, put together once by the composition root."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.adapter import Adapter
from core.domain.admission import Rules
from core.domain.conversation import Terms
from core.domain.policy import Confirm
from core.media.workshop import Workshop
from core.nemo.client import NemoClient
from core.settings import Settings
from core.skills import MB, Skill
from core.store import Store
from core.vault import Vault


@dataclass(frozen=True, slots=True)
class Runtime:
    """`folder` holds the local copies and spools beside the database; `clock` gives seconds since
    the epoch.

    `luck` gives random numbers from 0 to 1, for the pauses between tries.
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

    @property
    def work(self) -> Path:
        """Local copies of files on their way to the backend, or of videos on their way to a
        chat."""
        return self.folder / "work"


def rules_of(settings: Settings) -> Rules:
    """What the operator has set about who may ask for how much."""
    return Rules(
        settings.allowed_users,
        settings.allowed_groups,
        settings.admins,
        settings.daily_per_user,
        settings.daily_per_group,
        settings.hourly_per_user,
        settings.hourly_per_group,
        settings.files_per_request,
        settings.mb_per_request * MB,
    )


def terms_of(settings: Settings) -> Terms:
    """What the operator has set about answers."""
    return Terms(Confirm(settings.nemo_confirm), settings.files_per_request, settings.nemo_web_url)
