"""Whether .env says what it is meant to: names that nobody reads, typos, values that cannot be
used."""

import difflib
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import bots
from core.net import proxies_from
from core.ops.findings import Finding, note, well, wrong
from core.settings import Environment, FromEnvironment, Settings, WrongSetting, read, variables

ABOUT = "Settings"
PLAIN = frozenset(
    {
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
        "SSL_CERT_FILE",
        "TMPDIR",
        "TZ",
        "LANG",
        "LC_ALL",
        "PYTHONPATH",
        "PATH",
        "HOME",
    }
)
"""Names that the libraries or the system read."""
OURS = ("TELEGRAM_", "DISCORD_", "NEMO_")
"""How names begin that are surely meant for this bot, wherever they are set."""
CLOSE = 0.75


def classes() -> list[type[FromEnvironment]]:
    """The core's settings and those of every platform."""
    names = (module.name for module in pkgutil.iter_modules(bots.__path__) if module.ispkg)
    packages = (importlib.import_module(f"bots.{name}") for name in names)
    found = [getattr(package, "Settings", None) for package in packages]
    return [
        Settings,
        *(each for each in found if isinstance(each, type) and each is not Settings),
    ]


def known() -> list[str]:
    """The names of all settings."""
    return [name.upper() for each in classes() for name in variables(each)]


def problems(cls: type[FromEnvironment], environment: Environment) -> list[str]:
    """A sentence for each value that cannot be used, and not only for the first."""
    rest, found = dict(environment), list[str]()
    while True:
        try:
            read(cls, rest)
            return found
        except WrongSetting as wrong_one:
            found.append(str(wrong_one))
            name = str(wrong_one).partition(" ")[0]
            fewer = {key: value for key, value in rest.items() if key.upper() != name}
            if len(fewer) == len(rest):
                return found
            rest = fewer


def without_wrong(cls: type[FromEnvironment], environment: Environment) -> Environment:
    """The environment without what cannot be used."""
    names = {sentence.partition(" ")[0] for sentence in problems(cls, environment)}
    return {key: value for key, value in environment.items() if key.upper() not in names}


def findings(
    file_says: Mapping[str, str], environment: Environment, file: Path
) -> Iterator[Finding]:
    """What is wrong with the names and values."""
    broken = [sentence for cls in classes() for sentence in problems(cls, environment)]
    try:
        proxies_from(environment)
    except WrongSetting as problem:
        broken.append(str(problem))
    for sentence in dict.fromkeys(broken):
        yield wrong(ABOUT, sentence, "", "value")
    unknown = list(_unknown(file_says, environment))
    yield from unknown
    if not broken and not unknown:
        where = f"{file} is read" if file_says else f"there is no {file}, which is optional"
        yield well(ABOUT, f"{where}; every value can be used.", "settings")


def _unknown(file_says: Mapping[str, str], environment: Environment) -> Iterator[Finding]:
    names = known()
    ours = [name for name in environment if name.upper().startswith(OURS)]
    for name in dict.fromkeys([*file_says, *ours]):
        if name.upper() in (*names, *PLAIN):
            continue
        near = difflib.get_close_matches(name.upper(), names, n=1, cutoff=CLOSE)
        remedy = f"Is {near[0]} meant?" if near else "Take the line out, or see .env.example."
        yield note(ABOUT, f"{name} is no setting of this bot, and nobody reads it.", remedy, "name")
