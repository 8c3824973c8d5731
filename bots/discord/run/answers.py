"""The first answer to an interaction, due within three seconds, and phrases that take its place."""

from collections.abc import Callable
from dataclasses import replace

import aiohttp
import discord
import structlog

from bots.discord import translate
from bots.discord.commands import Use
from bots.discord.delivery import ACKNOWLEDGED, UNKNOWN_INTERACTION, Waiting
from bots.discord.translate import Asked, Grant
from core.i18n import closest, text

log = structlog.get_logger()


class FirstAnswers:
    """Acknowledges interactions, or answers them with a form or a phrase."""

    def __init__(self, waiting: Waiting, clock: Callable[[], float]) -> None:
        self._waiting, self._clock = waiting, clock

    async def acknowledge(self, use: Use, asked: Asked) -> Grant | None:
        """The first answer, before any other work: "thinking…", or for a button only that it was
        pressed."""
        component, hidden = use.type is discord.InteractionType.component, is_hidden(use, asked)
        answer = await self._defer(use, hidden=hidden, thinking=not component)
        if answer is None:
            return None
        grant = translate.to_grant_of(use, original=not component, hidden=hidden, answer=answer)
        if grant.original:
            self._waiting.deferred(grant, grant.ticket(self._clock()).expires)
        return grant

    async def _defer(self, use: Use, *, hidden: bool, thinking: bool) -> str | None:
        """The message that answers, empty if unknown, or None where it was not acknowledged.

        A cut line is tried once more: it may have arrived, and then says so.
        """
        for lost in (False, True):
            try:
                done = await use.response.defer(ephemeral=hidden, thinking=thinking)
            except discord.HTTPException as refused:
                if refused.code == ACKNOWLEDGED:
                    use.extras["elsewhere"] = not lost
                    if not lost:
                        log.warning("answered by another process with the same token", use=use.id)
                    return "" if lost else None
                late = refused.code == UNKNOWN_INTERACTION
                log.warning(
                    "came too late to be answered" if late else "not acknowledged", use=use.id
                )
                return None
            except (aiohttp.ClientError, OSError, TimeoutError):
                continue
            answer = (
                done.message_id if thinking and done else use.message.id if use.message else None
            )
            return str(answer or "")
        return None

    async def say(self, use: Use, grant: Grant | None, key: str) -> None:
        """A phrase in place of "thinking…", or after a pressed button for that person alone."""
        if grant is None:
            return
        words = text(f"discord.{key}", grant.language)
        try:
            if grant.original:
                self._waiting.fill(grant, grant.ticket(self._clock()).expires)
                await use.edit_original_response(content=words)
            else:
                await use.followup.send(words, ephemeral=True)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as problem:
            log.warning("not answered", use=use.id, error=type(problem).__name__)

    async def open(self, use: Use, form: discord.ui.Modal) -> None:
        """Answer with a form."""
        try:
            await use.response.send_modal(form)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as problem:
            log.warning("the form could not be opened", use=use.id, error=type(problem).__name__)

    async def excuse(self, use: Use, key: str) -> None:
        """Answer at once with a phrase, for the user's eyes only."""
        words = text(f"discord.{key}", closest(use.locale.value))
        try:
            await use.response.send_message(words, ephemeral=not translate.is_private(use))
        except (discord.DiscordException, aiohttp.ClientError, OSError) as problem:
            log.warning("not answered", use=use.id, error=type(problem).__name__)


def is_hidden(use: Use, asked: Asked) -> bool:
    """Whether the answer is for its user's eyes only: so is what a button under such a message asks
    for."""
    if use.type is discord.InteractionType.component:
        return bool(use.message and use.message.flags.ephemeral)
    return translate.hides(use, asked.command)


def shut(use: Use, asked: Asked) -> Grant | None:
    """The way of an interaction that could not be acknowledged: nothing goes along it. Where it
    would have hidden the answer, that is remembered, so that the answer comes directly and not in
    the channel."""
    if not is_hidden(use, asked):
        return None
    return replace(translate.to_grant_of(use, original=False, hidden=True, answer=""), token="")
