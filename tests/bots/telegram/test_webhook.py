"""Webhook: our own endpoint, strangers turned away, 200 only when the update is stored."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bots.telegram.run import Telegram
from bots.telegram.run.polling import Pace
from bots.telegram.run.webhook import HEADER, LARGEST
from bots.telegram.settings import Settings
from core.settings import WrongSetting, read
from tests.bots.telegram.conftest import PACE, Taken, connected, running
from tests.servers.telegram import FakeTelegram

PUBLIC = "https://bot.example/telegram/hook"
VARIABLES: dict[str, Any] = {
    "TELEGRAM_WEBHOOK_URL": PUBLIC,
    "TELEGRAM_WEBHOOK_HOST": "127.0.0.1",
    "PORT": "0",
}


def _called_times(telegram: FakeTelegram, number: int) -> bool:
    return len(telegram.calls("setWebhook")) == number


@contextlib.asynccontextmanager
async def called(
    telegram: FakeTelegram, folder: Path, taken: Taken, pace: Pace = PACE, **more: Any
) -> AsyncIterator[Telegram]:
    """An adapter with a webhook, and the operator's proxy that leads to it."""
    async with running(connected(telegram, folder, pace, **VARIABLES | more), taken) as adapter:
        await telegram.wait_for(lambda: adapter.webhook.port)
        telegram.webhook_door = f"http://127.0.0.1:{adapter.webhook.port}"
        await telegram.wait_for(lambda: telegram.world.webhook["url"])
        telegram.world.changed()
        yield adapter


GOOD, JSON = {HEADER: "the-word"}, {"Content-Type": "application/json"}


async def post(telegram: FakeTelegram, path: str = "/telegram/hook", **request: Any) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(telegram.webhook_door + path, **request) as answer,
    ):
        return answer.status


