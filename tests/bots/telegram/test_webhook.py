"""Webhook: our own endpoint, strangers turned away, 200 only when the update is stored."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bots.telegram.run import Telegram
from bots.telegram.run.webhook import HEADER
from tests.bots.telegram.conftest import Taken, connected, running
from tests.servers.telegram import FakeTelegram

PUBLIC = "https://bot.example/telegram/hook"
VARIABLES = {"TELEGRAM_WEBHOOK_URL": PUBLIC, "TELEGRAM_WEBHOOK_HOST": "127.0.0.1", "PORT": "0"}


@contextlib.asynccontextmanager
async def called(telegram: FakeTelegram, folder: Path, taken: Taken, **more: str) -> AsyncIterator[Telegram]:
    """An adapter with a webhook, and the operator's proxy that leads to it."""
    async with running(connected(telegram, folder, **VARIABLES | more), taken) as adapter:
        await telegram.wait_for(lambda: adapter.webhook.port)
        telegram.webhook_door = f"http://127.0.0.1:{adapter.webhook.port}"
        await telegram.wait_for(lambda: telegram.world.webhook["url"])
        telegram.world.changed()
        yield adapter


async def post(telegram: FakeTelegram, path: str = "/telegram/hook", **request: Any) -> int:
    async with aiohttp.ClientSession() as session, session.post(telegram.webhook_door + path, **request) as answer:
        return answer.status


async def test_updates_arrive_by_webhook_and_nobody_polls(telegram: FakeTelegram, tmp_path: Path, taken: Taken) -> None:
    async with called(telegram, tmp_path, taken):
        update = telegram.user_sends("hello")
        await telegram.wait_for(lambda: telegram.confirmed() == [update])
    assert [inbound.text for inbound in taken.inbounds] == ["hello"]
    assert telegram.calls("getUpdates") == []
    (call,) = telegram.calls("setWebhook")
    assert call.values["url"] == PUBLIC
    assert call.values.get("drop_pending_updates") != "true"


async def test_nothing_is_answered_before_it_is_stored(telegram: FakeTelegram, tmp_path: Path) -> None:
    stuck = Taken()
    async with called(telegram, tmp_path, stuck):
        update = telegram.user_sends("hello")
        await asyncio.sleep(0.1)  # long enough for an endpoint that answers too early to do so
        assert (telegram.confirmed(), telegram.webhook_answers) == ([], [])
        stuck.open.set()
        await telegram.wait_for(lambda: telegram.confirmed() == [update])


async def test_an_update_that_could_not_be_stored_comes_again(telegram: FakeTelegram, tmp_path: Path) -> None:
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


async def test_strangers_are_turned_away(telegram: FakeTelegram, tmp_path: Path, taken: Taken) -> None:
    async with called(telegram, tmp_path, taken, TELEGRAM_WEBHOOK_SECRET="the-word"):
        assert await post(telegram, json={"update_id": 1}) == 403
        assert (
            await post(telegram, json={"update_id": 1}, headers={HEADER: "the-wörd".encode().decode("latin-1")}) == 403
        )
        assert await post(telegram, json={"update_id": 1}, headers={HEADER: "the-word"}) == 200
        assert await post(telegram, data="{", headers={HEADER: "the-word"}) == 400
        assert await post(telegram, "/elsewhere", json={}, headers={HEADER: "the-word"}) == 404
    assert taken.inbounds == []


async def test_without_a_word_of_the_operator_the_secret_is_lasting_and_not_the_token(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    for start in (1, 2):
        async with called(telegram, tmp_path, taken):
            await telegram.wait_for(lambda number=start: len(telegram.calls("setWebhook")) == number)
    first, second = [call.values["secret_token"] for call in telegram.calls("setWebhook")]
    assert first == second
    assert telegram.token.partition(":")[2] not in first


async def test_going_back_to_polling_keeps_what_waits(telegram: FakeTelegram, tmp_path: Path, taken: Taken) -> None:
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
        assert await post(telegram, data=body, headers={HEADER: "the-word"}) == 400
