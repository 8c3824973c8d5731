"""Posts and edits, and the files of people: what the port asks for, on top of the ladder and the
spool."""

from collections.abc import Callable
from dataclasses import replace

import discord

from bots.discord.delivery import rights
from bots.discord.delivery.editing import edit
from bots.discord.delivery.errors import ACKNOWLEDGED as ACKNOWLEDGED
from bots.discord.delivery.errors import UNKNOWN_INTERACTION as UNKNOWN_INTERACTION
from bots.discord.delivery.files import Files as Files
from bots.discord.delivery.ladder import Ground, Ladder
from bots.discord.delivery.pictures import Pictures as Pictures
from bots.discord.delivery.rights import Hints as Hints
from bots.discord.delivery.threads import Threads as Threads
from bots.discord.delivery.waiting import Waiting as Waiting
from bots.discord.translate import Handle, parent_of, to_grant, to_handle, unmarked
from core.adapter import Refused, Unsent
from core.messages import Form, Outbound


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
        self.client: discord.Client | None = None

    async def send(self, message: Outbound, stored: str | None, nonce: str) -> str:
        """Post, or edit what `stored` names, and return an id without secrets that says how to edit
        it later.

        A toast that comes too late returns an empty id. Raises as the port says.
        """
        client, now, message = (
            self.client,
            self._clock(),
            replace(message, text=unmarked(message.text)),
        )
        if client is None:
            raise Unsent("not connected")
        if _is_as_before(message):
            raise Refused("a clip is a file in any form here")
        message = self._suited(client, message)
        grant = to_grant(message.ticket)
        until = message.ticket.expires if message.ticket else 0.0
        living = until > now and bool(grant and grant.token)
        handle = to_handle(stored) if stored else None
        picture = self._picture(client, message, handle)
        if handle is not None:
            done = await edit(client, message, handle, grant if living else None, now, picture)
        else:
            ground = Ground(client, self._waiting, self._threads, self._hints)
            ladder = Ladder(ground, message, nonce, grant, now, picture)
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
            message = replace(message, ticket=self._threads.ticket(thread))
        place = parent or thread
        if message.card is None or not rights.lacks(client, place, rights.CARDS):
            return message
        self._hints.note(place, rights.CARDS)
        return replace(message, card=None)


def _is_as_before(message: Outbound) -> bool:
    """Whether a message was refused and has less in it by now, but nothing less that Discord could
    tell apart."""
    form = message.video.form if message.video else None
    return form is Form.DOCUMENT or (form is Form.BARE and bool(message.reply_to))
