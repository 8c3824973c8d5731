"""The Discord adapter: the gateway, what is to be done at each new connection, and the verbs of the
port."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import discord
import structlog

from bots.discord.commands import Tree, sync, to_items
from bots.discord.delivery import Delivery, Disk, Files, Hints, Pictures, Threads, Waiting
from bots.discord.run.client import Client, Events, invite, options, point
from bots.discord.run.hearing import Hearing
from bots.discord.run.missed import Missed
from bots.discord.run.pace import TOGETHER
from bots.discord.run.pace import Pace as Pace
from bots.discord.run.pending import Pending
from bots.discord.run.shutdown import told_until_it_ends
from bots.discord.run.staying import stay
from bots.discord.run.taking import Taking
from bots.discord.settings import Settings
from bots.discord.translate import PLATFORM
from core.adapter import Heard, Recall, Receive
from core.clock import SteadyClock
from core.files import private_folder
from core.messages import Address, Attachment, Outbound
from core.net import DIRECT, Proxies, is_public
from core.skills import Skill

log = structlog.get_logger()

GROUPS = 16
"""Most groups that the shards are divided in among processes."""


async def no_chats() -> Mapping[Address, Heard]:
    """What is recalled where there is no store."""
    return {}


class Discord:
    """One bot account; implements core.adapter.Adapter. `folder` is a private one, for the files of
    slash commands.

    `skills` are offered as choices, `default` is the profile whose suggestions complete a prompt.
    `recall` asks the store how far each chat was taken in (core.adapter.Rereading)."""

    platform: str = PLATFORM
    edit_seconds: float = 3.0
    repeatable: bool = True  # by the nonce, in channels and direct messages
    largest_upload: int = 100 * 2**20
    largest_download: int = 0

    def __init__(
        self, settings: Settings, folder: Path, skills: Mapping[str, Skill], default: str,
        pace: Pace | None = None, clock: Callable[[], float] | None = None,
        proxies: Proxies = DIRECT,
    ) -> None:  # fmt: skip
        assert settings.discord_bot_token is not None
        clock, pace = clock or SteadyClock(), pace or Pace()
        self._settings, self._folder, self._pace, self._clock = settings, folder, pace, clock
        self._skills, self._default = skills, default
        self._proxies = proxies
        inside = not is_public(settings.discord_api_url)
        disk = Disk()
        self._files, self._waiting = (
            Files(folder, pace.download, proxies, inside=inside, disk=disk),
            Waiting(clock),
        )
        self._pictures, hints = Pictures(self._files, folder), Hints(clock)
        threads = Threads(
            hints, clock, wanted=settings.discord_threads, together=TOGETHER * pace.gather
        )
        self._taking = Taking(self._files, self._waiting, threads, Pending(folder, disk), clock)
        self._hearing = Hearing(self._files, threads, self._taking.noted, clock)
        self._delivery = Delivery(clock, self._waiting, self._pictures, threads, hints)
        self._sending: set[asyncio.Task[Any]] = set()
        self._heard = 0.0
        self.recall: Recall = no_chats
        self._token = settings.discord_bot_token.get_secret_value()
        self._clients: list[Client] = []
        self._attached: discord.Client | None = None
        self._parts_here = 0
        self._resuming: asyncio.Task[None] | None = None  # of what was answered before
        point(settings.discord_api_url, settings.discord_gateway_url)

    async def run(self, receive: Receive) -> None:
        """Take in until cancelled. Raises WrongSetting where Discord does not accept the token."""
        await self._take_in(receive, None)

    @property
    def parts(self) -> int:
        """See core.adapter.Divided: groups of shards, where their number is set."""
        return min(self._settings.discord_shards or 1, GROUPS)

    async def run_part(self, part: int, receive: Receive) -> None:
        """One group, by a client of its own: whichever group goes or comes, the others keep their
        sessions."""
        self._waiting.answered_elsewhere = True
        await self._take_in(receive, range(self._settings.discord_shards or 1)[part :: self.parts])

    async def attach(self) -> None:
        """See core.adapter.Attachable: the REST API needs no gateway."""
        self._files.begin()
        try:
            pace = self._pace
            await stay(self._logged_in, pace.first_pause, pace.longest_pause, self._clock)
        finally:
            await self._files.close()

    async def _take_in(self, receive: Receive, shards: Sequence[int] | None) -> None:
        self._taking.begin(receive)
        self._hearing.begin(receive)
        await asyncio.to_thread(private_folder, self._folder)
        if not self._parts_here:
            await self._pictures.begin()
            self._files.begin()
            self._resuming = asyncio.create_task(self._taking.resume())
        self._parts_here += 1
        missed = Missed(self._hear, self._recall, self._pace.first_pause, self._clock)
        try:
            connect = partial(self._connected, missed, shards)
            await stay(connect, self._pace.first_pause, self._pace.longest_pause, self._clock)
        finally:
            self._parts_here -= 1
            if not self._parts_here and self._resuming is not None:
                self._resuming.cancel()
                await asyncio.gather(self._resuming, return_exceptions=True)
                await self._files.close()

    async def _connected(self, missed: Missed, shards: Sequence[int] | None) -> None:
        """One login, and the gateway with all its reconnections, until that fails for good."""
        events = Events(self._ready, missed, self._taking.filled_in, self._hearing.amended)
        client = self._client(events, shards)
        keeping = asyncio.create_task(self._keep(client), name="discord: what is due")
        try:
            async with client:
                try:
                    await told_until_it_ends(client.start(self._token))
                finally:
                    await self._drain()
                    self._left(client)
                    if not self._clients:
                        await self._pictures.close()
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, missed.stop(), return_exceptions=True)

    async def _logged_in(self) -> None:
        """One login, which does for all that is asked and posted."""
        client = discord.Client(**options(self._proxies))
        async with client:
            await client.login(self._token)
            self._attached = client
            self._left(client)
            try:
                await asyncio.Event().wait()
            finally:
                await self._drain()
                await self._pictures.close()
                self._attached = None
                self._left(client)

    def _client(self, events: Events, shards: Sequence[int] | None) -> Client:
        number, pace = self._settings.discord_shards, self._pace.identify
        return Client(events, number, pace, self._proxies, shards)

    def _left(self, client: discord.Client) -> None:
        """Who is asked from now on: one that knows the servers, else one that is logged in."""
        self._clients = [other for other in self._clients if other is not client]
        self._delivery.client = self._clients[0] if self._clients else self._attached

    async def _drain(self) -> None:
        """What is being taken in or sent comes to its end first: cut off, it would be in doubt."""
        await self._taking.drain(self._pace.drain)
        if self._sending:
            await asyncio.wait(self._sending, timeout=self._pace.drain)

    async def _ready(self, client: Client) -> None:
        """Logged in: commands, buttons, and the links for the operator."""
        tree = Tree(client, self._taking, self._skills, self._default)
        client.add_dynamic_items(*to_items(self._taking))
        await sync(tree, self._folder)
        server, person = invite(client, threads=self._settings.discord_threads)
        log.info("Discord: add the bot to a server", link=server)
        log.info("Discord: or add it to your own account", link=person)
        self._clients.append(client)
        self._delivery.client = self._clients[0]

    async def _hear(self, message: discord.Message) -> bool:
        client = self._delivery.client
        if client is None or client.user is None:
            return False
        return await self._hearing.hear(client, message, client.user.id)

    async def _recall(self) -> Mapping[Address, Heard]:
        return await self.recall()

    # What is due

    async def _keep(self, client: discord.Client) -> None:
        swept = 0.0
        while True:
            await asyncio.sleep(self._pace.look)
            if self._delivery.client is not None:
                await self._waiting.look(client)
            if self._clock() - swept > self._pace.sweep:
                swept = self._clock()
                await self._files.sweep()

    @property
    def heard(self) -> float:
        """When all connections to the gateway were last seen open: the library closes one whose
        heartbeat is not answered."""
        shards = [shard for client in self._clients for shard in client.shards.values()]
        ready = all(client.is_ready() for client in self._clients)
        if self._clients and ready and not any(map(_closed, shards)):
            self._heard = self._clock()
        return self._heard

    # The port

    async def send(
        self, message: Outbound, edit: str | None, nonce: str, *, again: bool = False
    ) -> str:
        """See core.adapter."""
        task = asyncio.current_task()
        assert task is not None
        self._sending.add(task)
        try:
            return await self._delivery.send(message, edit, nonce, again=again)
        finally:
            self._sending.discard(task)

    def room(self, message: Outbound) -> int:
        """See core.adapter.Roomy."""
        return self._delivery.room(message)

    async def fetch(self, attachment: Attachment, folder: Path) -> Path:
        """See core.adapter."""
        return await self._files.fetch(self._delivery.client, attachment, folder)

    async def release(self, attachment: Attachment) -> None:
        """Delete the saved copy of a file that no request needs any more; without this it goes
        after a week."""
        await self._files.release(attachment)


def _closed(shard: discord.ShardInfo) -> bool:
    return shard.is_closed()
