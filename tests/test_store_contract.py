"""What any store must keep; the SQLite store is the first to pass it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.domain.conversation import Context, Decision, decide, lookup
from core.domain.limits.admission import Spending, Spent, videos_left_today
from core.domain.requests import (
    Account,
    Advanced,
    Fail,
    Job,
    Kept,
    Next,
    Notice,
    Payer,
    Plan,
    Project,
    State,
    Step,
    Wait,
    advance,
    status_slot,
)
from core.domain.requests.posting import TAKEN_AWAY
from core.messages import Address, Attachment, Command, Inbound, Outbound
from core.settings import Settings
from core.skills import load
from core.store import Claimed, LostLease, Post, Remembered, Store, StoreBroken
from core.store.sqlite import SqliteStore, StoreBusy
from core.store.statements.terms import Terms
from core.store.statements.versions import LARGE
from tests import messages
from tests.knowing import knowing
from tests.outgoing import outgoing
from tests.stores import Place

HERE = Address("fake", "chat-1")
SKILLS = load()
NOW = 1_800_000_000.0


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    opened = await place.open()
    yield opened
    await opened.close()


def thinking(inbound: Inbound, now: float = NOW) -> Callable[[Remembered], Decision]:
    def think(known: Remembered) -> Decision:
        return decide(
            Context(known.chat, SKILLS, Settings(), known.open, known.named),
            inbound,
            now,
        )

    return think


async def say(
    store: Store, id: str, words: str = "", *refs: str, now: float = NOW, **more: Any
) -> bool:
    files = tuple(Attachment(ref, bytes=1000) for ref in refs)
    inbound = messages.asked(
        id=id, user="u", address=HERE, text=words, attachments=files, order=int(id[1:]), **more
    )
    return await store.take_in(inbound, thinking(inbound, now), now, lookup(inbound))


def draft_of(job: Job) -> str:
    snapshot = job.progress.turn.snapshot
    return snapshot.draft if snapshot else ""


async def claimed(store: Store, now: float = NOW + 10) -> Claimed:
    found = await store.claim(now)
    assert found is not None
    return found


async def all_posts(store: Store, now: float = NOW + 10) -> list[Post]:
    found = []
    while post := await store.claim_post(now):
        found.append(post)
        await store.posted(post, f"p{post.id}", now)
    return found


async def gathered(store: Store) -> Claimed:
    """A request past its gathering, claimed at CONNECT."""
    await say(store, "m1", "make a video", "fake:1")
    first = await claimed(store)
    facts = knowing(first.job.progress, words="make a video", files=first.job.bundle.files)
    await store.commit(advance(first.job, Next(facts), NOW + 10), NOW + 10)
    return await claimed(store)


async def test_a_message_is_taken_in_once(store: Store) -> None:
    assert await say(store, "m1", "make a video", "fake:1")
    assert not await say(store, "m1", "make a video", "fake:1")
    assert (await claimed(store)).job.id == 1
    assert await store.claim(NOW + 10) is None


async def test_ten_photos_at_once_are_one_request(store: Store) -> None:
    await asyncio.gather(*(say(store, f"m{n}", "" if n else "all", f"fake:{n}") for n in range(10)))
    job = (await claimed(store)).job
    assert [file.ref for file in job.bundle.files] == [f"fake:{n}" for n in range(10)]
    assert await store.claim(NOW + 10) is None


async def test_the_client_id_is_there_before_anything_is_asked_for_and_stays(store: Store) -> None:
    first = await gathered(store)
    assert len(first.account.client_id) == 36
    await store.commit(advance(first.job, Fail(Notice("no", final=True)), NOW), NOW)
    await say(store, "m2", "another", "fake:2")
    assert (await claimed(store)).account.client_id == first.account.client_id


async def test_claiming_marks_the_job_begun_before_its_step_acts(
    store: Store, place: Place
) -> None:
    await say(store, "m1", "make a video", "fake:1")
    assert (await claimed(store)).job.claims == 1
    await store.close()
    again = await place.open()
    assert (await claimed(again)).job.claims == 2
    await again.close()
    # the fixture closes once more, which a closed store must bear
    reopened = await place.open()
    await reopened.close()


async def test_a_job_waits_for_the_earlier_one_of_its_lane(store: Store) -> None:
    first = await gathered(store)
    await say(store, "m2", "another one", "fake:2", now=NOW + 100)
    second = await claimed(store, NOW + 200)
    assert second.job.step is Step.GATHER, "gathering goes on meanwhile"
    await store.commit(advance(second.job, Next(second.job.progress), NOW + 200), NOW + 200)
    assert await store.claim(NOW + 200) is None
    await store.commit(advance(first.job, Fail(Notice("over", final=True)), NOW + 200), NOW + 200)
    assert (await claimed(store, NOW + 200)).job.id == second.job.id


async def test_a_request_that_waits_for_a_yes_to_its_price_lets_the_next_one_past(
    store: Store,
) -> None:
    first = (await gathered(store)).job
    await say(store, "m2", "another one", "fake:2", now=NOW + 100)
    second = (await claimed(store, NOW + 200)).job
    await store.commit(advance(second, Next(second.progress), NOW + 200), NOW + 200)
    assert await store.claim(NOW + 200) is None
    progress = knowing(first.progress, asked=True)
    waiting = replace(first, step=Step.PRICE, progress=progress, due=NOW + 86_400)
    await store.commit(Advanced(waiting), NOW + 210)
    assert (await claimed(store, NOW + 210)).job.id == second.id
    await say(store, "m3", command=Command.CONFIRM, job=first.id, now=NOW + 300)
    assert (await claimed(store, NOW + 300)).job.id == first.id


async def test_credits_do_not_wait_behind_a_render(store: Store) -> None:
    first = await gathered(store)
    await store.commit(advance(first.job, Next(first.job.progress), NOW + 10), NOW + 10)
    assert (await claimed(store)).job.step is Step.BRING
    await say(store, "m2", command=Command.CREDITS)
    assert (await claimed(store)).job.plan == "credits"


@pytest.mark.parametrize(("pause", "begun"), [(0.0, True), (5.0, False)])
async def test_the_next_step_is_claimed_with_the_write_of_the_one_before_if_it_is_due(
    store: Store, pause: float, begun: bool
) -> None:
    first = (await gathered(store)).job
    after = replace(first, step=Step.UPLOAD, due=NOW + 10 + pause, attempts=0)
    written, following = await store.go_on(Advanced(after), NOW + 10)
    assert written
    assert (following is not None) is begun
    if following is not None:
        job = following.job
        assert (job.id, job.step, job.claims) == (first.id, Step.UPLOAD, 1)
        assert job.version == first.version + 1
        assert following.account.client_id
        assert await store.claim(NOW + 10) is None, "it is taken"
        with pytest.raises(LostLease):
            await store.go_on(Advanced(after), NOW + 10)


async def test_no_step_is_claimed_with_the_write_that_ends_or_holds_a_request(
    store: Store,
) -> None:
    first = (await gathered(store)).job
    await say(store, "m2", "another one", "fake:2", now=NOW + 100)
    second = (await claimed(store, NOW + 200)).job
    behind = advance(second, Next(second.progress), NOW + 200)
    assert await store.go_on(behind, NOW + 200) == (True, None), "it stands behind the first"
    over = advance(first, Fail(Notice("over", final=True)), NOW + 200)
    assert await store.go_on(over, NOW + 200) == (True, None)
    assert (await claimed(store, NOW + 200)).job.id == second.id


async def test_what_joins_a_request_that_is_being_closed_is_not_passed_over(store: Store) -> None:
    await say(store, "m1", "make a video", "fake:1")
    first = (await claimed(store)).job
    await say(store, "m2", "", "fake:2")
    closed = advance(first, Next(first.progress), NOW + 10)
    assert await store.go_on(closed, NOW + 10) == (False, None)
    assert len((await claimed(store)).job.bundle.files) == 2


async def test_a_commit_from_a_stale_claim_is_refused_and_writes_nothing(store: Store) -> None:
    first = await gathered(store)
    stale = advance(first.job, Next(first.job.progress, Notice("done", final=True), last=True), NOW)
    await store.release(first.job)
    fresh = await claimed(store)
    assert fresh.job.version != first.job.version
    await all_posts(store)
    with pytest.raises(LostLease):
        await store.commit(stale, NOW)
    assert await all_posts(store) == []
    await store.commit(advance(fresh.job, Next(fresh.job.progress), NOW), NOW)


async def test_what_is_stopped_while_it_is_handed_back_is_never_paid_for(store: Store) -> None:
    first = await gathered(store)
    await store.commit(Advanced(replace(first.job, step=Step.GENERATE, due=NOW)), NOW)
    held = await claimed(store)
    stop = messages.asked(id="m9", user="u", address=HERE)
    await store.take_in(stop, lambda now: Decision(now.chat, cancel=(held.job.id,)), NOW)
    await store.release(held.job)
    again = (await claimed(store)).job
    assert (again.cancelled, again.claims) == (True, 2), "it looks, and sends nothing"


async def test_a_step_and_its_words_are_one_write(store: Store) -> None:
    first = await gathered(store)
    await all_posts(store)
    project = Project("s-1", payer=Payer.ANONYMOUS, made=True)
    account = replace(first.account, token="sealed", expires=NOW + 5, granted=NOW)
    outcome = Next(
        first.job.progress, Notice("here", final=True), last=True, project=project, account=account
    )
    await store.commit(advance(first.job, outcome, NOW), NOW)
    words = [post.message.text for post in await all_posts(store)]
    assert words == ["here", TAKEN_AWAY], "and where it is posted, its status goes"
    await say(store, "m2", "make it longer")
    later = await claimed(store)
    assert later.chat.project == project
    assert later.account == account
    assert later.grants == (NOW,)


async def test_a_step_does_not_overwrite_what_people_sent_meanwhile(store: Store) -> None:
    first = await gathered(store)
    await say(store, "m2", "", "fake:2")
    await store.commit(advance(first.job, Next(first.job.progress), NOW), NOW)
    assert len((await claimed(store)).job.bundle.files) == 2


async def test_kept_photos_come_back_with_the_chat(store: Store) -> None:
    first = await gathered(store)
    keep = Kept(first.job.bundle.files, "make a video")
    await store.commit(advance(first.job, Fail(Notice("no", final=True), keep), NOW), NOW)
    await say(store, "m2", "go")
    assert (await claimed(store)).chat.holds(NOW) == keep


async def test_only_the_newest_words_of_a_slot_are_posted(store: Store) -> None:
    first = await gathered(store)
    for percent in (10, 20, 30):
        await store.post(outgoing(HERE, f"{percent} %", slot=status_slot(first.job)), NOW)
    assert [post.message.text for post in await all_posts(store)] == ["30 %"]
    await store.post(outgoing(HERE, "40 %", slot=status_slot(first.job)), NOW)
    post = await store.claim_post(NOW + 10)
    assert post is not None
    assert post.edit is not None
    assert post.last_text == "30 %"


@pytest.mark.parametrize("refused", [True, False])
async def test_words_of_a_slot_that_were_not_taken_give_way_to_newer_ones(
    store: Store, refused: bool
) -> None:
    await store.post(outgoing(HERE, "10 %", slot="job-1"), NOW)
    older = await store.claim_post(NOW)
    assert older is not None
    await store.post(outgoing(HERE, "20 %", slot="job-1"), NOW + 1)
    if refused:
        await store.amend(older, outgoing(HERE, "10 % without a card", slot="job-1"), NOW + 2)
    else:
        await store.postpone(older, NOW + 2, failed=True)
    assert await store.claim_post(NOW + 1) is None, "it waits as long"
    newer = await store.claim_post(NOW + 2)
    assert newer is not None
    assert (newer.message.text, newer.attempts) == ("20 %", 0 if refused else 1)
    await store.posted(newer, "p", NOW + 2)
    assert await store.claim_post(NOW + 100) is None


async def test_messages_of_a_chat_keep_their_order_while_one_is_being_sent(store: Store) -> None:
    for words in ("first", "second"):
        await store.post(outgoing(HERE, words), NOW)
    await store.post(outgoing(Address("fake", "chat-2"), "elsewhere"), NOW)
    first = await store.claim_post(NOW)
    assert first is not None
    elsewhere = await store.claim_post(NOW)
    assert elsewhere is not None
    assert (first.message.text, elsewhere.message.text) == ("first", "elsewhere")
    assert await store.claim_post(NOW) is None
    await store.posted(first, "p", NOW)
    second = await store.claim_post(NOW)
    assert second is not None
    assert second.message.text == "second"


async def test_an_unclear_send_is_remembered_and_a_wait_is_not(store: Store) -> None:
    await store.post(outgoing(HERE, "result"), NOW)
    first = await store.claim_post(NOW)
    assert first is not None
    await store.postpone(first, NOW)
    second = await store.claim_post(NOW)
    assert second is not None
    assert (second.claims, second.attempts) == (1, 0)
    await store.postpone(second, NOW, failed=True, unclear=True)
    third = await store.claim_post(NOW)
    assert third is not None
    assert (third.claims, third.attempts) == (2, 1)


async def test_a_refused_message_is_poorer_and_certainly_not_posted(store: Store) -> None:
    await store.post(outgoing(HERE, "with buttons"), NOW)
    first = await store.claim_post(NOW)
    assert first is not None
    await store.amend(first, outgoing(HERE, "without"), NOW)
    second = await store.claim_post(NOW)
    assert second is not None
    assert (second.id, second.message.text, second.claims, second.attempts) == (
        first.id,
        "without",
        1,
        0,
    )
    await store.posted(second, "p", NOW)
    await store.amend(first, outgoing(HERE, "erased meanwhile"), NOW)
    assert await store.claim_post(NOW) is None


async def test_the_rest_of_a_long_message_comes_before_what_was_owed_later(store: Store) -> None:
    for words in ("first part", "another message"):
        await store.post(outgoing(HERE, words), NOW)
    first = await store.claim_post(NOW)
    assert first is not None
    await store.posted(first, "p", NOW, outgoing(HERE, "second part"))
    assert [post.message.text for post in await all_posts(store)] == [
        "second part",
        "another message",
    ]


async def test_a_status_goes_only_once_its_result_is_posted(store: Store) -> None:
    job = status_slot(7)
    await store.post(outgoing(HERE, "90 %", slot=job, job=7), NOW)
    (status,) = await all_posts(store)
    await store.post(outgoing(HERE, "film", job=7, last=True), NOW)
    result = await store.claim_post(NOW)
    assert result is not None
    assert await store.claim_post(NOW) is None, "while the film is on its way the status stays"
    await store.post(outgoing(HERE, "late", slot=job, job=7), NOW)
    await store.posted(result, "film-1", NOW)
    gone = await store.claim_post(NOW)
    assert gone is not None
    assert (gone.message.over, gone.edit) == (True, f"p{status.id}"), "what came late goes with it"
    await store.posted(gone, gone.edit or "", NOW)
    await store.post(outgoing(HERE, "anew", slot=job, job=7), NOW)
    anew = await store.claim_post(NOW)
    assert anew is not None
    assert anew.edit is None


async def test_a_status_that_tells_what_was_paid_stays(store: Store) -> None:
    await store.post(outgoing(HERE, "90 %", slot=status_slot(7), job=7), NOW)
    (status,) = await all_posts(store)
    await store.post(outgoing(HERE, "film", job=7, last=True, receipt="💳 100"), NOW)
    _, paid = await all_posts(store)
    assert (paid.message.text, paid.message.over, paid.edit) == ("💳 100", False, f"p{status.id}")


async def test_cancelling_a_waiting_job_ends_it_and_a_running_one_at_its_commit(
    store: Store,
) -> None:
    first = await gathered(store)
    await say(store, "m2", "another", "fake:2", now=NOW + 100)
    await say(store, "m3", command=Command.CANCEL, now=NOW + 101)
    found = await store.job(2)
    assert found is not None
    assert found[0].state is State.CANCELLED
    running = await store.job(1)
    assert running is not None
    assert running[0].state is State.OPEN
    await store.commit(
        advance(first.job, Wait(first.job.progress, notice=Notice("going on")), NOW), NOW
    )
    ended = await store.job(1)
    assert ended is not None
    assert ended[0].state is State.CANCELLED
    assert "going on" not in [post.message.text for post in await all_posts(store, NOW + 200)]


async def test_a_cancelled_job_whose_video_came_is_delivered_all_the_same(store: Store) -> None:
    first = await gathered(store)
    await say(store, "m3", command=Command.CANCEL, now=NOW + 1)
    outcome = Next(first.job.progress, Notice("the video", final=True), last=True)
    await store.commit(advance(first.job, outcome, NOW + 2), NOW + 2)
    assert "the video" in [post.message.text for post in await all_posts(store)]


async def test_forgetting_leaves_nothing_of_the_user_but_the_answer(
    store: Store, place: Place
) -> None:
    first = await gathered(store)
    await say(store, "m2", "yes", command=Command.FORGET)
    assert [post.message.text for post in await all_posts(store)] == [
        "🗑 Done. Everything I had stored about you is deleted."
    ]
    with pytest.raises(LostLease):
        await store.commit(advance(first.job, Next(first.job.progress), NOW), NOW)
    assert [place.rows(f"SELECT COUNT(*) FROM {name}") for name in ("jobs", "accounts")] == [
        [(0,)],
        [(0,)],
    ]
    told = place.rows("SELECT body FROM chats")
    assert all("fake:1" not in body for (body,) in told)


async def test_a_chat_that_moved_is_found_under_its_new_address(store: Store) -> None:
    first = await gathered(store)
    await all_posts(store)
    there = Address("fake", "chat-9")
    await store.post(outgoing(HERE, "result"), NOW)
    await store.move(HERE, there)
    assert [post.message.address for post in await all_posts(store)] == [there]
    await store.commit(advance(first.job, Next(first.job.progress), NOW), NOW)
    again = await claimed(store)
    assert again.job.address == there
    assert again.job.lock == "fake/chat-9//u"


async def test_a_chat_that_moves_while_a_step_runs_keeps_what_comes_of_it(store: Store) -> None:
    first = await gathered(store)
    await all_posts(store)
    there, aside = Address("fake", "chat-9"), Address("fake", "aside")
    await store.move(HERE, there)
    known = replace(first.job, plan=Plan.MAKE)
    made = advance(known, Next(known.progress, Notice("Ready", final=True), last=True), NOW)
    spawned = replace(known, id=0, version=0, claims=0, lock="fake/chat-1//u")
    free = replace(spawned, lock="", plan=Plan.CREDITS, step=Step.CONNECT)
    words = outgoing(aside, "only for you")
    made = replace(made, project=Project("s-1"), posts=(*made.posts, words), spawn=(spawned, free))
    assert await store.commit(made, NOW)
    assert {post.message.address for post in await all_posts(store)} == {there, aside}
    seen: list[Remembered] = []

    def look(now: Remembered) -> Decision:
        seen.append(now)
        return Decision(now.chat)

    await store.take_in(messages.asked(id="g9", user="u", address=there), look, NOW)
    (found,) = seen
    assert found.chat.project is not None
    assert found.chat.project.session == "s-1"
    assert {(job.address, job.lock) for job in found.open} == {
        (there, "fake/chat-9//u"),
        (there, ""),
    }


@pytest.mark.parametrize("to", ["-2", "-1"])
async def test_what_moves_takes_the_place_of_what_stands_there(store: Store, to: str) -> None:
    for chat, daily in (("-1", 3), ("-2", 5)):
        here = Address("fake", chat)
        said = messages.asked(
            id=f"g{chat}", user="u", address=here, space=chat, private=False, admin=True,
            order=daily, command=Command.SETTINGS, text=f"daily={daily}",
        )  # fmt: skip
        await store.take_in(said, thinking(said), NOW)
        await store.post(outgoing(here, "status", slot="job-1"), NOW, None)
        while post := await store.claim_post(NOW):
            await store.posted(post, f"{post.message.slot} in {chat}", NOW)
    await store.move(Address("fake", "-1"), Address("fake", to))
    known: list[Remembered] = []

    def look(seen: Remembered) -> Decision:
        known.append(seen)
        return Decision(seen.chat)

    there = Address("fake", to)
    later = messages.asked(id="g3", user="u", address=there, space=to, private=False)
    await store.take_in(later, look, NOW)
    assert (known[0].chat.address, known[0].space.daily) == (there, 3)
    await store.post(outgoing(there, "more", slot="job-1"), NOW)
    assert (await all_posts(store))[0].edit == "job-1 in -1"
    assert (await store.recall("fake", NOW))[there].last == 3


async def test_the_settings_of_a_group_move_with_it(store: Store) -> None:
    old, new = Address("fake", "-1"), Address("fake", "-2")
    said = {"user": "u", "private": False, "admin": True, "command": Command.SETTINGS}
    first = messages.asked(id="g1", address=old, space="-1", text="daily=3", **said)  # type: ignore[arg-type]
    assert await store.take_in(first, thinking(first), NOW)
    await store.move(old, new)
    seen: list[Remembered] = []

    def look(known: Remembered) -> Decision:
        seen.append(known)
        return Decision(known.chat)

    await store.take_in(messages.asked(id="g2", address=new, space="-2", **said), look, NOW)  # type: ignore[arg-type]
    assert seen[0].space.daily == 3


async def test_silence_is_noticed_once_per_span(store: Store) -> None:
    first = await gathered(store)
    await all_posts(store)

    def words(job: object) -> Outbound:
        return outgoing(HERE, "still working", slot="job-1")

    assert await store.remind(first.job.notified_at + 119, 120, words) == 0
    assert await store.remind(NOW + 200, 120, words) == 1
    assert await store.remind(NOW + 201, 120, words) == 0
    assert [post.message.text for post in await all_posts(store, NOW + 300)] == ["still working"]


async def test_ids_never_come_back(store: Store) -> None:
    await gathered(store)
    await say(store, "m2", "yes", command=Command.FORGET)
    await say(store, "m3", "make a video", "fake:3")
    assert (await claimed(store)).job.id == 2


async def test_the_sweep_erases_what_has_outlived_its_time_and_nothing_else(store: Store) -> None:
    first = await gathered(store)
    await store.commit(advance(first.job, Next(first.job.progress, last=True), NOW), NOW)
    await store.sweep(NOW + 29 * 86400)
    assert await store.job(1) is not None
    assert await say(store, "m1", "again"), "after seven days an id is no longer remembered"
    await store.sweep(NOW + 31 * 86400)
    assert await store.job(1) is None


async def test_a_piece_of_work_that_fails_takes_no_other_down(store: Store) -> None:
    inbound = messages.said(id="m5", user="u", address=HERE, text="x", order=5)

    def broken(known: Remembered) -> Decision:
        raise ZeroDivisionError

    results = await asyncio.gather(
        say(store, "m1", "make a video", "fake:1"),
        store.take_in(inbound, broken, NOW),
        say(store, "m2", "", "fake:2"),
        return_exceptions=True,
    )
    assert results[0] is True
    assert isinstance(results[1], ZeroDivisionError)
    assert results[2] is True
    assert await say(store, "m5", "", "fake:5"), "the broken decision left no trace"
    assert len((await claimed(store)).job.bundle.files) == 3


async def test_a_second_process_is_told_that_the_file_is_in_use(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "bot.sqlite")
    with pytest.raises(StoreBusy):
        await SqliteStore.open(tmp_path / "bot.sqlite")
    await store.close()


async def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    file.write_text("these are my holiday notes, " * 100)
    with pytest.raises(StoreBroken):
        await SqliteStore.open(file)
    assert file.read_text().startswith("these are my holiday notes")


async def test_an_account_is_never_shown_with_its_token() -> None:
    assert "sealed-text" not in repr(Account("u", "id", token="sealed-text", own="sealed-text"))


async def ended(
    store: Store, id: str, now: float, outcome: Next | Fail, user: str = "u", **more: object
) -> None:
    """A request of a group that ends with this outcome."""
    photo = (Attachment(f"fake:{id}"),)
    inbound = messages.asked(id, user, HERE, "make a video", photo, **more)  # type: ignore[arg-type]
    await store.take_in(inbound, thinking(inbound, now), now)
    found = await claimed(store, now + 10)
    await store.commit(advance(found.job, outcome, now + 10), now + 10)


async def asked(store: Store, now: float, user: str = "u", **more: object) -> Remembered:
    """What the store knows when somebody writes."""
    seen: list[Remembered] = []

    def think(known: Remembered) -> Decision:
        seen.append(known)
        return Decision(known.chat)

    inbound = messages.asked(id=f"ask-{user}-{now}", user=user, address=HERE, text="hello", **more)  # type: ignore[arg-type]
    await store.take_in(inbound, think, now)
    return seen[0]


async def test_only_requests_that_came_to_their_turn_count_against_a_day(store: Store) -> None:
    paid, question = (
        Next(knowing(fingerprint="f", spent=90), last=True),
        Next(knowing(), Notice("what?"), last=True),
    )
    await ended(store, "m1", NOW, paid, space="g")
    await ended(store, "m2", NOW + 100, question, space="g")
    await ended(store, "m3", NOW + 200, Fail(Notice("no", final=True)), space="g")
    await ended(store, "m4", NOW + 300, paid, user="v", space="g")
    known = await asked(store, NOW + 400, space="g")
    assert (known.spent.user, known.spent.group) == ((NOW,), (NOW, NOW + 300))
    assert known.spent.tried_user == (NOW, NOW + 100, NOW + 200), "whatever came of them"
    assert (await asked(store, NOW + 500)).spent.group == (), "outside of the group"


async def test_a_limit_that_has_become_smaller_leaves_no_room_to_what_is_gathered(
    tmp_path: Path,
) -> None:
    paid, limits = Next(knowing(fingerprint="f", spent=90), last=True), Settings(daily_per_user=1)
    store = await SqliteStore.open(tmp_path / "bot.sqlite", NOW, terms=Terms(limits=limits))
    try:
        for number in range(2):
            await ended(store, f"m{number}", NOW + number, paid)
        await say(store, "m3", "make a video", "fake:3", now=NOW + 100)
        found = await claimed(store, NOW + 200)
    finally:
        await store.close()
    assert videos_left_today(limits, found.space, found.spent, NOW + 200) == 0


async def test_who_is_forgotten_has_asked_for_as_much_as_before_until_the_day_is_over(
    store: Store,
) -> None:
    paid = Next(knowing(fingerprint="f", spent=90), last=True)
    await ended(store, "m1", NOW - 23 * 3600, paid, space="g")
    await ended(store, "m2", NOW, paid, space="g")
    await ended(store, "m3", NOW + 100, Fail(Notice("no", final=True)), space="g")
    await ended(store, "m4", NOW + 200, paid, user="v", space="g")
    before = (await asked(store, NOW + 300, space="g")).spent
    await say(store, "m5", "yes", now=NOW + 400, command=Command.FORGET)
    after = (await asked(store, NOW + 500, space="g")).spent
    assert after == before == Spent(
        (NOW - 23 * 3600, NOW), (NOW - 23 * 3600, NOW, NOW + 200),
        (NOW - 23 * 3600, NOW, NOW + 100), (NOW - 23 * 3600, NOW, NOW + 100, NOW + 200),
    )  # fmt: skip
    assert (await asked(store, NOW + 600, user="w")).spent == Spent()
    await ended(store, "m6", NOW + 700, paid)
    assert (await asked(store, NOW + 2 * 3600)).spent.user == (NOW, NOW + 700)
    assert (await asked(store, NOW + 86400 + 650)).spent == Spent(
        (NOW + 700,), (), (NOW + 700,), ()
    )


async def test_of_the_forgotten_no_name_is_kept_and_after_a_day_nothing(
    store: Store, place: Place
) -> None:
    await ended(store, "m1", NOW, Next(knowing(fingerprint="f"), last=True), user="wilhelm-1")
    inbound = messages.asked(
        id="m2", user="wilhelm-1", address=HERE, text="yes", command=Command.FORGET
    )
    await store.take_in(inbound, thinking(inbound), NOW)

    def kept() -> list[tuple[object, ...]]:
        return place.rows("SELECT who, platform, space, created, paid FROM forgotten")

    ((who, *rest),) = kept()
    assert rest == ["fake", "", NOW, 1]
    assert "wilhelm" not in str(who)
    await store.sweep(NOW + 86399)
    assert kept()
    await store.sweep(NOW + 86401)
    assert not kept()


async def test_what_is_left_after_being_forgotten_stands_in_the_copy_for_its_person_alone(
    store: Store,
) -> None:
    first = await gathered(store)
    account = replace(first.account, token="sealed", granted=NOW, expires=NOW + 5)
    await store.commit(advance(first.job, Wait(first.job.progress, account=account), NOW), NOW)
    await say(store, "m2", "yes", command=Command.FORGET)
    await say(store, "m3", command=Command.MYDATA)
    theirs = messages.asked(id="m4", user="v", address=HERE, command=Command.MYDATA)
    await store.take_in(theirs, thinking(theirs), NOW)
    mine, other = (
        json.loads(post.message.document)
        for post in await all_posts(store)
        if post.message.document
    )
    assert mine["forgotten"] == [{"platform": "fake", "space": "", "created": NOW, "paid": 1}]
    assert mine["granted"] == [{"granted": NOW}]
    assert other["forgotten"] == other["granted"] == []


async def test_a_free_token_that_was_forgotten_counts_until_its_time_is_over(store: Store) -> None:
    first = await gathered(store)
    account = replace(first.account, token="sealed", granted=NOW, expires=NOW + 5)
    await store.commit(advance(first.job, Wait(first.job.progress, account=account), NOW), NOW)
    await say(store, "m2", "yes", command=Command.FORGET)
    other = messages.said(
        id="m3", user="v", address=HERE, text="make a video", attachments=(Attachment("fake:3"),)
    )
    await store.take_in(other, thinking(other), NOW)
    their = await claimed(store)
    assert (their.grants, their.account.granted) == ((NOW,), 0.0)
    await store.commit(advance(their.job, Fail(Notice("no", final=True)), NOW), NOW)
    await say(store, "m4", "make a video", "fake:1")
    again = await claimed(store)
    assert (again.account.token, again.account.granted, again.account.expires) == (
        "",
        NOW,
        NOW + 7 * 86400,
    )
    assert again.grants == (NOW,), "counted once"
    await say(store, "m5", "yes", command=Command.FORGET)
    await store.sweep(NOW + 7 * 86400 + 1)
    await say(store, "m6", "make a video", "fake:1", now=NOW + 7 * 86400 + 2)
    later = await claimed(store, NOW + 7 * 86400 + 20)
    assert (later.account.granted, later.account.expires, later.grants) == (0.0, 0.0, ())


async def test_who_comes_back_after_being_forgotten_has_the_same_client_id(
    store: Store, place: Place
) -> None:
    first = await gathered(store)
    await say(store, "m2", "yes", command=Command.FORGET)
    await say(store, "m3", "make a video", "fake:1")
    again = await claimed(store)
    assert again.account.client_id == first.account.client_id
    await store.commit(advance(again.job, Fail(Notice("no", final=True)), NOW), NOW)
    other = messages.said(
        id="m4", user="v", address=HERE, text="make a video", attachments=(Attachment("fake:4"),)
    )
    await store.take_in(other, thinking(other), NOW)
    assert (await claimed(store)).account.client_id != first.account.client_id
    elsewhere = await place.open(other=True)
    await say(elsewhere, "m1", "make a video", "fake:1")
    assert (await claimed(elsewhere)).account.client_id != first.account.client_id, (
        "nobody else can work it out"
    )
    await elsewhere.close()


async def test_the_balance_comes_with_what_was_spent_in_thirty_days(store: Store) -> None:
    await ended(
        store, "m1", NOW - 31 * 86400, Next(knowing(fingerprint="f", spent=1), last=True), space="g"
    )
    await ended(store, "m2", NOW, Next(knowing(fingerprint="f", spent=20), last=True), space="g")
    await ended(
        store, "m3", NOW, Next(knowing(fingerprint="f", spent=300), last=True), user="v", space="g"
    )
    await ended(store, "m4", NOW, Next(knowing(fingerprint="f"), last=True), space="g")
    await say(store, "m5", command=Command.CREDITS, space="g")
    first = await claimed(store)
    assert first.spending == Spending(20, 320)
    await store.commit(advance(first.job, Next(first.job.progress, last=True), NOW + 10), NOW + 10)
    await say(store, "m6", command=Command.CREDITS)
    assert (await claimed(store)).spending == Spending(20, 0)


async def test_a_pile_is_closed_with_what_the_day_has_seen(store: Store) -> None:
    await ended(store, "m1", NOW, Next(knowing(fingerprint="f"), last=True))
    await say(store, "m2", "make a video", "fake:2", now=NOW + 100)
    assert (await claimed(store, NOW + 200)).spent.user == (NOW, NOW + 100)


async def test_a_fresh_start_is_not_undone_by_what_was_begun_before(store: Store) -> None:
    running = await gathered(store)
    await say(store, "m2", command=Command.NEW, now=NOW + 20)
    done = Next(
        running.job.progress, Notice("🎬", final=True), last=True, project=Project("s-1", made=True)
    )
    await store.commit(advance(running.job, done, NOW + 30), NOW + 30)
    assert (await asked(store, NOW + 40)).chat.project is None


async def test_photos_that_wait_go_after_their_own_day_however_much_is_said_meanwhile(
    store: Store,
) -> None:
    await say(store, "m1", "", "spool:1-1-me.jpg")
    first = await claimed(store)
    await store.commit(
        advance(first.job, Next(knowing(), last=True, keep=Kept(first.job.bundle.files)), NOW), NOW
    )
    for number in range(2, 8):
        now = NOW + number * 0.3 * 86400
        await say(store, f"m{number}", "en", now=now, command=Command.LANGUAGE)
        await store.sweep(now)
        held = (await store.held()).refs
        assert held == ({"spool:1-1-me.jpg"} if number < 4 else set())
    assert await store.job(1) is None, "nor is it named by what was no request"


def apart(place: Place) -> tuple[int, dict[str, int]]:
    """Bytes of the largest request's row, and of the drafts that are kept apart."""
    ((largest,),) = place.rows("SELECT MAX(length(body)) FROM jobs")
    return largest, dict(place.rows("SELECT name, length(text) FROM drafts"))


