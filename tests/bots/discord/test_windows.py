"""Discord's windows are kept to without waiting, or giving up, where there is a place left."""

import asyncio
import inspect
from types import SimpleNamespace

import discord
import pytest
from discord import http
from discord.webhook import async_ as webhooks

from bots.discord.run import Discord
from bots.discord.run.windows import IDLE, Deferred, Window, keep_to_windows
from tests.bots.discord.conftest import Taken, answer
from tests.servers.discord import FakeDiscord, Photo

POST = "POST /channels/{channel_id}/messages"
FOLLOW_UP = "POST /webhooks/{webhook_id}/{webhook_token}"


def told(window: Window, limit: int, left: int, seconds: float) -> None:
    headers = {
        "X-Ratelimit-Limit": limit,
        "X-Ratelimit-Remaining": left,
        "X-Ratelimit-Reset-After": seconds,
    }
    window.update(SimpleNamespace(headers=headers))  # type: ignore[arg-type]


async def asked(window: Window, limit: int, left: int, seconds: float) -> None:
    async with window:
        told(window, limit, left, seconds)


@pytest.mark.parametrize("seconds", [5, 31, 60, 3600])
async def test_with_places_left_a_request_goes_out_however_long_the_window_is(
    seconds: float,
) -> None:
    window = Window(30)
    for left in (2, 1, 0):
        await asked(window, 3, left, seconds)
    assert window.remaining == 0


async def test_a_used_up_window_is_named_where_it_is_long_and_is_not_forgotten() -> None:
    window = Window(30)
    await asked(window, 1, 0, 3600)
    for _ in range(2):
        with pytest.raises(discord.RateLimited) as refused:
            await asked(window, 1, 0, 3600)
        assert 3500 < refused.value.retry_after <= 3600


async def test_a_used_up_window_that_ends_soon_is_waited_for_by_the_next_in_their_order() -> None:
    window, order = Window(30), list[int]()
    await asked(window, 1, 0, 0.05)

    async def one(number: int) -> None:
        async with window:
            order.append(number)
            told(window, 1, 0, 0.02)

    await asyncio.gather(*map(one, range(3)))
    assert order == [0, 1, 2]
    assert window.outgoing == 0


async def test_what_a_window_holds_is_learnt_from_the_first_answer_and_not_guessed() -> None:
    window, first, under_way = Window(30), asyncio.Event(), 0

    async def one() -> None:
        nonlocal under_way
        async with window:
            under_way += 1
            await first.wait()
            told(window, 5, 4, 60)

    tasks = [asyncio.create_task(one()) for _ in range(4)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert under_way == 1
    first.set()
    await asyncio.gather(*tasks)
    assert under_way == 4


async def test_one_who_gives_up_waiting_gives_the_turn_to_the_next() -> None:
    window, held = Window(30), asyncio.Event()

    async def one() -> None:
        async with window:
            await held.wait()

    first, second, third = (asyncio.create_task(one()) for _ in range(3))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    second.cancel()
    held.set()
    await asyncio.gather(first, third)
    with pytest.raises(asyncio.CancelledError):
        await second
    assert (window.outgoing, window.remaining) == (0, 1)


async def test_an_answer_without_a_window_leaves_its_place_to_the_next() -> None:
    window = Window(30)
    for _ in range(3):
        async with window:
            pass
    assert window.remaining == 1


async def test_a_used_up_window_holds_the_next_answer_by_token_and_not_the_one_just_given() -> None:
    lock = asyncio.Lock()
    async with Deferred(lock) as one:
        one.delay_by(0.05)
    assert lock.locked()
    async with Deferred(lock):
        assert lock.locked()
    assert not lock.locked()


async def test_a_long_window_that_is_used_up_is_not_forgotten() -> None:
    window = Window(30)
    window._asked -= IDLE
    assert window.is_inactive()
    await asked(window, 1, 0, 3600)
    window._asked -= IDLE
    assert not window.is_inactive()
    told(window, 1, 0, -1)
    assert window.is_inactive()


async def test_the_library_keeps_to_these_windows() -> None:
    """Fails where a new version of the library has no such classes any more: see `windows`."""
    keep_to_windows()
    async with discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=99) as client:
        window = client.http.get_ratelimit("POST /channels/1/messages")
    assert isinstance(window, Window), "requests take their windows from elsewhere"
    assert window._longest == 99, "the longest wait is handed over otherwise"
    sending = inspect.getsource(webhooks.AsyncWebhookAdapter.request)
    assert "AsyncDeferredLock(" in sending, "answers by token take their turns from elsewhere"
    assert {"outgoing", "expires", "remaining", "limit"} <= set(
        vars(http.Ratelimit.__mro__[1])["__slots__"]
    )


async def test_results_go_out_one_after_the_other_in_a_window_of_a_minute(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.limit_rate(POST, 100, 60.0)
    dc.says("make a clip", mention=True)
    await dc.wait_for(lambda: taken.inbounds)
    for number in range(4):
        await bot.send(answer(taken.last, f"words {number}"), None, f"n-{number}")
    assert len(dc.calls(POST)) == 4


async def test_what_is_posted_by_a_token_is_reported_before_its_window_is_over(
    dc: FakeDiscord, bot: Discord, taken: Taken
) -> None:
    dc.limit_rate(FOLLOW_UP, 1, 3600.0)
    dc.slash("video", {}, [Photo()], channel=dc.foreign(), installed="user")
    await dc.wait_for(lambda: taken.inbounds)
    for number in range(2):
        await asyncio.wait_for(
            bot.send(answer(taken.last, f"words {number}"), None, f"n-{number}"), 300
        )
    assert len(dc.calls(FOLLOW_UP)) == 1
