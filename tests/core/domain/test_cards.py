"""What a status shows in parts: the way so far, the time it takes, and the photo it is about."""

from dataclasses import replace

import pytest

from core.domain.gathering import Bundle, Item
from core.domain.requests import Job, Notice, Plan, State, Step
from core.domain.requests.posting import doubtful, first_photo, to_card
from core.i18n import text
from core.messages import Address, Attachment, Button, Command, Video, shown
from tests.knowing import knowing
from tests.outgoing import altered, outgoing

PHOTO = Attachment("fake:1", "cat.jpg")
JOB = Job(
    7,
    "lock",
    "u",
    Address("fake", "c"),
    Plan.MAKE,
    Step.UPLOAD,
    knowing(files=(PHOTO,)),
    expected=70.0,
)
NAMES = tuple(
    text(f"status.stage_{name}", "en") for name in ("photos", "upload", "create", "export")
)


@pytest.mark.parametrize(
    ("step", "reached"),
    [
        *((step, 0) for step in (Step.GATHER, Step.CONNECT)),
        *((step, 1) for step in (Step.BRING, Step.UPLOAD)),
        *((step, 2) for step in (Step.PRICE, Step.SNAPSHOT, Step.GENERATE, Step.CHECK)),
        *((step, 3) for step in (Step.NAME, Step.RENDER, Step.POLL, Step.LINK)),
    ],
)
def test_every_step_of_a_video_lies_on_the_way_that_is_shown(step: Step, reached: int) -> None:
    card = to_card(replace(JOB, step=step), Notice("now"))
    assert (card.stages, card.reached) == (NAMES, reached)


def test_a_status_shows_all_that_it_knows_and_its_own_time_first() -> None:
    say = Notice("now", queue="second", time="a minute", percent=40, expected=90.0)
    card = to_card(JOB, say)
    assert (card.phase, card.queue, card.time, card.percent) == ("now", "second", "a minute", 40)
    assert (card.expected, card.photo) == (90.0, PHOTO)
    assert to_card(JOB, Notice("now")).expected == 70.0


@pytest.mark.parametrize(
    "job", [replace(JOB, state=State.DONE), replace(JOB, state=State.CANCELLED)]
)
def test_what_is_over_shows_no_way_and_no_time(job: Job) -> None:
    card = to_card(job, Notice("over", expected=90.0))
    assert (card.stages, card.reached, card.expected, card.photo) == ((), 0, 0.0, PHOTO)


@pytest.mark.parametrize("job", [replace(JOB, plan=Plan.EDIT), replace(JOB, progress=knowing())])
def test_an_edit_and_a_video_without_a_photo_have_no_way_to_show(job: Job) -> None:
    assert (to_card(job, Notice("now")).stages, to_card(job, Notice("now")).reached) == ((), 0)


@pytest.mark.parametrize(
    ("file", "picture"),
    [
        (Attachment("f", "", "image/heic"), True),
        (Attachment("f", "a.mov", "image/png"), True),
        (Attachment("f", "a.jpg", "video/mp4"), False),
        (Attachment("f", "CAT.JPEG"), True),
        (Attachment("f", "cat.avif"), True),
        (Attachment("f", "cat.mp4"), False),
        (Attachment("f"), False),
        (Attachment("url:https://x.example/a.jpg", "a.jpg"), False),
    ],
)
def test_a_picture_is_what_its_sender_says_is_one(file: Attachment, picture: bool) -> None:
    assert first_photo(replace(JOB, progress=knowing(files=(file,)))) == (file if picture else None)


def test_the_first_picture_counts_and_those_that_are_used_before_those_still_gathered() -> None:
    clip, second = Attachment("fake:0", "a.mp4"), Attachment("fake:2", "dog.jpg")
    bundle = Bundle(items=(Item(1, second),))
    assert first_photo(replace(JOB, progress=knowing(files=(clip, PHOTO, second)))) == PHOTO
    assert first_photo(replace(JOB, bundle=bundle)) == PHOTO
    assert first_photo(replace(JOB, progress=knowing(), bundle=bundle)) == second


@pytest.mark.parametrize(
    ("video", "key"),
    [(Video("https://x"), "result.maybe_twice"), (None, "result.maybe_twice_words")],
)
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_words_in_doubt_say_so_below_in_their_own_language(
    video: Video | None, key: str, language: str
) -> None:
    message = outgoing(Address("fake", "c"), "Ready", video, language=language)
    assert doubtful(message) == altered(message, text=f"Ready\n\n{text(key, language)}")


def test_what_a_reader_sees_of_a_message_are_its_words_and_labels() -> None:
    first, second, third = (Button(label, Command.NEW) for label in ("A", "B", "C"))
    message = outgoing(Address("fake", "c"), "words", buttons=((first, second), (third,)))
    assert shown(message) == "words\nA|B|C"
    assert shown(altered(message, buttons=())) == "words"
