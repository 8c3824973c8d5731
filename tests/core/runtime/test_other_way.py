"""A finished file whose link fails: when the API is asked for it, and whether the link is passed
on."""

import pytest

from core import media
from core.nemo import errors
from core.runtime.engine.fitting import OtherWay, other_way


@pytest.mark.parametrize(
    ("problem", "first", "later"),
    [
        (errors.BadRequest(status=404), OtherWay.INSTEAD, OtherWay.INSTEAD),
        (errors.TokenRejected(status=401), OtherWay.INSTEAD, OtherWay.INSTEAD),
        (media.NoVideo(broken=False), OtherWay.INSTEAD, OtherWay.INSTEAD),
        (media.NoVideo(broken=True), OtherWay.NONE, OtherWay.NONE),
        (errors.FileTooLarge(), OtherWay.NONE, OtherWay.NONE),
        (errors.NotSent(), OtherWay.NONE, OtherWay.AS_WELL),
        (errors.Cut(), OtherWay.NONE, OtherWay.AS_WELL),
        (errors.Trouble(status=503), OtherWay.NONE, OtherWay.AS_WELL),
        (errors.Busy(status=429), OtherWay.NONE, OtherWay.AS_WELL),
    ],
)
def test_what_passes_is_waited_for_once(
    problem: Exception, first: OtherWay, later: OtherWay
) -> None:
    assert (other_way(problem, 0), other_way(problem, 1)) == (first, later)
