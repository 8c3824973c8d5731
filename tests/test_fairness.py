"""Nobody's flood starves anybody else: who may run, how much one may ask for, and what they are
told."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.domain.conversation import Chat, Context, Decision, decide
from core.domain.limits.admission import MOST_OPEN, MOST_OWED, within_open_requests
from core.domain.limits.capacity import BOUNDLESS, STEPS_OF_ONE_USER, TURNS_OF_ONE_USER, Scarce
from core.domain.requests import Next, Plan, Step, advance
from core.messages import Address, Attachment, Command, Inbound, Outbound
from core.runtime.driver.embedded import LONGEST_SLEEP
from core.settings import Settings
from core.skills import load
from core.store import Claimed, Remembered, Store
from tests import messages
from tests.fakes import FakeAdapter
from tests.process import until
from tests.stores import Place
from tests.test_walk import MAKE, said
from tests.world import photo, world

SKILLS = load()
SKILL = "ai-video-generator-from-image"
NOW = 1_800_000_000.0


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Store]:
    opened = await place.open()
    yield opened
    await opened.close()


def message(number: int, user: str, chat: str, **more: Any) -> Inbound:
    return messages.asked(
        id=f"m{number}", user=user, address=Address("fake", chat), order=number, **more
    )


async def take(store: Store, inbound: Inbound) -> None:
    def think(there: Remembered) -> Decision:
        known = Context(
            there.chat,
            SKILLS,
            Settings(),
            there.open,
            waiting=there.waiting,
            owed=there.owed,
        )
        return decide(known, inbound, NOW)

    await store.take_in(inbound, think, NOW)


async def wish(store: Store, number: int, user: str, chat: str) -> None:
    """One more request, each in a chat of its own: one lane would only let one of them run
    anyway."""
    files = (Attachment(f"fake:{number}", bytes=1000),)
    await take(store, message(number, user, chat, text="make a video", attachments=files))


async def claims(store: Store, now: float = NOW + 10) -> list[Claimed]:
    """All that may run now, left running."""
    found = []
    while claimed := await store.claim(now):
        found.append(claimed)
    return found


def users(found: list[Claimed]) -> list[str]:
    return [claimed.job.user for claimed in found]


async def test_the_first_request_of_another_runs_beside_many_of_one(store: Store) -> None:
    for number in range(MOST_OPEN):
        await wish(store, number, "flood", f"chat-{number}")
    await wish(store, 100, "other", "chat-100")
    assert users(await claims(store)) == ["flood"] * STEPS_OF_ONE_USER + ["other"]


async def connected(store: Store, number: int) -> None:
    """So many questions about the balance, past the step that gets a token."""
    for question in range(number):
        await take(store, message(question, "flood", "chat-1", command=Command.CREDITS))
    for _ in range(number):
        (claimed,) = await claims(store)
        await store.commit(advance(claimed.job, Next(claimed.job.progress), NOW + 20), NOW + 20)


async def test_a_flood_of_questions_about_the_balance_is_held_back_as_well(
    store: Store,
) -> None:
    await connected(store, MOST_OPEN)
    await take(store, message(100, "other", "chat-2", command=Command.CREDITS))
    assert users(await claims(store, now=NOW + 30)) == ["flood"] * STEPS_OF_ONE_USER + ["other"]


async def test_one_step_that_ends_lets_the_next_of_its_user_run(store: Store) -> None:
    await connected(store, 4)
    first, second = await claims(store, now=NOW + 30)
    await store.commit(advance(first.job, Next(first.job.progress, last=True), NOW), NOW)
    assert [claimed.job.id for claimed in await claims(store, now=NOW + 30)] == [second.job.id + 1]


async def test_a_newcomer_asks_for_one_token_however_much_they_ask_at_once(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("token", "delay:0.2")
        for _ in range(3):
            await here.adapter.says("", command=Command.CREDITS)
        await here.adapter.says(MAKE, photo())
        await here.adapter.result()
        assert len(here.standin.asked("token")) == 1
        assert not any("free starts" in shown.text for shown in here.adapter.shown)


async def moved(store: Store, claimed: Claimed, step: Step) -> None:
    """The job is at this step now."""
    advanced = advance(claimed.job, Next(claimed.job.progress), NOW)
    await store.commit(replace(advanced, job=replace(advanced.job, step=step)), NOW)


async def test_what_has_no_place_holds_up_nothing_else(store: Store) -> None:
    for number in range(5):
        await wish(store, number, f"user-{number}", f"chat-{number}")
    steps = (Step.GENERATE, Step.GENERATE, Step.UPLOAD, Step.BRING, Step.POLL)
    for claimed, step in zip(await claims(store), steps, strict=True):
        await moved(store, claimed, step)
    room = {Scarce.TURN: 1, Scarce.FILE: 0, Scarce.CALL: 9}
    found = await store.claim_some(NOW + 10, room, 9)
    assert [claimed.job.step for claimed in found] == [Step.POLL, Step.GENERATE]
    assert await store.job_due({Scarce.TURN: 0, Scarce.FILE: 0, Scarce.CALL: 9}) is None
    assert await store.job_due({Scarce.TURN: 0, Scarce.FILE: 1, Scarce.CALL: 9}) == NOW
    found = await store.claim_some(NOW + 10, {**room, Scarce.FILE: 9}, 1)
    assert [claimed.job.step for claimed in found] == [Step.GENERATE], "no more than asked for"


async def test_what_is_nearly_done_goes_first(store: Store) -> None:
    for number in range(4):
        await wish(store, number, f"user-{number}", f"chat-{number}")
    steps = (Step.BRING, Step.GENERATE, Step.LINK, Step.CHECK)
    for claimed, step in zip(await claims(store), steps, strict=True):
        await moved(store, claimed, step)
    await wish(store, 9, "other", "chat-9")
    assert [claimed.job.step for claimed in await claims(store)] == [
        *(Step.LINK, Step.CHECK, Step.GENERATE, Step.BRING, Step.GATHER)
    ]


async def test_turns_of_one_user_hold_up_no_other_step_of_theirs(store: Store) -> None:
    number = TURNS_OF_ONE_USER + STEPS_OF_ONE_USER + 2
    for wished in range(number):
        await wish(store, wished, "flood", f"chat-{wished}")
    turns = list[Claimed]()
    while len(turns) < TURNS_OF_ONE_USER:
        gathering, *others = await claims(store)
        await moved(store, gathering, Step.GENERATE)
        turns += await store.claim_some(NOW + 10, {**BOUNDLESS, Scarce.CALL: 0}, 9)
        for claimed in others:
            await store.release(claimed.job)
    running = await claims(store)
    assert [claimed.job.step for claimed in turns] == [Step.GENERATE] * TURNS_OF_ONE_USER
    assert [claimed.job.step for claimed in running] == [Step.GATHER] * STEPS_OF_ONE_USER
    await moved(store, running[0], Step.GENERATE)
    assert [claimed.job.step for claimed in await claims(store)] == [Step.GATHER], "enough turns"


async def test_a_question_is_answered_while_two_videos_of_its_user_are_made(
    store: Store,
) -> None:
    for number in range(STEPS_OF_ONE_USER + 1):
        await wish(store, number, "flood", f"chat-{number}")
    assert len(await claims(store)) == STEPS_OF_ONE_USER
    await take(store, message(100, "flood", "chat-1", command=Command.CREDITS))
    assert [claimed.job.plan for claimed in await claims(store)] == [Plan.CREDITS]


async def test_the_eleventh_open_request_is_refused_wherever_it_is_asked_for(
    store: Store,
) -> None:
    for number in range(MOST_OPEN + 1):
        await wish(store, number, "flood", f"chat-{number}")
    await wish(store, 100, "other", "chat-100")
    told = []
    while post := await store.claim_post(NOW):
        told.append(post.message.text)
        await store.drop(post)
    assert [text.startswith("You have 10 requests under way") for text in told].count(True) == 1
    assert told[-1].startswith("📷 Got your photo")


async def test_a_flood_of_words_is_answered_once_and_ends_by_itself(store: Store) -> None:
    for number in range(MOST_OWED + 30):
        await take(store, message(number, "flood", "chat-1", text="hello"))
    told = []
    while post := await store.claim_post(NOW):
        told.append(post.message.text)
        await store.posted(post, f"p{post.id}", NOW)
    assert sum(text.startswith("One moment") for text in told) == 1
    assert len(told) == MOST_OWED + 1
    await take(store, message(900, "flood", "chat-1", text="hello"))
    post = await store.claim_post(NOW)
    assert post is not None
    assert post.message.text.startswith("Share your still images")


@pytest.mark.parametrize(
    ("waiting", "owed", "allowed", "reason"),
    [
        (0, 0, True, ""),
        (MOST_OPEN - 1, MOST_OWED - 1, True, ""),
        (MOST_OPEN, 0, False, "talk.too_many_open"),
        (0, MOST_OWED, False, "talk.slowly"),
        (MOST_OPEN, MOST_OWED, False, "talk.slowly"),
    ],
)
def test_how_much_one_may_have_coming(waiting: int, owed: int, allowed: bool, reason: str) -> None:
    verdict = within_open_requests(waiting, owed)
    assert verdict.allowed is allowed
    assert allowed or verdict.reason == reason


def known(**more: object) -> Context:
    return Context(Chat("u", Address("fake", "chat-1")), SKILLS, Settings(), **more)  # type: ignore[arg-type]


def test_what_was_sent_beyond_the_limit_is_kept() -> None:
    file = Attachment("fake:1", bytes=1000)
    turn = decide(
        known(waiting=MOST_OPEN),
        message(1, "u", "chat-1", text="make a film of it", attachments=(file,)),
        NOW,
    )
    assert turn.start == ()
    assert turn.chat.holds(NOW).files == (file,)
    assert turn.chat.holds(NOW).wish == "make a film of it"


def test_a_button_beyond_the_limit_leaves_no_words_behind() -> None:
    turn = decide(
        known(waiting=MOST_OPEN), message(1, "u", "chat-1", command=Command.CREDITS, text="x"), NOW
    )
    assert turn.start == ()
    assert turn.chat.holds(NOW).wish == ""


@pytest.mark.parametrize("command", [Command.CANCEL, Command.FORGET])
def test_ending_and_forgetting_is_always_possible(command: Command) -> None:
    inbound = message(1, "u", "chat-1", command=command, text="yes")
    much = known(waiting=MOST_OPEN, owed=MOST_OWED)
    assert decide(much, inbound, NOW) == decide(known(), inbound, NOW)


def test_the_talk_of_others_is_never_answered_with_a_limit() -> None:
    inbound = message(
        1,
        "u",
        "chat-1",
        attachments=(Attachment("fake:1"),),
        album="a",
        heard="overheard",
        private=False,
    )
    assert decide(known(waiting=MOST_OPEN, owed=MOST_OWED), inbound, NOW).posts == ()


async def test_whoever_comes_next_is_served_while_one_user_floods(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("credits", "delay:0.5", 40)
        for _ in range(MOST_OPEN):
            await here.adapter.says("", user="flood", command=Command.CREDITS)

        def answers(adapter: FakeAdapter) -> list[Outbound]:
            return [
                shown.outbound for shown in adapter.shown if shown.text.startswith("💳 You have")
            ]

        await here.adapter.says("", user="other", command=Command.CREDITS)
        await here.adapter.until(
            lambda adapter: any(answer.user == "other" for answer in answers(adapter))
        )
        assert (
            sum(answer.user == "flood" for answer in answers(here.adapter)) <= STEPS_OF_ONE_USER * 2
        )
        await here.adapter.says(MAKE, photo(), user="other")
        await said(here, "📷 Got your photo")


async def test_a_turn_that_is_one_too_many_for_the_service_is_begun_when_another_ends(
    tmp_path: Path,
) -> None:
    async with world(tmp_path) as here:
        here.standin.faults.set("turn", "silence:1")
        await here.adapter.says(MAKE, photo(), user="first")
        await until(lambda: here.standin.asked("turn"))
        here.standin.faults.set("turn", "http:429")
        await here.adapter.says(MAKE, photo(), user="second")
        await here.adapter.result(2)
        assert len(here.standin.asked("turn")) == 3


class Slow(FakeAdapter):
    """A platform to which a video takes until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.sending, self.let_go = asyncio.Event(), asyncio.Event()

    async def send(
        self, message: Outbound, edit: str | None, nonce: str, *, again: bool = False
    ) -> str:
        if message.video:
            self.sending.set()
            await self.let_go.wait()
        return await super().send(message, edit, nonce, again=again)


async def test_words_that_waited_for_a_video_come_right_after_it(tmp_path: Path) -> None:
    adapter = Slow()
    async with world(tmp_path, adapter) as here:
        await adapter.says(MAKE, photo())
        await adapter.sending.wait()
        looked = here.engine.turned()["fake words"]
        await adapter.says("who are you")
        await until(lambda: here.engine.turned()["fake words"] > looked)
        for _ in range(3):
            await here.engine.touch()  # what the words' hands have asked the store comes before it
        adapter.let_go.set()
        async with asyncio.timeout(LONGEST_SLEEP / 2):
            await said(here, "🤖 I'm a bot")
