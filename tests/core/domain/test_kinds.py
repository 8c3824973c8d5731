"""Files are called what they are."""

import pytest

from core.domain.conversation.answering import Place, answer
from core.domain.conversation.chat import what_now
from core.domain.kinds import counted, dropped, kind_of, still_here
from core.domain.policy import Situation
from core.domain.understanding import Topic
from core.i18n import LANGUAGES, text
from core.messages import Address, Attachment


@pytest.mark.parametrize(
    ("name", "mime", "kind"),
    [
        ("photo.jpg", "image/jpeg", "photo"),
        ("a.heic", "", "photo"),
        ("video_note.mp4", "video/mp4", "clip"),
        ("song.mp3", "audio/mpeg", "sound"),
        ("voice.ogg", "audio/ogg", "voice"),
        ("voice-message.ogg", "audio/ogg", "voice"),
        ("cv.pdf", "application/pdf", "file"),
    ],
)
def test_a_file_is_called_what_it_is(name: str, mime: str, kind: str) -> None:
    assert kind_of(Attachment("x:1", name, mime)) == kind


def test_several_are_counted_by_kind() -> None:
    photo, voice = Attachment("x:1", "a.jpg", "image/jpeg"), Attachment("x:2", "voice.ogg")

    assert counted((photo, voice, photo), "en") == "2 photos and 1 voice message"
    assert counted((photo, voice), "zh-Hans") == " 1 张照片和 1 条语音"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_came_without_words_is_called_by_its_kind(language: str) -> None:
    clip, voice = Attachment("x:1", "a.mp4", "video/mp4"), Attachment("x:2", "voice.ogg")
    here = Address("console", "terminal")

    words = what_now((clip, voice), language, here, private=True)

    assert counted((clip, voice), language) in words
    assert what_now((clip,), language, here, private=True).startswith("📎")
    assert what_now((Attachment("x:3"),), language, here, private=True).startswith("📷")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_waits_or_is_dropped_is_called_by_its_kind(language: str) -> None:
    files = (Attachment("x:1", "a.mp4", "video/mp4"), Attachment("x:2", "voice.ogg"))
    place = Place(Situation.PHOTO, language, photos=2, kept=files)

    for words in (answer(Topic.THANKS, place)[0], dropped(files, language)):
        assert counted(files, language) in words
    assert still_here(files[:0], language) == text("answer.next_photo", language, count=0)
