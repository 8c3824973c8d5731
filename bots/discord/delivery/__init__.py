"""Posts and edits, and the files of people: what the port asks for, on top of the plan and the
spool."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import discord

from bots.discord.delivery import rights
from bots.discord.delivery.disk import Disk as Disk
from bots.discord.delivery.errors import ACKNOWLEDGED as ACKNOWLEDGED
from bots.discord.delivery.executor import Executor
from bots.discord.delivery.files import Files as Files
from bots.discord.delivery.opening import Opener
from bots.discord.delivery.pictures import Pictures as Pictures
from bots.discord.delivery.planning import Place, Scene
from bots.discord.delivery.planning.refusals import UNKNOWN_INTERACTION as UNKNOWN_INTERACTION
from bots.discord.delivery.planning.ways import plan
from bots.discord.delivery.rights import Hints as Hints
from bots.discord.delivery.threads import Threads as Threads
from bots.discord.delivery.transport import Transport
from bots.discord.delivery.waiting import Waiting as Waiting
from bots.discord.translate import (
    FILE_LIMIT,
    Handle,
    guild_of,
    marked,
    parent_of,
    to_grant,
    to_handle,
)
from core.adapter import Disconnected, Posted
from core.messages import Outbound


class Delivery:
    """Everything that goes out. `client` is set while one is logged in."""

    def __init__(
        self,
        clock: Callable[[], float],
        waiting: Waiting,
        pictures: Pictures,
        threads: Threads,
        hints: Hints,
    ) -> None:
        self._clock, self._waiting, self._pictures = clock, waiting, pictures
        self._threads, self._hints = threads, hints
        self._opener = Opener(threads, waiting, hints, clock)
        self.client: discord.Client | None = None

    async def send(self, message: Outbound, stored: str | None, nonce: str, *, again: bool) -> str:
        """Post, or edit what `stored` names, and return an id without secrets that says how to edit
        it later.

        A toast that comes too late returns an empty id. Raises as the port says.
        """
        client = self.client
        if client is None:
            raise Disconnected("not connected")
        handle = to_handle(stored) if stored else None
        scene = replace(self._scene(client, message, handle, nonce), again=again)
        transport = Transport(client, self._opener)
        executor = Executor(
            transport, self._waiting, self._hints, lambda old: self._placed(client, old)
        )
        done = await executor.send(scene)
        if done is None:
            return ""
        if not message.toast:
            self._remember(scene, done)
        return Posted(str(done), number=done.message)

    def room(self, message: Outbound) -> int:
        """Bytes of the largest file that one of the ways of this message lets through."""
        if self.client is None:
            return FILE_LIMIT
        scene = self._scene(self.client, message, None, "")
        return max((way.limit for way in plan(scene)), default=FILE_LIMIT)

    def _remember(self, scene: Scene, done: Handle) -> None:
        """What follows from a message that is there now."""
        message, grant = scene.message, scene.grant
        if scene.picture and not done.pictured and message.card and message.card.photo:
            self._pictures.refuse(message.card.photo)
        if grant and done.interaction == grant.interaction:
            self._waiting.shows(grant, scene.until, done, working=message.working)
        if not done.hidden and scene.member:
            self._waiting.works(message, int(done.channel))

    # What is known

    def _scene(
        self, client: discord.Client, message: Outbound, handle: Handle | None, nonce: str
    ) -> Scene:
        """All that the plan needs to know about this moment."""
        words = marked(message.text, message.spans)
        message = self._suited(client, message.saying(words))
        grant, chat = to_grant(message.ticket), int(message.address.chat)
        scene = Scene(
            message,
            nonce,
            self._clock(),
            Place(chat),
            grant=grant,
            filled=self._waiting.filled(grant) if grant else None,
            size=_size(message),
            picture=self._picture(client, message, handle),
            handle=handle,
        )
        return self._placed(client, scene)

    def _placed(self, client: discord.Client, scene: Scene) -> Scene:
        """The same with what is known by now of its channels."""
        message, above = scene.message, parent_of(scene.message.address)
        return replace(
            scene,
            here=self._place(client, message, scene.here.channel),
            above=self._place(client, message, above) if above else None,
        )

    def _place(self, client: discord.Client, message: Outbound, channel: int) -> Place:
        server = client.get_guild(guild_of(message.address) or 0)
        words = message.language
        return Place(
            channel,
            server.filesize_limit if server else FILE_LIMIT,
            due=self._hints.about(channel, words),
            shut=rights.hint(client, channel, words),
            no_files=rights.hint(client, channel, words, only=rights.FILES),
        )

    def _picture(self, client: discord.Client, message: Outbound, handle: Handle | None) -> bytes:
        """The preview for the card of a running request, where it is ready and not there yet;
        nobody waits for it."""
        photo = message.card.photo if message.card else None
        if photo is None or not message.working or (handle is not None and handle.pictured):
            return b""
        if rights.lacks(
            client, parent_of(message.address) or int(message.address.chat), rights.FILES
        ):
            return b""
        return self._pictures.of(client, photo)

    def _suited(self, client: discord.Client, message: Outbound) -> Outbound:
        """The message as this place takes it. Without Embed Links there is no card: the words say
        it all.

        What only the reader of a thread may see comes through the command that the thread was asked
        for with."""
        thread, parent = int(message.address.chat), parent_of(message.address)
        if parent and message.discreet and message.ticket is None:
            to = replace(message.to, ticket=self._threads.ticket(thread))
            message = replace(message, to=to)
        place = parent or thread
        if message.card is None or not rights.lacks(client, place, rights.CARDS):
            return message
        self._hints.note(place, rights.CARDS)
        return message.without_card()


def _size(message: Outbound) -> int | None:
    """Bytes of the clip on this machine."""
    video = message.video
    if video is None or not video.path or not Path(video.path).exists():
        return None
    return video.bytes or Path(video.path).stat().st_size
