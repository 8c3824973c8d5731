"""A walk as a new user takes it, against the fake Discord, with its transcript: `python -m
tests.bots.discord.walking`.

Slash with photos, the menu, a mention, a direct chat, a run longer than 15 minutes by a moved
clock, a gateway that drops in the middle, and a user-installed app elsewhere; what a person reads
is printed channel by channel. Arguments name the steps to take."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.backend import quick_standin
from tests.bots.discord.conftest import connected
from tests.servers.discord import Channel, FakeDiscord, Message, Photo
from tests.servers.telegram import photograph
from tests.world import bot as whole


def photo(name: str = "photo.jpg", colour: str = "steelblue") -> Photo:
    return Photo(name, photograph(480, 320, colour))


class Tour:
    """The steps, each with what has to have come of it before the next one."""

    def __init__(self, dc: FakeDiscord) -> None:
        self.dc = dc
        self.foreign, self.thread = (
            dc.foreign("a server without the bot"),
            dc.thread(dc.general, "holidays"),
        )
        self.places = {
            "#general": dc.general, "thread": self.thread, "direct": dc.dm,
            "elsewhere": self.foreign,
        }  # fmt: skip

    async def until(
        self, place: Channel, found: Callable[[Message], bool], count: int = 1
    ) -> Message:
        def all_found() -> list[Message]:
            return [message for message in self.dc.bot_says(place) if found(message)]

        await self.dc.wait_for(lambda: len(all_found()) >= count)
        return all_found()[-1]

    async def clip(self, place: Channel, count: int = 1) -> Message:
        return await self.until(place, lambda message: bool(message.files), count)

    async def greeting(self) -> None:
        self.dc.slash("start")
        await self.until(self.dc.general, lambda message: "/video" in message.content)

    async def slash(self) -> None:
        self.dc.slash(
            "video",
            {"prompt": "a clip of our trip", "length": 5},
            [photo(), photo("b.jpg", "tomato")],
        )
        await self.clip(self.dc.general)

    async def menu(self) -> None:
        shared = self.dc.says("look at this", [photo("dog.jpg", "olive")], user=self.dc.onlooker)
        self.dc.menu("Make a video", shared)
        asked = await self.until(
            self.dc.general, lambda message: "What shall I make" in message.content
        )
        self.dc.presses(asked, asked.labels[0])
        await self.clip(self.dc.general, 2)

    async def mention(self) -> None:
        self.dc.says("make a 2-second video", [photo()], channel=self.thread, mention=True)
        await self.clip(self.thread)

    async def direct(self) -> None:
        self.dc.says("", [photo()], channel=self.dc.dm)
        await self.until(self.dc.dm, lambda message: bool(message.labels))
        self.dc.says("做成 2 秒的视频", channel=self.dc.dm)
        await self.clip(self.dc.dm)

    async def long(self) -> None:
        before = len([message for message in self.dc.bot_says() if message.files])
        asked = self.dc.slash("video", {"prompt": "a 2-second video"}, [photo()])
        await self.dc.wait_for(lambda: asked.original and not asked.original.thinking)
        self.dc.clock.advance(16 * 60)
        await self.clip(self.dc.general, before + 1)

    async def drop(self) -> None:
        before = len([message for message in self.dc.bot_says() if message.files])
        asked = self.dc.slash("video", {"prompt": "a 2-second video"}, [photo()])
        await self.dc.wait_for(lambda: asked.original and not asked.original.thinking)
        await self.dc.drop_gateway()
        await self.dc.wait_for(lambda: self.dc.gateway.reconnected)
        await self.clip(self.dc.general, before + 1)

    async def elsewhere(self) -> None:
        self.dc.slash(
            "video",
            {"prompt": "a 2-second video"},
            [photo()],
            channel=self.foreign,
            installed="user",
            locale="zh-CN",
        )
        await self.clip(self.foreign)

    @property
    def steps(self) -> tuple[Callable[[], Awaitable[None]], ...]:
        return (
            self.greeting, self.slash, self.menu, self.mention, self.direct, self.long, self.drop,
            self.elsewhere,
        )  # fmt: skip

    def transcript(self) -> str:
        return "\n\n".join(
            f"=== {name}\n{self.dc.transcript(place)}" for name, place in self.places.items()
        )


async def tour(folder: Path, *only: str) -> Tour:
    """Take the steps named, or all."""
    async with FakeDiscord() as dc:
        adapter = connected(dc, folder)
        adapter.edit_seconds = 0.0
        walk = Tour(dc)
        async with quick_standin().serving() as url, whole(folder, url, adapter):
            await dc.wait_for(lambda: dc.gateway.identified)
            for step in walk.steps:
                if not only or step.__name__ in only:
                    await step()
            await dc.wait_for(
                lambda: not any(message.thinking for message in dc.world.messages.values())
            )
        return walk


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        sys.stdout.write(f"{asyncio.run(tour(Path(temporary), *sys.argv[1:])).transcript()}\n")
