"""The five outcomes move a job exactly so far, and its words go where they belong."""

from dataclasses import replace

import pytest

from core.domain.requests import (
    PLANS,
    SELF,
    Fail,
    Job,
    Kept,
    Next,
    Notice,
    Plan,
    Retry,
    Rewind,
    Secret,
    State,
    Step,
    Wait,
    advance,
    to_outbound,
)
from core.domain.requests.advancing import step_after
from core.domain.requests.posting import to_card
from core.i18n import text
from core.messages import Address, Attachment, Button, Command, Ticket, Video
from tests.knowing import knowing
from tests.outgoing import outgoing

NOW = 1_800_000_000.0
JOB = Job(
    7,
    "lock",
    "u",
    Address("fake", "c"),
    Plan.MAKE,
    Step.UPLOAD,
    knowing(words="w"),
    claims=2,
    attempts=3,
    notified_at=NOW,
)


def test_next_goes_to_the_following_step_and_forgets_the_failures() -> None:
    moved = advance(JOB, Next(knowing(words="x")), NOW).job
    assert (moved.step, moved.attempts, moved.claims, moved.due) == (Step.PRICE, 0, 0, NOW)
    assert moved.progress.wish.words == "x"


def test_next_may_take_its_time() -> None:
    assert advance(JOB, Next(JOB.progress, after=10), NOW).job.due == NOW + 10


def test_the_last_next_ends_the_job() -> None:
    assert advance(JOB, Next(JOB.progress, last=True), NOW).job.state is State.DONE
    at_the_end = replace(JOB, step=Step.LINK)
    assert advance(at_the_end, Next(JOB.progress), NOW).job.state is State.DONE


def test_next_may_change_the_plan() -> None:
    gathering = replace(JOB, step=Step.GATHER)
    moved = advance(gathering, Next(JOB.progress, plan=Plan.EDIT), NOW).job
    assert (moved.plan, moved.step) == (Plan.EDIT, Step.CONNECT)


def test_again_is_no_failure_and_retry_is_one() -> None:
    again = advance(JOB, Wait(JOB.progress, 30), NOW).job
    assert (again.step, again.attempts, again.due) == (Step.UPLOAD, 0, NOW + 30)
    retried = advance(JOB, Retry(4), NOW).job
    assert (retried.step, retried.attempts, retried.due) == (Step.UPLOAD, 4, NOW + 4)


def test_back_begins_anew_from_an_earlier_step_and_counts() -> None:
    back = advance(
        JOB,
        Rewind(
            JOB.progress, Step.CONNECT, drop_token=True, drop_project=True, closed_until=NOW + 9
        ),
        NOW,
    )
    assert back.closed_until == NOW + 9
    assert (back.job.step, back.job.rewinds) == (Step.CONNECT, 1)
    assert back.drop_token
    assert back.drop_project


def test_a_failure_ends_the_job_rings_and_hands_things_back() -> None:
    failed = advance(
        JOB, Fail(Notice("sorry", final=True), Kept((), "w"), closed_until=NOW + 5), NOW
    )
    assert failed.job.state is State.FAILED
    (words,) = failed.posts
    assert (words.slot, words.silent, words.text) == ("", False, "sorry")
    assert words.last
    assert failed.keep == Kept((), "w")
    assert failed.closed_until == NOW + 5


def test_an_answer_without_a_status_before_it_is_one_message() -> None:
    quiet = replace(JOB, notified_at=0.0, plan=Plan.CREDITS, step=Step.BALANCE)
    (answer,) = advance(quiet, Next(JOB.progress, Notice("100", final=True), last=True), NOW).posts
    assert answer.last


def test_words_that_end_in_the_status_itself_are_the_last() -> None:
    (status,) = advance(
        JOB, Next(JOB.progress, Notice("What shall I make of it?"), last=True), NOW
    ).posts
    assert (status.slot, status.working, status.last) == ("job-7", False, True)


def test_a_question_about_the_price_is_not_the_end() -> None:
    asked = advance(JOB, Wait(JOB.progress, 60.0, Notice("Shall I go ahead?", final=True)), NOW)
    assert not asked.posts[-1].last


