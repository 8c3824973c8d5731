"""What the store remembers for when somebody was away: chats to read on, and words to which no way
led."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest

from core.adapter import Heard
from core.domain.conversation import Context, Decision, decide, redelivered
from core.domain.requests import Next, Notice, advance
from core.messages import Address, Attachment, Command, Inbound, Presence, Ticket
from core.settings import Settings
from core.skills import load
from core.store import Remembered, Store
from core.store.sqlite import SqliteStore
from tests import messages
from tests.outgoing import altered, outgoing
from tests.stores import Place
from tests.test_store_files import SCHEMAS, earlier

DIRECT, SERVER, ELSEWHERE = (
    Address("fake", "direct"),
    Address("fake", "server", "7"),
    Address("fake", "elsewhere", "8"),
)
SKILLS = load()
NOW = 1_800_000_000.0
DAY = 24 * 3600.0
TICKET = Ticket("a way", NOW + 900)


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    opened = await place.open()
    yield opened
    await opened.close()


def thinking(inbound: Inbound, now: float) -> Callable[[Remembered], Decision]:
    def think(known: Remembered) -> Decision:
        return decide(Context(known.chat, SKILLS, Settings(), known.open, owed=known.owed), inbound, now)  # fmt: skip  # noqa: E501

    return think


async def say(store: Store, order: int, address: Address, now: float = NOW, **more: object) -> None:
    usual = {"id": f"m{order}", "text": "hello", "order": order, "message": str(order)}
    given = {**usual, "user": "u", "private": address == DIRECT, **more}
    inbound = messages.asked(address=address, **given)  # type: ignore[arg-type]
    await store.take_in(inbound, thinking(inbound, now), now)


async def drained(store: Store, now: float = NOW) -> list[str]:
    """The texts of all that can be posted now; each is posted."""
    found = []
    while post := await store.claim_post(now):
        found.append(post.message.text)
        await store.posted(post, f"p{post.id}", now)
    return found


async def kept(store: Store, address: Address, text: str, user: str = "u", **more: object) -> None:
    """Words to which no way leads."""
    await drained(store)
    await store.post(outgoing(address, text, user=user, **more), NOW)
    post = await store.claim_post(NOW)
    assert post is not None
    await store.keep(post)


# Where to read on


async def test_a_direct_chat_is_read_on_from_its_last_message_however_long_ago(
    store: Store,
) -> None:
    await say(store, 5, DIRECT)
    await say(store, 9, DIRECT, NOW + 1)
    await say(store, 7, DIRECT, NOW + 2)
    assert await store.recall("fake", NOW + 90 * DAY) == {DIRECT: Heard(9, NOW + 2)}
    assert await store.recall("another", NOW) == {}


async def test_a_shared_chat_is_read_on_for_a_day_or_as_long_as_a_request_is_open(
    store: Store,
) -> None:
    await say(store, 5, SERVER)
    await say(store, 6, ELSEWHERE, text="make a video", attachments=(Attachment("fake:1"),))
    assert set(await store.recall("fake", NOW + DAY / 2)) == {SERVER, ELSEWHERE}
    assert set(await store.recall("fake", NOW + 2 * DAY)) == {ELSEWHERE}
    claimed = await store.claim(NOW + 60)
    assert claimed is not None
    done = advance(
        claimed.job, Next(claimed.job.progress, Notice("done", final=True), last=True), NOW + 60
    )
    await store.commit(done, NOW + 60)
    assert await store.recall("fake", NOW + 2 * DAY) == {}


async def test_a_command_that_overtakes_a_message_does_not_hide_it(store: Store) -> None:
    await say(store, 5, SERVER)
    await say(store, 8, SERVER, command=Command.HELP, message="", id="i8")
    assert (await store.recall("fake", NOW))[SERVER].last == 5
    await say(store, 8, ELSEWHERE, command=Command.HELP, message="", id="i9")
    assert (await store.recall("fake", NOW))[ELSEWHERE].last == 8, "there was nothing before it"


async def test_the_busiest_chat_is_read_first(store: Store) -> None:
    await say(store, 1, DIRECT, NOW)
    await say(store, 2, SERVER, NOW + 1)
    assert list(await store.recall("fake", NOW)) == [SERVER, DIRECT]
    await say(store, 3, DIRECT, NOW + 2)
    assert list(await store.recall("fake", NOW)) == [DIRECT, SERVER]


async def test_who_says_forget_is_not_read_after(store: Store) -> None:
    await say(store, 5, DIRECT)
    await say(store, 6, DIRECT, command=Command.FORGET, text="yes")
    assert await store.recall("fake", NOW) == {}


async def test_the_mark_moves_with_its_chat_and_is_swept_where_nobody_speaks_any_more(
    store: Store,
) -> None:
    await say(store, 5, SERVER)
    await store.move(SERVER, Address("fake", "super"))
    assert list(await store.recall("fake", NOW)) == [Address("fake", "super", "7")]
    await store.sweep(NOW + 31 * DAY)
    await say(store, 6, ELSEWHERE, NOW + 31 * DAY)
    assert set(await store.recall("fake", NOW)) == {ELSEWHERE}


# Words to which no way led


async def test_words_that_nobody_can_be_told_stand_in_nobodys_way(store: Store) -> None:
    await kept(store, SERVER, "for somebody who is away", user="away")
    await say(store, 1, SERVER, user="here")
    (answer,) = await drained(store)
    assert answer.startswith(SKILLS["ai-video-generator-from-image"].greeting["en"])
    assert await store.post_due() is None


async def test_they_are_due_behind_the_answer_when_their_user_is_back(store: Store) -> None:
    await kept(store, SERVER, "the result")
    assert await drained(store, NOW + 20 * DAY) == []
    await say(store, 1, ELSEWHERE, ticket=TICKET)
    post = None
    texts = []
    while claimed := await store.claim_post(NOW):
        post = claimed
        texts.append(claimed.message.text)
        await store.posted(claimed, "p", NOW)
    assert texts[-1] == "the result"
    assert len(texts) == 2
    assert post is not None
    assert (post.message.address, post.message.ticket, post.message.discreet) == (
        ELSEWHERE,
        TICKET,
        True,
    )


async def test_a_place_that_is_open_again_gets_what_it_was_owed(store: Store) -> None:
    await kept(store, SERVER, "the result", user="another")
    await say(store, 1, SERVER, what=Presence(False))
    assert await drained(store) == []
    await say(store, 2, SERVER, what=Presence(True))
    assert await drained(store) == ["the result"]


async def test_what_is_put_aside_does_not_count_as_a_flood(store: Store) -> None:
    for number in range(25):
        await kept(store, SERVER, f"result {number}")
    await say(store, 1, DIRECT)
    assert not any("One moment" in text for text in await drained(store))


async def test_they_go_after_a_month(store: Store) -> None:
    await kept(store, SERVER, "the result")
    await store.sweep(NOW + 31 * DAY)
    await say(store, 1, SERVER)
    assert "the result" not in await drained(store)


async def test_a_status_that_nobody_can_see_is_not_kept(store: Store) -> None:
    await store.post(outgoing(SERVER, "the result", user="u"), NOW)
    await store.post(outgoing(SERVER, "their status", slot="job-2", user="another"), NOW)
    await store.post(outgoing(SERVER, "a status", slot="job-1", user="u"), NOW)
    post = await store.claim_post(NOW)
    assert post is not None
    await store.keep(post)
    assert await drained(store) == ["their status"]


ASIDE = {"address": ELSEWHERE, "ticket": TICKET, "reply_to": "", "discreet": True}
OWED = outgoing(SERVER, "the result", user="u", reply_to="4", ticket=Ticket("over", 1.0))


@pytest.mark.parametrize(
    ("inbound", "changed"),
    [
        (messages.said("1", "u", ELSEWHERE, private=False, ticket=TICKET), ASIDE),
        (messages.said("1", "u", SERVER, private=False, ticket=TICKET), {"ticket": TICKET}),
        (messages.said("1", "u", DIRECT), {"address": DIRECT, "ticket": None, "reply_to": ""}),
        (messages.said("1", "u", ELSEWHERE, private=False), {}),
        (messages.said("1", "another", ELSEWHERE, private=False, ticket=TICKET), {}),
    ],
    ids=["a command elsewhere", "a command there", "in private", "a message elsewhere",
    "somebody else"],
)  # fmt: skip
def test_they_take_the_way_that_their_user_opens(
    inbound: Inbound, changed: dict[str, object]
) -> None:
    assert redelivered(OWED, inbound) == altered(OWED, **changed)


# From before there was a memory of it


async def test_an_earlier_database_knows_its_chats_and_what_it_could_not_tell(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bot.sqlite"
    earlier(SCHEMAS / "0002.sql", path)
    with closing(sqlite3.connect(path)) as db:
        (alive,) = db.execute("SELECT MAX(at) FROM seen").fetchone()
    store = await SqliteStore.open(path)
    chats = await store.recall("fake", NOW)
    owed = await store.claim_post(alive + 9)
    inbound = messages.said("m9", "user-5", Address("fake", "chat-5"))
    await store.take_in(inbound, thinking(inbound, alive + 9), alive + 9)
    texts = await drained(store, alive + 9)
    await store.close()
    assert set(chats) == {Address("fake", "chat-1"), Address("fake", "chat-5")}
    assert set(chats.values()) == {Heard(0, alive)}
    assert owed is not None
    assert owed.message.text.startswith("Share your still images")
    assert "The result that nobody could be told." in texts
