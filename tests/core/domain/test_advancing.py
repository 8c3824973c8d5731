"""Each outcome moves all of a job that it names, and nothing else of it; a status that had its day
points below."""

from dataclasses import replace

import pytest

from core.domain.requests import (
    Account,
    Fail,
    Job,
    Kept,
    Next,
    Notice,
    Outcome,
    Payer,
    Plan,
    Project,
    Retry,
    Rewind,
    Secret,
    State,
    Step,
    Wait,
    advance,
    status_afterwards,
    to_outbound,
)
from core.domain.requests.outcomes import Advanced
from core.i18n import text
from core.messages import Address, Attachment, Toast
from tests.knowing import knowing

NOW = 1_800_000_000.0
OLD, NEW = knowing(words="old"), knowing(words="new")
JOB = Job(
    7,
    "lock",
    "u",
    Address("fake", "c"),
    Plan.MAKE,
    Step.UPLOAD,
    OLD,
    attempts=3,
    rewinds=2,
    claims=2,
    version=5,
    secret=Secret("sealed"),
    skill="one",
    due=1.0,
)
IDLE = replace(JOB, claims=0)
ACCOUNT, PROJECT = Account("u", "client"), Project("s-1", payer=Payer.OWN)
KEEP = Kept((Attachment("f"),), "a wish")
SPAWNED = (replace(JOB, id=8),)


@pytest.mark.parametrize(
    ("outcome", "moved"),
    [
        (
            Next(NEW, account=ACCOUNT, project=PROJECT, keep=KEEP, spawn=SPAWNED),
            Advanced(
                replace(IDLE, step=Step.PRICE, progress=NEW, attempts=0, due=NOW),
                account=ACCOUNT,
                project=PROJECT,
                keep=KEEP,
                spawn=SPAWNED,
            ),
        ),
        (
            Next(NEW, plan=Plan.EDIT, skill="two", language="zh-Hans", last=True),
            Advanced(
                replace(
                    *(IDLE,),
                    **{
                        "plan": Plan.EDIT,
                        "progress": NEW,
                        "attempts": 0,
                        "due": NOW,
                        "skill": "two",
                    },
                    **{"language": "zh-Hans", "state": State.DONE, "secret": None},
                )
            ),
        ),
        (
            Wait(NEW, 30.0, account=ACCOUNT),
            Advanced(replace(IDLE, progress=NEW, attempts=0, due=NOW + 30), (), ACCOUNT),
        ),
        (Retry(4.0), Advanced(replace(IDLE, attempts=4, due=NOW + 4))),
        (Retry(4.0, progress=NEW), Advanced(replace(IDLE, progress=NEW, attempts=4, due=NOW + 4))),
        (
            Rewind(
                NEW, Step.CONNECT, drop_token=True, drop_project=True, after=2.0, closed_until=9.0
            ),
            Advanced(
                replace(IDLE, progress=NEW, step=Step.CONNECT, attempts=0, rewinds=3, due=NOW + 2),
                drop_token=True,
                drop_project=True,
                closed_until=9.0,
            ),
        ),
        (
            Rewind(NEW, Step.CONNECT),
            Advanced(
                replace(IDLE, progress=NEW, step=Step.CONNECT, attempts=0, rewinds=3, due=NOW)
            ),
        ),
    ],
)
def test_an_outcome_without_words_moves_what_it_names(outcome: Outcome, moved: Advanced) -> None:
    assert advance(JOB, outcome, NOW) == moved


def test_a_failure_ends_the_job_and_hands_over_all_that_it_has() -> None:
    say = Notice("sorry", final=True)
    ended = replace(IDLE, state=State.FAILED, due=NOW, notified_at=NOW)
    found = advance(JOB, Fail(say, KEEP, drop_project=True, project=PROJECT, closed_until=9.0), NOW)
    assert found == Advanced(
        replace(ended, secret=None),
        (to_outbound(ended, say),),
        project=PROJECT,
        drop_project=True,
        keep=KEEP,
        closed_until=9.0,
    )


