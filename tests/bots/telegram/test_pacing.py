"""Groups are written to at most 20 times a minute, and results never wait for statuses."""

import asyncio
from pathlib import Path

import pytest

from bots.telegram.delivery.pacing import IN_ALL, MANY, PROBES, Pacing
from bots.throttle import Throttle
from core.adapter import Flooded, Reach
from core.messages import Address
from tests.bots.telegram.conftest import connected, words
from tests.outgoing import altered
from tests.servers.telegram import FakeTelegram

GROUP, OTHER = "-1000000000700", "-1000000000800"


class Clock:
    """Stands still until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_two_edits_in_a_group_are_six_seconds_apart_whichever_messages_they_change(
    clock: Clock,
) -> None:
    pacing = Pacing(clock)
    assert pacing.wait(GROUP) == 0
    pacing.note(GROUP, edit=True)
    clock.now += 2
    assert pacing.wait(GROUP) == 4
    assert pacing.wait(OTHER) == 0
    clock.now += 4
    assert pacing.wait(GROUP) == 0


async def test_who_waits_for_their_turn_in_the_crowd_holds_the_others_of_their_chat(
    clock: Clock,
) -> None:
    pacing = Pacing(clock, in_all=1)
    async with pacing.turn("7"):
        pacing.note("8", edit=False)

    async def sent() -> None:
        async with pacing.turn("8"):
            pass

    waiting = asyncio.create_task(sent())
    await asyncio.sleep(0)
    clock.now += 30
    assert pacing.wait("8", edit=False) == 1, "it has not gone out yet"
    assert pacing.wait("8") == 0, "an edit is not held"
    assert pacing.wait("9", edit=False) == 0
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert pacing.wait("8", edit=False) == 0


def test_a_new_message_does_not_hold_up_an_edit(clock: Clock) -> None:
    pacing = Pacing(clock)
    pacing.note(GROUP, edit=False)
    assert pacing.wait(GROUP) == 0


def test_edits_wait_when_the_budget_of_the_minute_is_nearly_spent(clock: Clock) -> None:
    pacing = Pacing(clock, budget=16)
    for _ in range(16):
        pacing.note(GROUP, edit=False)
        clock.now += 1
    assert pacing.wait(GROUP) == 44
    clock.now += 44
    assert pacing.wait(GROUP) == 0


def test_two_messages_in_a_private_chat_are_a_second_apart_and_edits_the_cores_business(
    clock: Clock,
) -> None:
    pacing = Pacing(clock)
    pacing.note("1001", edit=False)
    clock.now += 0.25
    assert pacing.wait("1001", edit=False) == 0.75
    assert pacing.wait("1002", edit=False) == 0
    clock.now += 0.75
    assert pacing.wait("1001", edit=False) == 0


def test_a_group_gets_no_more_than_twenty_messages_a_minute_of_any_kind(clock: Clock) -> None:
    pacing = Pacing(clock)
    for _ in range(20):
        assert pacing.wait(GROUP, edit=False) == 0
        pacing.note(GROUP, edit=False)
    assert pacing.wait(GROUP, edit=False) == 60
    assert pacing.wait(OTHER, edit=False) == 0


async def test_what_waited_for_its_turn_counts_from_then_on(clock: Clock) -> None:
    pacing = Pacing(clock)
    pacing.note("1001", edit=False)
    clock.now += 0.5
    async with pacing.turn("1001"):
        assert pacing.wait("1001", edit=False) == 1.0
    assert pacing.wait("1001", edit=False) == 1.0


async def test_a_message_counts_from_when_it_is_there_and_a_file_lets_others_past(
    clock: Clock,
) -> None:
    pacing = Pacing(clock)
    pacing.note("1001", edit=False)
    async with pacing.turn("1001"):
        clock.now += 3
        assert pacing.wait("1001", edit=False) == 1.0, "it is still on its way"
    clock.now += 0.4
    assert pacing.wait("1001", edit=False) == pytest.approx(0.6)
    clock.now += 0.6
    pacing.note("1001", edit=False)
    async with pacing.turn("1001", long=True):
        clock.now += 1
        assert pacing.wait("1001", edit=False) == 0
    clock.now += 1
    async with pacing.turn("1001", edit=True):
        clock.now += 1
    assert pacing.wait("1001", edit=False) == 0, "an edit puts off no message"


def test_many_chats_refused_in_a_row_only_slow_the_tries_until_something_is_taken(
    clock: Clock,
) -> None:
    pacing = Pacing(clock)
    for chat in range(MANY - 1):
        pacing.refused(f"{chat}")
        pacing.refused(f"{chat}")
    assert pacing.allowed() == IN_ALL
    pacing.refused("another")
    assert pacing.allowed() == PROBES
    assert pacing.wait("1001", edit=False) == 0
    pacing.taken()
    assert pacing.allowed() == IN_ALL


async def test_fewer_turns_may_be_asked_for_while_one_waits() -> None:
    throttle, loop, most = Throttle(5), asyncio.get_running_loop(), [1]
    begun = loop.time()
    await throttle.turn(lambda: most[0])
    await throttle.turn(lambda: most[0])
    assert loop.time() - begun >= 1.0


@pytest.mark.parametrize("by", [-3600.0, 3600.0])
def test_a_clock_that_is_set_keeps_nobody_waiting(clock: Clock, by: float) -> None:
    pacing = Pacing(clock)
    for chat, edit in (("1001", False), (GROUP, False), (GROUP, True)):
        pacing.note(chat, edit=edit)
    clock.now += by
    assert [
        pacing.wait("1001", edit=False),
        pacing.wait(GROUP, edit=False),
        pacing.wait(GROUP),
    ] == [0, 0, 0]


async def test_at_most_so_many_turns_are_taken_in_a_second() -> None:
    throttle, loop = Throttle(5), asyncio.get_running_loop()
    begun = loop.time()
    await asyncio.gather(*(throttle.turn() for _ in range(11)))
    assert 2.0 <= loop.time() - begun < 3.0


async def test_telegram_refusing_chat_after_chat_holds_each_of_them_and_nobody_else(
    telegram: FakeTelegram, tmp_path: Path, clock: Clock
) -> None:
    adapter = connected(telegram, tmp_path, clock=clock)
    for user in range(2001, 2001 + 2 * MANY):
        telegram.user_sends("hello", user=user)
        telegram.refuse(
            "sendMessage", 429, "Too Many Requests: retry after 3600", chat=user, retry_after=3600
        )
        with pytest.raises(Flooded) as caught:
            await adapter.send(
                altered(words("one"), address=Address("telegram", str(user))), None, "n"
            )
        assert (caught.value.reach, caught.value.seconds) == (Reach.CHAT, 3600)
    telegram.user_sends("hello", user=1001)
    assert await adapter.send(altered(words("one"), address=Address("telegram", "1001")), None, "n")
    await adapter.close()


def test_private_chats_are_paced_by_the_core_alone(clock: Clock) -> None:
    pacing = Pacing(clock)
    for _ in range(100):
        pacing.note("1001", edit=True)
    assert pacing.wait("1001") == 0


def test_quiet_groups_are_forgotten(clock: Clock) -> None:
    pacing = Pacing(clock)
    pacing.note(GROUP, edit=True)
    clock.now += 61
    pacing.note(OTHER, edit=False)
    assert (set(pacing._sent), pacing._edited) == ({OTHER}, {})


async def test_too_soon_an_edit_in_a_group_is_put_off_and_a_message_is_not(
    telegram: FakeTelegram, tmp_path: Path, clock: Clock
) -> None:
    telegram.add_group(int(GROUP))
    adapter = connected(telegram, tmp_path, clock=clock)
    here = altered(words("one", slot="job-1"), address=Address("telegram", GROUP))
    posted = await adapter.send(here, None, "n1")
    await adapter.send(altered(here, text="two"), posted, "n2")
    clock.now += 1
    with pytest.raises(Flooded) as caught:
        await adapter.send(altered(here, text="three"), posted, "n3")
    assert caught.value.seconds == 5
    held = adapter.held(altered(here, text="three"), posted)
    assert held is not None
    assert (held.seconds, held.reach) == (5, Reach.MESSAGE), "which is known beforehand"
    assert adapter.held(altered(words("result"), address=here.address), None) is None
    assert adapter.held(altered(words("gone"), toast=True), None) is None
    await adapter.send(altered(here, text="result", slot=""), None, "n4")
    clock.now += 5
    await adapter.send(altered(here, text="four"), posted, "n5")
    assert [seen.text for seen in telegram.said(int(GROUP))] == ["four", "result"]
    await adapter.close()
