"""The page with the whole bot behind it: a video, a new start, and /forget; and its command."""

import asyncio
import json
import signal
import socket
from pathlib import Path
from typing import Any

import pytest

from bots.browsing import desktop
from tests.backend import quick_standin
from tests.bots.test_main import start
from tests.bots.web.browser import Tab, adapter, tab
from tests.bots.web.test_server import cookie, kept
from tests.process import Bot, until
from tests.test_forget import traces
from tests.world import bot, photo


def film_of(here: Tab) -> str:
    """Where the newest film is played."""
    films = [it["video"]["src"] for it in here.shown.values() if it["video"]]
    return films[-1] if films else ""


def copy_in(here: Tab) -> str:
    """Where the copy of what is kept can be had."""
    return next((it["document"]["src"] for it in here.shown.values() if it["document"]), "")


async def test_a_video_survives_a_new_start_and_nothing_survives_forget(tmp_path: Path) -> None:
    addresses: asyncio.Queue[str] = asyncio.Queue()

    def page() -> Any:
        return adapter(tmp_path / "web", addresses.put_nowait)

    async with quick_standin().serving() as url:
        async with bot(tmp_path, url, page()), tab(await addresses.get()) as here:
            async with here.listening():
                await here.says("a 2-second video of Wilhelmina", await here.brings(photo()))
                await until(lambda: film_of(here))
                await until(lambda: here.working[-1:] == [False])
            seen, visitor = here.shown, cookie(here)
            assert (await here.get(film_of(here)))[1][4:8] == b"ftyp"
        async with bot(tmp_path, url, page()), tab(await addresses.get(), visitor=visitor) as here:
            await here.load()
            assert here.shown == seen
            async with here.listening():
                await here.says("/mydata")
                await until(lambda: copy_in(here))
                copy = json.loads((await here.get(copy_in(here)))[1])
                assert "a 2-second video of Wilhelmina" in copy["page_messages"][0]["text"]
                assert {file["sort"] for file in copy["page_files"]} == {"own", "film"}
                assert copy["jobs"], "with all that the bot itself keeps"
                await here.says("/forget")
                await here.reads("Shall I delete everything")
                assert await here.presses("🗑 Yes, delete everything") == 202
                await here.reads("🗑 Done.")
            assert (await here.get("/videos/m3.mp4"))[0] == 404
            assert kept(tmp_path) == {"files": 0, "messages": 1, "visitors": 1}
            await until(lambda: traces(tmp_path, "Wilhelmina") == [])


async def test_the_command_says_where_the_page_is_and_ends_in_order(tmp_path: Path) -> None:
    there = Bot(tmp_path, {"DATABASE_URL": f"sqlite:///{tmp_path / 'bot.sqlite'}"})
    await there.start("web")
    try:
        await until(lambda: "http://" in there.log)
        (line,) = there.log.strip().splitlines()
        address = next(word for word in line.split() if word.startswith("http://"))
        async with tab(address) as here:
            assert json.loads((await here.get("/api/log"))[1])["messages"] == []
        there.signal(signal.SIGTERM)
        assert await there.ended() == 0
        assert there.log.strip() == line
    finally:
        await there.kill()


def test_a_port_that_is_taken_ends_the_start_with_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = start(tmp_path, BOTS="web", WEB_PORT=str(taken.getsockname()[1]))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("WEB_PORT cannot be used")


@pytest.mark.parametrize(
    ("environment", "platform", "seen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":10", "SSH_CONNECTION": "1.2.3.4"}, "linux", False),
        ({}, "darwin", True),
    ],
)
def test_a_browser_is_opened_only_where_it_is_seen(
    environment: dict[str, str], platform: str, seen: bool
) -> None:
    assert desktop(environment, platform) is seen