def test_a_running_status_is_silent_and_offers_to_cancel_this_very_job() -> None:
    (status,) = advance(JOB, Next(JOB.progress, Notice("⬆️")), NOW).posts
    assert status.silent
    assert status.working
    assert not status.last
    assert [(b.command, b.job) for row in status.buttons for b in row] == [(Command.CANCEL, 7)]


def test_a_button_for_the_job_itself_gets_its_number() -> None:
    say = Notice("x", ((Button("a", Command.AGAIN, SELF), Button("b", Command.NEW)),), final=True)
    words = advance(JOB, Next(JOB.progress, say, last=True), NOW).posts[-1]
    assert [button.job for button in words.buttons[0]] == [7, None]


def test_the_words_show_in_the_jobs_language() -> None:
    chinese = replace(JOB, language="zh", private=False)
    status = advance(chinese, Fail(Notice("x", final=True, discreet=True)), NOW).posts[0]
    assert status.text == text("status.in_private", "zh-Hans")


@pytest.mark.parametrize("plan", list(Plan))
def test_every_plan_is_walked_to_its_end(plan: Plan) -> None:
    step, walked = PLANS[plan][0], [PLANS[plan][0]]
    while after := step_after(plan, step):
        walked.append(after)
        step = after
    assert tuple(walked) == PLANS[plan]


@pytest.mark.parametrize("plan", [Plan.MAKE, Plan.EDIT])
def test_nothing_is_paid_for_before_its_mark_is_on_disk(plan: Plan) -> None:
    steps = PLANS[plan]
    assert steps.index(Step.SNAPSHOT) == steps.index(Step.GENERATE) - 1
    assert steps.index(Step.NAME) == steps.index(Step.RENDER) - 1


ASIDE, TICKET = Address("fake", "aside"), Ticket("use", NOW + 900)
ASKED = replace(
    JOB,
    language="zh-Hans",
    reply_to="m1",
    ticket=TICKET,
    aside=ASIDE,
    progress=knowing(files=(Attachment("f"),)),
)


def test_a_status_is_posted_in_place_in_silence_and_can_be_cancelled() -> None:
    say = Notice("制作中", queue="第二", time="一分钟")
    assert to_outbound(ASKED, say) == outgoing(
        JOB.address,
        "制作中 第二 一分钟",
        buttons=((Button(text("button.cancel", "zh-Hans"), Command.CANCEL, 7),),),
        slot="job-7",
        silent=True,
        working=True,
        reply_to="m1",
        ticket=TICKET,
        user="u",
        job=7,
        language="zh-Hans",
        card=to_card(ASKED, say),
    )


def test_a_result_rings_with_its_own_buttons_and_is_the_last_word() -> None:
    rows = ((Button("A", Command.EXPORT, SELF), Button("B", Command.NEW)),)
    done, video = replace(ASKED, state=State.DONE), Video("https://x")
    assert to_outbound(done, Notice("好了", rows, video, final=True)) == outgoing(
        JOB.address,
        "好了",
        media=video,
        buttons=((Button("A", Command.EXPORT, 7), Button("B", Command.NEW)),),
        reply_to="m1",
        ticket=TICKET,
        user="u",
        job=7,
        last=True,
        language="zh-Hans",
    )


def test_what_is_over_has_nothing_to_cancel_and_what_is_discreet_goes_aside() -> None:
    assert to_outbound(replace(ASKED, state=State.CANCELLED), Notice("停")).buttons == ()
    assert to_outbound(ASKED, Notice("完", final=True)).buttons == ()
    secret = to_outbound(ASKED, Notice("密", final=True, discreet=True))
    assert (secret.address, secret.reply_to, secret.discreet) == (ASIDE, "", True)
    here = to_outbound(replace(ASKED, aside=None), Notice("密", final=True, discreet=True))
    assert (here.address, here.reply_to, here.discreet) == (JOB.address, "m1", True)
    open_to_all = to_outbound(ASKED, Notice("完", final=True))
    assert (open_to_all.address, open_to_all.discreet) == (JOB.address, False)


@pytest.mark.parametrize("state", State)
def test_only_a_request_that_is_open_can_hold_a_secret(state: State) -> None:
    held = replace(JOB, secret=Secret("sealed"), state=state).secret
    assert held == (Secret("sealed") if state is State.OPEN else None)
    assert "sealed" not in repr(replace(JOB, secret=Secret("sealed")))
