"""Telegram, on python-telegram-bot: `connect` gives the adapter of the account that
TELEGRAM_BOT_TOKEN names."""

from pathlib import Path

from bots.telegram.settings import Settings as Settings
from core.adapter import Adapter
from core.connections import Asking
from core.domain.limits import ids_named
from core.net import proxies_from
from core.ops.findings import Finding
from core.settings import Environment, read
from core.settings import Settings as CoreSettings

TOKEN = "TELEGRAM_BOT_TOKEN"  # noqa: S105 - the name of the variable


def connect(env: Environment, folder: Path) -> Adapter | None:
    """The adapter, or None without a token; `folder` is a private one. Raises WrongSetting; touches
    no network."""
    settings = read(Settings, env)
    if not settings.token:
        return None
    from bots.telegram.run import Telegram  # its library is large: imported where it is used

    admins = ids_named(read(CoreSettings, env).admins, "telegram")
    return Telegram(settings, folder, proxies=proxies_from(env), admins=admins)


async def examine(env: Environment, asking: Asking, runs: bool) -> list[Finding]:
    """What Telegram says of the account, for the doctor. `runs`: a bot runs here, which must not be
    disturbed. Raises WrongSetting."""
    settings = read(Settings, env)
    from bots.telegram.examining import findings

    return [finding async for finding in findings(settings, asking, runs=runs)]
