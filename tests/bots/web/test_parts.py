"""The parts of the page's server for themselves: the journal, the open streams, and a terminal."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bots.browsing import detached, wanted
from bots.web import streams
from bots.web.desk import Desk
from bots.web.journal import Item, Journal
from bots.web.server import lines
from bots.web.translate import own_body
from core.messages import Inbound
from core.vault import Vault
from tests.bots.web.browser import KEYS

OTHER_KEYS = Vault([b"v" * 32])
NOW = 1_800_000_000.0


@asynccontextmanager
async def opened(folder: Path, vault: Vault = KEYS) -> AsyncIterator[Journal]:
    """The journal of this folder."""
    journal = await Journal.open(folder, vault, lambda: NOW)
    try:
        yield journal
    finally:
        await journal.close()


def item(user: str, place: str, sort: str = "film", size: int = 40) -> Item:
    return Item(0, user, place, sort, sort, "video/mp4", size, None, NOW)


async def test_a_new_film_takes_the_place_of_the_oldest_of_its_visitor(tmp_path: Path) -> None:
    async with opened(tmp_path) as journal:
        await journal.keep(item("me", "own", "own", 20))
        for n in range(3):
            await journal.posted("me", f"{n}", {"text": "x"}, [item("me", f"f{n}")], working=False)
        await journal.keep(item("you", "theirs"))
        assert await journal.make_room("me", 40, most=180) == []
        assert await journal.make_room("me", 40, most=100) == ["f0", "f1"]
        assert await journal.places() == {"own", "f2", "theirs"}
        assert (await journal.bytes_of("me"), await journal.bytes_of_all()) == (60, 100)
        assert [entry.id for entry in await journal.log("me", 9)] == [1, 2, 3]


async def test_what_another_key_has_sealed_is_not_shown(tmp_path: Path) -> None:
    async with opened(tmp_path, OTHER_KEYS) as journal:
        await journal.posted("me", "1", {"text": "old"}, working=False)
    async with opened(tmp_path) as journal:
        await journal.posted("me", "2", {"text": "new"}, working=False)
        assert [entry.body for entry in await journal.log("me", 9)] == [{"text": "new"}]


async def test_who_waits_no_longer_leaves_no_half_a_write(tmp_path: Path) -> None:
    async with opened(tmp_path) as journal:
        for turns in range(40):
            task = asyncio.create_task(journal.speak("me", f"{turns}"))
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await journal.speak("me", "de")
        assert await journal.language("me") == "de"


def test_no_visitor_can_open_streams_without_end() -> None:
    there = streams.Streams()
    with ExitStack() as stack:
        for _ in range(streams.EACH):
            stack.enter_context(there.opened("me"))
        with pytest.raises(streams.Full), there.opened("me"):
            pass
        other = stack.enter_context(there.opened("you"))
        there.passing("me", "toast", {"text": "x"})
        assert not other.passing
    with there.opened("me") as mine:
        for n in range(streams.PASSING + 5):
            there.passing("me", "toast", {"text": f"{n}"})
        assert len(mine.passing) == streams.PASSING


def test_nobody_can_type_where_nothing_is_attached() -> None:
    with Path(os.devnull).open() as nothing, StringIO() as nowhere:
        assert detached(nothing)
        assert wanted({}, nothing)
        assert wanted({"INVOCATION_ID": "x", "DISPLAY": ":0"}, nothing)
        assert not wanted({"INVOCATION_ID": "x"}, nothing)
        assert detached(nowhere)
    near, far = os.pipe()
    with os.fdopen(near) as piped, os.fdopen(far, "w"):
        assert not detached(piped)
    master, slave = os.openpty()
    with os.fdopen(master, "w"), os.fdopen(slave) as terminal:
        assert not detached(terminal)


@pytest.mark.parametrize(
    ("handles", "most"), [(0, 2000), (1, 1), (1024, 256), (8000, 2000), (65_536, 2000)]
)
def test_the_page_has_a_share_of_the_handles(handles: int, most: int) -> None:
    assert lines.most(handles) == most


@pytest.mark.parametrize(("there", "answer"), [(0, b"here"), (lines.MOST, b"")])
async def test_a_line_too_many_ends_before_anything_is_said(there: int, answer: bytes) -> None:
    class Here(asyncio.Protocol):
        def connection_made(self, transport: Any) -> None:
            transport.write(b"here")
            transport.close()

    loop = asyncio.get_running_loop()
    server = await loop.create_server(lines.bounded(Here, lambda: there), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        said = b""
        with suppress(ConnectionError):
            said = await reader.read()
        writer.close()
    assert said == answer


async def test_one_bad_message_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    taken = []

    async def receive(inbound: Inbound) -> None:
        if inbound.user == "bad":
            raise ValueError
        taken.append(inbound.user)

    async with opened(tmp_path) as journal:
        for user in ("bad", "good"):
            await journal.said(user, "some-key", own_body("hello", (), None, "en"))
        desk = Desk(journal, streams.Streams(), receive, lambda: NOW)
        await desk.resume(NOW - 1, NOW)
        assert taken == ["good"]
        assert [entry.user for entry in await journal.unanswered(NOW - 1, NOW)] == ["bad"]