@pytest.mark.parametrize(
    "outcome", [Next(OLD, Notice("now")), Wait(OLD, 0.0, Notice("now")), Retry(0.0, Notice("now"))]
)
def test_a_status_changes_in_place_and_its_time_is_remembered(outcome: Outcome) -> None:
    found = advance(JOB, outcome, NOW)
    assert [(post.text, post.slot, post.silent) for post in found.posts] == [("now", "job-7", True)]
    assert (found.job.notified_at, found.job.expected) == (NOW, 0.0)
    back = advance(JOB, Rewind(OLD, Step.CONNECT, Notice("now", expected=NOW + 70)), NOW)
    assert (len(back.posts), back.job.notified_at, back.job.expected) == (1, NOW, NOW + 70)
    later = advance(back.job, Retry(1.0, Notice("still")), NOW + 5)
    assert later.job.expected == NOW + 70, "words without a time leave it as it is"


@pytest.mark.parametrize(
    ("outcome", "private", "discreet", "above"),
    [
        (lambda say: Next(OLD, say, last=True), True, False, []),
        (lambda say: Fail(say), True, False, []),
        (lambda say: Fail(say), True, True, []),
        (lambda say: Fail(say), False, False, []),
        (lambda say: Fail(say), False, True, ["status.in_private"]),
        (lambda say: Next(OLD, say, last=True), False, True, ["status.in_private"]),
    ],
)
def test_only_a_result_that_is_read_elsewhere_is_pointed_to(
    outcome: object, private: bool, discreet: bool, above: list[str]
) -> None:
    shown = replace(JOB, notified_at=NOW - 9, private=private, language="zh-Hans")
    found = advance(shown, outcome(Notice("result", final=True, discreet=discreet)), NOW)  # type: ignore[operator]
    *before, result = found.posts
    assert [(post.text, post.slot, post.silent, post.last) for post in before] == [
        (text(key, "zh-Hans"), "job-7", True, False) for key in above
    ]
    assert (result.text, result.slot, result.silent, result.last) == ("result", "", False, True)


def test_after_the_last_words_the_status_goes_or_tells_what_was_paid() -> None:
    ended = replace(JOB, state=State.DONE, reply_to="5")
    gone = status_afterwards(to_outbound(ended, Notice("film", final=True)))
    paid = status_afterwards(to_outbound(ended, Notice("film", final=True, receipt="💳 100")))
    assert gone is not None
    assert paid is not None
    assert (gone.slot, gone.over, gone.silent, gone.buttons) == ("job-7", True, True, ())
    assert (paid.slot, paid.over, paid.text, paid.reply_to) == ("job-7", False, "💳 100", "")
    assert (gone.address, gone.job) == (ended.address, 7)


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (JOB, Notice("how much?", final=True)),  # it goes on
        (replace(JOB, state=State.DONE), Notice("cancelled")),  # that is the status itself
    ],
)
def test_other_words_leave_the_status_as_it_is(job: Job, said: Notice) -> None:
    assert status_afterwards(to_outbound(job, said)) is None


def test_neither_words_about_no_request_nor_a_line_that_goes_change_a_status() -> None:
    said = to_outbound(replace(JOB, state=State.DONE), Notice("film", final=True))
    assert status_afterwards(replace(said, about=None)) is None
    assert status_afterwards(replace(said, manner=Toast())) is None


def test_a_result_without_a_status_before_it_comes_alone_and_so_do_words_of_what_goes_on() -> None:
    assert len(advance(JOB, Next(OLD, Notice("result", final=True), last=True), NOW).posts) == 1
    shown = replace(JOB, notified_at=NOW - 9)
    assert len(advance(shown, Next(OLD, Notice("aside", final=True)), NOW).posts) == 1
    assert advance(shown, Retry(1.0), NOW).posts == ()
