"""Answers the press of a button: with a toast if one comes at once, else with nothing, so that it
stops spinning."""

import asyncio

from telegram import Bot
from telegram.error import TelegramError

from bots.telegram.translate import cut
from core.messages import Outbound

TOAST_LIMIT = 200
"""Characters (Bot API, answerCallbackQuery)."""


class Answers:
    """A press can be answered once, so a short time (`within` seconds) is left for a toast before
    the empty answer."""

    def __init__(self, bot: Bot, within: float = 0.6) -> None:
        self._bot, self._within = bot, within
        self._waiting: dict[str, asyncio.Task[None]] = {}

    def expect(self, query: str) -> None:
        """Answer that press soon, unless a toast does it before."""
        task = asyncio.create_task(self._later(query))
        self._waiting[query] = task
        task.add_done_callback(lambda _: self._waiting.pop(query, None))

    async def toast(self, message: Outbound) -> None:
        """Show the words to who pressed; too late is too late."""
        if message.ticket is None:
            return
        if waiting := self._waiting.pop(message.ticket.value, None):
            waiting.cancel()
        await self._answer(message.ticket.value, cut(message.text, TOAST_LIMIT)[0])

    async def close(self) -> None:
        """Answer nobody any more: the buttons stop by themselves after a while."""
        tasks = [*self._waiting.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _later(self, query: str) -> None:
        await asyncio.sleep(self._within)
        await self._answer(query, None)

    async def _answer(self, query: str, text: str | None) -> None:
        try:
            await self._bot.answer_callback_query(query, text)
        except TelegramError:
            # "query is too old" after a restart or a long queue: there is nobody left to tell
            return
