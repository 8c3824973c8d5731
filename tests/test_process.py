"""The bot as a process: a deploy, a disk without room, a copy of its database and back, everything
at DEBUG."""

import asyncio
import re
import resource
import signal
import socket
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bots.sandbox.standin.app import StandIn
from tests.backend import quick_standin
from tests.kill.counting import Wish, idle, tally
from tests.kill.people import OnDiscord
from tests.kill.rounds import arrived
from tests.kill.traps import Watched
from tests.process import Bot, Scene, scene, until
from tests.servers.notify import listening
from tests.world import photo

FIRST, SECOND = Wish(2001, "Mountain"), Wish(2002, "River")


def says(here: Scene, wish: Wish) -> None:
    here.telegram.user_sends(wish.words, photo=photo(), user=wish.user)


async def video(here: Scene, wish: Wish) -> None:
    """Wait for it, or show what was said instead."""
    try:
        await until(lambda: tally(here, wish).videos)
    except TimeoutError:
        raise AssertionError(here.telegram.transcript(wish.user) + here.bot.log[-2000:]) from None


def watched() -> StandIn:
    standin = quick_standin(quota=False)
    standin.faults = Watched(standin.calls)
    return standin


async def test_a_deploy_ends_in_ten_seconds_and_tells_nobody_anything_wrong(tmp_path: Path) -> None:
    async with scene(tmp_path, watched(), NEMO_RECOVERY_SECONDS="0.3") as here:
        await here.up()
        here.standin.faults.set("turn", "silence:1.5")
        says(here, FIRST)
        await until(lambda: any("words" in call.facts for call in here.standin.asked("turn")))
        here.standin.faults.set("upload", "delay:60")
        says(here, SECOND)
        await until(lambda: len(here.standin.asked("upload")) == 2)
        begun = time.monotonic()
        here.bot.signal(signal.SIGTERM)
        assert await here.bot.ended() == 0
        assert time.monotonic() - begun < 10 * max(1.0, here.slowness)
        said = here.telegram.transcript(FIRST.user) + here.telegram.transcript(SECOND.user)
        assert "😕" not in said
        assert "⚠️" not in said
        assert "Traceback" not in here.bot.log
        here.standin.faults.clear()
        await here.up()
        await video(here, FIRST)
        await video(here, SECOND)
        for wish in (FIRST, SECOND):
            assert tally(here, wish).broken() == []
            assert "😕" not in here.telegram.transcript(wish.user), "the turn had time to end"


async def test_a_deploy_in_the_middle_of_a_command_on_discord_loses_nothing(tmp_path: Path) -> None:
    async with scene(tmp_path, watched(), discord=True) as here:
        await here.up()
        commander, writer = OnDiscord(here, 1, "slash"), OnDiscord(here, 2, "dm")
        here.discord.hold_downloads = asyncio.Event()
        use = commander.wishes(Wish(commander.id, "Forest").words)
        await until(lambda: commander.answered(use))
        here.standin.faults.set("upload", "delay:60")
        writer.wishes(Wish(writer.id, "Lake").words)
        begun = time.monotonic()
        here.bot.signal(signal.SIGTERM)
        assert await here.bot.ended() == 0
        assert time.monotonic() - begun < 10 * max(1.0, here.slowness)
        assert "Traceback" not in here.bot.log
        here.discord.hold_downloads.set()
        here.standin.faults.clear()
        await here.up()
        for person, words in ((commander, "Forest"), (writer, "Lake")):
            wish = Wish(person.id, words)
            await until(lambda wish=wish, person=person: arrived(person.reads(), wish))  # type: ignore[misc]
            assert tally(here, wish, reads=person.reads()).broken() == []
            assert not any("😕" in read.text or "⚠️" in read.text for read in person.reads())


async def test_a_bot_with_nothing_to_do_ends_at_once(tmp_path: Path) -> None:
    async with scene(tmp_path) as here:
        await here.up()
        begun = time.monotonic()
        here.bot.signal(signal.SIGTERM)
        assert await here.bot.ended() == 0
        assert time.monotonic() - begun < 3 * max(1.0, here.slowness)


