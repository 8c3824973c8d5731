"""The looks at the state before and after a paid turn, and the words for what they show."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.domain.conversation import Chat
from core.domain.gathering import Bundle, Line
from core.domain.limits.budgets import Charged, Used
from core.domain.requests import (
    Account,
    Fail,
    Job,
    Next,
    Notice,
    Outcome,
    Part,
    Payer,
    Plan,
    Project,
    Rewind,
    State,
    Step,
    Wait,
    advance,
)
from core.domain.tokens.accounts import PaymentOptions
from core.messages import Address, Attachment, Command
from core.nemo.client import backend as nemo
from core.nemo.client.beside import Beside
from core.nemo.draft import Digest
from core.nemo.draft.state import digest
from core.nemo.values import dumps
from core.nemo.wire import Attribution
from core.runtime.steps import STEPS, Files, StepContext, Voice, Wallet
from core.runtime.steps.connect import PRICE_QUESTION_SECONDS, price
from core.settings import Settings, read
from core.skills import load
from core.store import Claimed
from core.vault import Vault
from tests.knowing import knowing

NOW = 1_800_000_000.0
HERE = Address("fake", "c")
VAULT = Vault([b"k" * 32])
BEFORE = {"t": [{"tt": 0, "sg": [{"d": 10_000}]}]}
AFTER = {"t": [{"tt": 0, "sg": [{"d": 15_000}]}]}


class Backend:
    """Answers with the state and the balance that it is given, and counts the calls."""

    def __init__(self, draft: object = None, available: int = 1000, videos: int = 1) -> None:
        self.draft, self.available = draft, available
        self.names = [f"1-{number}.jpg" for number in range(videos)]
        self.asked: list[str] = []
        self.beside = Beside()

    async def send(self, call: Any) -> Mapping[str, Any]:
        self.asked.append(call.name)
        if call.name == "credits":
            return {
                "code": 0,
                "data": {"available": self.available, "frozen": 0, "total": self.available},
            }
        videos = [{"filename": name} for name in self.names]
        return {"code": 0, "data": {"state": {"draft": self.draft, "video_infos": videos}}}

    async def project(self, call: Any, language: str) -> Digest:
        return digest(await self.send(call), language)


async def unseen(notice: Notice) -> None:
    """Words on the way, which nobody looks at here."""


def context(backend: Backend, chat: Chat | None = None, work: Job | None = None) -> StepContext:
    """Only what these steps use is real."""
    settings = read(Settings, {})
    account = Account("u", "c", token=VAULT.seal("nmv_usr_t"))
    unused: Any = SimpleNamespace()
    return StepContext(
        claimed=Claimed(work or job(Step.CHECK), chat or Chat("u", HERE), account),
        settings=settings,
        skill=load()[settings.nemo_skill],
        anybody=nemo.Backend(backend, Attribution("s", "1.0.0", "unknown")),  # type: ignore[arg-type]
        wallet=Wallet(account, VAULT),
        payment_options=PaymentOptions(settings),
        files=Files(fetch=unused, prepare=unused, copy=unused, folder=Path()),
        voice=Voice(work or job(Step.CHECK), unseen, lambda: NOW, 3.0),
        now=NOW,
        identifier=lambda: "x",
    )


def job(step: Step, plan: Plan = Plan.MAKE, language: str = "en", **facts: object) -> Job:
    learnt = knowing(words="make it longer", session="s-1", payer=Payer.ANONYMOUS, **facts)
    return Job(7, "lock", "u", HERE, plan, step, learnt, created=NOW, language=language)


def run(work: Job, backend: Backend, chat: Chat | None = None) -> Outcome:
    async def whole() -> Outcome:
        return await STEPS[work.step](work, context(backend, chat, work))

    return asyncio.run(whole())


def marked(plan: Plan, draft: object, **facts: object) -> Job:
    """A job whose turn was sent when the state was this one."""
    outcome = run(job(Step.SNAPSHOT, plan), Backend(draft))
    assert isinstance(outcome, Next)
    return replace(job(Step.CHECK, plan), progress=knowing(outcome.progress, **facts))


def words_of(outcome: Outcome) -> str:
    say = getattr(outcome, "notice", None)
    return say.words if say else ""


def commands_of(outcome: Outcome) -> list[tuple[Command | None, str]]:
    say = getattr(outcome, "notice", None)
    return [(button.command, button.text) for row in (say.buttons if say else ()) for button in row]


def test_the_state_before_a_turn_is_written_down_with_its_draft() -> None:
    outcome = run(job(Step.SNAPSHOT), Backend(BEFORE))
    assert isinstance(outcome, Next)
    assert len(outcome.progress.snapshot.fingerprint) == 64
    assert outcome.progress.snapshot.draft == dumps(BEFORE).decode()


def test_a_photo_that_arrived_twice_is_not_paid_for_twice_but_put_into_a_fresh_session() -> None:
    backend, parts = Backend(), (Part("7-1.jpg", "image/jpeg", 1), Part("7-2.jpg", "image/jpeg", 1))
    backend.names = ["7-1.jpg", "7-2.jpg", "7-2.jpg"]
    work = job(Step.SNAPSHOT, fresh=True, uploaded=True, parts=parts)
    outcome = run(work, backend)
    assert isinstance(outcome, Rewind)
    assert (outcome.to, outcome.progress.connection.session, outcome.progress.upload.done) == (
        Step.CONNECT,
        None,
        False,
    )
    assert isinstance(run(replace(work, rewinds=2), backend), Next), "not for ever"
    backend.names = ["7-1.jpg", "7-2.jpg"]
    assert isinstance(run(work, backend), Next)


def test_uploads_that_the_state_does_not_show_yet_are_waited_for_a_little() -> None:
    backend, work, pauses = Backend(videos=0), job(Step.SNAPSHOT, fresh=True, uploaded=True), []
    for _ in range(5):
        outcome = run(work, backend)
        if isinstance(outcome, Next):
            break
        assert isinstance(outcome, Wait)
        pauses.append(outcome.after)
        work = replace(work, progress=outcome.progress)
    assert pauses == [3, 10, 30]
    assert isinstance(outcome, Next), "and then the words go out all the same"


@pytest.mark.parametrize(
    ("arrived", "fresh", "sent", "goes"),
    [(2, True, 0, "on"), (1, True, 0, "back"), (0, True, 1, "on"), (2, False, 1, "on")],
)
def test_links_in_doubt_are_looked_for_and_never_counted_twice(
    arrived: int, fresh: bool, sent: int, goes: str
) -> None:
    backend = Backend(videos=arrived)
    links = ("https://x/a.jpg", "https://x/b.jpg")
    outcome = run(job(Step.UPLOAD, links=links, upload_unconfirmed=True, fresh=fresh), backend)
    assert backend.asked.count("upload") == sent
    if goes == "back":
        assert isinstance(outcome, Rewind)
        assert (outcome.to, outcome.progress.connection.session, outcome.progress.upload.done) == (
            Step.CONNECT,
            None,
            False,
        )
    else:
        assert isinstance(outcome, Next)


def test_a_silent_turn_is_looked_at_at_once_and_after_3_10_and_30_seconds() -> None:
    backend, work, pauses = Backend(BEFORE), marked(Plan.EDIT, BEFORE), []
    while isinstance(outcome := run(work, backend), Wait):
        pauses.append(outcome.after)
        work = replace(work, progress=outcome.progress)
    assert pauses == [3, 10, 30]
    assert words_of(outcome).startswith("🤔 Nothing changed on the timeline.")


def test_a_cut_turn_is_looked_at_after_30_seconds_then_each_60_five_times_at_most() -> None:
    backend, work, pauses = Backend(BEFORE), marked(Plan.EDIT, BEFORE, cut=True), []
    while isinstance(outcome := run(work, backend), Wait):
        pauses.append(outcome.after)
        work = replace(work, progress=outcome.progress)
    assert pauses == [30, 60, 60, 60, 60]
    assert len(backend.asked) == 5
    assert isinstance(outcome, Fail)
    assert commands_of(outcome) == [(Command.AGAIN, "")]
    assert outcome.project is not None, "what may still come of it can be found"


@pytest.mark.parametrize(
    ("language", "line"), [("en", "• Length 10s → 15s"), ("zh", "• 时长 10 秒 → 15 秒")]
)
def test_a_silent_edit_that_changed_something_says_what(language: str, line: str) -> None:
    outcome = run(replace(marked(Plan.EDIT, BEFORE), language=language), Backend(AFTER))
    assert isinstance(outcome, Next)
    assert outcome.progress.turn.changes.summary == line


@pytest.mark.parametrize(
    ("before", "after", "actions", "step"),
    [
        ({"t": [], "x": 1}, AFTER, ("export",), "goes on"),
        (BEFORE, BEFORE, ("export",), "goes on"),
        ({"t": [], "x": 1}, {"t": []}, ("export",), "ends"),
        ({"t": [], "x": 1}, AFTER, (), "goes on"),
        (BEFORE, AFTER, (), "goes on"),
        (BEFORE, AFTER, ("edit",), "goes on"),
        (BEFORE, BEFORE, (), "ends"),
    ],
)
def test_every_change_that_leaves_something_to_export_comes_back_as_a_video(
    before: object, after: object, actions: tuple[str, ...], step: str
) -> None:
    work = marked(Plan.EDIT, before, actions=actions, reply="Look.", raw="Look.")
    outcome = run(work, Backend(after))
    assert isinstance(outcome, Next)
    assert outcome.last is (step == "ends")


@pytest.mark.parametrize(
    ("after", "videos", "made"), [(BEFORE, 2, []), (BEFORE, 1, []), (AFTER, 1, [1, 2])]
)
def test_a_turn_that_left_the_draft_as_it_was_makes_no_version(
    after: object, videos: int, made: list[int]
) -> None:
    work = marked(Plan.EDIT, BEFORE, reply="Look.", raw="Look.")
    outcome = run(work, Backend(after, videos=videos))
    assert isinstance(outcome, Next)
    history = outcome.history
    assert [version.number for version in history.versions.all] == made if history else not made


def test_what_would_cost_credits_is_offered_and_not_done() -> None:
    work = marked(
        Plan.EDIT, BEFORE, actions=("edit",), reply="Nice clip.", raw="Nice clip. Drag it."
    )
    outcome = run(work, Backend(BEFORE))
    assert (Command.EDIT, "do-it") in commands_of(outcome)
    assert isinstance(outcome, Next)
    assert outcome.last, "one translated action a turn"


def test_panels_that_the_user_was_told_to_open_are_shown_at_once() -> None:
    work = marked(
        Plan.EDIT, BEFORE, actions=("state", "credits"), reply="There you are.", raw="x", balance=42
    )
    outcome = run(work, Backend(BEFORE, available=42))
    assert "Timeline (1 track):\n1. Video (0-10s)" in words_of(outcome)
    assert "💳 You have 42 credits left." in words_of(outcome)
    assert "(The timeline is as it was.)" in words_of(outcome)


@pytest.mark.parametrize(
    ("heard", "asks"), [("Vertical or wide?", True), ("要竖屏还是横屏？", True), ("I see.", False)]
)
def test_a_question_of_the_backend_is_remembered_as_one(heard: str, asks: bool) -> None:
    outcome = run(marked(Plan.MAKE, None, reply=heard, raw=heard), Backend(None))
    assert isinstance(outcome, Next)
    assert outcome.project is not None
    assert outcome.project.asks is asks
    assert words_of(outcome).startswith(heard)
    assert ("as it was" in words_of(outcome)) is not asks


def test_a_project_keeps_what_is_known_of_it() -> None:
    known = Project(
        "s-1", "t-1", "anon_1", made=True, asks=True, maker=3, claim="sealed", claimed=NOW
    )
    outcome = run(
        marked(Plan.EDIT, BEFORE), Backend(AFTER), replace(Chat("u", HERE), project=known)
    )
    assert isinstance(outcome, Next)
    assert outcome.project == replace(known, asks=False)


@pytest.mark.parametrize(
    ("facts", "beside", "spent"),
    [
        ({"failed": True}, False, 200),
        ({"failed": True}, True, 100),
        ({"cut": True, "turn_polls": 5}, False, 200),
        ({"cut": True, "turn_polls": 5}, True, 100),
    ],
)
def test_what_a_turn_has_cost_is_known_also_where_nothing_came_of_it(
    facts: Mapping[str, object], beside: bool, spent: int
) -> None:
    work = marked(Plan.MAKE, BEFORE, balance=300, **facts)
    tools = context(Backend(BEFORE, available=100), work=work)
    claimed = replace(tools.claimed, charged=Charged(beside=beside))
    outcome = asyncio.run(STEPS[Step.CHECK](work, replace(tools, claimed=claimed)))
    assert isinstance(outcome, Fail)
    over = advance(work, outcome, NOW).job
    assert (over.state, over.progress.price.spent) == (State.FAILED, spent)


def test_a_price_that_nobody_answered_ends_with_everything_kept() -> None:
    asked = price(job(Step.PRICE), context(Backend(available=20)))
    outcome = asyncio.run(asked)
    assert isinstance(outcome, Wait)
    assert outcome.after == PRICE_QUESTION_SECONDS == 24 * 3600
    assert commands_of(outcome) == [(Command.CONFIRM, ""), (Command.CANCEL, "")]
    late = asyncio.run(
        price(replace(job(Step.PRICE), progress=outcome.progress), context(Backend(available=20)))
    )
    assert isinstance(late, Fail)
    assert late.keep is not None
    assert words_of(late).startswith("I didn't hear back about the price")


@pytest.mark.parametrize(
    ("plan", "available", "seen", "threshold", "asks"),
    [
        (Plan.MAKE, 100, 0, 0, False),
        (Plan.MAKE, 99, 0, 0, True),
        (Plan.EDIT, 50, 0, 0, False),
        (Plan.EDIT, 49, 0, 0, True),
        (Plan.EDIT, 49, 12, 0, False),
        (Plan.MAKE, 1000, 0, 100, True),
        (Plan.MAKE, 1000, 80, 100, False),
    ],
)
def test_a_price_is_asked_about_where_it_may_not_last_or_is_high(
    plan: Plan, available: int, seen: int, threshold: int, asks: bool
) -> None:
    tools = context(Backend(available=available))
    settings = read(Settings, {"NEMO_CONFIRM_CREDITS": str(threshold)})
    outcome = asyncio.run(
        price(
            job(Step.PRICE, plan),
            replace(tools, claimed=replace(tools.claimed, price=seen), settings=settings),
        )
    )
    assert isinstance(outcome, Wait if asks else Next)


@pytest.mark.parametrize(
    ("payer", "used", "known", "ends"),
    [
        (Payer.OPERATOR, 400, {}, False),
        (Payer.OPERATOR, 401, {}, True),
        (Payer.OPERATOR, 401, {"asked": True, "confirmed": True}, True),
        (Payer.OPERATOR, 400, {"asked": True, "confirmed": True}, False),
        (Payer.ANONYMOUS, 500, {}, False),
        (Payer.OWN, 500, {}, False),
    ],
)
def test_a_request_whose_turn_comes_beyond_a_budget_is_not_paid_and_nothing_is_lost(
    payer: Payer, used: int, known: Mapping[str, object], ends: bool
) -> None:
    backend = Backend()
    tools, work = context(backend), job(Step.PRICE)
    work = replace(work, progress=knowing(work.progress, payer=payer, **known))
    claimed = replace(tools.claimed, charged=Charged(Used(used, used)))
    outcome = asyncio.run(price(work, replace(tools, claimed=claimed)))
    assert isinstance(outcome, Fail) is ends
    if isinstance(outcome, Fail):
        assert outcome.keep is not None
        assert words_of(outcome).startswith("💳 You have used 401 of your 500 credits for today.")
        assert backend.asked == []


def on(work: Job, outcome: Outcome, step: Step) -> Job:
    """The job at its next step."""
    assert isinstance(outcome, Next)
    return replace(work, step=step, progress=outcome.progress)


def test_the_balance_is_asked_for_during_the_upload_and_not_once_more() -> None:
    backend, work = Backend(available=30), job(Step.UPLOAD, links=("https://x/a.jpg",), fresh=True)
    work = on(work, run(work, backend), Step.PRICE)
    assert sorted(backend.asked) == ["credits", "upload"]
    outcome = run(work, backend)
    assert len(backend.asked) == 2
    assert isinstance(outcome, Wait)
    assert outcome.progress.price.balance == 30
    assert "30" in words_of(outcome)
    assert not outcome.progress.price.looked, "another look may be needed later"


def test_a_look_at_the_balance_is_remembered() -> None:
    outcome = run(job(Step.BALANCE, Plan.CREDITS), Backend(available=30))
    assert isinstance(outcome, Next)
    assert outcome.progress.price.balance == 30


def test_who_has_said_yes_to_the_price_is_not_looked_up_again() -> None:
    backend, work = Backend(), job(Step.UPLOAD, links=("https://x/a.jpg",), confirmed=True)
    assert isinstance(run(work, backend), Next)
    assert backend.asked == ["upload"]


def test_an_upload_that_has_to_begin_anew_leaves_the_price_open() -> None:
    outcome = run(job(Step.UPLOAD, files=(Attachment("f:1"),)), Backend())
    assert isinstance(outcome, Rewind)
    assert not outcome.progress.price.looked


def test_the_state_after_the_turn_is_read_once_with_the_balance_and_named_as_it_is() -> None:
    backend, work = Backend(AFTER, available=900), marked(Plan.MAKE, None, balance=1000)
    work = on(work, run(work, backend), Step.NAME)
    assert sorted(backend.asked) == ["credits", "state"]
    assert work.progress.price.spent == 100
    named = run(work, backend)
    assert isinstance(named, Next)
    assert named.progress.export.draft == dumps(AFTER).decode()
    assert len(backend.asked) == 2
    again = replace(work, progress=named.progress)
    assert isinstance(run(again, backend), Next)
    assert backend.asked[2:] == ["state"], "after a render that failed it is looked at anew"


def test_a_lost_turn_that_may_still_be_running_has_no_price_yet() -> None:
    backend, work = Backend(BEFORE), marked(Plan.EDIT, BEFORE, cut=True, turn_polls=1, balance=1000)
    outcome = run(work, backend)
    assert isinstance(outcome, Wait)
    assert backend.asked == ["state"]
    assert outcome.progress.price.spent is None


ALONE = Bundle((), (Line(0, "make it longer"),), opened=NOW, addressed=True)


def begun(bundle: Bundle, chat: Chat | None = None) -> Outcome:
    facts = knowing(words="make it longer", fresh=True)
    return run(replace(job(Step.CONNECT), progress=facts, bundle=bundle), Backend(), chat)


def test_a_change_whose_video_never_came_is_kept_and_not_paid_for() -> None:
    outcome = begun(ALONE)
    assert isinstance(outcome, Fail)
    assert outcome.keep is not None
    assert outcome.keep.wish == "make it longer"


def test_a_change_whose_video_has_come_goes_on_with_it() -> None:
    outcome = begun(ALONE, Chat("u", HERE, project=Project("s-1", made=True)))
    assert isinstance(outcome, Wait)
    assert not outcome.progress.connection.fresh


def test_a_video_without_a_photo_that_was_agreed_to_is_begun() -> None:
    assert isinstance(begun(replace(ALONE, agreed=True)), Wait)
