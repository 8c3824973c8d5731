"""What Discord says of the bot account: whether the token is accepted, where the bot can be added,
what it may do on each server, and whether it may connect."""

from collections.abc import AsyncIterator
from typing import Any

import discord

from bots.discord.run.client import FOR_THREADS, PERMISSIONS
from bots.discord.settings import Settings
from core.connections import Answer, Asking, Unreachable
from core.ops.findings import Finding, note, well, wrong

ABOUT = "Discord"
FEW = 20
"""Starts of a session that are left for today: each start of the bot takes one a shard."""
KINDS = {"0": "servers", "1": "people's own accounts"}
"""Where an application can be installed, by Discord's numbers."""


async def findings(settings: Settings, asking: Asking) -> AsyncIterator[Finding]:
    """Nothing is sent or set."""
    account = Account(settings, asking)
    try:
        answer = await account.get("/applications/@me")
        if answer.status in (401, 403):
            remedy = "Make a new one in the Developer Portal under Bot, Reset Token."
            yield wrong(ABOUT, "DISCORD_BOT_TOKEN is not accepted.", remedy, "discord-token")
            return
        if answer.status != 200 or not isinstance(answer.value, dict):
            said = f"it answers with {answer.status}."
            remedy = "It may pass; else look at DISCORD_API_URL."
            yield wrong(ABOUT, said, remedy, "discord-answer")
            return
        yield _of_application(answer.value)
        async for finding in _of_places(account, answer.value, settings):
            yield finding
    except Unreachable as problem:
        remedy = "Look at the network, PROXY_URL and DISCORD_API_URL."
        yield wrong(ABOUT, f"it cannot be reached: {problem}.", remedy, "discord-unreachable")


class Account:
    """Calls with the bot's token, which stays out of every word."""

    def __init__(self, settings: Settings, asking: Asking) -> None:
        token = settings.discord_bot_token
        secret = token.get_secret_value() if token else ""
        self._base, self._asking = settings.discord_api_url.rstrip("/"), asking
        self._headers = {"Authorization": f"Bot {secret}", "User-Agent": "DiscordBot (doctor, 1)"}

    async def get(self, path: str) -> Answer:
        """What Discord answers. Raises Unreachable."""
        return await self._asking.get(f"{self._base}{path}", self._headers)


def _of_application(application: dict[str, Any]) -> Finding:
    name = application.get("name", "the bot")
    kinds = application.get("integration_types_config")
    missing = [
        words for kind, words in KINDS.items() if isinstance(kinds, dict) and kind not in kinds
    ]
    if missing:
        remedy = "Developer Portal, Installation, Installation Contexts: tick both."
        said = f"{name} is accepted, but cannot be added to {' and '.join(missing)}."
        return note(ABOUT, said, remedy, "discord-install")
    if not application.get("bot_public", True):
        said = f"{name} is accepted; only you can add it to servers."
        return note(
            ABOUT, said, "Developer Portal, Bot, Public Bot, if others may.", "discord-private"
        )
    return well(ABOUT, f"{name} is accepted; no privileged intent is needed.", "discord")


async def _of_places(
    account: Account, application: dict[str, Any], settings: Settings
) -> AsyncIterator[Finding]:
    commands = await account.get(f"/applications/{application.get('id', 0)}/commands")
    if commands.status == 200 and not commands.value:
        said = "its commands are not registered yet."
        yield note(ABOUT, said, "The bot does it when it starts.", "discord-commands")
    start = await account.get("/gateway/bot")
    limit = start.value.get("session_start_limit", {}) if isinstance(start.value, dict) else {}
    if (left := limit.get("remaining", FEW)) < FEW:
        said = f"the bot may start {left} times more today."
        yield note(ABOUT, said, "Find out why it starts so often: see its log.", "discord-starts")
    guilds = await account.get("/users/@me/guilds?limit=200")
    if guilds.status == 200 and isinstance(guilds.value, list):
        for finding in _of_servers(guilds.value, settings):
            yield finding


def _of_servers(guilds: list[dict[str, Any]], settings: Settings) -> list[Finding]:
    if not guilds:
        remedy = "Open the link that the bot logs when it starts."
        return [note(ABOUT, "it is on no server yet.", remedy, "discord-nowhere")]
    needed = PERMISSIONS | FOR_THREADS if settings.discord_threads else PERMISSIONS
    found = [
        note(
            ABOUT,
            f'on the server "{guild.get("name", "")}" it lacks: {", ".join(lacking)}.',
            "Server Settings, Roles; or add the bot anew by its link.",
            "discord-rights",
        )
        for guild in guilds
        if (lacking := _lacking(int(guild.get("permissions", 0)), needed))
    ]
    return found or [well(ABOUT, f"on {len(guilds)} servers with all rights.", "discord-servers")]


def _lacking(held: int, needed: discord.Permissions) -> list[str]:
    has = discord.Permissions(held)
    if has.administrator:
        return []
    return [name.replace("_", " ") for name, wanted in needed if wanted and not getattr(has, name)]
