"""Posts and edits, and the files of people: what the port asks for, on top of the ladder and the spool."""

from collections.abc import Callable
from dataclasses import replace

import discord

from bots.discord.delivery import rights
from bots.discord.delivery.editing import edit
from bots.discord.delivery.errors import ACKNOWLEDGED as ACKNOWLEDGED
from bots.discord.delivery.errors import UNKNOWN_INTERACTION as UNKNOWN_INTERACTION
from bots.discord.delivery.files import Files as Files
from bots.discord.delivery.ladder import Ladder
from bots.discord.delivery.pictures import Pictures as Pictures
from bots.discord.delivery.waiting import Waiting as Waiting
from bots.discord.translate import Handle, to_grant, to_handle
from core.adapter import Unsent
from core.messages import Outbound


class Delivery:
    """Everything that goes out. `client` is set while one is logged in."""

    def __init__(self, clock: Callable[[], float], waiting: Waiting, pictures: Pictures) -> None:
        self._clock, self._waiting, self._pictures = clock, waiting, pictures
        self.client: discord.Client | None = None

    async def send(self, message: Outbound, stored: str | None, nonce: str) -> str:
        """Post, or edit what `stored` names, and return an id without secrets that says how to edit it later.

        A toast that comes too late returns an empty id. Raises as the port says.
        """
        client, now = self.client, self._clock()
        if client is None:
            raise Unsent("not connected")
        grant = to_grant(message.ticket)
        until = message.ticket.expires if message.ticket else 0.0
        handle = to_handle(stored) if stored else None
        message = _suited(client, message)
        picture = self._picture(client, message, handle)
        if handle is not None:
            done = await edit(client, message, handle, grant if until > now else None, now, picture)
        else:
            ladder = Ladder(client, self._waiting, message, nonce, grant, now, picture)
            if message.toast:
                return await ladder.toast()
            done = await ladder.post()
        if picture and not done.pictured and message.card and message.card.photo:
            self._pictures.refuse(message.card.photo)
        if grant and done.interaction == grant.interaction:
            self._waiting.shows(grant, until, done, working=message.working)
        if not done.hidden and (grant is None or grant.member):
            self._waiting.works(message, int(done.channel))
        return str(done)

    def _picture(self, client: discord.Client, message: Outbound, handle: Handle | None) -> bytes:
        """The preview for the card of a running request, where it is ready and not there yet; nobody waits for it."""
        photo = message.card.photo if message.card else None
        if photo is None or not message.working or (handle is not None and handle.pictured):
            return b""
        if rights.lacks(client, int(message.address.chat), rights.FILES):
            return b""
        return self._pictures.of(client, photo)


def _suited(client: discord.Client, message: Outbound) -> Outbound:
    """The message without its card, where embeds are known not to be allowed: then the words say it all."""
    if message.card is None or not rights.lacks(client, int(message.address.chat), rights.CARDS):
        return message
    return replace(message, card=None)
