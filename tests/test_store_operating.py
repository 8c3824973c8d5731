"""What is done to the whole bot lasts: over a restart, over /forget, and from another process."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.domain.conversation import Chat, Decision, Start
from core.domain.operating import Ban, Operation, Overview, Pause, Resume, Unban
from core.domain.requests import Advanced, Job, Plan, State, Step
from core.messages import Address, Command, Inbound
from core.store import Remembered
from core.store.sqlite import SqliteStore, StoreBroken
from core.store.sqlite.figures import figures
from core.store.sqlite.outside import operated, standing
from tests import messages
from tests.knowing import knowing

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


async def asks(store: SqliteStore, id: str, *, user: str = "annabella", to: Address = CHAT) -> int:
    """A request that has been gathered; its number."""
    job = Job(0, id, user, to, Plan.MAKE, Step.CONNECT, due=NOW, created=NOW, notified_at=NOW)
    inbound = messages.said(id, user, to, "hello")
    await store.take_in(inbound, lambda known: Decision(known.chat, start=(Start(job),)), NOW)
    return int(id)


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


async def words(store: SqliteStore) -> list[str]:
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
    operated(path, Pause(NOW, "New disk."), NOW)
    assert [said.splitlines()[0] for said in await words(store)] == ["New disk."]
    await asks(store, "3", user="cem", to=OTHER)
    assert await claimed(store) == []
    sent = knowing(at_work.job.progress, fingerprint="f")
    _, further = await store.go_on(
        Advanced(replace(at_work.job, step=Step.GENERATE, progress=sent)), NOW
    )
    assert further is None, "its turn is not sent yet"
    assert await store.job_due() is None
    assert await store.remind(NOW + 999, 10, lambda job: pytest.fail("it is said already")) == 0
    assert figures(path, NOW).paused == NOW
    assert figures(path, NOW).job is None, "nobody waits for what cannot be taken up"
    operated(path, Resume(), NOW)
    assert await claimed(store) == [1, 2, 3]
    assert figures(path, NOW).paused is None


async def test_what_is_paid_for_goes_on_and_a_restart_changes_nothing(path: Path) -> None:
    store = await SqliteStore.open(path, NOW)
    await asks(store, "1")
    claim = await store.claim(NOW)
    assert claim is not None
    progress = knowing(claim.job.progress, fingerprint="f")
    after = replace(claim.job, step=Step.GENERATE, progress=progress)
    _, turn = await store.go_on(Advanced(after), NOW)
    assert turn is not None, "the turn is under way"
    operated(path, Pause(NOW), NOW)
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
    operated(path, Ban("fake", "annabella"), NOW)
    found = [await store.job(number) for number in (1, 2, 3)]
    assert [each[0].state for each in found if each] == [State.OPEN, State.CANCELLED, State.OPEN]
    forget = messages.called("8", "annabella", CHAT, Command.FORGET, "yes")
    await store.take_in(forget, lambda known: Decision(Chat("annabella", CHAT), erase=True), NOW)
    await store.settle()
    await store.close()
    assert not any(b"annabella" in file.read_bytes() for file in path.parent.glob("bot.sqlite*"))
    store = await SqliteStore.open(path, NOW)
    assert (await known(store, messages.said("10", "annabella", CHAT, "hi"))).banned
    assert not (await known(store, messages.said("11", "bob", OTHER, "hi"))).banned
    assert standing(path, NOW)[1].banned == 1
    operated(path, Unban("fake", "annabella"), NOW)
    assert not (await known(store, messages.said("12", "annabella", CHAT, "hi"))).banned
    await store.close()


async def test_what_another_process_has_written_is_noticed_once(
    store: SqliteStore, path: Path
) -> None:
    await store.changed_outside()
    await asks(store, "1")
    assert not await store.changed_outside(), "what we write ourselves is known"
    operated(path, Pause(NOW), NOW)
    assert await store.changed_outside()
    assert not await store.changed_outside()


async def test_a_command_in_the_chat_does_the_same(store: SqliteStore, path: Path) -> None:
    async def does(id: str, operation: Operation) -> None:
        inbound = messages.called(id, "boss", OTHER, Command.PAUSE)
        await store.take_in(inbound, lambda known: Decision(known.chat, operate=operation), NOW)

    await asks(store, "1")
    await does("a", Pause(NOW))
    assert standing(path, NOW)[0] == Pause(NOW)
    assert standing(path, NOW)[1] == Overview(under_way=1, waiting=1, owed=1, people=1)
    assert await claimed(store) == []
    await does("b", Resume())
    assert await claimed(store) == [1]


def test_a_database_of_another_version_is_left_alone(path: Path) -> None:
    with pytest.raises(StoreBroken):
        operated(path, Resume(), NOW)
    path.touch()
    with pytest.raises(StoreBroken, match="start this version"):
        standing(path, NOW)
