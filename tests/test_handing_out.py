"""Handing out, message by message and with a clock set by hand: what each trouble means, and that
it has an end."""

import errno
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest

from core import skills, vault
from core.adapter import (
    Adapter,
    DeliveryError,
    Disconnected,
    Flooded,
    Gone,
    Moved,
    NoSuchMessage,
    Reach,
    Refused,
    Unclear,
    Unsent,
)
from core.messages import Address, Announcement, Button, Command, Form, Outbound, Video
from core.nemo.client import NemoClient
from core.runtime.engine.delivering import hand_out
from core.runtime.engine.failed_deliveries import (
    ALL_PAUSE,
    CHAT_PAUSE,
    GIVEN_UP,
    HELD_OFF,
    LONGEST_UNHEARD,
    Stage,
    less,
)
from core.runtime.engine.runtime import Runtime
from core.store import Post
from core.store.sqlite import SqliteStore
from tests.fakes import CHAT, Clock, FakeAdapter
from tests.outgoing import altered, outgoing
from tests.world import settings_for

OTHER = Address("fake", "chat-2")


@dataclass
class Hands:
    """One platform's hands, which take a message only when the test says so."""

    runtime: Runtime
    clock: Clock
    adapter: FakeAdapter
    folder: Path

    async def one(self) -> bool:
        """Hand out the next message that is due; False where none is."""
        post = await self.runtime.store.claim_post(self.clock())
        if post is not None:
            await hand_out(self.runtime, post)
        return post is not None

    async def all(self, most: int = 1000) -> int:
        """Everything that is owed, waiting as long as it takes; how many tries that were."""
        tries = 0
        while (due := await self.runtime.store.post_due()) is not None and tries < most:
            self.clock.now = max(self.clock.now, due)
            tries += await self.one()
        return tries

    def owed(self) -> int:
        with closing(sqlite3.connect(f"file:{self.folder / 'bot.sqlite'}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT COUNT(*) FROM outbox").fetchone()[0])

    @property
    def said(self) -> list[str]:
        return [shown.text for shown in self.adapter.shown]


@pytest.fixture
async def hands(tmp_path: Path) -> AsyncIterator[Hands]:
    clock, adapter = Clock(), FakeAdapter()
    store, nemo = (
        await SqliteStore.open(tmp_path / "bot.sqlite", clock()),
        NemoClient("http://127.0.0.1:9"),
    )
    yield Hands(
        Runtime(
            store=store,
            nemo=nemo,
            vault=vault.load(None, tmp_path / "secrets.key"),
            settings=settings_for(tmp_path, "http://127.0.0.1:9"),
            skills=skills.available(None),
            skill_platform="test",
            adapters={adapter.platform: adapter},
            folder=tmp_path,
            clock=clock,
            identifier=lambda: "id",
            luck=lambda: 1.0,
        ),
        clock,
        adapter,
        tmp_path,
    )
    await nemo.close()
    await store.close()


class Keeping(FakeAdapter):
    """A platform that knows its pace; `until` is when the next message may come."""

    def __init__(self, clock: Clock, until: float) -> None:
        super().__init__()
        self._clock, self._until = clock, until

    def held(self, message: Outbound, edit: str | None) -> Flooded | None:
        left = self._until - self._clock()
        return Flooded(left) if left > 0 else None


async def test_a_file_that_would_come_too_soon_is_fetched_when_its_time_has_come(
    hands: Hands, tmp_path: Path
) -> None:
    adapter = Keeping(hands.clock, hands.clock() + 1.0)
    paced = replace(hands, runtime=replace(hands.runtime, adapters={"fake": adapter}))
    message = outgoing(CHAT, "Here it is!", media=Video("http://127.0.0.1:9/v.mp4"))
    await hands.runtime.store.post(message, hands.clock())
    assert await paced.one()
    assert not (tmp_path / "work").exists(), "nothing was fetched"
    assert await hands.runtime.store.post_due() == hands.clock() + 1.0
    hands.clock.now += 1.0
    assert await paced.one()
    assert (tmp_path / "work").exists()


@pytest.mark.parametrize(
    ("reach", "most"), [(Reach.EVERYWHERE, ALL_PAUSE), (Reach.CHAT, CHAT_PAUSE)]
)
@pytest.mark.parametrize("asked", [1e12, float("inf"), float("nan"), 3600.0, 0.0, -5.0])
async def test_a_pause_has_a_sensible_length_whatever_is_asked_for(
    hands: Hands, reach: Reach, most: float, asked: float
) -> None:
    hands.adapter.failures += [Flooded(asked, reach)]
    await hands.runtime.store.post(outgoing(CHAT, "words"), hands.clock())
    begun = hands.clock()
    assert await hands.all() == 2
    assert hands.said == ["words"]
    assert hands.clock() - begun == min(max(0.0, asked), most)


