"""One suite for every adapter in bots/: what the port promises holds on each platform, over its own
wire."""

import asyncio
import contextlib
import importlib
import os
import pkgutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

import pytest

import bots
from bots.console.pipe import Pipe
from core.adapter import Adapter, FileGone, Unavailable
from core.messages import Attachment, Button, Command, Inbound, Outbound, Video
from tests.servers.discord import FakeDiscord, Photo
from tests.servers.telegram import FakeTelegram
from tests.world import photo

EXPORT = ((Button("Export", Command.EXPORT, 7), Button("New", Command.NEW)),)


async def eventually(condition: Callable[[], bool], seconds: float = 300.0) -> None:
    """Wait for what happens on the other side of a wire."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  (another program's screen rings no event)
            await asyncio.sleep(0.01)


@dataclass
class Platform:
    """One adapter at work on its fake platform, and a person there."""

    adapter: Adapter
    say: Callable[[str, bytes | None], Awaitable[None]]
    shown: Callable[[], list[str]]
    press: Callable[[str], Awaitable[None]]
    taken: list[Inbound] = field(default_factory=list)

    async def receive(self, inbound: Inbound) -> None:
        self.taken.append(inbound)

    async def hears(self, words: str, picture: bytes | None = None) -> Inbound:
        """What the adapter makes of one message."""
        before = len(self.taken)
        await self.say(words, picture)
        await eventually(lambda: len(self.taken) > before)
        return self.taken[-1]

    async def reads(self, part: str) -> str:
        """The first shown message that holds these words."""
        await eventually(lambda: any(part in words for words in self.shown()))
        return next(words for words in self.shown() if part in words)


Set = Callable[[Path], AbstractAsyncContextManager[Platform]]


@asynccontextmanager
async def at_work(platform: Platform) -> AsyncIterator[Platform]:
    task = asyncio.create_task(platform.adapter.run(platform.receive))
    try:
        yield platform
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def console(folder: Path) -> AsyncIterator[Platform]:
    source, target = os.pipe()
    written = StringIO()
    picture = folder / "cat.jpg"

    async def say(words: str, data: bytes | None) -> None:
        if data is not None:
            picture.write_bytes(data)
        line = f"{picture} {words}" if data is not None else words
        os.write(target, f"{line}\n".encode())

    async def press(label: str) -> None:
        number = written.getvalue().rpartition(f"] {label}")[0].rpartition("[")[2]
        os.write(target, f"{number}\n".encode())

    adapter = Pipe(source, written, folder, "en")
    async with at_work(
        Platform(adapter, say, lambda: written.getvalue().split("\n\n"), press)
    ) as platform:
        yield platform
    for end in (source, target):
        with contextlib.suppress(OSError):
            os.close(end)


@asynccontextmanager
async def telegram(folder: Path) -> AsyncIterator[Platform]:
    async with FakeTelegram() as fake:
        adapter = importlib.import_module("bots.telegram").connect(
            {"TELEGRAM_BOT_TOKEN": fake.token, "TELEGRAM_API_URL": fake.url}, folder
        )

        async def say(words: str, data: bytes | None) -> None:
            fake.user_sends(words, photo=data)

        async def press(label: str) -> None:
            fake.presses([seen for seen in fake.chat() if label in seen.labels][-1].id, label)

        said = Platform(
            adapter, say, lambda: [seen.text for seen in fake.chat() if seen.by_bot], press
        )
        async with at_work(said) as platform:
            yield platform


@asynccontextmanager
async def discord(folder: Path) -> AsyncIterator[Platform]:
    async with FakeDiscord() as fake:
        adapter = importlib.import_module("bots.discord").connect(fake.environment, folder)
        before = fake.gateway.identified

        async def say(words: str, data: bytes | None) -> None:
            fake.says(words, [Photo("cat.jpg", data)] if data is not None else [], channel=fake.dm)

        async def press(label: str) -> None:
            fake.presses(
                [seen for seen in fake.bot_says(fake.dm) if label in seen.labels][-1], label
            )

        said = Platform(
            adapter, say, lambda: [seen.content for seen in fake.bot_says(fake.dm)], press
        )
        async with at_work(said) as platform:
            await fake.wait_for(lambda: fake.gateway.identified > before)
            yield platform


SETS: dict[str, Set] = {"console": console, "telegram": telegram, "discord": discord}


def adapters() -> list[str]:
    """Every module of bots/ that can be connected."""
    names = [module.name for module in pkgutil.iter_modules(bots.__path__) if module.ispkg]
    return [name for name in names if hasattr(importlib.import_module(f"bots.{name}"), "connect")]


@pytest.fixture(params=adapters())
async def platform(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Platform]:
    async with SETS[request.param](tmp_path) as here:
        yield here


def to(inbound: Inbound, words: str, **more: object) -> Outbound:
    answer = Outbound(inbound.address, words, ticket=inbound.ticket, user=inbound.user)
    return replace(answer, **more)  # type: ignore[arg-type]


def test_every_adapter_has_its_set_here() -> None:
    assert set(adapters()) == set(SETS)


@pytest.mark.parametrize("name", [name for name in adapters() if name != "console"])
def test_an_adapter_without_a_token_is_no_adapter(name: str, tmp_path: Path) -> None:
    assert importlib.import_module(f"bots.{name}").connect({}, tmp_path) is None


async def test_words_come_in_with_who_and_where(platform: Platform) -> None:
    inbound = await platform.hears("make a video of the sea")
    assert inbound.text == "make a video of the sea"
    assert inbound.address.platform == platform.adapter.platform
    assert inbound.user
    assert inbound.addressed
    assert inbound.private


async def test_every_message_has_an_id_of_its_own(platform: Platform) -> None:
    ids = [(await platform.hears(f"words {number}")).id for number in range(3)]
    assert len(set(ids)) == 3


async def test_a_photo_comes_as_a_reference_and_can_be_fetched_more_than_once(
    platform: Platform, tmp_path: Path
) -> None:
    inbound = await platform.hears("look", photo())
    (attachment,) = inbound.attachments
    assert inbound.text == "look"
    assert ":" in attachment.ref
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        fetched = await platform.adapter.fetch(attachment, folder)
        assert fetched.parent == folder
        assert fetched.read_bytes() == photo()


async def test_a_file_that_is_gone_is_told_as_such(platform: Platform, tmp_path: Path) -> None:
    inbound = await platform.hears("look", photo())
    (attachment,) = inbound.attachments
    with pytest.raises((FileGone, Unavailable)):
        await platform.adapter.fetch(Attachment(f"{attachment.ref}0"), tmp_path)


async def test_words_go_out_and_are_edited_in_place(platform: Platform) -> None:
    inbound = await platform.hears("hello")
    first = await platform.adapter.send(
        to(inbound, "Uploading", slot="job-1", silent=True, working=True), None, "n1"
    )
    await platform.reads("Uploading")
    second = await platform.adapter.send(
        to(inbound, "Rendering", slot="job-1", silent=True, working=True), first, "n2"
    )
    await platform.reads("Rendering")
    again = await platform.adapter.send(
        to(inbound, "Rendering", slot="job-1", silent=True, working=True), second, "n3"
    )
    assert again, "an edit that changes nothing counts as done"


async def test_a_button_comes_back_as_the_command_it_carries(platform: Platform) -> None:
    inbound = await platform.hears("hello")
    await platform.adapter.send(to(inbound, "Here it is.", buttons=EXPORT), None, "n1")
    await platform.reads("Here it is.")
    before = len(platform.taken)
    await platform.press("Export")
    await eventually(lambda: len(platform.taken) > before)
    pressed = platform.taken[-1]
    assert (pressed.command, pressed.job, pressed.user) == (Command.EXPORT, 7, inbound.user)


async def test_words_that_are_too_long_are_shortened_and_not_lost(platform: Platform) -> None:
    inbound = await platform.hears("hello")
    await platform.adapter.send(to(inbound, "The beginning. " + "word " * 3000), None, "n1")
    await platform.reads("The beginning.")


async def test_markup_and_mentions_arrive_as_they_were_written(platform: Platform) -> None:
    inbound = await platform.hears("hello")
    words = "1 < 2 & *stars* _lines_ `ticks` [link](http://x) <b>bold</b>"
    await platform.adapter.send(to(inbound, words), None, "n1")
    shown = await platform.reads("1 < 2")
    assert "stars" in shown
    assert "bold" in shown


async def test_a_video_arrives_with_its_words(platform: Platform, tmp_path: Path) -> None:
    inbound = await platform.hears("hello")
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"\0\0\0\x18ftypmp42" + b"\0" * 2000)
    video = Video(
        "https://example.com/v.mp4", path=str(clip), width=64, height=48, seconds=2, bytes=2012
    )
    posted = await platform.adapter.send(
        to(inbound, "Ready! https://example.com/v.mp4", video=video), None, "n1"
    )
    assert posted
    await platform.reads("Ready!")


async def test_a_command_comes_in_as_a_command(platform: Platform) -> None:
    if platform.adapter.platform == "discord":
        pytest.skip("slash commands are tried in tests/bots/discord")
    inbound = await platform.hears("/language zh")
    assert (inbound.command, inbound.text) == (Command.LANGUAGE, "zh")
