"""What is done to the whole bot lasts: over a restart, over /forget, and from another process."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.domain.conversation import Chat, Decision
from core.domain.conversation.chat.context import Start
from core.domain.limits.capacity import Rank
from core.domain.operating import (
    Announce,
    Ban,
    Draft,
    Hush,
    News,
    NewsState,
    Operation,
    Overview,
    Pause,
    Resume,
    Unban,
)
from core.domain.operating.news import NEWS_AT_ONCE
from core.domain.requests import Advanced, Job, Plan, State, Step
from core.messages import Address, Command, Inbound
from core.store import Remembered, Store, StoreBroken
from core.store.outside import Outside
from core.store.sqlite import SqliteStore
from core.store.sqlite.outside import SqliteOutside
from tests import messages
from tests.knowing import knowing
from tests.outgoing import outgoing
from tests.stores import Place

NOW = 1_800_000_000.0
CHAT, OTHER = Address("fake", "1"), Address("fake", "2")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bot.sqlite"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(path, NOW)
    yield opened
    await opened.close()


async def asks(
    store: SqliteStore,
    id: str,
    *,
    user: str = "annabella",
    to: Address = CHAT,
    step: Step = Step.CONNECT,
    plan: Plan = Plan.MAKE,
) -> int:
    """A request, by itself one that has been gathered; its number."""
    job = Job(0, id, user, to, plan, step, due=NOW, created=NOW, notified_at=NOW)
    inbound = messages.said(id, user, to, "hello")
    await store.take_in(inbound, lambda known: Decision(known.chat, start=(Start(job),)), NOW)
    return int(id)


async def test_a_request_whose_photos_are_still_coming_waits_for_the_end_of_a_pause(
    store: SqliteStore, path: Path
) -> None:
    SqliteOutside(path).operated(Pause(NOW, ""), NOW)
    await asks(store, "1", step=Step.GATHER)
    await asks(store, "2", step=Step.GATHER, plan=Plan.STATUS, user="bob", to=OTHER)
    assert SqliteOutside(path).standing(NOW)[1].waiting == 1, "a question waits for nothing"


async def known(store: SqliteStore, inbound: Inbound) -> Remembered:
    found: list[Remembered] = []

    def think(remembered: Remembered) -> Decision:
        found.append(remembered)
        return Decision(remembered.chat)

    await store.take_in(inbound, think, NOW)
    return found[-1]


async def claimed(store: SqliteStore) -> list[int]:
    """The requests that can be taken up now, in their order."""
    found = []
    while (each := await store.claim(NOW)) is not None:
        found.append(each.job.id)
    return found


async def words(store: Store) -> list[str]:
    found = []
    while (post := await store.claim_post(NOW)) is not None:
        found.append(post.message.text)
        await store.posted(post, str(post.id), NOW)
    return found


async def test_a_pause_lets_nothing_begin_that_costs_until_it_is_over(
    store: SqliteStore, path: Path
) -> None:
    await asks(store, "1")
    at_work = await store.claim(NOW)
    assert at_work is not None
    await asks(store, "2", user="bob", to=OTHER)
    SqliteOutside(path).operated(Pause(NOW, "New disk."), NOW)
    assert [said.splitlines()[0] for said in await words(store)] == ["New disk."]
    await asks(store, "3", user="cem", to=OTHER)
    assert await claimed(store) == []
    sent = knowing(at_work.job.progress, fingerprint="f")
    _, further = await store.go_on(
        Advanced(replace(at_work.job, step=Step.GENERATE, progress=sent)), NOW
    )
    assert further is None, "its turn is not sent yet"
    assert await store.job_due() is None
    assert await store.remind(NOW + 999, 10, lambda job: outgoing(CHAT, "still working")) == 0
    assert SqliteOutside(path).figures(NOW).paused == NOW
    assert SqliteOutside(path).figures(NOW).job is None, "nobody waits for what cannot be taken up"
    SqliteOutside(path).operated(Resume(), NOW)
    assert await claimed(store) == [1, 2, 3]
    assert SqliteOutside(path).figures(NOW).paused is None


async def test_what_is_paid_for_goes_on_and_a_restart_changes_nothing(path: Path) -> None:
    store = await SqliteStore.open(path, NOW)
    await asks(store, "1")
    claim = await store.claim(NOW)
    assert claim is not None
    progress = knowing(claim.job.progress, fingerprint="f")
    after = replace(claim.job, step=Step.GENERATE, progress=progress)
    _, turn = await store.go_on(Advanced(after), NOW)
    assert turn is not None, "the turn is under way"
    SqliteOutside(path).operated(Pause(NOW), NOW)
    await asks(store, "2", user="bob", to=OTHER)
    await store.close()
    store = await SqliteStore.open(path, NOW)
    assert await claimed(store) == [1], "a turn that may have been sent is looked after"
    assert (await known(store, messages.said("9", "bob", OTHER, "?"))).pause == Pause(NOW)
    await store.close()


async def test_a_ban_ends_what_is_not_paid_for_and_outlasts_forget(path: Path) -> None:
    store = await SqliteStore.open(path, NOW)
    await asks(store, "1")
    claim = await store.claim(NOW)
    assert claim is not None
    progress = knowing(claim.job.progress, fingerprint="f")
    after = replace(claim.job, step=Step.CHECK, progress=progress)
    await store.commit(Advanced(after), NOW)
    await asks(store, "2")
    await asks(store, "3", user="bob", to=OTHER)
    SqliteOutside(path).operated(Ban("fake", "annabella"), NOW)
    found = [await store.job(number) for number in (1, 2, 3)]
    assert [each[0].state for each in found if each] == [State.OPEN, State.CANCELLED, State.OPEN]
    forget = messages.called("8", "annabella", CHAT, Command.FORGET, "yes")
    await store.take_in(forget, lambda known: Decision(Chat("annabella", CHAT), erase=True), NOW)
    for litter in await store.litter():
        await store.cleared(litter)
    await store.settle()
    await store.close()
    assert not any(b"annabella" in file.read_bytes() for file in path.parent.glob("bot.sqlite*"))
    store = await SqliteStore.open(path, NOW)
    assert (await known(store, messages.said("10", "annabella", CHAT, "hi"))).banned
    assert not (await known(store, messages.said("11", "bob", OTHER, "hi"))).banned
    assert SqliteOutside(path).standing(NOW)[1].banned == 1
    SqliteOutside(path).operated(Unban("fake", "annabella"), NOW)
    assert not (await known(store, messages.said("12", "annabella", CHAT, "hi"))).banned
    await store.close()


async def test_what_another_process_has_written_is_noticed_once(
    store: SqliteStore, path: Path
) -> None:
    await store.changed_outside()
    await asks(store, "1")
    assert not await store.changed_outside(), "what we write ourselves is known"
    SqliteOutside(path).operated(Pause(NOW), NOW)
    assert await store.changed_outside()
    assert not await store.changed_outside()


async def test_a_command_in_the_chat_does_the_same(store: SqliteStore, path: Path) -> None:
    async def does(id: str, operation: Operation) -> None:
        inbound = messages.called(id, "boss", OTHER, Command.PAUSE)
        await store.take_in(inbound, lambda known: Decision(known.chat, operate=operation), NOW)

    await asks(store, "1")
    await does("a", Pause(NOW))
    assert SqliteOutside(path).standing(NOW)[0] == Pause(NOW)
    assert SqliteOutside(path).standing(NOW)[1] == Overview(
        under_way=1, waiting=1, owed=1, people=1
    )
    assert await claimed(store) == []
    await does("b", Resume())
    assert await claimed(store) == [1]


def test_a_database_of_another_version_is_left_alone(path: Path) -> None:
    with pytest.raises(StoreBroken):
        SqliteOutside(path).operated(Resume(), NOW)
    path.touch()
    with pytest.raises(StoreBroken, match="start this version"):
        SqliteOutside(path).standing(NOW)


# News


async def chats(store: Store, *users: str, private: bool = True, **known: object) -> None:
    for user in users:
        address = Address("fake", f"chat of {user}")
        chat = replace(Chat(user, address, introduced=True, private=private), **known)  # type: ignore[arg-type]
        inbound = messages.said(f"hello of {user}", user, address, "hello")
        await store.take_in(inbound, lambda _, chat=chat: Decision(chat), NOW)  # type: ignore[misc]


BOSS = Address("fake", "boss")


def begin(there: Outside) -> News:
    news = News("k", "New looks!", BOSS, "boss")
    there.operated(Draft(news), NOW)
    there.operated(Announce("k"), NOW)
    return news


async def test_news_come_once_to_each_whatever_is_killed_on_the_way(place: Place) -> None:
    store = await place.open(NOW)
    people = [f"p{number}" for number in range(NEWS_AT_ONCE * 2 + 3)]
    await chats(store, *people)
    begin(place.outside())
    got: list[str] = []
    for _ in range(99):
        going = await store.spread(NOW, ("fake",))
        assert place.outside().figures(NOW).owed <= NEWS_AT_ONCE
        await store.claim_posts(NOW, "fake", 99, (Rank.NEWS,))
        await store.close()  # killed with all of these under way
        store = await place.open(NOW)
        for post in list(await store.claim_posts(NOW, "fake", 99, (Rank.NEWS,)))[:4]:
            assert post.claims > 1, "the adapter knows that it may be there"
            got.append(post.message.user)
            await store.posted(post, str(post.id), NOW)
        if not going:
            break
    assert sorted(got) == sorted(people)
    (told,) = await words(store)
    assert told.startswith(f"✅ All sent: {len(people)} of {len(people)} have it")
    await store.close()


async def test_news_spare_whoever_said_no_is_banned_away_gone_or_in_a_group(
    store: SqliteStore, path: Path
) -> None:
    await chats(store, "ann", "late", "banned", "gone", "forgotten", "unsure")
    await chats(store, "no", news=False)
    await chats(store, "away", away=True)
    await chats(store, "group", private=False)
    SqliteOutside(path).operated(Ban("fake", "banned"), NOW)
    assert SqliteOutside(path).standing(NOW)[1].people == 6
    begin(SqliteOutside(path))
    await chats(store, "new")
    late = Address("fake", "chat of late")
    off = messages.called("off", "late", late, Command.NEWS, "off")
    await store.take_in(off, lambda known: Decision(replace(known.chat, news=False)), NOW)
    here = Address("fake", "chat of forgotten")
    forget = messages.called("forget", "forgotten", here, Command.FORGET, "yes")
    await store.take_in(forget, lambda known: Decision(known.chat, erase=True), NOW)
    assert await store.spread(NOW, ("fake",))
    posts = {post.message.user: post for post in await store.claim_posts(NOW, "fake", 99)}
    assert sorted(posts) == ["ann", "gone", "unsure"]
    await store.posted(posts["ann"], "1", NOW)
    await store.keep(posts["gone"])
    await store.drop(posts["unsure"])
    assert await store.spread(NOW, ("fake",))
    (told,) = await words(store)
    assert told.startswith("✅ All sent: 1 of 6 have it · not reachable: 1 · opted out: 3")
    assert not await store.spread(NOW, ("fake",)), "that was all"
    assert SqliteOutside(path).standing(NOW)[1].people == len({"ann", "banned", "new", "unsure"})
    back = messages.said("back", "gone", Address("fake", "chat of gone"))
    assert (await known(store, back)).chat.away


async def test_answers_and_results_wait_for_no_news(store: SqliteStore, path: Path) -> None:
    await chats(store, "ann")
    begin(SqliteOutside(path))
    await store.spread(NOW, ("fake",))
    await store.post(outgoing(Address("fake", "chat of ann"), "Here it is!", user="ann"), NOW)
    found = [await store.claim_post(NOW), await store.claim_post(NOW)]
    assert [post.message.text[:10] for post in found if post] == ["Here it is", "New looks!"]


async def test_news_can_be_stopped_and_only_one_goes_out_at_a_time(
    store: SqliteStore, path: Path
) -> None:
    await chats(store, *(f"p{number}" for number in range(NEWS_AT_ONCE + 5)))
    begin(SqliteOutside(path))
    await store.spread(NOW, ("fake",))
    first = await store.claim_post(NOW)
    assert first is not None
    SqliteOutside(path).operated(Draft(News("other", "Again!", BOSS, "boss")), NOW + 1)
    SqliteOutside(path).operated(Announce("other"), NOW)
    found = SqliteOutside(path).standing(NOW)[1].news
    assert found is not None
    assert (found.key, found.state) == ("other", NewsState.DRAFT)
    SqliteOutside(path).operated(Hush("k"), NOW)
    await store.posted(first, "1", NOW)
    assert not await store.spread(NOW, ("fake",))
    assert await words(store) == []
    SqliteOutside(path).operated(Hush("other"), NOW)
    SqliteOutside(path).operated(Announce("other"), NOW)
    SqliteOutside(path).operated(Hush("nothing"), NOW)
    assert not await store.spread(NOW, ("fake",))


async def test_news_for_a_platform_that_is_not_served_do_not_last_for_ever(
    store: SqliteStore, path: Path
) -> None:
    await chats(store, "ann")
    begin(SqliteOutside(path))
    assert await store.spread(NOW, ("elsewhere",))
    assert not await store.spread(NOW, ("fake",))