async def test_updates_arrive_by_webhook_and_nobody_polls(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    async with called(telegram, tmp_path, taken):
        update = telegram.user_sends("hello")
        await telegram.wait_for(lambda: telegram.confirmed() == [update])
    assert [inbound.text for inbound in taken.inbounds] == ["hello"]
    assert telegram.calls("getUpdates") == []
    (call,) = telegram.calls("setWebhook")
    assert call.values["url"] == PUBLIC
    assert call.values.get("drop_pending_updates") != "true"


async def test_nothing_is_answered_before_it_is_stored(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    stuck = Taken()
    async with called(telegram, tmp_path, stuck):
        update = telegram.user_sends("hello")
        await asyncio.sleep(0.1)  # long enough for an endpoint that answers too early to do so
        assert (telegram.confirmed(), telegram.webhook_answers) == ([], [])
        stuck.open.set()
        await telegram.wait_for(lambda: telegram.confirmed() == [update])


async def test_an_update_that_could_not_be_stored_comes_again(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    class Full(Taken):
        async def receive(self, inbound: object) -> None:
            self.inbounds.append(inbound)  # type: ignore[arg-type]
            if len(self.inbounds) == 1:
                raise OSError("disk full")

    full = Full()
    async with called(telegram, tmp_path, full):
        update = telegram.user_sends("hello")
        await telegram.wait_for(lambda: telegram.confirmed() == [update])
    assert telegram.webhook_answers == [500, 200]
    assert full.inbounds[0] == full.inbounds[1]


async def test_strangers_are_turned_away(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    async with called(telegram, tmp_path, taken, TELEGRAM_WEBHOOK_SECRET="the-word"):
        assert await post(telegram, json={"update_id": 1}) == 403
        assert (
            await post(
                telegram,
                json={"update_id": 1},
                headers={HEADER: "the-wörd".encode().decode("latin-1")},
            )
            == 403
        )
        assert await post(telegram, json={"update_id": 1}, headers={HEADER: "the-word"}) == 200
        assert await post(telegram, data="{", headers=GOOD | JSON) == 400
        assert await post(telegram, "/elsewhere", json={}, headers={HEADER: "the-word"}) == 404
    assert taken.inbounds == []


async def test_without_a_word_of_the_operator_the_secret_is_lasting_and_not_the_token(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    for start in (1, 2):
        async with called(telegram, tmp_path, taken):
            await telegram.wait_for(partial(_called_times, telegram, start))
    first, second = [call.values["secret_token"] for call in telegram.calls("setWebhook")]
    assert first == second
    assert telegram.token.partition(":")[2] not in first


async def test_going_back_to_polling_keeps_what_waits(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    async with called(telegram, tmp_path, taken):
        pass
    assert telegram.world.webhook["url"] == PUBLIC
    telegram.webhook_door = ""
    telegram.user_sends("while nobody was there")
    async with running(connected(telegram, tmp_path), taken):
        await telegram.wait_for(lambda: taken.inbounds)
    assert telegram.world.webhook["url"] == ""
    assert taken.inbounds[0].text == "while nobody was there"


async def test_a_telegram_out_of_reach_at_the_start_is_outwaited(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    telegram.drop("setWebhook", times=2, done=False)
    async with called(telegram, tmp_path, taken):
        telegram.user_sends("hello")
        await telegram.wait_for(lambda: taken.inbounds)


async def test_an_odd_update_is_left_out_and_not_delivered_for_ever(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    async with called(telegram, tmp_path, taken):
        odd = telegram.user_sends("odd")
        telegram.world.updates[-1].payload["date"] = "soon"
        good = telegram.user_sends("good")
        await telegram.wait_for(lambda: telegram.confirmed() == [odd, good])
    assert [inbound.text for inbound in taken.inbounds] == ["good"]


@pytest.mark.parametrize("body", ["[1]", '"text"', "7", "null"])
async def test_json_that_is_no_update_is_refused(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken, body: str
) -> None:
    async with called(telegram, tmp_path, taken, TELEGRAM_WEBHOOK_SECRET="the-word"):
        assert await post(telegram, data=body, headers=GOOD | JSON) == 400


async def test_only_post_and_only_json_of_a_sane_size_is_taken(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    async with called(telegram, tmp_path, taken, TELEGRAM_WEBHOOK_SECRET="the-word"):
        async with aiohttp.ClientSession() as session:
            for method in ("GET", "PUT", "DELETE", "OPTIONS"):
                url = telegram.webhook_door + "/telegram/hook"
                async with session.request(
                    method, url, headers=GOOD, json={"update_id": 1}
                ) as answer:
                    assert answer.status == 405, method
        assert (
            await post(telegram, data="{}", headers={**GOOD, "Content-Type": "text/plain"}) == 415
        )
        assert await post(telegram, data={"update_id": "1"}, headers=GOOD) == 415
        large = b'{"update_id": 1, "x": "' + b"x" * LARGEST + b'"}'
        assert await post(telegram, data=BytesIO(large), headers=GOOD | JSON) == 413
        deep = b"[" * 100_000
        assert await post(telegram, data=deep, headers=GOOD | JSON) == 400
        assert await post(telegram, data=b"\xff{", headers=GOOD | JSON) == 400
    assert taken.inbounds == []


async def test_a_stranger_is_turned_away_before_the_body_is_read(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    async with called(telegram, tmp_path, taken, TELEGRAM_WEBHOOK_SECRET="the-word") as adapter:
        head = (
            b"POST /telegram/hook HTTP/1.1\r\nHost: x\r\nContent-Type: "
            b"application/json\r\nContent-Length: 1000000\r\n"
        )
        for secret in (b"", b"X-Telegram-Bot-Api-Secret-Token: \xff\xfe\r\n"):
            answer = await asyncio.wait_for(
                raw(adapter.webhook.port, head + secret + b"\r\n{"), 300
            )
            assert answer.startswith(b"HTTP/1.1 403")


async def test_a_body_that_comes_drop_by_drop_is_given_up(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    pace = replace(PACE, body=0.2)
    async with called(
        telegram, tmp_path, taken, pace=pace, TELEGRAM_WEBHOOK_SECRET="the-word"
    ) as adapter:
        head = (
            b"POST /telegram/hook HTTP/1.1\r\nHost: x\r\nContent-Type: "
            b"application/json\r\nContent-Length: 1000000\r\n"
        )
        secret = b"X-Telegram-Bot-Api-Secret-Token: the-word\r\n\r\n"
        assert (
            await asyncio.wait_for(raw(adapter.webhook.port, head + secret + b"{"), 300)
        ).startswith(b"HTTP/1.1 408")
        update = telegram.user_sends("meanwhile")
        await telegram.wait_for(lambda: telegram.confirmed() == [update])


async def test_a_port_that_is_taken_ends_the_start_with_a_sentence(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0)
    port = str(server.sockets[0].getsockname()[1])
    adapter = connected(telegram, tmp_path, PACE, **VARIABLES | {"PORT": port})
    with pytest.raises(
        WrongSetting, match=f"PORT .* cannot be used: .* port {port} .address already in use"
    ):
        await adapter.run(taken.receive)
    server.close()


async def raw(port: int, sent: bytes) -> bytes:
    """The first line of what is answered to these bytes, while the line stays open."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    await writer.drain()
    answer = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return answer


def test_the_endpoint_is_for_this_machine_unless_the_operator_says_otherwise() -> None:
    assert read(Settings, {}).telegram_webhook_host == "127.0.0.1"
