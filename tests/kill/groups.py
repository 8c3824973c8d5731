"""Two people in a group of the kill test: one opens a reel and says what to make of it, the other
gives the photo; of the film a GIF is asked for."""

import asyncio

from tests.kill.people import Read
from tests.process import Scene
from tests.servers.telegram import Seen
from tests.world import photo

MAKE, TAP_MAKE = "🎬 Make it", "Tap “Make it”"
"""What is offered to who opened a reel where its message is not known, and so what its words
answer."""
REEL, COUNTED = "Group reel: ", "Group reel: 1 photo from 1 person\n"
GIF = "Your video as a GIF"
LOOK = 0.15
LOST = 20.0
"""Seconds of a bot that listens after which who opened a reel calls it again: its message is not
known where the bot died while it posted it."""


class InGroup:
    """The two, on Telegram, as one of the people: `id` is who opens the reels, and pays."""

    def __init__(self, here: Scene, number: int) -> None:
        self._here, self._telegram = here, here.telegram
        self.id, self._friend = 4000 + number, 5000 + number
        self._group = -1_000_000_400_000 - number
        self._telegram.add_group(self._group)
        self._gathering: asyncio.Task[None] | None = None
        self._reels = 0

    def says(self, words: str) -> str:
        """Nothing but reels is spoken of there."""
        raise AssertionError(words)

    def wishes(self, words: str) -> str:
        """A reel is opened, gets its photo, and is made with these words."""
        if self._gathering is not None:
            self._gathering.cancel()  # nothing is offered any more where the film has come
        self._gathering = asyncio.create_task(self._gathered(words))
        return ""

    def presses(self, there: Read, label: str) -> str:
        """A callback query of who opened it."""
        self._telegram.presses(there.where, label, chat=self._group, user=self.id)
        return ""

    def reads(self) -> list[Read]:
        """The group."""
        return [
            Read(seen.text, bool(seen.video), tuple(seen.labels), seen.id)
            for seen in self._telegram.said(self._group)
        ]

    @property
    def gifs(self) -> int:
        """So many have come."""
        return len(self._shown(GIF))

    def asks_for_gif(self, film: Read) -> None:
        """In words that answer the film."""
        self._telegram.user_sends("as a gif", chat=self._group, user=self.id, reply_to=film.where)

    def _shown(self, part: str) -> list[Seen]:
        return [seen for seen in self._telegram.said(self._group) if part in seen.text]

    async def _gathered(self, words: str) -> None:
        """Until a photo is counted; then the words."""
        seen = {found.id for found in self._shown("Group reel")}
        reel = None
        while reel is None:
            self._telegram.user_sends("/reel", chat=self._group, user=self.id)
            opened = await self._comes(seen, REEL)
            if opened is None:
                continue
            seen.add(opened.id)
            if COUNTED in opened.text:  # that of before, which was not seen to be counted in time
                reel = opened
                break
            self._telegram.user_sends(
                photo=photo(), chat=self._group, user=self._friend, reply_to=opened.id
            )
            reel = await self._comes(seen - {opened.id}, COUNTED)
        offered = {found.id for found in self._shown(TAP_MAKE)}
        self._telegram.user_sends(words, chat=self._group, user=self.id, reply_to=reel.id)
        if await self._comes(offered, TAP_MAKE):
            self._telegram.presses(reel.id, MAKE, chat=self._group, user=self.id)

    async def _comes(self, known: set[int], part: str) -> Seen | None:
        """A message with these words that is not known; None where there is none for too long."""
        lived = 0.0
        while lived < LOST:
            if found := [seen for seen in self._shown(part) if seen.id not in known]:
                return found[-1]
            await asyncio.sleep(LOOK)
            lived += LOOK * self._here.listens
        return None
