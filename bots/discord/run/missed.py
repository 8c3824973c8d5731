"""What was said while the gateway was away: read chat by chat, each message once and in order, before anything newer.

Discord does not send it again, and a bot cannot ask for its direct chats: the store knows them. Interactions of that
time are lost for good, and the people who used them were told so by Discord itself.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import UTC, datetime
from weakref import WeakValueDictionary

import aiohttp
import discord
import structlog

from bots.discord.translate import address_of, guild_of
from core.adapter import Heard
from core.messages import Address

log = structlog.get_logger()

MOST = 100
"""Messages that are taken in at most of one chat, the oldest first; the rest is read at the next connection."""

READ = 1000
"""Messages that are looked at for these: in a busy channel most are the talk of others."""

LATELY = 900.0
"""Seconds. Where nobody has spoken to the bot yet it looks back so far: longer than a deploy, or a fall, takes."""
NEW_PLACES = 50
"""Of these at most, those with the latest news first."""
Place = discord.TextChannel | discord.VoiceChannel | discord.Thread

TRIES = 5
CLOSED = (discord.Forbidden, discord.NotFound)
PASSING = (aiohttp.ClientError, OSError, TimeoutError, discord.DiscordException)

Hear = Callable[[discord.Message], Awaitable[bool]]
"""Takes a message in; False if it is not meant for the bot."""


class Missed:
    """Chats that are behind. Messages of one chat are taken in one after the other, so that the newest one taken in
    marks where to read on after a kill. `pause` in seconds, before reading is tried again; it grows."""

    def __init__(self, hear: Hear, pause: float) -> None:
        self._hear, self._pause = hear, pause
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._behind: dict[int, tuple[Address, Heard]] = {}
        self._client: discord.Client | None = None
        self._reading: set[asyncio.Task[None]] = set()

    def begin(self, client: discord.Client, chats: Mapping[Address, Heard]) -> None:
        """Read on in these chats from where each was taken in."""
        self._client = client
        self._behind |= {int(address.chat): (address, heard) for address, heard in chats.items()}
        task = asyncio.create_task(self._catch_up([int(address.chat) for address in chats]), name="discord: missed")
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def stop(self) -> None:
        """Read no further; the next start will."""
        for task in self._reading:
            task.cancel()
        await asyncio.gather(*self._reading, return_exceptions=True)

    async def in_turn(self, message: discord.Message) -> None:
        """A message that has just come: what was missed before it in its chat comes first."""
        channel = message.channel.id
        async with self._turn(channel):
            await self._read_on(channel)
            await self._hear(message)

    def _turn(self, channel: int) -> asyncio.Lock:
        return self._turns.setdefault(channel, asyncio.Lock())

    async def _catch_up(self, channels: list[int]) -> None:
        """Every chat once, and those again that could not be read: nobody is forgotten for a moment's trouble."""
        for attempt in range(TRIES):
            for channel in channels:
                async with self._turn(channel):
                    await self._read_on(channel)
            channels = [channel for channel in channels if channel in self._behind]
            if not channels:
                return
            await asyncio.sleep(self._pause * 2.0**attempt)
        log.warning("what was missed cannot be read at present", chats=len(channels))

    async def _read_on(self, channel: int) -> None:
        """Take in what a chat has missed. It stays behind where that failed."""
        behind = self._behind.get(channel)
        if behind is None or self._client is None:
            return
        address, heard = behind
        place = self._client.get_partial_messageable(channel, guild_id=guild_of(address))
        taken = 0
        try:
            async for message in place.history(limit=READ, after=_after(heard), oldest_first=True):
                taken += await self._heard(message)
                if taken >= MOST:
                    break
        except CLOSED as closed:
            log.info("what was missed is not for us to read", channel=channel, error=str(closed))
        except PASSING as problem:
            log.info("what was missed cannot be read yet", channel=channel, error=type(problem).__name__)
            return
        if self._behind.get(channel) is behind:  # else the line broke once more meanwhile
            del self._behind[channel]

    async def _heard(self, message: discord.Message) -> bool:
        """As the library does with what comes live, a defect in one message does not stop the others."""
        (end,) = await asyncio.gather(self._hear(message), return_exceptions=True)
        if isinstance(end, Exception):
            log.error("a defect in a missed message", message=message.id, exc_info=end)
        return end is True


def _after(heard: Heard) -> discord.Object | datetime:
    return discord.Object(heard.last) if heard.last else datetime.fromtimestamp(heard.at, UTC)


def unheard(client: discord.Client, known: Collection[Address], now: float) -> dict[Address, Heard]:
    """Channels and threads where something was said lately, and never to the bot: it may have been the first time.

    Those it may not read are left out, since asking would only be refused. Direct chats that are unknown cannot be
    found: Discord lists none for a bot.
    """
    since = discord.utils.time_snowflake(datetime.fromtimestamp(now - LATELY, UTC))
    places: list[Place] = []
    for guild in client.guilds:
        places += [*guild.text_channels, *guild.voice_channels, *guild.threads]
    chats = {address.chat for address in known}
    lately = [it for it in places if (it.last_message_id or 0) > since and str(it.id) not in chats and _may_read(it)]
    lately.sort(key=lambda it: it.last_message_id or 0, reverse=True)
    return {address_of(it.guild.id, it.id): Heard(since, now - LATELY) for it in lately[:NEW_PLACES]}


def _may_read(place: Place) -> bool:
    if isinstance(place, discord.Thread) and place.parent is None:
        return False  # its rights are those of a channel that the bot does not see
    rights = place.permissions_for(place.guild.me)
    return rights.view_channel and rights.read_message_history


def shard_of(client: discord.Client, address: Address) -> int:
    """The shard that tells of a chat: its server's, or the first for direct chats (Discord, "Sharding")."""
    return ((guild_of(address) or 0) >> 22) % (client.shard_count or 1)


def readable(client: discord.Client, address: Address) -> bool:
    """Whether the bot may be a member there; asking in a server where it is not would only be refused."""
    guild = guild_of(address)
    return guild is None or client.get_guild(guild) is not None