async def test_without_room_on_the_disk_nothing_is_confirmed_and_later_all_is_done(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path, watched(), LOG_LEVEL="WARNING") as here:
        await here.up()
        resource.prlimit(here.bot.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        says(here, FIRST)
        await until(lambda: "cannot be written" in here.bot.log)
        await asyncio.sleep(0.5)
        assert here.telegram.confirmed() == []
        assert here.telegram.said(FIRST.user) == []
        assert here.bot.log.count("cannot be written") == 1, "told once"
        resource.prlimit(
            here.bot.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        )
        await video(here, FIRST)
        assert tally(here, FIRST).broken() == []
        assert here.bot.starts == 1


async def test_while_hardly_any_handles_are_left_people_wait_and_then_all_are_served(
    tmp_path: Path,
) -> None:
    standin, wishes = (
        watched(),
        [Wish(2001 + number, word) for number, word in enumerate(("Sea", "Moon", "Tree", "Rain"))],
    )
    async with scene(tmp_path, standin) as here:
        await here.up()
        before = resource.prlimit(here.bot.pid, resource.RLIMIT_NOFILE)
        most = len(list(Path(f"/proc/{here.bot.pid}/fd").iterdir())) + 4
        resource.prlimit(here.bot.pid, resource.RLIMIT_NOFILE, (most, before[1]))
        for wish in wishes:
            says(here, wish)
        await until(lambda: here.bot.log.count("a step failed") >= len(wishes))
        resource.prlimit(here.bot.pid, resource.RLIMIT_NOFILE, before)
        for wish in wishes:
            await video(here, wish)
            assert "😕" not in here.telegram.transcript(wish.user)
        assert "a defect" not in here.bot.log
        assert len(here.standin.asked("turn")) == len(wishes)


async def test_a_copy_that_is_put_back_does_not_pay_again(tmp_path: Path) -> None:
    async with scene(tmp_path, watched(), NEMO_RECOVERY_SECONDS="0.3") as here:
        await here.up()
        assert isinstance(here.standin.faults, Watched)
        caught = here.standin.faults.catch("turn", 1, 1.5)
        says(here, FIRST)
        await caught
        assert await here.command("backup", "copy.sqlite") == 0
        assert "Keep" in here.bot.log
        await video(here, FIRST)
        assert await here.command("restore", "copy.sqlite") == 2, "the bot runs"
        await here.bot.kill()
        assert await here.command("restore", "copy.sqlite") == 0
        await here.up()
        await until(lambda: idle(here.look))
        assert tally(here, FIRST).turns == 1
        assert "Traceback" not in here.bot.log
        assert (tmp_path / "bot.sqlite.aside-1").exists()


@pytest.mark.parametrize("arguments", [("backup", "bot.sqlite"), ("restore", "nowhere.sqlite")])
async def test_a_copy_that_cannot_be_made_is_one_sentence(
    tmp_path: Path, arguments: tuple[str, str]
) -> None:
    (tmp_path / "bot.sqlite").write_bytes(b"")
    async with scene(tmp_path) as here:
        assert await here.command(*arguments) == 2
        assert len(here.bot.log.splitlines()) == 1
        assert here.database.read_bytes() == b""


async def test_an_operator_sees_a_running_bot_and_systemd_hears_of_it(tmp_path: Path) -> None:
    port = free_port()
    async with listening() as (address, heard):
        more: dict[str, Any] = {"STATUS_PORT": str(port), "NOTIFY_SOCKET": address}
        jar = aiohttp.CookieJar(unsafe=True)  # that of a host without a name
        async with (
            scene(tmp_path, None, **more) as here,
            aiohttp.ClientSession(cookie_jar=jar) as asks,
        ):
            await here.up()
            assert await heard.get() == "READY=1"
            says(here, FIRST)
            await video(here, FIRST)
            await until_ready(asks, port)
            async with asks.get(f"http://127.0.0.1:{port}/metrics") as answer:
                told = await answer.text()
            link = await said(here, "stats", "--link")
            async with asks.get(link.strip()) as answer:
                page = await answer.text()
            stats, month = await said(here, "stats"), await said(here, "report", "--month")
            here.bot.signal(signal.SIGTERM)
            await here.bot.ended()
        assert await heard.get() == "STOPPING=1"
    counted = [line for line in told.splitlines() if line.startswith("bot_requests_total")]
    assert counted == ['bot_requests_total{outcome="done",plan="make"} 1.0']
    assert "All is well." in page
    assert re.search(r"last day +1 +0 +0", stats)
    assert ",make,done," in month


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


async def until_ready(asks: aiohttp.ClientSession, port: int) -> None:
    async with asyncio.timeout(300):
        while True:
            async with asks.get(f"http://127.0.0.1:{port}/readyz") as answer:
                if answer.status == 200:
                    return
            await asyncio.sleep(0.05)


async def said(here: Scene, *arguments: str) -> str:
    """What a second process prints beside the bot."""
    beside = Bot(here.bot.folder / "beside", here.bot.environment)
    beside.folder.mkdir(exist_ok=True)
    before = beside.log
    await beside.start(*arguments)
    assert await beside.ended() == 0
    return beside.log.removeprefix(before)
