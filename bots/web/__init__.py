"""The chat as a page in a browser: `connect` gives the adapter that serves it."""

from collections.abc import Callable
from pathlib import Path

from bots.web.settings import Settings as Settings
from bots.web.settings import safe
from core.adapter import Adapter
from core.connections import Asking
from core.ops.findings import Finding
from core.settings import Environment, read
from core.settings import Settings as Core


def connect(env: Environment, folder: Path) -> Adapter | None:
    """The adapter; `folder` is a private one. Raises WrongSetting; opens no port yet."""
    return page(env, folder)


def page(env: Environment, folder: Path, tell: Callable[[str], None] | None = None) -> Adapter:
    """The same; `tell` gets the address once the page is there."""
    settings = safe(env)
    from bots.web.run import Web  # its server is for those who use it
    from core import vault

    secret = env.get("SECRETS_KEY")

    def keys() -> vault.Vault:
        return vault.load(secret, folder / "chats.key")

    return Web(settings, folder, keys, tell) if tell else Web(settings, folder, keys)


async def examine(env: Environment, asking: Asking, runs: bool) -> list[Finding]:
    """Whether the page could be served, for the doctor; nothing where it is not to be. Raises
    WrongSetting."""
    if __name__.rpartition(".")[2] not in read(Core, env).bots:
        return []
    from bots.web.examining import findings

    return findings(safe(env), runs=runs)
