"""The operator's credits on disk: each request counted once whatever is killed, /forget no way
around a budget, and nobody's name in it."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bots.status.summary import report
from core.domain.conversation import Decision
from core.domain.conversation.chat import Lookup, Start
from core.domain.gathering import Bundle
from core.domain.limits.budgets import Charged, Used
from core.domain.operating import Raise
from core.domain.requests import Fail, Job, Next, Notice, Outcome, Payer, Plan, Step, advance
from core.domain.spans import DAY
from core.messages import Address, Command
from core.store import Claimed, LostLease, Remembered, Store
from tests import messages
from tests.knowing import knowing
from tests.stores import File, Place
from tests.test_store_files import SCHEMAS, earlier

NOW = 1_795_000_000.0
HERE = Address("fake", "c")
DONE = Notice("done", final=True)
LATER = 33 * DAY
FAR = 4_000_000_000.0
"""Long after the time of the machine that runs the tests: a database knows that as well."""


@asynccontextmanager
async def opened(place: Place, now: float = NOW) -> AsyncIterator[Store]:
    store = await place.open(now)
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    async with opened(place) as store:
        yield store
    assert sums(place) == counted(place), "whatever was done, the sums are those of the charges"


def sums(place: Place) -> tuple[Counter[Any], Counter[Any]]:
    """What is spent by whom in each piece of time, and held, as it is kept."""
    spent, held = Counter[Any](), Counter[Any]()
    for *key, credits in place.rows("SELECT whose, name, at, span, credits FROM spent_sums"):
        spent[tuple(key)] += credits
    for *key, credits, unknown in place.rows(
        "SELECT whose, name, held, plan, credits, unknown FROM held_sums"
    ):
        held[tuple(key)] += credits + USUAL * unknown
    return spent, held


def counted(place: Place) -> tuple[Counter[Any], Counter[Any]]:
    """The same by the charges themselves."""
    spent, held = Counter[Any](), Counter[Any]()
    for who, space, plan, level, at, credits in place.rows(
        "SELECT who, space, plan, held, at, credits FROM charges"
    ):
        names = (("user", who), *([("group", space)] if space else []), ("bot", ""))
        for whose, name in names:
            if level:
                held[whose, name, level, plan] += USUAL if credits is None else credits
            for span in () if level else (900, 86_400):
                spent[whose, name, at // span * span, span] += credits
    return spent, held


USUAL = 1_000_000
"""Stands for a price that nobody knows."""


def wanted(step: Step, user: str = "u", plan: Plan = Plan.MAKE, **known: Any) -> Job:
    """A request that stands at this step, paid by the operator."""
    sent = {"fingerprint": "f"} if step in (Step.GENERATE, Step.CHECK, Step.RENDER) else {}
    learnt = knowing(**{"payer": Payer.OPERATOR, "session": "s", **sent, **known})
    place = {"created": NOW, "due": NOW, "space": "g", "bundle": Bundle(addressed=True)}
    return Job(0, f"fake/c//{user}", user, HERE, plan, step, learnt, **place)  # type: ignore[arg-type]


async def begins(store: Store, job: Job, now: float = NOW) -> None:
    inbound = messages.said(uuid4().hex, job.user, HERE, "go")

    def think(known: Remembered) -> Decision:
        return Decision(known.chat, start=(Start(job),))

    await store.take_in(inbound, think, now)


async def claimed(store: Store, now: float = NOW) -> Claimed:
    found = await store.claim(now)
    assert found is not None
    return found


async def ends(store: Store, job: Job, outcome: Outcome, now: float = NOW) -> None:
    """This step of a request ends so."""
    await begins(store, job, now)
    found = await claimed(store, now)
    assert await store.commit(advance(found.job, outcome, now), now)


async def used(store: Store, user: str = "u", now: float = NOW) -> Charged:
    """What the store knows when somebody in the group writes."""
    seen: list[Remembered] = []

    def think(known: Remembered) -> Decision:
        seen.append(known)
        return Decision(known.chat)

    asked = messages.asked(uuid4().hex, user, HERE, "hi", space="g", private=False)
    await store.take_in(asked, think, now, Lookup(charged=True))
    return seen[0].charged


def cost(credits: int | None = 90) -> Next:
    return Next(knowing(payer=Payer.OPERATOR, fingerprint="f", spent=credits), DONE, last=True)


async def test_what_was_paid_counts_for_the_person_the_group_and_the_bot(
    store: Store,
) -> None:
    await ends(store, wanted(Step.CHECK), cost(90))
    await ends(store, wanted(Step.CHECK, "v", Plan.EDIT), cost(40))
    await ends(store, wanted(Step.CHECK, "v", payer=Payer.OWN), Next(
        knowing(payer=Payer.OWN, fingerprint="f", spent=700), DONE, last=True
    ))  # fmt: skip
    await ends(store, wanted(Step.CHECK, "v"), Fail(DONE))
    found = await used(store)
    assert (found.user, found.group, found.bot) == (Used(90, 90), Used(130, 130), Used(130, 130))
    assert (await used(store, "v")).user == Used(40, 40)
    assert (await used(store, "v", NOW + DAY)).user == Used(0, 40), "a day later"
    assert (await used(store, "v", NOW + LATER)).user == Used(), "a month later"


async def test_a_price_that_nobody_knows_is_the_usual_one(store: Store) -> None:
    await ends(store, wanted(Step.CHECK), cost(None))
    assert (await used(store)).user.day == 100
    for number in range(6):
        await ends(store, wanted(Step.CHECK, f"v{number}"), cost(70))
    await ends(store, wanted(Step.CHECK, "w"), cost(None), NOW + 1)
    known = await used(store, "w", NOW + 2)
    assert (known.user.day, known.make, known.edit) == (70, 70, 50)


async def test_what_is_under_way_is_held_and_given_back(store: Store) -> None:
    await begins(store, wanted(Step.CONNECT))
    await begins(store, wanted(Step.CONNECT, "v", Plan.EDIT))
    assert (await used(store)).user == Used(100, 100)
    assert (await used(store, "w")).bot == Used(150, 150)
    first = await claimed(store)
    await store.commit(advance(first.job, Fail(DONE), NOW), NOW)
    assert (await used(store, "u", NOW + 1)).bot == Used(50, 50)


async def test_of_two_that_ask_for_the_price_at_once_the_second_sees_the_first(
    store: Store,
) -> None:
    for user in "uv":
        await begins(store, wanted(Step.PRICE, user))
    await begins(store, wanted(Step.CONNECT, "w"))
    first, second = await claimed(store), await claimed(store)
    if first.job.step is not Step.PRICE:  # pragma: no cover - the order of the queue
        first, second = second, await claimed(store)
    assert first.charged.bot == Used(), "what only waits comes after it"
    assert second.charged.bot == Used(100, 100)
    await store.commit(advance(first.job, Fail(DONE), NOW), NOW)
    await store.commit(advance(second.job, Next(second.job.progress), NOW), NOW)
    assert (await used(store)).bot == Used(200, 200)


@pytest.mark.parametrize(
    ("step", "known", "over", "beside"),
    [
        (Step.CONNECT, {}, False, False),
        (Step.GENERATE, {}, False, True),
        (Step.RENDER, {"spent": 90}, False, False),
        (Step.CHECK, {}, True, True),
        (Step.GENERATE, {"payer": Payer.OWN}, False, False),
    ],
)
async def test_a_balance_that_shrank_for_others_as_well_is_known_as_such(
    store: Store, step: Step, known: dict[str, Any], over: bool, beside: bool
) -> None:
    mine = wanted(Step.CHECK)
    price = replace(mine.progress.price, seen=NOW + 1 - over)
    mine = replace(mine, progress=replace(mine.progress, price=price))
    if over:
        await ends(store, wanted(step, "v", **known), cost(90))
    else:
        await begins(store, replace(wanted(step, "v", **known), due=NOW + DAY))
    await begins(store, mine)
    assert (await claimed(store, NOW + 2)).charged.beside is beside


async def test_a_question_about_the_price_holds_nothing_until_it_is_answered(
    store: Store,
) -> None:
    await begins(store, replace(wanted(Step.PRICE, asked=True), due=NOW + DAY))
    assert (await used(store)).user == Used()
    said = messages.said("yes", "u", HERE, "yes")

    def think(known: Remembered) -> Decision:
        return Decision(known.chat, confirm=(known.open[0].id,))

    await store.take_in(said, think, NOW)
    assert (await used(store, now=NOW + 1)).user == Used(100, 100)


async def test_who_cancels_after_the_turn_has_paid_for_it(store: Store, place: Place) -> None:
    for step, user in ((Step.CONNECT, "v"), (Step.RENDER, "u")):
        await begins(store, replace(wanted(step, user), due=NOW + DAY))

        def think(known: Remembered) -> Decision:
            return Decision(known.chat, cancel=(known.open[0].id,))

        await store.take_in(messages.said(f"stop{user}", user, HERE, "stop"), think, NOW)
    assert (await used(store)).bot == (await used(store)).user == Used(100, 100)
    (seen,) = [each for each in place.outside().figures(NOW).hours if each.credits]
    assert (seen.outcome, seen.credits) == ("cancelled", 100)


@pytest.mark.parametrize(
    ("job", "claims", "left"),
    [
        (wanted(Step.CONNECT), False, 0),
        (wanted(Step.GENERATE), False, 0),
        (wanted(Step.GENERATE), True, 100),
        (wanted(Step.RENDER, spent=80), False, 80),
    ],
)
async def test_forgetting_is_no_way_around_a_budget(
    store: Store, place: Place, job: Job, claims: bool, left: int
) -> None:
    await ends(store, wanted(Step.CHECK), cost(90))
    await begins(store, job, NOW + 1)
    running = await claimed(store, NOW + 1) if claims else None
    forget = messages.asked("f", "u", HERE, "yes", command=Command.FORGET)
    await store.take_in(forget, lambda known: Decision(known.chat, erase=True), NOW + 2)
    assert (await used(store, now=NOW + 3)).user == Used(90 + left, 90 + left)
    if running:
        with pytest.raises(LostLease):
            await store.commit(advance(running.job, cost(90), NOW + 4), NOW + 4)
    ((code,),) = place.rows("SELECT DISTINCT who FROM charges")
    assert code != "u"
    assert len(code) == 64
    erased = [each for each in place.outside().figures(NOW + 5).hours if each.credits]
    assert sum(each.credits for each in erased) == 90 + left, "the report counts it as well"
    await store.sweep(NOW + 40 * DAY)
    assert place.rows("SELECT 1 FROM charges UNION ALL SELECT 1 FROM spent_sums") == []


async def test_a_turn_is_counted_once_whatever_is_killed_between(place: Place) -> None:
    """The process dies after the turn, before and after its price is written, and is started
    again."""
    async with opened(place) as store:
        await begins(store, wanted(Step.CHECK))
        await claimed(store)
    async with opened(place) as store:
        assert (await used(store)).user == Used(100, 100), "held, as it was"
        again = await claimed(store)
        paid = Next(knowing(payer=Payer.OPERATOR, session="s", fingerprint="f", spent=90))
        await store.commit(advance(again.job, paid, NOW), NOW)
    async with opened(place) as store:
        assert (await used(store, now=NOW + 1)).user == Used(90, 90)
        last = await claimed(store)
        assert last.job.step is Step.NAME
        over = Next(last.job.progress, DONE, last=True)
        await store.commit(advance(last.job, over, NOW), NOW)
        await store.commit(advance(last.job, over, NOW), NOW)
        assert (await used(store, now=NOW + 2)).user == Used(90, 90)


async def test_admins_give_one_person_more_for_a_day(store: Store, place: Place) -> None:
    await ends(store, wanted(Step.CHECK), cost(90))
    place.outside().operated(Raise("fake", "u", 500), NOW)
    boss = messages.said("boss", "boss", HERE, "/budget")

    def think(known: Remembered) -> Decision:
        return Decision(known.chat, operate=Raise("fake", "u", None))

    await store.take_in(boss, think, NOW)
    found = await used(store)
    assert (found.user, found.raised) == (Used(90, 90), Used(590, 590))
    assert (await used(store, "v")).raised == Used()
    assert (await used(store, now=NOW + DAY)).raised == Used(0, 590), "for a day"
    there = place.outside().spent("fake", "u", NOW)
    assert (there.user, there.raised, there.bot) == (Used(90, 90), Used(590, 590), Used(90, 90))


async def test_the_report_of_a_month_agrees_with_what_the_budgets_count(
    store: Store, place: Place
) -> None:
    """Whatever was known of the price, whoever paid, and whoever is forgotten."""
    for number, credits in enumerate((90, None, 40)):
        await ends(store, wanted(Step.CHECK, f"u{number}"), cost(credits))
    known = knowing(payer=Payer.OWN, fingerprint="f", spent=700)
    await ends(store, wanted(Step.CHECK, payer=Payer.OWN), Next(known, DONE, last=True))
    forget = messages.asked("f", "u2", HERE, "yes", command=Command.FORGET)
    await store.take_in(forget, lambda known: Decision(known.chat, erase=True), NOW)
    month = datetime.fromtimestamp(NOW).strftime("%Y-%m")  # noqa: DTZ006 - the machine's own
    lines = report(place.outside().figures(NOW + 1).hours, month).splitlines()
    rows = [line.split(",") for line in lines[1:]]
    assert place.outside().figures(NOW + 1).spent == (230, 230)
    assert place.outside().figures(NOW + DAY).spent == (0, 230)
    told = sum(int(row[-1]) for row in rows if row[3] == Payer.OPERATOR)
    assert told == (await used(store)).bot.month == 230
    assert sum(int(row[-1]) for row in rows) == 930


async def test_a_group_keeps_its_count_where_it_moves(store: Store) -> None:
    await ends(store, wanted(Step.CHECK), cost(90))
    await store.move(Address("fake", "g"), Address("fake", "g2"))
    found = messages.asked("x", "v", HERE, "hi", space="g2", private=False)
    seen: list[Remembered] = []

    def think(known: Remembered) -> Decision:
        seen.append(known)
        return Decision(known.chat)

    await store.take_in(found, think, NOW, Lookup(charged=True))
    assert seen[0].charged.group == Used(90, 90)


async def test_a_clock_that_was_ahead_leaves_nobody_without_credits(place: Place) -> None:
    ahead = FAR + 300 * DAY
    async with opened(place, ahead) as store:
        await ends(store, wanted(Step.CHECK), cost(90), ahead)
    async with opened(place, FAR) as store:
        assert (await used(store, now=FAR)).user == Used(90, 90)
        assert (await used(store, now=FAR + LATER)).user == Used()
    assert sums(place) == counted(place)


async def test_who_has_a_token_of_their_own_is_known(store: Store) -> None:
    await begins(store, wanted(Step.VERIFY, plan=Plan.LOGIN))
    found = await claimed(store)
    account = replace(found.account, own="sealed")
    over = Next(found.job.progress, last=True, account=account)
    await store.commit(advance(found.job, over, NOW), NOW)
    assert (await used(store)).own
    assert not (await used(store, "v")).own


async def test_what_an_earlier_version_has_counted_is_in_the_sums(tmp_path: Path) -> None:
    earlier(SCHEMAS / "0024.sql", tmp_path / "bot.sqlite")
    here = File(tmp_path)
    async with opened(here):
        assert all(sums(here))
        assert sums(here) == counted(here)
