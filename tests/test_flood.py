"""Floods: who waits when a platform asks for a pause, what is kept meanwhile, and how much is sent
at all."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.adapter import Flooded, Reach
from core.domain.limits.admission import TOLD_AT_MOST
from core.messages import Address, Command
from core.store import Store
from core.store.sqlite import SqliteStore
from tests.burst import most, run
from tests.fakes import CHAT
from tests.outgoing import outgoing
from tests.stores import Place
from tests.test_walk import MAKE
from tests.world import photo, world

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time

HERE, THERE, ELSEWHERE = (
    Address("fake", "one", "topic"),
    Address("fake", "two"),
    Address("other", "one"),
)
NOW = 1_800_000_000.0


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    opened = await place.open(NOW)
    yield opened
    await opened.close()


async def posted(store: Store, now: float) -> list[str]:
    """What is posted by then."""
    found = []
    while post := await store.claim_post(now):
        found.append(post.message.text)
        await store.posted(post, f"p{post.id}", now)
    return found


async def test_a_chat_that_has_to_wait_waits_with_everything_and_nobody_else_does(
    store: Store,
) -> None:
    for address, words in (
        (HERE, "result"),
        (replace(HERE, thread=""), "status"),
        (THERE, "two"),
        (ELSEWHERE, "far"),
    ):
        await store.post(outgoing(address, words, slot="s" if words == "status" else ""), NOW)
    await store.hold(HERE, NOW + 60)
    await store.post(outgoing(replace(HERE, thread="other topic"), "later"), NOW + 1)
    assert await store.post_due("other") == NOW
    assert await posted(store, NOW + 2) == ["two", "far"]
    assert await store.post_due("other") is None
    assert await store.post_due("fake") == NOW + 60
    assert await posted(store, NOW + 60) == ["result", "status", "later"]


async def test_a_platform_that_has_to_wait_waits_alone(store: Store) -> None:
    for address, words in ((HERE, "one"), (THERE, "two"), (ELSEWHERE, "far")):
        await store.post(outgoing(address, words), NOW)
    await store.hold(HERE, NOW + 60, everywhere=True)
    await store.post(outgoing(THERE, "three"), NOW + 1)
    assert await posted(store, NOW + 2) == ["far"]
    assert await posted(store, NOW + 60) == ["one", "two", "three"]


async def test_of_the_statuses_of_a_pause_the_newest_is_shown_and_results_all_are(
    store: Store,
) -> None:
    await store.hold(HERE, NOW + 60)
    for words in ("10 %", "20 %", "30 %"):
        await store.post(outgoing(HERE, words, slot="job-1"), NOW)
        await store.post(outgoing(HERE, f"result at {words}"), NOW)
    assert await posted(store, NOW + 59) == []
    assert sorted(await posted(store, NOW + 60)) == [
        "30 %",
        "result at 10 %",
        "result at 20 %",
        "result at 30 %",
    ]


async def test_a_longer_pause_is_not_shortened_and_what_is_put_back_waits_for_its_end(
    store: Store,
) -> None:
    await store.post(outgoing(HERE, "words"), NOW)
    post = await store.claim_post(NOW)
    assert post is not None
    await store.hold(HERE, NOW + 60)
    await store.hold(HERE, NOW + 5)
    await store.postpone(post, NOW + 5)
    assert await posted(store, NOW + 59) == []
    assert await posted(store, NOW + 60) == ["words"]


@pytest.mark.parametrize(("start", "heard"), [(NOW + 2, []), (NOW - 9000, ["words", "more"])])
async def test_a_pause_outlives_a_restart_but_not_a_clock_that_was_wrong(
    tmp_path: Path, start: float, heard: list[str]
) -> None:
    first = await SqliteStore.open(tmp_path / "other.sqlite", NOW)
    await first.post(outgoing(HERE, "words"), NOW)
    await first.hold(HERE, NOW + 600)
    await first.close()
    second = await SqliteStore.open(tmp_path / "other.sqlite", start)
    await second.post(outgoing(HERE, "more"), start)
    assert await posted(second, start + 601 - 600 * bool(not heard)) == heard
    await second.close()


async def test_a_pause_of_a_whole_platform_does_not_outlast_a_restart(tmp_path: Path) -> None:
    first = await SqliteStore.open(tmp_path / "other.sqlite", NOW)
    for address, words in ((HERE, "one"), (THERE, "two"), (ELSEWHERE, "far")):
        await first.post(outgoing(address, words), NOW)
    await first.hold(HERE, NOW + 3600, everywhere=True)
    await first.hold(THERE, NOW + 7200)
    await first.close()
    second = await SqliteStore.open(tmp_path / "other.sqlite", NOW + 1)
    await second.post(outgoing(HERE, "more"), NOW + 1)
    assert await posted(second, NOW + 1) == ["one", "far", "more"], (
        "the chat that asked for a pause itself still waits"
    )
    assert await posted(second, NOW + 7200) == ["two"]
    await second.close()


async def test_pauses_that_are_over_are_forgotten(store: Store) -> None:
    await store.hold(HERE, NOW + 60)
    await store.sweep(NOW + 61)
    await store.post(outgoing(HERE, "words"), NOW)
    assert await posted(store, NOW) == ["words"]


async def test_one_chat_takes_no_more_than_two_places(store: Store) -> None:
    for number in range(5):
        await store.post(outgoing(HERE, f"{number} %", slot=f"job-{number}"), NOW)
    await store.post(outgoing(THERE, "two"), NOW)
    claimed = [post.message.text for _ in range(4) if (post := await store.claim_post(NOW))]
    assert claimed == ["0 %", "1 %", "two"]
    assert await store.post_due() is None, "what cannot be taken is not due"


async def test_one_person_takes_no_more_than_four_places_in_however_many_chats(
    store: Store,
) -> None:
    for number in range(8):
        await store.post(
            outgoing(Address("fake", f"chat {number}"), f"one {number}", user="one"), NOW
        )
    await store.post(outgoing(THERE, "another", user="another"), NOW)
    await store.post(outgoing(HERE, "somebody unknown"), NOW)
    posts = [post for _ in range(9) if (post := await store.claim_post(NOW))]
    assert [post.message.text for post in posts] == [
        *(f"one {n}" for n in range(4)),
        "another",
        "somebody unknown",
    ]
    await store.posted(posts[0], "p", NOW)
    more = [post.message.text for _ in range(2) if (post := await store.claim_post(NOW))]
    assert more == ["one 4"]


@pytest.mark.parametrize("reach", Reach)
async def test_a_flood_in_the_middle_delays_and_loses_nothing(tmp_path: Path, reach: Reach) -> None:
    async with world(tmp_path) as here:
        await here.adapter.says(MAKE, photo())
        await here.adapter.until(lambda adapter: bool(adapter.shown))
        here.adapter.failures += [Flooded(0.3, reach)] * 2
        clip = await here.adapter.result()
        assert clip.outbound.address == CHAT
        assert len(here.adapter.videos) == 1


async def test_a_flood_of_somebody_who_is_left_out_leaves_nothing_behind(tmp_path: Path) -> None:
    async with world(tmp_path, ALLOWED_USERS="fake:user-2") as here:
        for number in range(30):
            await here.adapter.says(f"hello {number}", photo(), user="user-1")
        await here.adapter.says("/help", user="user-2", command=Command.HELP)
        await here.adapter.until(
            lambda adapter: any("Send photos" in shown.text for shown in adapter.shown)
        )
        assert sum("private" in shown.text for shown in here.adapter.shown) == TOLD_AT_MOST
        with closing(sqlite3.connect(f"file:{tmp_path / 'bot.sqlite'}?mode=ro", uri=True)) as db:
            kept = {
                table: db.execute(f"SELECT COUNT(*) FROM {table} WHERE user = 'user-1'").fetchone()[
                    0
                ]
                for table in ("chats", "jobs", "accounts", "outbox", "cursors")
            }
            seen = db.execute("SELECT COUNT(*) FROM seen").fetchone()[0]
    assert set(kept.values()) == {0}, kept
    assert seen == 1


async def test_a_burst_keeps_to_the_published_rates_and_everybody_is_answered(
    tmp_path: Path,
) -> None:
    figures = await run(120, tmp_path, 60)
    assert figures.wrong == []
    assert figures.group > 0


def test_the_most_in_a_window_is_found_wherever_it_begins() -> None:
    assert most([0.0, 0.9, 1.0, 1.1, 1.2, 3.0], 1.0) == 4
    assert most([], 1.0) == 0
