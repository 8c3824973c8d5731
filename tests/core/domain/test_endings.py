"""What happens to a request outside of its steps."""

from dataclasses import replace

import pytest

from core.domain.gathering import Bundle, Line
from core.domain.requests import Advanced, Job, Plan, Secret, State, Step
from core.domain.requests.advancing import (
    awaits_news,
    cancel_job,
    confirm_price,
    grew_meanwhile,
    unless_cancelled,
    without_video,
)
from core.i18n import text
from core.messages import Address
from tests.knowing import knowing

JOB = replace(
    Job(4, "lock", "u", Address("fake", "1"), Plan.MAKE, Step.UPLOAD),
    notified_at=9.0,
    secret=Secret("sealed"),
)
STOPPED = text("status.cancelled", "en")


def test_a_request_that_nobody_works_on_ends_at_once_with_words_in_its_status() -> None:
    job, posts = cancel_job(JOB, at_work=False)
    assert (job.cancelled, job.state) == (True, State.CANCELLED)
    assert [(post.text, post.slot, post.last) for post in posts] == [(STOPPED, "job-4", True)]


def test_a_request_at_work_is_only_marked() -> None:
    assert cancel_job(JOB, at_work=True) == (replace(JOB, cancelled=True), ())


def test_of_what_nobody_was_told_nobody_is_told_that_it_ended() -> None:
    assert cancel_job(replace(JOB, notified_at=0.0), at_work=False)[1] == ()
    assert unless_cancelled(Advanced(replace(JOB, notified_at=0.0)), cancelled=True).posts == ()


def test_a_step_of_a_cancelled_request_comes_to_its_end_and_nothing_else() -> None:
    ended = unless_cancelled(Advanced(JOB), cancelled=True)
    assert (ended.job.state, ended.job.cancelled, ended.job.secret) == (State.CANCELLED, True, None)
    assert [post.text for post in ended.posts] == [STOPPED]


@pytest.mark.parametrize("state", [State.DONE, State.FAILED])
def test_what_was_over_before_it_could_be_cancelled_is_told_as_it_is(state: State) -> None:
    advanced = Advanced(replace(JOB, state=state))
    assert unless_cancelled(advanced, cancelled=True) is advanced
    assert unless_cancelled(Advanced(JOB), cancelled=False) == Advanced(JOB)


def test_a_price_that_is_accepted_lets_its_request_go_on_at_once() -> None:
    agreed = confirm_price(replace(JOB, progress=knowing(asked=True), due=99.0), 20.0)
    assert (agreed.progress, agreed.due) == (knowing(asked=True, confirmed=True), 20.0)


@pytest.mark.parametrize(
    ("step", "cancelled", "anew"),
    [(Step.GATHER, False, True), (Step.GATHER, True, False), (Step.UPLOAD, False, False)],
)
def test_what_joins_while_a_request_is_closed_closes_it_anew(
    step: Step, cancelled: bool, anew: bool
) -> None:
    closed = replace(JOB, step=Step.CONNECT)
    stored = replace(JOB, step=step, cancelled=cancelled, bundle=Bundle(lines=(Line(1, "slow"),)))
    assert grew_meanwhile(stored, closed) is anew
    assert not grew_meanwhile(replace(stored, bundle=closed.bundle), closed)


def test_a_link_to_no_video_is_forgotten() -> None:
    job = replace(JOB, state=State.DONE, progress=knowing(url="https://x.example/page", words="hi"))
    assert job.video
    assert without_video(job) == replace(job, progress=knowing(words="hi"))


@pytest.mark.parametrize(
    ("change", "waits"),
    [
        ({}, True),
        ({"step": Step.GATHER}, False),
        ({"cancelled": True}, False),
        ({"state": State.DONE}, False),
    ],
)
def test_who_waits_for_news(change: dict[str, object], waits: bool) -> None:
    assert awaits_news(replace(JOB, **change)) is waits  # type: ignore[arg-type]
