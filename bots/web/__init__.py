"""The chat as a page in a browser: `connect` gives the adapter that serves it."""

from collections.abc import Callable
from pathlib import Path

from bots.web.settings import Settings as Settings
from bots.web.settings import loopback
from core.adapter import Adapter
from core.settings import Environment, WrongSetting, read


def connect(env: Environment, folder: Path) -> Adapter | None:
    """The adapter; `folder` is a private one. Raises WrongSetting; opens no port yet."""
    return page(env, folder)


def page(env: Environment, folder: Path, tell: Callable[[str], None] | None = None) -> Adapter:
    """The same; `tell` gets the address once the page is there."""
    settings = read(Settings, env)
    if not loopback(settings.web_host) and not settings.secret:
        raise WrongSetting(
            "WEB_HOST cannot be used without WEB_TOKEN: whoever reaches this machine could make"
            " videos. Example: WEB_TOKEN=a-long-sentence-of-your-own"
        )
    from bots.web.run import Web  # its server is for those who use it
    from core import vault

    secret = env.get("SECRETS_KEY")

    def keys() -> vault.Vault:
        return vault.load(secret, folder / "chats.key")

    return Web(settings, folder, keys, tell) if tell else Web(settings, folder, keys)
