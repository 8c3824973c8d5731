"""Which files are too large, or too many, before any work starts."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, decide
from core.domain.files import fitting, out_of_reach, oversize
from core.messages import Address, Attachment
from core.settings import Limits, Settings
from core.skills import MB, load
from tests import messages

SKILLS = load()


def test_the_limit_is_that_of_the_profile_and_unknown_sizes_pass() -> None:
    at, over, unknown = (Attachment("f", bytes=size) for size in (200 * MB, 200 * MB + 1, None))
    assert oversize((at, over, unknown), SKILLS["ai-video-generator-from-image"].max_bytes) == (
        over,
    )
    assert oversize((at, over, unknown), SKILLS["how-to-create-ai-video"].max_bytes) == ()


def test_what_the_platform_does_not_hand_out_is_known_before_it_is_tried() -> None:
    small, large = Attachment("f", bytes=20), Attachment("f", bytes=21)
    assert out_of_reach((small, large), 20) == (large,)
    assert out_of_reach((small, large), 0) == ()


HERE = Address("fake", "chat-1")


NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("limits", "held", "sent", "fits"),
    [
        (Limits(files_per_request=0), 50, 50, 50),
        (Limits(files_per_request=20), 0, 10, 10),
        (Limits(files_per_request=20), 15, 10, 5),
        (Limits(files_per_request=20), 25, 10, 0),
        (Limits(mb_per_request=1), 5, 10, 5),
        (Limits(files_per_request=8, mb_per_request=1), 5, 10, 3),
    ],
)
def test_a_request_takes_the_first_files_that_fit(
    limits: Limits, held: int, sent: int, fits: int
) -> None:
    there = tuple(Attachment(f"a{n}", bytes=MB // 10) for n in range(held))
    more = tuple(Attachment(f"b{n}", bytes=MB // 10) for n in range(sent))
    assert fitting(more, there, limits) == more[:fits]


def test_a_file_of_unknown_size_takes_no_room_before_it_is_there() -> None:
    unknown = (Attachment("c"),)
    assert fitting(unknown, (Attachment("a", bytes=MB),), Limits(mb_per_request=1)) == unknown


def test_files_beyond_the_limit_are_said_once_and_the_first_are_used() -> None:
    files = tuple(Attachment(f"fake:{n}", bytes=1) for n in range(3))
    known = Context(Chat("u", HERE), SKILLS, Settings(files_per_request=2))
    turn = decide(known, messages.said("m1", "u", HERE, "a film", files), NOW)
    assert turn.start[0].job.bundle.files == files[:2]
    assert turn.posts[0].text.startswith("📎 One video can be made of 2 files")
    again = decide(
        replace(known, open=(replace(turn.start[0].job, id=1),)),
        messages.said("m2", "u", HERE, "", files),
        NOW,
    )
    assert again.posts[0].slot == turn.posts[0].slot == f"files-{NOW // 600:.0f}"
    assert (again.start, again.grow) == ((), ())
    unmeant = messages.said("m3", "u", HERE, "", files, album="a", heard="overheard", private=False)
    assert decide(known, unmeant, NOW).posts == ()
