"""Takes in what people write: messages with what they point at, and what has become of them
since."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import aiohttp
import discord
import structlog

from bots.discord import translate
from bots.discord.delivery import Files, Threads
from core.adapter import DeliveryError, FileGone, Receive, Unsent
from core.i18n import closest, text
from core.messages import Attachment, Inbound

log = structlog.get_logger()

HINT_SECONDS = 3600.0
"""Between two hints to one person in one channel that the bot cannot read a reply."""

HINT_AGE = 300.0
"""Seconds after which such a reply is let be: read again after a restart, it would get its hint
again each time. For so long the service knows a hint by its nonce."""


class Hearing:
    """Hands messages to the core. `noted` remembers the running task while a block lasts."""

    def __init__(
        self, files: Files, threads: Threads, noted: Callable[[], AbstractContextManager[None]],
        clock: Callable[[], float],
    ) -> None:  # fmt: skip
        self._files, self._threads, self._noted, self._clock = files, threads, noted, clock
        self._receive: Receive | None = None
        self._hinted: dict[tuple[int, int], float] = {}

    def begin(self, receive: Receive) -> None:
        """From now on, what is taken in goes there."""
        self._receive = receive

    async def hear(self, client: discord.Client, message: discord.Message, me: int) -> bool:
        """Hand on a message, with the photo that it answers; False if it is not meant for the
        bot."""
        with self._noted():
            inbound = translate.from_message(message, me)
            if inbound is None:
                await self._hint(message, me)
                return False
            quoted = translate.replied_to(message, me)
            if quoted is None and message.reference is not None:
                quoted = await self._fetched(message)
            if quoted is not None and quoted.author.id != me:
                inbound = translate.with_files(inbound, await self._quoted(message.id, quoted))
            assert self._receive is not None
            await self._receive(self._placed(client, message, inbound, quoted, me))
            return True

    def _placed(
        self,
        client: discord.Client,
        message: discord.Message,
        inbound: Inbound,
        quoted: discord.Message | None,
        me: int,
    ) -> Inbound:
        """The message where it is answered: in the thread of its request, but what answers a
        message of ours is about that one, and stays beside it."""
        fetched = quoted is not None and quoted.author.id == me
        if fetched or translate.replies(message, me):
            return inbound
        return self._threads.place(client, message.channel, inbound, message.id)

    async def amended(self, client: discord.Client, message: discord.Message) -> None:
        """Hand on the new words of a message. What they change, if anything, the core knows."""
        with self._noted():
            inbound = translate.from_edit(message, client.user.id) if client.user else None
            if inbound is not None and self._receive is not None:
                await self._receive(self._threads.of(client, inbound, message.id))

    async def _fetched(self, message: discord.Message) -> discord.Message | None:
        """The message that is answered, where Discord has not sent it along; without it the words
        come alone."""
        answered = translate.reply_not_shown(message)
        if not answered:
            return None
        try:
            return await message.channel.fetch_message(answered)
        except (discord.DiscordException, aiohttp.ClientError, OSError, DeliveryError) as problem:
            log.info("what was answered cannot be read", error=type(problem).__name__)
            return None

    async def _quoted(self, answer: int, quoted: discord.Message) -> tuple[Attachment, ...]:
        """The files of a message that somebody answers. In a server it is saved at once: read again
        later, without a mention of the bot in it, it would come empty."""
        files = translate.shown_by(quoted)
        if translate.server_of(quoted) is None or not files:
            return translate.again(quoted, files)
        try:
            return await self._files.keep(answer, files)
        except (FileGone, Unsent) as lost:
            log.warning("the photo that was answered could not be saved", error=str(lost))
            return ()

    async def _hint(self, message: discord.Message, me: int) -> None:
        """Say once an hour why something that is meant for the bot comes empty, and what to do
        instead."""
        role = translate.names_the_role(message, me)
        if not (role or translate.unreadable(message, me)):
            return
        now, key = self._clock(), (message.channel.id, message.author.id)
        if now - message.created_at.timestamp() > HINT_AGE:
            return
        self._hinted = {k: at for k, at in self._hinted.items() if now - at < HINT_SECONDS}
        if key in self._hinted:
            return
        self._hinted[key] = now
        language = closest(message.guild.preferred_locale.value) if message.guild else "en"
        try:
            words = text("discord.role_named" if role else "discord.cannot_read", language)
            await message.reply(words, silent=True, mention_author=False, nonce=message.id)
        except (discord.DiscordException, aiohttp.ClientError, OSError, DeliveryError) as problem:
            log.info("no hint given", error=type(problem).__name__)
