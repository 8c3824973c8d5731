"""Discord, on discord.py: `connect` gives the adapter of the account that DISCORD_BOT_TOKEN
names."""

from pathlib import Path

from bots.discord.settings import Settings as Settings
from core import skills
from core.adapter import Adapter
from core.connections import Asking
from core.net import proxies_from
from core.ops.findings import Finding
from core.settings import Environment, read
from core.settings import Settings as CoreSettings

TOKEN = "DISCORD_BOT_TOKEN"  # noqa: S105 - the name of the variable


def connect(env: Environment, folder: Path) -> Adapter | None:
    """The adapter, or None without a token; `folder` is a private one. Raises WrongSetting; touches
    no network."""
    settings = read(Settings, env)
    if settings.discord_bot_token is None:
        return None
    from bots.discord.run import Discord, Pace  # its library is large: imported where it is used

    core = read(CoreSettings, env)
    profiles, pace = skills.available(core.skills_folder), Pace(gather=core.gather_seconds)
    return Discord(settings, folder, profiles, core.nemo_skill, pace, proxies=proxies_from(env))


async def examine(env: Environment, asking: Asking, runs: bool) -> list[Finding]:
    """What Discord says of the account, for the doctor. Nothing of it disturbs a bot that `runs`.
    Raises WrongSetting."""
    del runs
    settings = read(Settings, env)
    from bots.discord.examining import findings

    return [finding async for finding in findings(settings, asking)]