async def test_a_pause_of_one_chat_is_nothing_to_the_others(hands: Hands) -> None:
    hands.adapter.failures += [Flooded(3600.0)]
    for address, words in ((CHAT, "waits"), (OTHER, "comes")):
        await hands.runtime.store.post(outgoing(address, words), hands.clock())
    assert [await hands.one(), await hands.one(), await hands.one()] == [True, True, False]
    assert hands.said == ["comes"]


class Defect(Exception):
    """Ours."""


LINK = "https://files.example/v.mp4"
DEFECTS = [Defect("x"), OverflowError(), ValueError(), OSError(), KeyError(1), RecursionError()]
PASSING = [[Flooded(600.0)], [Unsent()], [Moved(OTHER), Moved(CHAT)]]


def result(**more: object) -> Outbound:
    """A video that goes out as its link, so that nothing has to be fetched."""
    row = (Button("Edit", Command.EDIT, 1),)
    said = outgoing(
        CHAT, f"Ready\n\n{LINK}", buttons=(row,), media=Video(LINK, form=Form.LINK), user="u"
    )
    return altered(said, **more)


async def test_a_line_that_was_not_there_is_no_try_of_what_waited_for_it(hands: Hands) -> None:
    hands.adapter.failures += [Disconnected()] * 40
    await hands.runtime.store.post(outgoing(CHAT, "here"), hands.clock())
    begun = hands.clock()
    for tries in range(40):
        before = hands.clock()
        assert await hands.one()
        due = await hands.runtime.store.post_due()
        assert due is not None
        assert 0 < due - before <= LONGEST_UNHEARD, f"after {tries} tries"
        hands.clock.now = due
    assert hands.clock() - begun > 400
    assert await hands.one()
    assert hands.said == ["here"]
    await hands.runtime.store.post(outgoing(CHAT, "never"), hands.clock())
    hands.clock.now += HELD_OFF + 1
    hands.adapter.failures += [Disconnected()]
    assert await hands.one()
    assert await hands.runtime.store.post_due() is None, "nor for ever"


@pytest.mark.parametrize("defect", DEFECTS, ids=repr)
async def test_a_message_that_a_defect_stops_each_time_is_tried_with_less_and_then_given_up(
    hands: Hands, defect: Exception
) -> None:
    hands.adapter.failures += [defect] * 1000
    await hands.runtime.store.post(result(), hands.clock())
    begun = hands.clock()
    assert await hands.all() <= 3
    assert (hands.said, hands.owed()) == ([], 0)
    assert hands.clock() - begun < 60


async def test_a_defect_before_the_platform_is_asked_leads_to_the_link_in_place_of_the_file(
    hands: Hands,
) -> None:
    class Defective(FakeAdapter):
        @property
        def largest_upload(self) -> int:  # type: ignore[override]
            raise Defect

    adapter = Defective()
    adapters: dict[str, Adapter] = {"fake": adapter}  # type: ignore[dict-item]
    hands = replace(hands, runtime=replace(hands.runtime, adapters=adapters), adapter=adapter)
    await hands.runtime.store.post(result(media=Video(LINK)), hands.clock())
    assert await hands.all() == 2
    assert hands.said == [result().text], (
        "nothing was posted before, so it does not say that it may come twice"
    )


async def test_what_comes_behind_a_message_with_a_defect_comes(hands: Hands) -> None:
    hands.adapter.failures += [Defect()] * 2
    for words in ("bad", "good"):
        await hands.runtime.store.post(outgoing(CHAT, words), hands.clock())
    await hands.all()
    assert "good" in hands.said
    assert hands.owed() == 0


@pytest.mark.parametrize("again", [False, True])
def test_after_a_defect_while_sending_no_file_goes_out_again(*, again: bool) -> None:
    film = Post(1, result(media=Video(LINK)), job=1, claims=1 + again, attempts=0)
    tried = less(film, Stage.SENDING)
    assert (tried is None) is again
    assert tried is None or (tried.video is not None and tried.video.form is Form.LINK)


@pytest.mark.parametrize("defect", DEFECTS, ids=repr)
async def test_a_defect_of_the_platforms_part_after_a_post_repeats_it_once_at_most_and_says_so(
    hands: Hands, defect: Exception
) -> None:
    hands.adapter.stumbles += [defect] * 1000
    await hands.runtime.store.post(result(), hands.clock())
    await hands.all()
    assert len(hands.said) == 2
    assert hands.said[1] != hands.said[0], "it says that it may come twice"
    assert hands.owed() == 0


async def test_a_defect_of_the_store_after_a_post_never_repeats_it(hands: Hands) -> None:
    async def send(message: Outbound, edit: str | None, nonce: str, *, again: bool = False) -> str:
        posted.append(1)
        return cast(str, object())  # no id at all: writing it down fails

    posted: list[int] = []
    status = outgoing(CHAT, "status", slot="job-1")
    hands.runtime.adapters["fake"].send = send  # type: ignore[method-assign]
    await hands.runtime.store.post(status, hands.clock())
    await hands.all()
    assert (posted, hands.owed()) == ([1], 0)


