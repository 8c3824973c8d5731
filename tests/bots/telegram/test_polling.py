"""The poll outlasts the network, and nothing is confirmed before it is stored."""

import asyncio
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bots.telegram.run import Telegram
from bots.telegram.run.polling import ALLOWED, Pace
from core.messages import Inbound
from core.settings import WrongSetting
from tests.bots.telegram.conftest import NOW, PACE, Taken, connected, running
from tests.servers.telegram import FakeTelegram


async def test_no_update_is_confirmed_before_it_is_stored(
    adapter: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    taken.open.clear()
    first, second = telegram.user_sends("one"), telegram.user_sends("two")
    async with running(adapter, taken):
        await telegram.wait_for(lambda: telegram.calls("getUpdates"))
        third = telegram.user_sends("three")
        await asyncio.sleep(0.1)  # long enough for a poller that confirms too early to do so
        assert telegram.confirmed() == []
        taken.open.set()
        await telegram.wait_for(lambda: telegram.confirmed() == [first, second, third])
    assert [inbound.text for inbound in taken.inbounds] == ["one", "two", "three"]


async def test_a_batch_is_taken_in_side_by_side_and_confirmed_as_a_whole(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    handed, last = list[str](), asyncio.Event()

    async def receive(inbound: Inbound) -> None:
        handed.append(inbound.text)
        if inbound.text.startswith("first"):
            await last.wait()  # never, if one were taken in after the other

    updates = [
        telegram.user_sends(words, user=user)
        for user, words in ((7001, "first"), (7001, "second"), (7002, "last"))
    ]
    serving = asyncio.create_task(adapter.run(receive))
    try:
        await telegram.wait_for(lambda: handed == ["first", "last"])
        assert telegram.confirmed() == []
        last.set()
        await telegram.wait_for(lambda: telegram.confirmed() == updates)
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    assert handed == ["first", "last", "second"]


async def test_a_kill_while_storing_brings_the_same_updates_again(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    stuck = Taken()
    updates = [telegram.user_sends("one"), telegram.user_sends("two")]
    async with running(connected(telegram, tmp_path), stuck):
        await telegram.wait_for(lambda: telegram.calls("getUpdates"))
    assert telegram.confirmed() == []
    async with running(connected(telegram, tmp_path), taken):
        await telegram.wait_for(lambda: telegram.confirmed() == updates)
    assert [inbound.text for inbound in taken.inbounds] == ["one", "two"]


async def test_what_was_stored_but_not_confirmed_comes_again_with_the_same_id(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    telegram.user_sends("one")
    async with running(connected(telegram, tmp_path), taken):
        await telegram.wait_for(lambda: taken.inbounds)
        telegram.faults.clear()
    before = telegram.confirmed()
    for update in telegram.world.updates:
        update.confirmed = False  # the last confirmation was lost on its way
    async with running(connected(telegram, tmp_path), taken):
        await telegram.wait_for(lambda: len(taken.inbounds) == 2)
    assert taken.inbounds[0].id == taken.inbounds[1].id
    assert len(before) <= 1


async def test_the_kinds_of_updates_are_named_each_time_and_waiting_ones_are_kept(
    adapter: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.world.allowed = ["poll"]  # what an earlier program left behind
    async with running(adapter, taken):
        await telegram.wait_for(lambda: telegram.calls("getUpdates"))
        telegram.user_sends("hello")
        await telegram.wait_for(lambda: taken.inbounds)
    assert telegram.world.allowed == ALLOWED
    assert telegram.calls("deleteWebhook")[0].values.get("drop_pending_updates") != "true"


async def test_a_webhook_left_behind_is_taken_away_first(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    telegram.world.webhook = {"url": "https://old.example/hook", "secret": ""}
    telegram.user_sends("sent while the webhook was set")
    async with running(connected(telegram, tmp_path), taken):
        await telegram.wait_for(lambda: taken.inbounds)
    assert telegram.world.webhook["url"] == ""


async def test_a_wrong_token_stops_with_a_sentence_that_names_the_variable(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    for token in ("7000000001:AAE-another-token-for-tests-01234567", "12:short"):
        adapter = connected(telegram, tmp_path, TELEGRAM_BOT_TOKEN=token)
        with pytest.raises(WrongSetting, match="TELEGRAM_BOT_TOKEN") as caught:
            await adapter.run(taken.receive)
        assert token not in "".join(traceback.format_exception(caught.value))


async def test_a_single_401_in_the_middle_does_not_stop_the_bot(
    bot: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    await telegram.wait_for(lambda: telegram.calls("getUpdates"))
    telegram.refuse("getUpdates", 401, "Unauthorized", times=1)
    telegram.user_sends("wakes the poll")
    await telegram.wait_for(lambda: telegram.faults[0].times == 0)
    telegram.user_sends("still there?")
    await telegram.wait_for(lambda: len(taken.inbounds) == 2)


async def test_a_token_revoked_while_running_stops_the_bot(
    adapter: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    running_bot = asyncio.create_task(adapter.run(taken.receive))
    await telegram.wait_for(lambda: telegram.calls("getUpdates"))
    telegram.refuse("getUpdates", 401, "Unauthorized", times=10)
    telegram.user_sends("wakes the poll")
    with pytest.raises(WrongSetting):
        await running_bot


async def test_a_second_poller_is_named_once_and_outwaited(
    adapter: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=4)
    telegram.user_sends("hello")
    with capture_logs() as logs:
        async with running(adapter, taken):
            await telegram.wait_for(lambda: taken.inbounds)
    said = [line["event"] for line in logs if line["log_level"] == "error"]
    assert len(said) == 1
    assert "TELEGRAM_BOT_TOKEN" in said[0]
    assert len(telegram.calls("getUpdates")) >= 5


async def test_the_fake_throws_out_the_first_of_two_pollers_and_both_live_on(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    slow = replace(PACE, conflict=0.3)
    with capture_logs() as logs:
        async with (
            running(connected(telegram, tmp_path, slow), taken),
            running(connected(telegram, tmp_path, slow), taken),
        ):
            await telegram.wait_for(lambda: [line for line in logs if line["log_level"] == "error"])


@pytest.mark.parametrize(
    "trouble", ["dropped", "proxy", "flood", "gibberish", "outage at the start"]
)
async def test_trouble_of_the_network_only_pauses(
    adapter: Telegram, telegram: FakeTelegram, taken: Taken, trouble: str
) -> None:
    match trouble:
        case "dropped":
            telegram.drop("getUpdates", times=3, done=False)
        case "proxy":
            telegram.answer_raw("getUpdates", 502, "<h1>Bad Gateway</h1>", times=2)
        case "flood":
            telegram.refuse(
                "getUpdates", 429, "Too Many Requests: retry after 3600", retry_after=3600
            )
        case "gibberish":
            telegram.answer_raw(
                "getUpdates", 200, "<h1>Welcome to the hotel's network</h1>", times=2
            )
        case _:
            telegram.drop("getMe", times=2, done=False)
            telegram.drop("deleteWebhook", times=1, done=False)
    telegram.user_sends("hello")
    async with running(adapter, taken):
        await telegram.wait_for(lambda: taken.inbounds)


async def test_a_stalled_poll_is_given_up_and_asked_again(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    telegram.hang("getUpdates")
    telegram.user_sends("hello")
    with capture_logs() as logs:
        async with running(connected(telegram, tmp_path, replace(PACE, stalled=0.3)), taken):
            await telegram.wait_for(lambda: taken.inbounds)
    assert any("stalled" in line["event"] for line in logs)


@pytest.mark.parametrize("oddity", [{"chat": None}, {"date": "soon"}, {"entities": 7}])
async def test_an_update_that_cannot_be_read_does_not_block_the_others(
    bot: Telegram,
    telegram: FakeTelegram,
    taken: Taken,
    oddity: dict[str, object],
    caplog: pytest.LogCaptureFixture,
) -> None:
    await telegram.wait_for(lambda: telegram.calls("getUpdates"))
    odd = telegram.user_sends("words that are nobody's business")
    telegram.world.updates[-1].payload |= oddity
    good = telegram.user_sends("good")
    await telegram.wait_for(lambda: telegram.confirmed() == [odd, good])
    assert [inbound.text for inbound in taken.inbounds] == ["good"]
    assert "nobody's business" not in caplog.text


def test_the_pause_doubles_up_to_a_minute() -> None:
    assert [Pace().pause(failures) for failures in (1, 2, 3, 7, 1000)] == [1, 2, 4, 60, 60]


async def test_an_error_of_the_store_is_not_swallowed(
    adapter: Telegram, telegram: FakeTelegram
) -> None:
    class DiskFull(Exception):
        pass

    async def receive(_: object) -> None:
        raise DiskFull

    update = telegram.user_sends("hello")
    with pytest.raises(ExceptionGroup) as caught:
        await adapter.run(receive)
    assert caught.group_contains(DiskFull)
    assert update not in telegram.confirmed()


async def test_a_platform_that_goes_silent_is_noticed(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    now = [NOW]
    pace = replace(PACE, stalled=0.5)
    adapter = connected(telegram, tmp_path, pace, clock=lambda: now[0])
    assert adapter.heard == 0.0
    async with running(adapter, taken):
        telegram.user_sends("hi")
        await telegram.wait_for(lambda: taken.inbounds)
        assert adapter.heard == NOW
        polls = len(telegram.calls("getUpdates"))
        telegram.hang("getUpdates", times=1000)
        telegram.user_sends("if a poll is under way, it ends with this")
        await telegram.wait_for(lambda: len(telegram.calls("getUpdates")) > polls)
        now[0] = NOW + 600
        await telegram.wait_for(lambda: len(telegram.calls("getUpdates")) > polls + 2)
        assert adapter.heard == NOW


async def test_with_a_webhook_silence_says_nothing(tmp_path: Path, taken: Taken) -> None:
    async with FakeTelegram() as fake:
        url = "https://bot.example.com/telegram"
        adapter = connected(fake, tmp_path, TELEGRAM_WEBHOOK_URL=url, PORT="0")
        async with running(adapter, taken):
            await fake.wait_for(lambda: fake.calls("setWebhook"))
            await fake.wait_for(lambda: adapter.heard == NOW)
