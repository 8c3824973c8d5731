"""Several processes on one database: each does what its role is, and what one leaves another takes
up."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from structlog.testing import capture_logs

from bots.databases import check_sandbox
from bots.ending import code
from core.adapter import Receive
from core.messages import Command
from core.settings import Settings, WrongSetting, read
from core.store import Buried
from core.store.postgres import PostgresStore
from tests.backend import quick_standin
from tests.fakes import FakeAdapter
from tests.kill.counting import Wish, tally
from tests.kill.fleet import BURIED, Fleet, Member, fleet
from tests.process import until
from tests.servers import postgres
from tests.test_forget import KeepingAdapter
from tests.world import bot, photo

SENTENCE = "a sentence that all of them know"


@pytest.fixture
def database() -> Iterator[str]:
    with postgres.database(postgres.server()) as made:
        yield made


async def test_a_gateway_takes_in_and_a_worker_makes_the_video(
    database: str, tmp_path: Path
) -> None:
    standin, chats, files = quick_standin(), FakeAdapter(), FakeAdapter()
    shared = {"DATABASE_URL": database, "SECRETS_KEY": SENTENCE}
    gateway, worker = {"ROLE": "gateway", **shared}, {"ROLE": "worker", **shared}
    files.files = chats.files
    async with (
        standin.serving() as url,
        bot(tmp_path / "g", url, chats, DATA_FOLDER=str(tmp_path / "g"), **gateway),
        bot(tmp_path / "w", url, files, DATA_FOLDER=str(tmp_path / "w"), **worker),
    ):
        await chats.says("turn this into a 2-second video", photo())
        video = await chats.result()
        await chats.until(lambda _: any("💳" in shown.text for shown in chats.shown))
    assert video.text.startswith("🎬 Your video is ready!")
    assert len(standin.asked("turn")) == 1
    assert not chats.fetched, "the gateway makes nothing"
    assert len(files.fetched) == 1
    assert not files.shown, "the worker says nothing"


async def test_all_have_the_same_key_before_anything_is_sealed(
    database: str, tmp_path: Path
) -> None:
    one, other = ({"DATABASE_URL": database, "SECRETS_KEY": key} for key in (SENTENCE, "another"))
    both = {**other, "SECRETS_KEY": f"another,{SENTENCE}"}
    async with bot(tmp_path / "a", "http://127.0.0.1:9", FakeAdapter(), **one):
        with pytest.raises(WrongSetting, match=r"^SECRETS_KEY does not open"):
            async with bot(tmp_path / "b", "http://127.0.0.1:9", FakeAdapter(), **other):
                pass
    for known in (both, other):
        async with bot(tmp_path / "b", "http://127.0.0.1:9", FakeAdapter(), **known):
            pass


class Other(FakeAdapter):
    """A platform that another process has."""

    platform = "other"


async def test_chats_that_one_process_keeps_are_erased_by_that_one(
    database: str, tmp_path: Path
) -> None:
    standin, keeping, other = quick_standin(), KeepingAdapter(), Other()
    keeping.away = 1000
    shared = {"DATABASE_URL": database, "SECRETS_KEY": SENTENCE}
    async with (
        standin.serving() as url,
        bot(tmp_path / "a", url, keeping, DATA_FOLDER=str(tmp_path / "a"), **shared),
        bot(tmp_path / "b", url, other, DATA_FOLDER=str(tmp_path / "b"), **shared),
    ):
        await keeping.says("yes", user="user-1", command=Command.FORGET)
        await other.says("yes", user="user-2", command=Command.FORGET)  # it clears away as well
        assert keeping.forgotten == [], "its disk is away"
        keeping.away = 0
        await keeping.says("yes", user="user-3", command=Command.FORGET)
    assert set(keeping.forgotten) == {"user-1", "user-2", "user-3"}


class Hooked(FakeAdapter):
    """A platform that calls whom it likes."""

    anywhere = True


class Groups(FakeAdapter):
    """A platform that is taken in by parts."""

    parts = 2

    def __init__(self) -> None:
        super().__init__()
        self.here: set[int] = set()

    async def run_part(self, part: int, receive: Receive) -> None:
        self.here.add(part)
        try:
            await self.run(receive)
        finally:
            self.here.discard(part)

    async def attach(self) -> None:
        self.attached = True
        await asyncio.Event().wait()


async def test_a_platform_that_calls_is_taken_in_anywhere_and_one_process_answers(
    database: str, tmp_path: Path
) -> None:
    one, other = Hooked(), Hooked()
    settings = {"DATABASE_URL": database, "SECRETS_KEY": SENTENCE, "ROLE": "gateway"}
    async with (
        bot(tmp_path / "1", "http://127.0.0.1:9", one, DATA_FOLDER=str(tmp_path / "1"), **settings),
        bot(
            tmp_path / "2", "http://127.0.0.1:9", other, DATA_FOLDER=str(tmp_path / "2"), **settings
        ),
    ):
        for adapter in (one, other):
            await adapter.says("/help", command=Command.HELP, user=str(id(adapter)))
        await until(lambda: len(one.shown) + len(other.shown) == 2)
        assert {len(one.shown), len(other.shown)} == {0, 2}


async def test_parts_of_a_platform_are_shared_and_taken_over(database: str, tmp_path: Path) -> None:
    one, other = Groups(), Groups()
    settings = {"DATABASE_URL": database, "SECRETS_KEY": SENTENCE, "LEASE_SECONDS": "1"}
    url = "http://127.0.0.1:9"
    async with bot(tmp_path / "1", url, one, DATA_FOLDER=str(tmp_path / "1"), **settings):
        await until(lambda: one.here == {0, 1})
        async with bot(tmp_path / "2", url, other, DATA_FOLDER=str(tmp_path / "2"), **settings):
            await until(lambda: len(one.here) == len(other.here) == 1)
            assert one.here | other.here == {0, 1}
            assert one.attached
        await until(lambda: one.here == {0, 1})


async def test_a_request_goes_on_when_the_database_is_back(database: str, tmp_path: Path) -> None:
    """Its process is neither ended nor taken for dead, and hears of what is due again."""
    standin, chats = quick_standin(), FakeAdapter()
    settings = {"DATABASE_URL": database, "SECRETS_KEY": SENTENCE, "DATA_FOLDER": str(tmp_path)}
    name = database.partition("?")[0].rpartition("/")[2]
    async with standin.serving() as url, bot(tmp_path, url, chats, **settings):
        await chats.says("hello")
        with away(database, name), capture_logs() as logs:
            saying = asyncio.create_task(chats.says("turn this into a 2-second video", photo()))
            # a commit that was on its way is asked after first, which nobody is told of
            tried = "the database cannot be written", "the queue of requests cannot be read"
            await until(lambda: any(log["event"].startswith(tried) for log in logs))
            assert not saying.done()
        await saying
        await chats.result()
    assert len(standin.asked("turn")) == 1


@contextmanager
def away(database: str, name: str) -> Iterator[None]:
    """Nobody can use it meanwhile."""
    with psycopg.connect(postgres.server(), autocommit=True) as db:
        db.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        db.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        try:
            yield
        finally:
            db.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@pytest.mark.parametrize("role", ["gateway", "worker"])
async def test_a_part_needs_a_database_that_others_share(tmp_path: Path, role: str) -> None:
    with pytest.raises(WrongSetting, match=f"^ROLE={role} needs a database that several"):
        async with bot(tmp_path, "http://127.0.0.1:9", FakeAdapter(), ROLE=role):
            pass


async def test_the_sandbox_stays_away_from_what_people_have_asked_a_bot_for(database: str) -> None:
    def sandbox(**more: str) -> None:
        variables = {"DATABASE_URL": database, "SECRETS_KEY": SENTENCE, **more}
        check_sandbox(read(Settings, variables), ("console",))

    sandbox()
    with pytest.raises(WrongSetting, match="The sandbox cannot run"):
        sandbox(ROLE="worker")
    store = await PostgresStore.open(database)
    with pytest.raises(WrongSetting, match="The sandbox cannot run"):
        sandbox()
    await store.close()
    with psycopg.connect(database) as db:
        db.execute(
            'INSERT INTO jobs (lock, "user", platform, chat, thread, plan, space, step, state, due,'
            " notified_at, created, body, bundle)"
            " VALUES ('', '1', 'telegram', '1', '', '', '', 'gather', 'open', 0, 0, 0, '{}', '')"
        )
    with pytest.raises(WrongSetting, match="The sandbox cannot run"):
        sandbox()


def test_who_was_taken_for_dead_ends_with_a_code_of_its_own() -> None:
    def run() -> int:
        raise ExceptionGroup("together", [Buried()])

    assert code(run) == BURIED


def test_a_start_without_its_database_is_one_sentence_and_tried_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run() -> int:
        asyncio.run(PostgresStore.open("postgresql://bot:hidden@127.0.0.1:1/bot"))
        return 0

    assert code(run) == BURIED
    said = capsys.readouterr().err
    assert "The database cannot be reached: the database of DATABASE_URL: " in said
    assert "hidden" not in said


WHO = """SELECT w.host FROM jobs j JOIN workers w ON w.id = j.worker
WHERE j.claimed = 1 AND j.step = 'upload'"""
LEADER = "SELECT w.host FROM leaders l JOIN workers w ON w.id = l.worker WHERE l.name = 'telegram'"


def at(here: Fleet, sql: str) -> list[Member]:
    """The process that has what this asks for."""
    pids = {host.rpartition(":")[2] for (host,) in here.look(sql)}
    return [each for each in here.members if each.runs and str(each.bot.pid) in pids]


async def struck(here: Fleet, wish: Wish, number: signal.Signals) -> Member:
    """Whoever sends its photo to the service gets a signal in the middle of it."""
    before = len(here.standin.asked("upload"))
    here.telegram.user_sends(wish.words, photo=photo(), user=wish.user)
    holders: list[Member] = []

    def held() -> bool:
        holders.extend(at(here, WHO))
        return bool(holders)

    await until(held)
    await until(lambda: len(here.standin.asked("upload")) > before)
    member = holders[0]
    member.bot.signal(number)
    return member


async def video(here: Fleet, wish: Wish) -> None:
    """It comes, was paid once, and is there once."""
    try:
        await until(lambda: tally(here, wish).videos)
    except TimeoutError:
        logs = "".join(each.bot.log[-2000:] for each in here.members)
        raise AssertionError(here.telegram.transcript(wish.user) + logs) from None
    assert tally(here, wish).broken() == []


async def test_what_a_process_had_is_taken_over_when_it_dies_or_stands_still(
    tmp_path: Path,
) -> None:
    standin = quick_standin(quota=False, credits=10**6)
    standin.faults.set("upload", "delay:1")
    async with fleet(tmp_path, standin, 2, 2, 2.0, NEMO_RECOVERY_SECONDS="0.3") as here:
        await here.begin()
        killed, frozen = Wish(2001, "Mountain"), Wish(2002, "River")
        await struck(here, killed, signal.SIGKILL)
        await video(here, killed)
        member = await struck(here, frozen, signal.SIGSTOP)
        await video(here, frozen)
        ends = len(member.codes)
        member.bot.signal(signal.SIGCONT)
        await until(lambda: len(member.codes) > ends)
        assert member.codes[-1] == BURIED
        assert tally(here, frozen).broken() == [], "who was taken for dead does nothing more"
        (leader,) = at(here, LEADER)
        ends = len(leader.codes)
        leader.bot.signal(signal.SIGTERM)
        await until(lambda: at(here, LEADER) not in ([], [leader]))
        await until(lambda: len(leader.codes) > ends)
        assert leader.codes[-1] == 0
        (leader,) = at(here, LEADER)
        leader.bot.signal(signal.SIGKILL)
        here.telegram.user_sends("/help", user=2003)
        await until(lambda: here.telegram.said(2003))
