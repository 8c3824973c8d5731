"""The end of a request whose record cannot be read."""

from dataclasses import replace

import pytest

from core.domain.requests import (
    Job,
    Plan,
    Snapshot,
    State,
    Step,
    TurnProgress,
    Why,
    closed_unread,
)
from core.i18n import text
from core.messages import Address

KNOWN = Job(7, "l", "u", Address("fake", "c"), Plan.MAKE, Step.UPLOAD, language="de")
SENT = replace(KNOWN.progress, turn=TurnProgress(snapshot=Snapshot("")))


@pytest.mark.parametrize(
    ("known", "key"),
    [
        (KNOWN, "ours_unread"),
        (replace(KNOWN, progress=SENT), "ours_later"),
        (replace(KNOWN, plan=Plan.CREDITS, step=Step.BALANCE), "try_later"),
        (replace(KNOWN, step=Step.GATHER), "ours_unread"),
        (replace(KNOWN, step=Step.GATHER, space="g", notified_at=1.0), "ours_unread"),
        (replace(KNOWN, space="g"), "ours_unread"),
    ],
)
def test_its_person_reads_what_is_true_of_it(known: Job, key: str) -> None:
    over = closed_unread(known, 9.0)
    assert [post.text for post in over.posts] == [text(f"trouble.{key}", "de")]
    assert (over.job.state, over.job.why) == (State.FAILED, Why.DEFECT)
    assert over.posts[0].about
    assert over.posts[0].about.last


def test_of_photos_in_a_group_that_were_no_request_nobody_hears() -> None:
    over = closed_unread(replace(KNOWN, step=Step.GATHER, space="g"), 9.0)
    assert over.posts == ()
    assert over.job.state is State.FAILED
