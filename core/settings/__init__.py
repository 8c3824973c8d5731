"""What the core reads from the environment: the settings by what they are about, and all of them as
one."""

from pathlib import Path

from platformdirs import user_data_path

from core.settings.capacity import Capacity
from core.settings.fields import checks, variable, variables
from core.settings.limits import Limits
from core.settings.machine import Machine
from core.settings.manner import Manner
from core.settings.reading import (
    UNLIMITED,
    FromEnvironment,
    ServiceAddress,
    Token,
    WebAddress,
    example,
    read,
)
from core.settings.service import Service
from core.settings.sharing import Sharing
from core.variables import Environment, SecretStr, WrongSetting

__all__ = [
    "UNLIMITED",
    "Capacity",
    "Environment",
    "FromEnvironment",
    "Limits",
    "Machine",
    "Manner",
    "SecretStr",
    "Service",
    "ServiceAddress",
    "Settings",
    "Sharing",
    "Token",
    "WebAddress",
    "WrongSetting",
    "checks",
    "example",
    "read",
    "variable",
    "variables",
]


class Settings(Sharing, Capacity, Limits, Manner, Service, Machine):
    """The core's variables; the pages show the last of these first."""

    @property
    def folder(self) -> Path:
        """Where the files of this process lie: beside SQLite's database, if nothing else is said.
        Raises WrongSetting."""
        if self.data_folder is not None:
            return self.data_folder.expanduser()
        if not self.shared:
            return self.database.parent
        try:
            return user_data_path("photo-to-video-bot")
        except RuntimeError:
            raise WrongSetting(
                "DATA_FOLDER cannot be used: this user has no home folder, so the files of this "
                "process need a place of their own."
                " Example: DATA_FOLDER=/var/lib/photo-to-video-bot"
            ) from None
