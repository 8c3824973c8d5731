"""What the core reads from the environment: the settings by what they are about, and all of them as
one."""

from core.settings.capacity import Capacity
from core.settings.limits import Limits
from core.settings.machine import Machine
from core.settings.manner import Manner
from core.settings.reading import (
    FromEnvironment,
    ServiceAddress,
    Token,
    WebAddress,
    example,
    read,
)
from core.settings.service import Service
from core.variables import Environment, WrongSetting

__all__ = [
    "Capacity",
    "Environment",
    "FromEnvironment",
    "Limits",
    "Machine",
    "Manner",
    "Service",
    "ServiceAddress",
    "Settings",
    "Token",
    "WebAddress",
    "WrongSetting",
    "example",
    "read",
]


class Settings(Capacity, Limits, Manner, Service, Machine):
    """The core's variables; the pages show the last of these first."""
