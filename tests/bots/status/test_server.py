"""The status port over a real socket: health, readiness, metrics, and a page that is opened by a
link alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import structlog.testing

from bots.status.server import Server, serving
from bots.status.settings import Settings
from bots.status.state import Status
from bots.status.watching import watched
from core.ops.meter import Meter
from core.ops.notify import Notifier
from core.settings import Limits, read
from core.store import StoreBroken
from core.store.sqlite import SqliteStore
from core.store.sqlite.outside import SqliteOutside
from tests.process import until
from tests.servers.notify import listening

NOW = 1_790_000_000.0


class Bot:
    """What a running bot tells the port, and can be made to tell."""

    def __init__(self, folder: Path) -> None:
        self.now, self.heard, self.turned = NOW, {"telegram": NOW}, {"requests": NOW}
        self.broken = False
        self.meter = Meter()
        self.status = Status(
            SqliteOutside(folder / "bot.sqlite"), folder, self.meter, lambda: self.heard,
            lambda: self.turned, self.touch, "1", lambda: self.now,
        )  # fmt: skip

    async def touch(self) -> None:
        if self.broken:
            raise StoreBroken("read only")


@asynccontextmanager
async def at(bot: Bot) -> AsyncIterator[tuple[str, aiohttp.ClientSession]]:
    settings = read(Settings, {"STATUS_PORT": "0"})
    jar = aiohttp.CookieJar(unsafe=True)
    async with serving(settings, bot.status) as url, aiohttp.ClientSession(cookie_jar=jar) as asks:
        yield url, asks


@pytest.fixture
async def bot(tmp_path: Path) -> Bot:
    await (await SqliteStore.open(tmp_path / "bot.sqlite")).close()
    return Bot(tmp_path)


async def test_it_is_healthy_as_long_as_the_loop_turns(bot: Bot) -> None:
    async with at(bot) as (url, asks), asks.get(f"{url}/healthz") as answer:
        assert (answer.status, await answer.text()) == (200, "ok\n")


async def test_it_is_ready_while_it_hears_and_can_write(bot: Bot) -> None:
    async with at(bot) as (url, asks):
        async with asks.get(f"{url}/readyz") as answer:
            body = {"ready": True, "troubles": [], "paused": False}
            assert (answer.status, await answer.json()) == (200, body)
        bot.now += 1000
        bot.broken = True
        async with asks.get(f"{url}/readyz") as answer:
            told = await answer.json()
    assert answer.status == 503
    assert told["troubles"] == [
        "the database takes no writes",
        "telegram has been silent for 1000 seconds",
        "the queue of requests has stood still for 1000 seconds",
    ]


async def test_a_database_that_is_away_is_told_and_the_rest_is_answered(
    bot: Bot, tmp_path: Path
) -> None:
    bot.status.database = SqliteOutside(tmp_path / "nowhere" / "bot.sqlite")
    link = bot.status.access.token("link", NOW)
    async with at(bot) as (url, asks):
        async with asks.get(f"{url}/readyz") as answer:
            assert answer.status == 503
        async with asks.get(f"{url}/metrics") as answer:
            assert answer.status == 200
            assert "bot_platform_silence_seconds" in await answer.text()
        async with asks.get(f"{url}/?token={link}") as answer:
            assert "the database takes no writes" in await answer.text()


async def test_a_store_that_waits_for_its_disk_is_not_ready(bot: Bot) -> None:
    bot.status.write_seconds = 0.01
    bot.status.touch = asyncio.Event().wait  # type: ignore[assignment]
    assert not (await bot.status.signs())[1].writable


async def test_metrics_can_be_scraped_and_name_nobody(bot: Bot) -> None:
    bot.meter.requests.labels("create", "done").inc()
    bot.meter.hear(None, "warning", {"event": "a step failed", "error": "Trouble"})
    bot.meter.hear(None, "error", {"event": "no way", "error": "to host 192.0.2.1 of Anna"})
    bot.meter.hear(None, "info", {"event": "taken in"})
    bot.meter.posted("telegram", NOW - 2, NOW)
    bot.meter.moved(1, "gather", False, NOW)
    bot.meter.moved(1, "turn", False, NOW + 60)
    bot.meter.moved(1, "export", True, NOW + 90)
    bot.status.limits = bots_own = Limits()
    async with at(bot) as (url, asks), asks.get(f"{url}/metrics") as answer:
        text = await answer.text()
    for line in (
        f'bot_budget_left{{span="day"}} {bots_own.budget_bot_day:.1f}',
        'bot_requests_total{outcome="done",plan="create"} 1.0',
        'bot_troubles_total{error="Trouble",event="a step failed"} 1.0',
        'bot_words_seconds_sum{platform="telegram"} 2.0',
        'bot_phase_seconds_sum{step="turn"} 60.0',
        'bot_phase_seconds_sum{step="export"} 30.0',
        "bot_outbox 0.0",
        "bot_free_tokens_left 10.0",
        'bot_platform_silence_seconds{platform="telegram"} 0.0',
    ):
        assert line in text.splitlines()
    assert "taken in" not in text
    assert 'bot_troubles_total{error="",event="no way"} 1.0' in text.splitlines()
    assert "Anna" not in text


async def test_the_page_is_opened_by_a_link_and_then_by_the_browser(bot: Bot) -> None:
    async with at(bot) as (url, asks):
        async with asks.get(url) as answer:
            assert answer.status == 403
            assert "stats --link" in await answer.text()
        link = bot.status.access.token("link", NOW)
        async with asks.get(f"{url}/?token={link}") as answer:
            text = await answer.text()
        assert answer.status == 200
        assert "All is well." in text
        assert link not in str(answer.url)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        async with aiohttp.ClientSession() as other, other.get(f"{url}/?token={link}") as answer:
            assert answer.status == 403
        bot.now += 31 * 24 * 3600
        async with asks.get(url) as answer:
            assert answer.status == 403


async def test_a_port_that_is_taken_stops_nothing(bot: Bot) -> None:
    async with at(bot) as (url, _):
        port = url.rpartition(":")[2]
        with structlog.testing.capture_logs() as log:
            async with serving(read(Settings, {"STATUS_PORT": port}), bot.status) as second:
                assert second == ""
    assert [line["log_level"] for line in log] == ["warning"]


async def test_without_a_port_nothing_listens(bot: Bot) -> None:
    async with serving(read(Settings, {}), bot.status) as url:
        assert url == ""
    assert Server(bot.status).app().router.routes()


async def test_systemd_hears_of_a_bot_that_hears_and_not_of_a_deaf_one(bot: Bot) -> None:
    async with listening() as (address, heard):
        told = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "20000"}
        with structlog.testing.capture_logs() as log:
            async with watched(bot.meter, Notifier(told), bot.status.deaf, asyncio.Event().wait):
                async with asyncio.timeout(300):
                    assert await heard.get() == "WATCHDOG=1"
                bot.now += 1000
                await until(lambda: bool(log))
                while not heard.empty():
                    heard.get_nowait()
                said = len(log)
                await until(lambda: len(log) > said + 2)
                assert heard.empty()


async def test_where_nobody_watches_nothing_is_asked(bot: Bot) -> None:
    notifier = Notifier({"WATCHDOG_USEC": "20000"})
    assert notifier.pause is None
    notifier.say("READY=1")
    async with watched(bot.meter, notifier, bot.status.deaf, asyncio.Event().wait):
        await asyncio.sleep(0)


async def test_a_socket_that_is_gone_disturbs_nobody(tmp_path: Path) -> None:
    Notifier({"NOTIFY_SOCKET": str(tmp_path / "gone")}).say("READY=1")
