"""Keeps "sending a video…" alive in the chats where a status says that work goes on."""

import asyncio

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bots.telegram.translate import action_thread
from core.messages import Address, Outbound

Place = tuple[Address, str]


class Working:
    """One task for each status message that is at work. Telegram shows an action for 5 s at most.

    `every` is the pause between two actions and `longest` how long a status may go without news, in
    seconds."""

    def __init__(self, bot: Bot, every: float = 4.5, longest: float = 300.0) -> None:
        self._bot, self._every, self._longest = bot, every, longest
        self._tasks: dict[Place, asyncio.Task[None]] = {}

    def follow(self, message: Outbound) -> None:
        """Start or renew with a message that works, end with one of the same slot that does not, or
        with the clip."""
        ended = [(message.address, message.slot)] if message.slot and not message.working else []
        if message.video:
            ended = [place for place in self._tasks if place[0] == message.address]
        for place in ended:
            self._end(place)
        if message.working:
            self._begin((message.address, message.slot))

    def begin(self, address: Address) -> None:
        """Show it while a clip is on its way up."""
        self._begin((address, "upload"))

    def stop(self, address: Address) -> None:
        """End all of one chat."""
        for place in [place for place in self._tasks if place[0] == address]:
            self._end(place)

    async def close(self) -> None:
        """End everything."""
        tasks, self._tasks = [*self._tasks.values()], {}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, place: Place) -> None:
        self._end(place)
        self._tasks[place] = asyncio.create_task(self._keep(place))
        self._tasks[place].add_done_callback(lambda task: self._forget(place, task))

    def _end(self, place: Place) -> None:
        if task := self._tasks.pop(place, None):
            task.cancel()

    def _forget(self, place: Place, task: asyncio.Task[None]) -> None:
        if self._tasks.get(place) is task:
            del self._tasks[place]

    async def _keep(self, place: Place) -> None:
        address, action = place[0], ChatAction.UPLOAD_VIDEO
        try:
            async with asyncio.timeout(self._longest):
                while True:
                    await self._bot.send_chat_action(
                        address.chat, action, message_thread_id=action_thread(address)
                    )
                    await asyncio.sleep(self._every)
        except (TelegramError, TimeoutError):
            return  # an ornament: whatever is wrong, the next message meets it and reports it
