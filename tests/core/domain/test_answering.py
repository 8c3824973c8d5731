"""Answers of our own: each says something in every situation, what happens next, and offers the
button for it."""

from dataclasses import replace

import pytest

from core.domain.conversation.answering import Circumstances, answer, languages
from core.domain.policy import Situation
from core.domain.understanding import Topic
from core.i18n import LANGUAGES, catalogue, text
from core.messages import Attachment, Command

WEB = "https://pages.example"
PHOTOS = {Situation.NOTHING: 0, Situation.PHOTO: 1, Situation.PROJECT: 0, Situation.RUNNING: 0}
PLACES = [
    Circumstances(it, "en", photos=photos, files=20, megabytes=200, web=WEB)
    for it, photos in PHOTOS.items()
]


def commands(topic: Topic, around: Circumstances) -> list[Command | None]:
    return [button.command for row in answer(topic, around)[1] for button in row]


@pytest.mark.parametrize("around", PLACES, ids=lambda around: str(around.situation))
@pytest.mark.parametrize("topic", Topic)
def test_every_topic_is_answered_without_a_gap(topic: Topic, around: Circumstances) -> None:
    words, rows = answer(topic, around)
    assert words
    assert "{" not in words
    assert "\n\n\n" not in words
    assert all(button.label for row in rows for button in row)


@pytest.mark.parametrize(
    ("topic", "around", "last"),
    [
        (Topic.THANKS, PLACES[0], "answer.next_send"),
        (Topic.THANKS, PLACES[2], "answer.next_change"),
        (Topic.PRICE, PLACES[3], "answer.next_running"),
    ],
)
def test_an_answer_ends_with_what_happens_next(
    topic: Topic, around: Circumstances, last: str
) -> None:
    assert answer(topic, around)[0].endswith(text(last, "en"))


def test_a_photo_that_waits_is_never_left_without_a_word() -> None:
    waits = text("answer.next_photo", "en", count=1)
    without = [topic for topic in Topic if not answer(topic, PLACES[1])[0].endswith(waits)]
    assert without == [Topic.MISTAKE], "its own words speak of the photo"


def test_buttons_do_what_was_asked() -> None:
    nothing, photo, project, _ = PLACES
    undoable = Circumstances(Situation.PROJECT, "en", undoable=True)
    assert commands(Topic.PRICE, nothing) == [Command.CREDITS]
    assert commands(Topic.PRIVACY, nothing) == [Command.FORGET]
    assert commands(Topic.ACCOUNT, nothing) == [None, Command.CREDITS]
    assert commands(Topic.ACCOUNT, Circumstances(Situation.NOTHING, "en")) == [Command.CREDITS], (
        "no page, no link"
    )
    assert (commands(Topic.MISTAKE, photo), commands(Topic.MISTAKE, project)) == (
        [Command.CANCEL],
        [],
    )
    assert (commands(Topic.COMPLAINT, undoable), commands(Topic.COMPLAINT, project)) == (
        [Command.UNDO],
        [],
    )
    assert answer(Topic.ACCOUNT, nothing)[1][0][0].url == WEB


def test_without_a_video_a_complaint_is_not_asked_what_to_change() -> None:
    assert answer(Topic.COMPLAINT, PLACES[0])[0] != answer(Topic.COMPLAINT, PLACES[2])[0]


VOICE = Attachment("telegram:v", "voice.ogg", "audio/ogg")
CLIP = Attachment("telegram:c", "a.mp4", "video/mp4")
PHOTO = Attachment("telegram:p", "a.jpg", "image/jpeg")


@pytest.mark.parametrize(
    ("used", "said"),
    [
        ((), "Send me the right photo"),
        ((PHOTO, PHOTO), "Send me the right photo"),
        ((VOICE,), "That was: 1 voice message. Send me the right one"),
        ((CLIP, PHOTO), "That was: 1 clip and 1 photo. Send me the right one"),
    ],
)
def test_a_mistake_with_nothing_kept_calls_what_was_sent_by_its_name(
    used: tuple[Attachment, ...], said: str
) -> None:
    assert said in answer(Topic.MISTAKE, replace(PLACES[2], used=used))[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_one_is_asked_for_in_every_language(language: str) -> None:
    words, _ = answer(Topic.MISTAKE, Circumstances(Situation.PROJECT, language, used=(CLIP,)))
    assert text("kinds.clip", language, count=1) in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_are_named_in_words_and_offered_by_button(language: str) -> None:
    words, rows = answer(Topic.LANGUAGES, Circumstances(Situation.NOTHING, language))
    assert all(catalogue(code).name in words for code in LANGUAGES)
    assert rows == languages()
    assert [button.text for row in rows for button in row] == list(LANGUAGES)
    assert max(map(len, rows)) == 3
