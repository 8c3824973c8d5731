"""A write tells what it has left ready: of which kind, and from when on. What nobody could take, or
what came to nothing, is not told of."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from core.domain.limits.capacity import Rank
from core.domain.requests import Advanced, Step, status_slot
from core.messages import Video
from core.store import LostLease
from core.store.postgres import PostgresStore, waking
from core.store.sqlite import SqliteStore
from core.store.telling import Nobody
from tests.outgoing import outgoing
from tests.servers import postgres
from tests.test_store_contract import HERE, NOW, gathered, say


class Listening:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.jobs = list[float]()
        self.posts = list[tuple[float, str, Rank | None]]()
        self.called = asyncio.Event()

    def job(self, due: float) -> None:
        self.jobs.append(due)
        self.called.set()

    def post(self, due: float, platform: str = "", rank: Rank | None = None) -> None:
        self.posts.append((due, platform, rank))
        self.called.set()

    def told(self) -> tuple[list[float], list[tuple[float, str, Rank | None]]]:
        """Since this was asked last."""
        found = self.jobs, self.posts
        self.jobs, self.posts = [], []
        return found


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(tmp_path / "bot.sqlite", NOW)
    yield opened
    await opened.close()


def listening(store: SqliteStore | PostgresStore) -> Listening:
    listener = Listening()
    store.listen(listener)
    return listener


async def test_a_request_is_told_of_with_its_first_words(store: SqliteStore) -> None:
    told = listening(store)
    await say(store, "m1", "make a video", "fake:1")
    (due,), ((at, platform, rank),) = told.told()
    assert (due >= NOW, at, platform, rank) == (True, NOW, "fake", Rank.WORDS)
    await say(store, "m1", "make a video", "fake:1")
    assert told.told() == ([], []), "it was taken in before"


async def test_a_step_that_is_taken_up_at_once_is_nobodys_any_more(store: SqliteStore) -> None:
    job, told = (await gathered(store)).job, listening(store)
    at_once = Advanced(replace(job, step=Step.BRING, due=NOW, attempts=0))
    _, following = await store.go_on(at_once, NOW)
    assert following is not None
    assert told.told() == ([], [])
    later = Advanced(replace(following.job, step=Step.POLL, due=NOW + 9, attempts=0))
    await store.commit(later, NOW)
    assert told.told() == ([NOW + 9], [])


async def test_what_came_to_nothing_is_not_told(store: SqliteStore) -> None:
    job, told = (await gathered(store)).job, listening(store)
    lost = Advanced(replace(job, version=0), posts=(outgoing(HERE, "words"),))
    with pytest.raises(LostLease):
        await store.commit(lost, NOW)
    await store.touch(NOW)
    assert told.told() == ([], [])


async def test_words_are_told_of_when_they_may_go_and_a_file_by_its_rank(
    store: SqliteStore,
) -> None:
    await gathered(store)
    while (post := await store.claim_post(NOW)) is not None:
        await store.posted(post, "1", NOW, again=NOW + 3)
    told, here = listening(store), status_slot(1)
    await store.post(outgoing(HERE, "soon", slot=here), NOW)
    assert told.told() == ([], [(NOW + 3, "fake", Rank.STATUS)])
    film = Video("https://example.com/a.mp4", "a.mp4")
    await store.post(replace(outgoing(HERE, "ready"), media=film), NOW)
    assert told.told() == ([], [(NOW, "fake", Rank.FILE)])


async def test_what_stands_behind_another_is_told_of_when_that_has_gone(
    store: SqliteStore,
) -> None:
    told = listening(store)
    await store.post(outgoing(HERE, "one"), NOW)
    told.told()
    await store.post(outgoing(HERE, "two"), NOW)
    assert told.told() == ([], [])
    post = await store.claim_post(NOW)
    assert post is not None
    assert told.told() == ([], []), "what is on its way is nobody's any more"
    await store.posted(post, "1", NOW + 1)
    assert told.told() == ([], [(NOW, "fake", Rank.WORDS)])


async def test_another_process_is_told_by_the_database() -> None:
    with postgres.database(postgres.server()) as url:
        one, other = [await PostgresStore.open(url) for _ in range(2)]
        told, living = listening(other), asyncio.create_task(other.live())
        async with asyncio.timeout(60):
            while not told.posts:
                await told.called.wait()
                told.called.clear()
            assert told.told() == ([0], [(0, "", None)]), "what was said before it listened"
            await one.post(outgoing(HERE, "words"), NOW + 0.25)
            while not told.posts:
                await told.called.wait()
                told.called.clear()
        assert told.told() == ([], [(NOW + 0.25, "fake", Rank.WORDS)])
        living.cancel()
        with suppress(asyncio.CancelledError):
            await living
        for store in (one, other):
            await store.close()


@pytest.mark.parametrize(
    ("channel", "said", "jobs", "posts"),
    [
        ("bot_jobs", "", [0.0], []),
        ("bot_posts", "1800000000.25 2 fake", [], [(NOW + 0.25, "fake", Rank.FILE)]),
        ("bot_posts", "fake", [], [(0.0, "", None)]),  # by a database of an earlier version
        ("bot_posts", "1800000000.25 99 fake", [], [(0.0, "", None)]),  # and of a later one
    ],
)
async def test_what_the_database_says(
    channel: str, said: str, jobs: list[float], posts: list[tuple[float, str, Rank | None]]
) -> None:
    listener = Listening()
    waking.tell(listener, channel, said)
    assert listener.told() == (jobs, posts)
    waking.tell(Nobody(), channel, said)
