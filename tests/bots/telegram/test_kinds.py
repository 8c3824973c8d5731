"""By which call a message goes out."""

import pytest

from bots.telegram.translate.posts import Kind, kind_of
from core.messages import Address, Gallery, Outbound, Video
from tests.outgoing import outgoing

HERE = Address("telegram", "1")
PICTURE = Gallery(("Noir",), path="/tmp/looks.jpg")


@pytest.mark.parametrize(
    ("message", "edit", "kind"),
    [
        (outgoing(HERE, "hi"), None, Kind.TEXT),
        (outgoing(HERE, "hi", slot="job-1"), "7", Kind.EDIT),
        (outgoing(HERE, "over", slot="job-1", over=True), "7", Kind.REMOVAL),
        (outgoing(HERE, "over", slot="job-1", over=True), None, Kind.TEXT),
        (outgoing(HERE, "looks", PICTURE), None, Kind.PICTURE),
        (outgoing(HERE, "looks", Gallery(("Noir",))), None, Kind.TEXT),
        (outgoing(HERE, "film", Video("http://x/v.mp4", path="/tmp/v.mp4")), None, Kind.CLIP),
    ],
)
def test_a_message_goes_out_as_what_it_is(message: Outbound, edit: str | None, kind: Kind) -> None:
    assert kind_of(message, edit) is kind
