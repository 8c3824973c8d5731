"""Files are called what they are, and those that are too large, or too many, are told before any
work starts."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, decide
from core.domain.conversation.answering import Circumstances, answer
from core.domain.conversation.chat import what_now
from core.domain.gathering.files import (
    drop_label,
    file_kind,
    files_counted,
    files_dropped,
    files_out_of_reach,
    files_still_here,
    files_too_late,
    fitting_files,
    is_sound,
    oversize_files,
)
from core.domain.policy import Situation
from core.domain.understanding import Topic
from core.i18n import LANGUAGES, text
from core.messages import Address, Attachment
from core.settings import Limits, Settings
from core.skills import MB, load
from tests import messages


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
    assert file_kind(Attachment("x:1", name, mime)) == kind


def test_several_are_counted_by_kind() -> None:
    photo, voice = Attachment("x:1", "a.jpg", "image/jpeg"), Attachment("x:2", "voice.ogg")

    assert files_counted((photo, voice, photo), "en") == "2 photos and 1 voice message"
    assert files_counted((photo, voice), "zh-Hans") == " 1 张照片和 1 条语音"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_came_without_words_is_called_by_its_kind(language: str) -> None:
    clip, voice = Attachment("x:1", "a.mp4", "video/mp4"), Attachment("x:2", "voice.ogg")
    here = Address("console", "terminal")

    words = what_now((clip, voice), language, here, private=True)

    assert files_counted((clip, voice), language) in words
    assert what_now((clip,), language, here, private=True).startswith("📎")
    assert what_now((Attachment("x:3"),), language, here, private=True).startswith("📷")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_waits_or_is_dropped_is_called_by_its_kind(language: str) -> None:
    files = (Attachment("x:1", "a.mp4", "video/mp4"), Attachment("x:2", "voice.ogg"))
    around = Circumstances(Situation.PHOTO, language, photos=2, kept=files)

    for words in (answer(Topic.THANKS, around)[0], files_dropped(files, language)):
        assert files_counted(files, language) in words
    assert files_still_here(files[:0], language) == text("answer.next_photo", language, count=0)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_comes_late_or_may_be_dropped_is_called_by_its_kind(language: str) -> None:
    photo, clip = Attachment("x:1", "a.jpg", "image/jpeg"), Attachment("x:2", "a.mp4", "video/mp4")

    for files in ((clip,), (photo, clip), (photo, photo)):
        assert files_counted(files, language) in files_too_late(files, language)
    for files, named in (
        ((clip,), files_counted((clip,), language)),
        ((photo, photo), files_counted((photo, photo), language)),
        ((photo, clip), text("kinds.file", language, count=2)),
    ):
        around = Circumstances(Situation.PHOTO, language, photos=len(files), kept=files)
        ((button,),) = answer(Topic.MISTAKE, around)[1]
        assert named in button.label
    assert files_too_late((photo,), language) == text("talk.late_photo", language)
    assert drop_label((photo,), language) == drop_label((), language)
    assert drop_label((photo,), language) == text("button.drop_kept", language)


SKILLS = load()


def test_the_limit_is_that_of_the_profile_and_unknown_sizes_pass() -> None:
    at, over, unknown = (Attachment("f", bytes=size) for size in (200 * MB, 200 * MB + 1, None))
    assert oversize_files(
        (at, over, unknown), SKILLS["ai-video-generator-from-image"].max_bytes
    ) == (over,)
    assert oversize_files((at, over, unknown), SKILLS["how-to-create-ai-video"].max_bytes) == ()


def test_what_the_platform_does_not_hand_out_is_known_before_it_is_tried() -> None:
    small, large = Attachment("f", bytes=20), Attachment("f", bytes=21)
    assert files_out_of_reach((small, large), 20) == (large,)
    assert files_out_of_reach((small, large), 0) == ()


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
    assert fitting_files(more, there, limits) == more[:fits]


def test_a_file_of_unknown_size_takes_no_room_before_it_is_there() -> None:
    unknown = (Attachment("c"),)
    assert fitting_files(unknown, (Attachment("a", bytes=MB),), Limits(mb_per_request=1)) == unknown


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


def test_what_is_heard_is_known_by_its_claim_and_by_its_name() -> None:
    heard = [("a.bin", "audio/mp4"), ("Song.MP3", ""), ("voice.ogg", "audio/ogg")]
    seen = [("a.jpg", "image/jpeg"), ("a.mp4", "video/mp4"), ("", "")]
    assert all(is_sound(Attachment("r", *claimed)) for claimed in heard)
    assert not any(is_sound(Attachment("r", *claimed)) for claimed in seen)
