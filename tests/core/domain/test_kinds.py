"""Files are called what they are."""

import pytest

from core.domain.conversation.answering import Place, answer
from core.domain.conversation.chat import what_now
from core.domain.files import counted, dropped, kind_of, still_here, to_drop, too_late
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


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_comes_late_or_may_be_dropped_is_called_by_its_kind(language: str) -> None:
    photo, clip = Attachment("x:1", "a.jpg", "image/jpeg"), Attachment("x:2", "a.mp4", "video/mp4")

    for files in ((clip,), (photo, clip), (photo, photo)):
        assert counted(files, language) in too_late(files, language)
    for files, named in (
        ((clip,), counted((clip,), language)),
        ((photo, photo), counted((photo, photo), language)),
        ((photo, clip), text("kinds.file", language, count=2)),
    ):
        place = Place(Situation.PHOTO, language, photos=len(files), kept=files)
        ((button,),) = answer(Topic.MISTAKE, place)[1]
        assert named in button.label
    assert too_late((photo,), language) == text("talk.late_photo", language)
    assert to_drop((photo,), language) == to_drop((), language)
    assert to_drop((photo,), language) == text("button.drop_kept", language)
