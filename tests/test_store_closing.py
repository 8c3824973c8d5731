"""A photo that comes in the very moment in which a request is being closed is part of it, never
lost."""

from collections.abc import AsyncIterator, Callable

import pytest

from core.domain.conversation import Context, Decision, close, decide
from core.domain.requests import advance
from core.messages import Address, Attachment, Inbound
from core.settings import Settings
from core.skills import load
from core.store import Remembered, Store
from tests import messages
from tests.stores import Place

HERE = Address("fake", "chat-1")
SKILLS = load()
NOW = 1_800_000_000.0


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    opened = await place.open()
    yield opened
    await opened.close()


def thinking(inbound: Inbound) -> Callable[[Remembered], Decision]:
    def think(known: Remembered) -> Decision:
        return decide(Context(known.chat, SKILLS, Settings(), known.open), inbound, NOW)

    return think


async def say(store: Store, order: int, words: str = "", *refs: str) -> None:
    files = tuple(Attachment(ref, bytes=1000) for ref in refs)
    inbound = messages.said(f"m{order}", "u", HERE, words, files, order=order)
    await store.take_in(inbound, thinking(inbound), NOW)


@pytest.mark.parametrize(("first", "then"), [("", ""), ("", "make a video"), ("make a video", "")])
async def test_what_comes_while_a_request_is_closed_is_in_it(
    store: Store, first: str, then: str
) -> None:
    await say(store, 1, first, "fake:1")
    for late in (True, False):
        claimed = await store.claim(NOW + 10)
        assert claimed is not None
        assert claimed.job.claims == 1
        outcome = close(
            claimed.job, claimed.chat, SKILLS["ai-video-generator-from-image"], NOW + 10, Settings()
        )
        if late:
            await say(store, 2, then, *(() if then else ("fake:2",)))
        assert await store.commit(advance(claimed.job, outcome, NOW + 10), NOW + 10) is not late
    files = outcome.progress.wish.files or (outcome.keep.files if outcome.keep else ())
    assert [file.ref for file in files] == (["fake:1"] if then else ["fake:1", "fake:2"])
    assert outcome.progress.wish.words == (first or then)
