"""Why a request has failed is kept as one word, for the operator; nothing of what anybody said."""

import pytest

from core import media
from core.adapter import FileGone, Flooded, Refused, TooLarge, Unavailable, Unsent
from core.domain.recovery import recover
from core.domain.recovery.table import REASONS, REMEDIES, reason
from core.domain.recovery.waiting import BACKS, Restless, bounded
from core.domain.requests import Fail, Notice, Rewind, State, Step, Why, advance
from core.domain.requests.why import WORDS, why_told
from core.nemo import errors
from tests.core.domain.test_recovery import failure


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (errors.TokenRejected(code=1001), Why.TOKEN),
        (errors.NoCredits(code=2001), Why.CREDITS),
        (errors.Busy(), Why.BUSY),
        (errors.NotSent(), Why.AWAY),
        (errors.Cut(), Why.CUT),
        (errors.BadRequest(), Why.MISUNDERSTOOD),
        (Flooded(3), Why.AWAY),
        (Unsent(), Why.AWAY),
        (FileGone(), Why.GONE),
        (Unavailable(), Why.GONE),
        (TooLarge(), Why.FILE),
        (Refused(), Why.GONE),
        (OSError(), Why.MACHINE),
        (media.UnsupportedMedia("xyz"), Why.FILE),
        (media.ConverterMissing(), Why.CONVERTER),
        (media.Occupied(1.0), Why.CONVERTER),
        (KeyError(), Why.DEFECT),
    ],
)
def test_every_kind_of_error_has_its_word(error: Exception, why: Why) -> None:
    assert reason(error) is why


def test_no_error_of_the_table_is_without_a_word() -> None:
    named = tuple(kind for kind, _ in REASONS)
    assert [kind for kind, _ in REMEDIES if not issubclass(kind, named)] == []
    assert set(WORDS) == set(Why)
    assert (why_told("render"), why_told("of a newer version")) == (
        WORDS[Why.RENDER],
        "of a newer version",
    )


def test_a_request_that_fails_keeps_the_word_and_nothing_else() -> None:
    known = failure(KeyError("somebody's words"), Step.UPLOAD)
    request, outcome = known.job, recover(known)
    assert isinstance(outcome, Fail)
    assert outcome.why is Why.DEFECT
    over = advance(request, outcome, 5.0).job
    assert (over.state, over.why) == (State.FAILED, "defect")
    assert advance(request, Fail(Notice("no"), why=Why.RENDER), 5.0).job.why == "render"


def test_what_keeps_starting_over_is_called_so() -> None:
    known = failure(Restless(), Step.CONNECT, rewinds=BACKS)
    outcome = bounded(Rewind(known.job.progress, Step.CONNECT), known)
    assert isinstance(outcome, Fail)
    assert outcome.why is Why.RESTLESS
