"""Which messages may be claimed is kept beside them: whatever happens, it is what a look at all of
them would find."""

import random
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace

import psycopg
import pytest

from core.domain.limits.capacity import AT_ONCE_IN_A_CHAT, AT_ONCE_TO_ONE, FAILURES_THAT_HOLD, Rank
from core.messages import Address, Form, Video
from core.store import Post, Store
from core.store.statements import ordering
from tests import messages
from tests.outgoing import outgoing
from tests.servers import postgres
from tests.stores import Place

NOW = 1_800_000_000.0
USERS, CHATS = ("ann", "ann", "ann", "bob", ""), ("1", "2", "3", "4", "5")
SLOTS = ("", "", "job-1", "job-2")


def claimable(place: Place, now: float) -> set[int]:
    """The messages that may be claimed now, by looking at all of them."""
    owed = place.named("SELECT * FROM outbox WHERE gone = 0 ORDER BY id")
    pauses = place.rows("SELECT name, value FROM meta WHERE name LIKE 'held/%'")
    meta = {name: float(value) for name, value in pauses}
    running = [row for row in owed if row["claimed"]]
    in_chat = Counter(row["chat"] for row in running)
    to_user = Counter(row["user"] for row in running if row["user"])
    held: set[tuple[str, str]] = set()
    first = []
    for row in owed:
        line = row["chat"], row["slot"]
        if line not in held and not row["claimed"] and to_user[row["user"]] < AT_ONCE_TO_ONE:
            first.append(row)
        if row["attempts"] < FAILURES_THAT_HOLD:
            held.add(line)
    found: set[int] = set()
    for chat in CHATS:
        here = sorted((row["due"], row["id"]) for row in first if row["chat"] == chat)
        until = max(meta.get(f"held/fake/{chat}", 0), meta.get("held/fake", 0))
        next_ones = here[: max(AT_ONCE_IN_A_CHAT - in_chat[chat], 0)]
        found |= {id for due, id in next_ones if due <= now and until <= now}
    return found


@dataclass
class Life:
    """Words that come to be owed, and posts that end in any way."""

    store: Store
    place: Place
    luck: random.Random
    on_their_way: list[Post] = field(default_factory=list)
    said: int = 0
    now: float = NOW

    async def owe(self) -> None:
        luck = self.luck
        address, slot = Address("fake", luck.choice(CHATS)), luck.choice(SLOTS)
        message = outgoing(address, "words", slot=slot, user=luck.choice(USERS))
        if luck.random() < 0.2:
            message = replace(message, media=Video("https://x.example/v.mp4", form=Form.CLIP))
        await self.store.post(message, self.now)

    async def claim(self) -> None:
        may, most = claimable(self.place, self.now), self.luck.choice((1, 1, 4))
        found = await self.store.claim_posts(self.now, "fake", most)
        assert {post.id for post in found} <= may
        assert bool(found) == bool(may), "one may go, and none went"
        self.on_their_way += found

    async def end(self) -> None:
        if not self.on_their_way:
            return
        post = self.on_their_way.pop(self.luck.randrange(len(self.on_their_way)))
        store, later = self.store, self.now + self.luck.choice((0, 0, 2))
        match self.luck.randrange(8):
            case 0:
                await store.drop(post)
            case 1:
                await store.keep(post)
            case 2:
                await store.amend(post, post.message, later)
            case 3 | 4:
                await store.postpone(post, later, failed=True)
            case 5:
                await store.posted(post, f"p{post.id}", self.now, rest=post.message)
            case _:
                await store.posted(post, f"p{post.id}", self.now, again=self.now + 1)

    async def fail_often(self) -> None:
        for post in list(self.on_their_way)[:1]:
            self.on_their_way.remove(post)
            self.place.change(f"UPDATE outbox SET attempts = 7 WHERE id = {post.id}")
            await self.store.postpone(post, self.now, failed=True)

    async def hold(self) -> None:
        address, everywhere = Address("fake", self.luck.choice(CHATS)), self.luck.random() < 0.3
        await self.store.hold(address, self.now + 2, everywhere=everywhere)

    async def move(self) -> None:
        if self.luck.random() < 0.2:
            old, new = self.luck.sample(CHATS, 2)
            await self.store.move(Address("fake", old), Address("fake", new))

    async def come_back(self) -> None:
        self.said += 1
        address = Address("fake", self.luck.choice(CHATS))
        inbound = messages.said(f"m{self.said}", self.luck.choice(USERS[2:4]), address, "hello")
        await self.store.take_in(inbound, messages.undecided, self.now)

    async def wait(self) -> None:
        self.now += 1

    async def restart(self) -> None:
        if self.luck.random() < 0.2:
            await self.store.close()
            self.store, self.on_their_way = await self.place.open(self.now), []


