"""Messages that are due go out, each platform's by hands of their own: one that is slow, or asks
for pauses, holds up no other; and of these some for each kind, so that words wait for no file."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

from core.domain.fairness import Rank
from core.runtime.driver import Driver, Work
from core.runtime.engine.delivering import hand_out
from core.runtime.engine.runtime import Runtime
from core.store import Post

WORDS: tuple[Rank, ...] = (Rank.WORDS, Rank.STATUS, Rank.NEWS)
FILES: tuple[Rank, ...] = (Rank.FILE,)
Hands = Mapping[tuple[Rank, ...], Driver]
"""The drivers of one platform's messages, by the ranks that they take."""


class Handing:
    """`forgotten` are users whose last answers leave traces until the next sweep."""

    def __init__(self, runtime: Runtime, posts: Mapping[str, Hands], forgotten: set[str]) -> None:
        self._runtime, self._posts, self._forgotten = runtime, posts, forgotten

    def ready(self, due: float, platform: str = "", rank: Rank | None = None) -> None:
        """As core.store.telling.Listener says."""
        for name, hands in self._posts.items():
            for ranks, driver in hands.items():
                if platform in ("", name) and (rank is None or rank in ranks):
                    driver.wake(due)

    def give_up(self, platform: str) -> None:
        """What is on its way out there gets no moment to end."""
        for driver in self._posts[platform].values():
            driver.give_up()

    def turned(self, platform: str) -> dict[str, float]:
        """When each of its queues was last looked through."""
        return {
            f"{platform} {'words' if ranks == WORDS else 'files'}": driver.turned
            for ranks, driver in self._posts[platform].items()
        }

    async def run(self, platform: str) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            for ranks, driver in self._posts[platform].items():
                run = driver.run(partial(self._take, platform, ranks), _told_nothing)
                group.create_task(run, name=f"outbox {platform} {ranks}")

    async def _take(
        self, platform: str, ranks: Sequence[Rank], most: int
    ) -> tuple[Sequence[Work], float | None]:
        now = self._runtime.clock()
        found, due = await self._runtime.store.next_posts(now, platform, most, ranks)
        return [partial(self._hand_out, post) for post in found], due

    async def _hand_out(self, post: Post) -> None:
        await hand_out(self._runtime, post)
        if post.message.user in self._forgotten:
            # the answer to /forget is the last thing known of them
            await self._runtime.store.settle()


async def _told_nothing(id: int, queue: str) -> None:
    raise AssertionError(f"nobody tells of message {id} in {queue}")
