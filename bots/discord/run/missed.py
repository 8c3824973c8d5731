"""What was said while the gateway was away: read chat by chat, each message once and in order,
before anything newer.

Discord does not send it again, and a bot cannot ask for its direct chats: the store knows them.
Interactions of that time are lost for good, and the people who used them were told so by Discord
itself."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping

import aiohttp
import discord
import structlog

from bots.discord.run.behind import above, is_inside, shard_of, since, unheard
from bots.discord.run.turns import Turns
from bots.discord.translate import guild_of
from core.adapter import DeliveryError, Heard, Recall
from core.messages import Address

log = structlog.get_logger()

READ = 2000
"""Messages that are looked at in one chat, the oldest first: in a busy channel most are the talk of
others."""

REMEMBERED = 2000
"""Messages taken in of which the ids are kept, so that none is taken in live and read as well."""
NEW_IN_SERVER = 20
"""Of these at most in one server."""
NEW_PLACES = 100
"""And in all servers, at one connection: a bot in thousands of them would read for minutes."""

READ_TRIES = 5
CLOSED = (discord.Forbidden, discord.NotFound)
PASSING = (aiohttp.ClientError, OSError, TimeoutError, discord.DiscordException, DeliveryError)
"""DeliveryError: Discord asks for a pause. What has just come is taken in all the same."""

Hear = Callable[[discord.Message], Awaitable[bool]]
"""Takes a message in; False if it is not meant for the bot."""


class Missed:
    """Chats that are behind. Messages of one chat are taken in one after the other, so that the
    newest one taken in marks where to read on after a kill. `pause` in seconds, before reading is
    tried again; it grows.

    `recall` asks the store how far each chat was taken in.
    """

    def __init__(
        self, hear: Hear, recall: Recall, pause: float, clock: Callable[[], float]
    ) -> None:
        self._hear, self._recall, self._pause, self._clock = hear, recall, pause, clock
        self._marking = asyncio.Lock()
        self._turns = Turns()
        self._behind: dict[int, tuple[Address, Heard]] = {}
        self._known: set[int] = set()
        self._new_left = 0
        self._taken: dict[int, None] = {}
        self._client: discord.Client | None = None
        self._reading: set[asyncio.Task[None]] = set()

    # What the gateway tells

    async def connected(self, client: discord.Client, shard: int) -> None:
        """A new session of one shard: what was said since the last one is not sent again.

        Its servers' channels are not known yet: these are read when they are (`available`).
        """
        async with self._marking:
            self._client, self._new_left = client, NEW_PLACES
            await self._mark(
                lambda address: shard_of(client, address) == shard and is_inside(client, address)
            )
        self._read(chat for chat, (address, _) in self._behind.items() if guild_of(address) is None)

    async def unavailable(self, guild: discord.Guild) -> None:
        """The service has lost a server; what is said there until it is back may be lost too."""
        async with self._marking:
            await self._mark(lambda address: guild_of(address) == guild.id)

    async def available(self, guild: discord.Guild) -> None:
        """The channels of a server are known, for the first time or again."""
        async with self._marking:
            new = unheard(guild, self._known, self._clock(), min(NEW_IN_SERVER, self._new_left))
            self._new_left -= len(new)
            self._add(new)
        self._read(
            chat for chat, (address, _) in self._behind.items() if guild_of(address) == guild.id
        )

    async def in_turn(self, message: discord.Message) -> None:
        """A message that has just come: what was missed before it in its chat comes first."""
        channel = message.channel.id
        async with self._marking:
            turn = self._turns.of(channel)
        async with turn:
            if channel in self._behind:
                await self._read_on(channel)
            await self._once(message)

    async def stop(self) -> None:
        """Read no further; the next start will."""
        for task in self._reading:
            task.cancel()
        await asyncio.gather(*self._reading, return_exceptions=True)

    # Marking

    async def _mark(self, wanted: Callable[[Address], bool]) -> None:
        chats = await self._recall()
        chats = {**chats, **above(chats)}
        self._known = {int(address.chat) for address in chats}
        self._add({address: heard for address, heard in chats.items() if wanted(address)})

    def _add(self, chats: Mapping[Address, Heard]) -> None:
        """These are behind; where one was already, and could not be read, from the earlier point
        on."""
        for address, heard in chats.items():
            chat = int(address.chat)
            before = self._behind.get(chat)
            earlier = before[1] if before and since(before[1]) < since(heard) else heard
            self._behind[chat] = (address, earlier)

    # Reading

    def _read(self, chats: Iterable[int]) -> None:
        left = list(chats)
        if left:
            task = asyncio.create_task(self._catch_up(left), name="discord: missed")
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def _catch_up(self, channels: list[int]) -> None:
        """Every chat once, and those again that could not be read: nobody is forgotten for a
        moment's trouble."""
        for attempt in range(READ_TRIES):
            for channel in channels:
                async with self._turns.of(channel):
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
        looked = 0
        try:
            async for message in self._place(address).history(
                limit=READ, after=_after(heard), oldest_first=True
            ):
                looked += 1
                await self._heard(message)
        except CLOSED as closed:
            log.info("what was missed is not for us to read", channel=channel, error=str(closed))
        except PASSING as problem:
            log.info(
                "what was missed cannot be read yet", channel=channel, error=type(problem).__name__
            )
            return
        if looked == READ:
            log.warning("more was said than is read", channel=channel, read=READ)
        if self._behind.get(channel) is behind:  # else the line broke once more meanwhile
            del self._behind[channel]

    def _place(self, address: Address) -> discord.abc.Messageable:
        """The chat as the library knows it: whether it is a thread, and whose, decides where the
        answer goes."""
        assert self._client is not None
        found = self._client.get_channel(int(address.chat))
        if isinstance(found, discord.abc.Messageable):
            return found
        return self._client.get_partial_messageable(int(address.chat), guild_id=guild_of(address))

    async def _heard(self, message: discord.Message) -> None:
        """As the library does with what comes live, a defect in one message does not stop the
        others."""
        (end,) = await asyncio.gather(self._once(message), return_exceptions=True)
        if isinstance(end, Exception):
            log.error("a defect in a missed message", message=message.id, exc_info=end)

    async def _once(self, message: discord.Message) -> None:
        """The store would know it again, but not whoever looks at it before."""
        if message.id in self._taken or not await self._hear(message):
            return
        self._taken[message.id] = None
        if len(self._taken) > REMEMBERED:
            del self._taken[next(iter(self._taken))]


def _after(heard: Heard) -> discord.Object:
    return discord.Object(since(heard))
