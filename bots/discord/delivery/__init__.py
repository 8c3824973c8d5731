"""Posts and edits, and the files of people: what the port asks for, on top of the ladder and the spool."""

from collections.abc import Callable
from dataclasses import replace

import discord

from bots.discord.delivery.editing import edit
from bots.discord.delivery.errors import ACKNOWLEDGED as ACKNOWLEDGED
from bots.discord.delivery.errors import UNKNOWN_INTERACTION as UNKNOWN_INTERACTION
from bots.discord.delivery.files import Files as Files
from bots.discord.delivery.ladder import Ladder
from bots.discord.delivery.waiting import Waiting as Waiting
from bots.discord.translate import to_grant, to_handle, unmarked
from core.adapter import Unsent
from core.messages import Outbound


class Delivery:
    """Everything that goes out. `client` is set while one is logged in."""

    def __init__(self, clock: Callable[[], float], waiting: Waiting) -> None:
        self._clock, self._waiting = clock, waiting
        self.client: discord.Client | None = None

    async def send(self, message: Outbound, stored: str | None, nonce: str) -> str:
        """Post, or edit what `stored` names, and return an id without secrets that says how to edit it later.

        A toast that comes too late returns an empty id. Raises as the port says.
        """
        client, now, message = self.client, self._clock(), replace(message, text=unmarked(message.text))
        if client is None:
            raise Unsent("not connected")
        grant = to_grant(message.ticket)
        until = message.ticket.expires if message.ticket else 0.0
        handle = to_handle(stored) if stored else None
        if handle is not None:
            done = await edit(client, message, handle, grant if until > now else None, now)
        else:
            ladder = Ladder(client, self._waiting, message, nonce, grant, until, living=until > now)
            if message.toast:
                return await ladder.toast()
            done = await ladder.post()
        if grant and done.interaction == grant.interaction:
            self._waiting.shows(grant, until, done, working=message.working)
        if not done.hidden and (grant is None or grant.member):
            self._waiting.works(message, int(done.channel))
        return str(done)