@pytest.mark.parametrize("slot", ["", "job-1"])
@pytest.mark.parametrize("problems", PASSING, ids=repr)
async def test_every_failure_that_may_pass_has_a_last_time(
    hands: Hands, problems: list[DeliveryError], slot: str
) -> None:
    hands.adapter.failures += problems * 10_000
    await hands.runtime.store.post(outgoing(CHAT, "words", slot=slot, user="u"), hands.clock())
    begun = hands.clock()
    assert 5 < await hands.all(10_000) < 5_000
    assert GIVEN_UP < hands.clock() - begun < HELD_OFF + 2 * CHAT_PAUSE
    assert hands.said == []
    assert hands.owed() == (0 if slot else 1), "words are kept for the day their user is back"


@pytest.mark.parametrize("slot", ["", "job-1"])
@pytest.mark.parametrize("problem", [Moved(CHAT), NoSuchMessage(), Refused(), Gone()], ids=repr)
async def test_a_failure_that_makes_no_sense_or_is_final_is_over_soon(
    hands: Hands, problem: DeliveryError, slot: str
) -> None:
    hands.adapter.failures += [problem] * 10_000
    await hands.runtime.store.post(outgoing(CHAT, "words", slot=slot, user="u"), hands.clock())
    begun = hands.clock()
    assert await hands.all() < 12
    assert hands.clock() - begun < 60


async def test_a_restart_after_two_days_gives_nothing_up_at_the_first_failure(hands: Hands) -> None:
    await hands.runtime.store.post(outgoing(CHAT, "words"), hands.clock())
    hands.clock.now += 2 * GIVEN_UP
    hands.adapter.failures += [Unsent(), Flooded(60.0)]
    assert await hands.all() == 3
    assert hands.said == ["words"]


async def test_behind_what_fails_for_minutes_the_others_of_the_chat_need_not_wait(
    hands: Hands,
) -> None:
    class Choosy(FakeAdapter):
        async def send(
            self, message: Outbound, edit: str | None, nonce: str, *, again: bool = False
        ) -> str:
            if message.text == "heavy":
                raise Unsent
            return await super().send(message, edit, nonce, again=again)

    adapter = Choosy()
    hands = replace(
        hands, runtime=replace(hands.runtime, adapters={"fake": adapter}), adapter=adapter
    )
    for words in ("heavy", "light"):
        await hands.runtime.store.post(outgoing(CHAT, words), hands.clock())
    begun = hands.clock()
    while not hands.said:
        hands.clock.now = max(hands.clock(), await hands.runtime.store.post_due() or 0.0)
        assert await hands.one()
    assert hands.said == ["light"]
    assert hands.clock() - begun < 600


@pytest.mark.parametrize("code", [errno.EMFILE, errno.ENFILE, errno.ENOSPC, errno.ENOMEM])
async def test_a_machine_that_has_run_out_of_something_only_delays(hands: Hands, code: int) -> None:
    hands.adapter.failures += [OSError(code, "short")] * 4
    await hands.runtime.store.post(result(), hands.clock())
    assert await hands.all() == 5
    assert hands.said == [result().text]
    assert hands.adapter.shown[0].outbound.buttons, "nothing is left out for that"


async def test_a_full_disk_ends_with_the_link(hands: Hands) -> None:
    hands.runtime.work.write_text("no folder can be made here")
    await hands.runtime.store.post(result(media=Video(LINK)), hands.clock())
    assert await hands.all() == 4
    assert hands.said == [result().text]
    assert hands.adapter.videos[0].video == b""


NEWS = replace(outgoing(CHAT, "New looks!", user="u"), manner=Announcement("k"))


@pytest.mark.parametrize("problem", [Unclear("lost"), OSError("a defect")])
async def test_news_that_may_have_been_posted_are_not_posted_again(
    hands: Hands, problem: Exception
) -> None:
    await hands.runtime.store.post(NEWS, hands.clock())
    hands.adapter.failures = [problem]
    assert await hands.all() == 1
    assert (hands.said, hands.owed()) == ([], 0)


async def test_news_that_were_under_way_at_a_kill_are_given_up_but_where_the_platform_knows_them(
    hands: Hands,
) -> None:
    for repeatable, said in ((False, []), (True, ["New looks!"])):
        await hands.runtime.store.post(NEWS, hands.clock())
        (post,) = await hands.runtime.store.claim_posts(hands.clock(), "fake", 1)
        hands.adapter.repeatable = repeatable
        await hand_out(hands.runtime, replace(post, claims=2))
        assert (hands.said, hands.owed()) == (said, 0)


async def test_news_wait_for_a_pause_and_for_a_network_that_is_away(hands: Hands) -> None:
    await hands.runtime.store.post(NEWS, hands.clock())
    hands.adapter.failures = [Flooded(5), Unsent("no network")]
    assert await hands.all() == 3
    assert hands.said == ["New looks!"]
    await hands.runtime.store.post(NEWS, hands.clock())
    hands.adapter.failures = [Gone("blocked")]
    assert await hands.all() == 1
    assert hands.owed() == 0, "no news wait for somebody who has left"