@pytest.mark.parametrize("size", [LARGE, LARGE + 1, 20 * LARGE])
async def test_a_draft_of_any_size_is_there_at_each_step_and_a_large_one_is_not_in_the_requests_row(
    store: Store, place: Place, size: int
) -> None:
    before, draft = ("x" * (size - 1) + end for end in "é\u2028")
    first = await gathered(store)
    known = knowing(first.job.progress, before=before)
    await store.commit(advance(first.job, Wait(known), NOW), NOW)
    second = await claimed(store)
    assert second.job.progress == known
    await store.commit(advance(second.job, Wait(knowing(known, draft=draft)), NOW), NOW)
    third = await claimed(store)
    assert (third.job.progress.snapshot.draft, third.job.progress.export.draft) == (before, draft)
    if size > LARGE:
        assert apart(place)[0] < LARGE
        assert apart(place)[1] == {"snapshot": size, "export": size}
    await store.commit(
        advance(third.job, Wait(knowing(known, before=draft, draft=draft)), NOW), NOW
    )
    fourth = await claimed(store)
    assert draft_of(fourth.job) == draft
    await store.commit(advance(fourth.job, Next(fourth.job.progress, last=True), NOW), NOW)
    assert "export" not in apart(place)[1], "what was rendered is of no use any more"


async def test_a_large_draft_goes_with_its_request(store: Store, place: Place) -> None:
    before = '{"t":[' + " " * LARGE + "]}"
    first = await gathered(store)
    facts = knowing(before=before, fingerprint="f", session="s-1", payer=Payer.ANONYMOUS)
    await store.commit(advance(first.job, Next(facts, last=True), NOW), NOW)
    assert apart(place)[1] == {"snapshot": len(before)}
    await say(store, "m9", "yes", command=Command.FORGET)
    assert apart(place)[1] == {}
