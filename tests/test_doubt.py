"""Messages in doubt are posted again, with a note, and never given up at once; closed doors are not
knocked at."""

from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from core.adapter import Gone, Unclear
from core.messages import Button, Command
from core.runtime.engine.delivering import CLOSED_SECONDS, hand_out
from core.runtime.engine.failed_deliveries import MAYBE_POSTED
from core.runtime.engine.runtime import Runtime
from core.store import Store
from tests.fakes import CHAT, Clock, FakeAdapter
from tests.outgoing import outgoing
from tests.stores import Place


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    opened = await place.open()
    yield opened
    await opened.close()


def runtime(store: Store, adapter: FakeAdapter, clock: Clock) -> Runtime:
    """As much of them as posting a few words needs."""
    unused: dict[str, None] = dict.fromkeys(
        ("nemo", "vault", "settings", "skills", "skill_platform", "folder")
    )
    return Runtime(store=store, adapters={"fake": adapter}, clock=clock, identifier=str, **unused)  # type: ignore[arg-type]


async def tries(store: Store, adapter: FakeAdapter, clock: Clock) -> list[float]:
    """Post what is owed until nothing is; the seconds between the tries."""
    times = []
    while (due := await store.post_due()) is not None:
        clock.now = max(clock.now, due)
        times.append(clock.now)
        post = await store.claim_post(clock.now)
        assert post is not None
        await hand_out(runtime(store, adapter, clock), post)
    return [round(later - earlier) for earlier, later in pairwise(times)]


async def test_words_whose_answer_is_lost_come_again_after_ever_longer_pauses(
    store: Store,
) -> None:
    adapter, clock = FakeAdapter(), Clock()
    await store.post(outgoing(CHAT, "Your video is ready!"), clock())
    adapter.failures += [Unclear()] * (MAYBE_POSTED - 1)
    assert await tries(store, adapter, clock) == [1, 10, 100, 1000]
    assert "twice" in adapter.shown[0].text


async def test_they_end_at_last(store: Store) -> None:
    adapter, clock = FakeAdapter(), Clock()
    await store.post(outgoing(CHAT, "Your video is ready!"), clock())
    adapter.failures += [Unclear()] * 100
    assert len(await tries(store, adapter, clock)) == MAYBE_POSTED
    assert adapter.shown == []


async def test_a_status_that_may_be_there_is_not_posted_again(store: Store) -> None:
    adapter, clock = FakeAdapter(), Clock()
    await store.post(outgoing(CHAT, "10 %", slot="job-1"), clock())
    adapter.failures.append(Unclear())
    assert await tries(store, adapter, clock) == []
    assert adapter.shown == []


async def test_a_status_that_asks_something_comes_again_and_says_so(store: Store) -> None:
    adapter, clock = FakeAdapter(), Clock()
    row = (Button("Add mine", Command.REEL, 1, "reel-add"), Button("Cancel", Command.CANCEL, 1))
    reel = outgoing(CHAT, "Group reel: no photos yet", slot="job-1", buttons=(row,))
    await store.post(reel, clock())
    adapter.failures.append(Unclear())
    assert len(await tries(store, adapter, clock)) == 1
    assert adapter.shown[0].text.startswith("Group reel: no photos yet\n\n(In case you read")
    await store.post(outgoing(CHAT, "Group reel: 1 photo", slot="job-1", buttons=(row,)), clock())
    adapter.failures.append(Unclear())
    await tries(store, adapter, clock)
    assert [shown.text for shown in adapter.shown] == ["Group reel: 1 photo"], "edited in place"


async def test_where_no_way_leads_a_status_is_not_tried_again_and_again(store: Store) -> None:
    adapter, clock = FakeAdapter(), Clock()
    adapter.failures += [Gone()] * 2
    for number in range(40):
        await store.post(outgoing(CHAT, f"{number} %", slot="job-1"), clock())
        await tries(store, adapter, clock)
        clock.now += CLOSED_SECONDS / 20
    assert adapter.failures == []
    assert adapter.shown == []
    clock.now += CLOSED_SECONDS
    await store.post(outgoing(CHAT, "Done", slot="job-1"), clock())
    await tries(store, adapter, clock)
    await store.post(outgoing(CHAT, "Done!", slot="job-1"), clock())
    await tries(store, adapter, clock)
    assert [(shown.text, shown.before) for shown in adapter.shown] == [("Done!", ["Done"])]
