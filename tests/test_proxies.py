"""Everything that goes out goes through the proxy: each client against a server that it can reach
in no other way."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bots import discord as discord_bot
from bots import telegram as telegram_bot
from bots.discord.run import Discord
from bots.sandbox.standin.app import StandIn
from bots.telegram.run import Telegram
from core.nemo import wire
from core.nemo.client import NemoClient
from core.nemo.errors import BadRequest, NotSent
from core.net import proxies_from
from tests.bots.discord import conftest as discord_tests
from tests.bots.telegram import conftest as telegram_tests
from tests.servers.discord import FakeDiscord, Photo
from tests.servers.proxies import FakeProxy
from tests.servers.telegram import FakeTelegram, photograph

SKILL = wire.Attribution("best-image-to-video-ai", "1.0.0", "unknown")


def port_of(url: str) -> int:
    port = urlsplit(url).port
    assert port
    return port


async def test_telegram_is_polled_and_read_through_the_proxy(tmp_path: Path) -> None:
    async with (
        FakeTelegram() as fake,
        FakeProxy("http", {"telegram.example": port_of(fake.url)}).serving() as proxy,
    ):
        environment = {
            "TELEGRAM_BOT_TOKEN": fake.token,
            "TELEGRAM_API_URL": "http://telegram.example",
            "HTTP_PROXY": proxy.url,
        }
        adapter = telegram_bot.connect(environment, tmp_path)
        assert isinstance(adapter, Telegram)
        taken = telegram_tests.Taken()
        taken.open.set()
        async with telegram_tests.running(adapter, taken):
            fake.user_sends("make it move", photo=photograph())
            await fake.wait_for(lambda: taken.inbounds)
            assert (await adapter.fetch(taken.inbounds[0].attachments[0], tmp_path)).stat().st_size
        assert set(proxy.asked) == {"telegram.example:80"}


async def test_discord_its_gateway_and_its_files_are_reached_through_the_proxy(
    tmp_path: Path,
) -> None:
    async with FakeDiscord() as fake:
        port = port_of(fake.api_url)
        hosts = dict.fromkeys(("api.example", "gateway.example", "files.example"), port)
        async with FakeProxy("socks5", hosts).serving() as proxy:
            fake.rest.base = "http://files.example"
            fake.gateway_url = fake.gateway.url = "ws://gateway.example/gateway/"
            environment = fake.environment | {
                "DISCORD_API_URL": "http://api.example/api/v10",
                "PROXY_URL": proxy.url,
                "GATHER_SECONDS": "0",
            }
            adapter = discord_bot.connect(environment, tmp_path)
            assert isinstance(adapter, Discord)
            taken = discord_tests.Taken()
            taken.open.set()
            async with discord_tests.running(fake, adapter, taken):
                fake.slash("video", {"prompt": "make it move"}, [Photo()])
                await fake.wait_for(lambda: taken.inbounds)
            assert {asked.partition(":")[0] for asked in proxy.asked} == set(hosts)


async def test_the_video_service_and_its_files_are_reached_through_the_proxy(
    tmp_path: Path,
) -> None:
    standin = StandIn(speed=0)
    async with (
        standin.serving() as url,
        FakeProxy("socks5", {"service.example": port_of(url)}).serving() as proxy,
    ):
        client = NemoClient(
            "http://service.example", proxies=proxies_from({"ALL_PROXY": proxy.url})
        )
        try:
            assert wire.read_grant(
                await client.send(wire.anonymous_token("client-1", SKILL)), 0.0
            ).token
            with pytest.raises(BadRequest):  # the answer of the server: there is no such file
                await client.download(
                    "http://service.example/render-result/none.mp4", tmp_path / "a.mp4", 10**6
                )
            with pytest.raises(BadRequest, match="private net"):
                await client.download("http://10.0.0.1/a.mp4", tmp_path / "a.mp4", 10**6)
        finally:
            await client.close()
        assert set(proxy.asked) == {"service.example:80"}


async def test_a_paid_request_that_the_proxy_refuses_was_surely_not_sent() -> None:
    async def heard(text: str) -> None:
        pass

    async with FakeProxy("http", {}).serving() as proxy:
        client = NemoClient(
            "https://service.example", proxies=proxies_from({"ALL_PROXY": proxy.url})
        )
        try:
            with pytest.raises(NotSent):
                await client.turn(wire.run_sse("token", SKILL, "session", "a wish"), heard)
        finally:
            await client.close()
        assert proxy.asked == ["service.example:443"]
