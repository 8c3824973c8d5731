"""The platforms there are: found by what is in the package, and connected where they are wanted."""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import bots
from core.adapter import Adapter
from core.connections import Asking
from core.ops.findings import Finding
from core.settings import Environment, Settings, WrongSetting

WEB = "web"
CONSOLE = "console"
"""What is served where nothing else is."""
Connect = Callable[[Environment, Path], Adapter | None]
Examine = Callable[[Environment, Asking, bool], Awaitable[list[Finding]]]


@dataclass(frozen=True, slots=True)
class Platform:
    """A package that can be connected.

    `token` names the variable without which it is nothing, and with which it is served without
    being asked for; empty where it needs none. `examine` is what the
    doctor asks it; its last argument says whether a bot runs here, which must not be disturbed."""

    name: str
    connect: Connect
    token: str = ""
    examine: Examine | None = None


def platforms() -> dict[str, Platform]:
    """Every package of bots/ that has a `connect`, by its name. What they lean on is imported only
    when they are connected."""
    names = (module.name for module in pkgutil.iter_modules(bots.__path__) if module.ispkg)
    found = (_platform(f"bots.{name}") for name in names)
    return {platform.name: platform for platform in found if platform is not None}


def _platform(path: str) -> Platform | None:
    module = importlib.import_module(path)
    connect = getattr(module, "connect", None)
    name = path.rpartition(".")[2]
    if connect is None:
        return None
    return Platform(name, connect, getattr(module, "TOKEN", ""), getattr(module, "examine", None))


def chosen(settings: Settings, environment: Environment) -> tuple[str, ...]:
    """The names in BOTS; else every platform whose token is set; else the console."""
    tokens = {platform.name: platform.token for platform in platforms().values()}
    named = (name for name, token in tokens.items() if token and environment.get(token))
    return settings.bots or tuple(named) or (CONSOLE,)


def named(name: str) -> Platform:
    """The package `bots.<name>`; a name with a dot in it is a module from elsewhere. Raises
    WrongSetting."""
    own = "." in name and all(part.isidentifier() for part in name.split("."))
    try:
        platform = _platform(name) if own else platforms().get(name)
    except ModuleNotFoundError as missing:
        if not (missing.name and f"{name}.".startswith(f"{missing.name}.")):
            raise  # it is there, and lacks something
        platform = None
    if platform is None:
        raise WrongSetting(
            f"BOTS cannot be used: there is no {name}. Example: BOTS=telegram,discord"
        )
    return platform


def connected(names: tuple[str, ...], environment: Environment, folder: Path) -> dict[str, Adapter]:
    """The adapters of these names by their platform, each with a folder of its own. Raises
    WrongSetting."""
    adapters: dict[str, Adapter] = {}
    for platform in map(named, names):
        adapter = platform.connect(environment, folder / platform.name)
        if adapter is None:
            title = platform.name.title()
            raise WrongSetting(
                f"{platform.token} cannot be used: BOTS names {platform.name}, but it is empty."
                f" Example: {platform.token}=the token that {title} gave you"
            )
        adapters[adapter.platform] = adapter
    return adapters