@pytest.mark.parametrize(
    ("place", "seed"), [("sqlite", 0), ("sqlite", 1), ("postgres", 0)], indirect=["place"]
)
async def test_what_may_be_claimed_is_what_a_look_at_all_messages_would_find(
    place: Place, seed: int
) -> None:
    life = Life(await place.open(NOW), place, random.Random(seed))
    acts = (
        *(life.owe, life.owe, life.owe, life.claim, life.claim, life.claim, life.end),
        *(life.fail_often, life.hold, life.move, life.come_back, life.wait, life.restart),
    )
    for _ in range(150):
        await life.luck.choice(acts)()
        assert kept(place, life.now) == claimable(place, life.now)
    await life.store.close()


def kept(place: Place, now: float) -> set[int]:
    """The same, by what stands beside each."""
    held = place.rows("SELECT value FROM meta WHERE name = 'held/fake'")
    found = place.rows(f"SELECT id FROM outbox WHERE ready_at <= {now}")
    return {id for (id,) in found} if not any(float(until) > now for (until,) in held) else set()


async def posts(store: Store, *ranks: Rank) -> list[str]:
    found = await store.claim_posts(NOW, "fake", 9, ranks)
    return [post.message.text for post in found]


async def test_words_go_before_statuses_and_files_in_hands_of_their_own(place: Place) -> None:
    store = await place.open(NOW)
    for chat in "1234":
        await store.post(outgoing(Address("fake", chat), "begun", slot="job-1"), NOW - 9)
    first = await store.claim_posts(NOW, "fake", 9)
    for post in first:
        await store.posted(post, f"p{post.id}", NOW)
    await store.post(outgoing(Address("fake", "1"), "50 %", slot="job-1"), NOW - 8)
    film = replace(outgoing(Address("fake", "2"), "film"), media=Video("https://x.example/v.mp4"))
    await store.post(film, NOW - 7)
    await store.post(outgoing(Address("fake", "3"), "result"), NOW - 6)
    await store.post(outgoing(Address("fake", "5"), "new status", slot="job-2"), NOW - 5)
    assert await store.post_due("fake", (Rank.FILE,)) == NOW - 7
    words = await posts(store, Rank.WORDS, Rank.STATUS)
    assert (words, await posts(store, Rank.FILE)) == (["result", "new status", "50 %"], ["film"])
    await store.close()


async def test_a_status_is_due_when_it_may_be_edited_and_keeps_its_place(place: Place) -> None:
    store = await place.open(NOW)
    here, there = Address("fake", "1"), Address("fake", "2")
    for address in (here, there):
        await store.post(outgoing(address, "begun", slot="job-1"), NOW)
    for post in await store.claim_posts(NOW, "fake", 9):
        await store.posted(post, f"p{post.id}", NOW, again=NOW + 3)
    await store.post(outgoing(here, "10 %", slot="job-1"), NOW + 1)
    assert await store.post_due() == NOW + 3
    assert await store.claim_post(NOW + 2) is None
    await store.post(outgoing(there, "elsewhere", slot="job-1"), NOW + 4)
    await store.post(outgoing(here, "20 %", slot="job-1"), NOW + 5)
    found = await store.claim_posts(NOW + 5, "fake", 9)
    assert [post.message.text for post in found] == ["20 %", "elsewhere"]
    await store.close()


MOST_OF_THEM = """
    INSERT INTO outbox (platform, chat, thread, slot, "user", body, due, created, first)
    SELECT 'fake', 'large', '', '', 'u', '', 1, 1, 0 FROM generate_series(1, 5000)
"""


def test_that_one_chat_has_most_of_the_messages_costs_no_other_on_postgres() -> None:
    sql = ordering._HEAD
    for number, name in enumerate(("platform", "chat", "thread", "slot"), 1):
        sql = sql.replace(f":{name}", f"${number}")
    with (
        postgres.database(postgres.server()) as url,
        closing(psycopg.connect(url, autocommit=True)) as db,
    ):
        db.execute(MOST_OF_THEM)
        db.execute("ANALYZE outbox")
        db.execute("SET plan_cache_mode = force_generic_plan")
        db.execute(f"PREPARE head (text, text, text, text) AS {sql}")
        plan = db.execute("EXPLAIN ANALYZE EXECUTE head ('fake', 'small', '', '')").fetchall()
    told = "\n".join(line for (line,) in plan)
    assert "Rows Removed" not in told
    assert told.count("Index") >= 3
