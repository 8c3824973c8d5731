"""What was added by itself is said, and judged by what was asked."""

import pytest

from core.domain.replies import buttons, results
from core.domain.requests import Job, Part, Plan, Step
from core.domain.requests.turn_reading import unrequested, was_refused
from core.i18n import LANGUAGES, text
from core.messages import Address
from tests.knowing import knowing

BOTH = ("audio", "text")
HERE = Address("console", "terminal")


def job(language: str = "en", **known: object) -> Job:
    return Job(4, "lock", "7", HERE, Plan.EDIT, Step.CHECK, knowing(**known), language=language)


@pytest.mark.parametrize(
    ("words", "by_itself", "unwanted"),
    [
        ("make a 5-second clip", BOTH, ()),
        ('put "Summer" at the start', ("audio",), ()),
        ("no music", BOTH, ("audio",)),
        ("ohne Musik und ohne Text", BOTH, BOTH),
        ("配上轻快的歌，不要文字", ("text",), ("text",)),
    ],
)
def test_it_is_judged_by_the_wish(
    words: str, by_itself: tuple[str, ...], unwanted: tuple[str, ...]
) -> None:
    made = job(words=words)

    found = unrequested(made, ("video", *BOTH))

    assert found == by_itself
    assert tuple(kind for kind in found if was_refused(made, kind)) == unwanted


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("kind", BOTH)
def test_an_edit_says_so_too_with_the_price_on_the_button(language: str, kind: str) -> None:
    edited = job(words="no music, no text", language=language, unrequested=(kind,))

    notice = results.project_changed(edited)

    assert text(f"result.unwanted_{kind}", language) in notice.text
    labels = [button.label for row in notice.buttons for button in row]
    (row,) = buttons.strip((kind,), language)
    assert row[0].label in labels
    assert row[0].label.endswith(f" ({text('button.a_little', language)})"), "none is made up"
    told = results.project_changed(edited, 10.4).buttons
    assert "(≈10 💳)" in "".join(button.label for row in told for button in row)
    assert buttons.strip((), language) == ()


def test_what_came_unasked_and_unrefused_may_stay() -> None:
    plain = results.project_changed(job(words="slow zoom", unrequested=BOTH))

    assert text("result.extra_audio", "en") in plain.text
    assert text("result.extra_text", "en") in plain.text


def test_sound_of_ones_own_was_not_added_by_itself() -> None:
    sent = job(words="slow zoom", parts=(Part("4-1.mp3", "audio/mpeg", 9),))

    assert unrequested(sent, BOTH) == ("text",)
    assert not was_refused(sent, "other")
