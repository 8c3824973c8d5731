"""The library's client with as little as it needs: three intents, no caches, no privileged
rights."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import discord
import structlog
import yarl
from discord import client as library
from discord import gateway, http, shard

from bots.discord.run.backoff import Prompt
from bots.discord.run.missed import Missed
from bots.discord.run.pacing import Pacing
from bots.discord.run.windows import LONGEST_WINDOW, keep_to_windows
from core.connections import Connector
from core.net import Proxies
from core.settings import WrongSetting

log = structlog.get_logger()

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""None of them privileged: messages that do not mention the bot arrive empty."""

PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, attach_files=True,
    embed_links=True,
    read_message_history=True,
)  # fmt: skip
"""Embed Links lets links unfold; Read Message History is needed for replies and for fetching a
photo again."""

FOR_THREADS = discord.Permissions(create_public_threads=True)
"""What DISCORD_THREADS needs besides."""

SCOPES = ("bot", "applications.commands")
_GATEWAY = gateway.DiscordWebSocket.DEFAULT_GATEWAY

Heard = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Events:
    """What the adapter wants to hear of."""

    ready: Heard
    missed: Missed
    interaction: Heard
    edited: Heard


class Client(discord.AutoShardedClient):
    """Hands the few events on. It is used also for one shard, because unlike the plain client it
    asks Discord for the gateway's address, and survives a gateway that cannot be reached at the
    start."""

    def __init__(
        self, events: Events, shards: int | None, identify_pause: float, proxies: Proxies,
        mine: Sequence[int] | None = None,
    ) -> None:  # fmt: skip
        logging.getLogger(discord.shard.__name__).addFilter(_in_one_line)
        super().__init__(
            shard_count=shards,
            shard_ids=None if mine is None else list(mine),  # type: ignore[arg-type]
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            **options(proxies),
        )
        self._events, self._identify_pause, self._shards = events, identify_pause, shards

    async def setup_hook(self) -> None:
        """Logged in, not connected yet.

        Where the number of shards is not set the library connects to where Discord says, whatever
        else is set."""
        if self._shards is None and gateway.DiscordWebSocket.DEFAULT_GATEWAY != _GATEWAY:
            self.shard_count, *_ = await self.http.get_bot_gateway()
        await self._events.ready(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Discord takes one identification in five seconds."""
        if not initial:
            await asyncio.sleep(self._identify_pause)

    async def on_shard_connect(self, shard_id: int) -> None:
        """A new session of one shard: what was said since the last one is not sent again."""
        await self._events.missed.connected(self, shard_id)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """After a new session, or after the service has lost a server for a while."""
        await self._events.missed.available(guild)

    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        """Nothing comes from there until it is back."""
        await self._events.missed.unavailable(guild)

    async def on_message(self, message: discord.Message) -> None:
        """New ones only."""
        await self._events.missed.in_turn(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Somebody has changed what they said, or a link in it has unfolded."""
        await self._events.edited(self, payload.message)

    async def on_interaction(self, use: "discord.Interaction[Any]") -> None:
        """Of these only forms are read here; commands and buttons find their own way."""
        await self._events.interaction(use)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """A defect in one event does not stop the others."""
        log.exception("a defect in an event", during=event_method)


def options(proxies: Proxies) -> dict[str, Any]:
    """How a client asks the REST API."""
    keep_to_windows()
    # no voice here, so no warnings either
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    return {
        "intents": INTENTS,
        "max_ratelimit_timeout": LONGEST_WINDOW,
        "http_trace": Pacing().trace,
        "connector": Connector(
            proxies, limit=0
        ),  # for the gateway as well; 0 as the library has it
    }


def point(api_url: str, gateway_url: str) -> None:
    """Where the library finds Discord.

    It builds each route from a class attribute, in a hundred places, and connects to another:
    setting the two once at the start is the smallest hold that its users have. Two bots in one
    process would share them. Nor does it ask anybody how long to wait for the gateway."""
    http.Route.BASE = api_url
    for connecting in (library, shard):
        setattr(connecting, "ExponentialBackoff", Prompt)  # noqa: B010 - as the two others
    gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url) if gateway_url else _GATEWAY


def explain(problem: Exception) -> WrongSetting | None:
    """The sentence for what only the operator can mend; None for what passes."""
    match problem:
        case discord.LoginFailure() | discord.ConnectionClosed(code=4004):
            return WrongSetting(
                "DISCORD_BOT_TOKEN cannot be used: Discord does not accept it. Make a new one in "
                "the Developer Portal "
                "under Bot, Reset Token. Example: DISCORD_BOT_TOKEN=MTA….G….…"
            )
        case discord.ConnectionClosed(code=4010 | 4011):
            return WrongSetting(
                "DISCORD_SHARDS cannot be used: Discord wants more of them. Example: "
                "DISCORD_SHARDS=2"
            )
    return None


def invite(client: discord.Client, *, threads: bool) -> tuple[str, str]:
    """The links for adding the bot to a server, and for adding it to one's own account."""
    application = client.application_id or 0
    permissions = PERMISSIONS | FOR_THREADS if threads else PERMISSIONS
    server = discord.utils.oauth_url(application, permissions=permissions, scopes=SCOPES)
    person = discord.utils.oauth_url(application, scopes=SCOPES[1:])
    return f"{server}&integration_type=0", f"{person}&integration_type=1"


def _in_one_line(record: logging.LogRecord) -> bool:
    """A gateway that cannot be reached is no defect to be traced: the library tries again by
    itself."""
    if record.exc_info and record.exc_info[0]:
        record.msg, record.args = f"{record.getMessage()}: {record.exc_info[0].__name__}", ()
        record.exc_info = None
    return True
