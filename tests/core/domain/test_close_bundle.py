"""What a complete pile amounts to: batches, requests run again, and the profile that suits the
files."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, close
from core.domain.gathering import Bundle, Item, Line
from core.domain.requests import Job, Kept, Plan, Project, Step
from core.domain.understanding.assigning import one_of
from core.messages import Address, Attachment
from core.settings import Settings
from core.skills import load
from tests.knowing import knowing

NOW = 1_800_000_000.0
HERE = Address("fake", "c")
SKILL = load()["ai-video-generator-from-image"]
CHAT = Chat("u", HERE)
THREE = tuple(Attachment(f"fake:{number}", f"{number}.jpg", "image/jpeg") for number in range(3))


def job(words: str, *files: Attachment, **more: object) -> Job:
    items = tuple(Item(place, file) for place, file in enumerate(files))
    lines = tuple(Line(place, line) for place, line in enumerate(filter(None, [words])))
    bundle = replace(Bundle(items, lines, opened=NOW, addressed=True), **more)  # type: ignore[arg-type]
    return Job(1, "lock", "u", HERE, Plan.MAKE, Step.GATHER, bundle=bundle)


def test_a_photo_that_waits_and_is_answered_with_words_is_there_once() -> None:
    waiting = CHAT.keeping(Kept(THREE[:2]), NOW)
    outcome = close(job("make it move", THREE[0]), waiting, SKILL, NOW, Settings())
    assert sorted(file.ref for file in outcome.progress.wish.files) == ["fake:0", "fake:1"]


@pytest.mark.parametrize(
    ("words", "file", "plan"),
    [
        ("use this song", Attachment("fake:p", "a.jpg", "image/jpeg"), None),
        ("make it dance", Attachment("fake:p", "a.jpg", "image/jpeg"), Plan.MAKE),
    ],
)
def test_words_about_a_sound_that_could_not_be_taken_are_none_for_a_photo(
    words: str, file: Attachment, plan: Plan | None
) -> None:
    chat = replace(CHAT.keeping(Kept((), words), NOW), project=Project("s", made=True))
    outcome = close(job("", file), chat, SKILL, NOW, Settings())
    assert outcome.plan is plan
    assert outcome.last is (plan is None)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("here it is", "make it dance\nhere it is"),
        ("make a slow video of the sea", "make a slow video of the sea"),
    ],
)
def test_a_command_with_photos_takes_up_what_waits_unless_it_is_a_wish_itself(
    said: str, words: str
) -> None:
    waiting = CHAT.keeping(Kept((), "make it dance"), NOW)
    outcome = close(job(said, THREE[0], agreed=True), waiting, SKILL, NOW, Settings())
    assert outcome.progress.wish.words == words


def test_a_video_once_more_leaves_alone_what_waits_for_another_one() -> None:
    waiting = CHAT.keeping(Kept(THREE[:2], "make it dance"), NOW)
    again = job("make it move", THREE[0], anew=True, agreed=True)
    outcome = close(again, waiting, SKILL, NOW, Settings())
    assert outcome.progress.wish.files == THREE[:1]
    assert outcome.progress.wish.words == "make it move"
    assert outcome.keep == Kept(THREE[1:2], "make it dance")


@pytest.mark.parametrize("words", ["make one video of each", "每张照片各做一个视频"])
def test_one_video_of_each_is_a_request_for_every_file(words: str) -> None:
    outcome = close(job(words, *THREE), CHAT, SKILL, NOW, Settings())
    assert [spawned.progress.wish.files for spawned in outcome.spawn] == [(file,) for file in THREE]
    assert all(
        spawned.step is Step.CONNECT and spawned.progress.connection.fresh
        for spawned in outcome.spawn
    )
    assert all(spawned.bundle.addressed for spawned in outcome.spawn)
    assert [spawned.bundle.files for spawned in outcome.spawn] == [(file,) for file in THREE]
    assert (outcome.last, outcome.keep) == (True, Kept())
    assert outcome.notice is not None
    assert "3" in outcome.notice.text


def test_as_many_lines_as_files_are_instructions_of_their_own() -> None:
    words = "one video of each: slow zoom\nwith the title Sea\n10 seconds, vertical"
    outcome = close(job(words, *THREE), CHAT, SKILL, NOW, Settings())
    assert [spawned.progress.wish.words for spawned in outcome.spawn] == [
        "one video of this: slow zoom",
        "Make a short video of this photo: with the title Sea",
        "Make a short video of this photo: 10 seconds, vertical",
    ]


@pytest.mark.parametrize(
    ("words", "one"),
    [
        ("make one video of each", "make one video of this"),
        ("one video each please", "one video please"),
        (
            "turn every one of them into a 5-second clip, separately",
            "turn this into a 5-second clip,",
        ),
        ("make a video from each photo", "make a video from this photo"),
        ("每张照片各做一个视频", "这张照片做一个视频"),
        ("分别做成10秒视频", "做成10秒视频"),
        ("One Clip EACH please", "One Clip please"),
        ("Animate EVERY ONE of them, SEPARATELY", "Animate this,"),
        ("逐张做成视频，各自10秒", "这张做成视频，10秒"),
    ],
)
def test_a_single_one_is_asked_for_in_the_singular(words: str, one: str) -> None:
    assert one_of(words) == one


def test_a_resolution_is_read_from_the_wish() -> None:
    assert (
        close(
            job("make a 1080p video", THREE[0]), CHAT, SKILL, NOW, Settings()
        ).progress.wish.resolution
        == "1080p"
    )


@pytest.mark.parametrize(
    ("words", "photos", "kept_wish", "ago", "files"),
    [
        ("make it move", (), "", 9999.0, ["fake:0"]),
        ("make it move", THREE[1:2], "", 1.0, ["fake:0", "fake:1"]),
        ("make it move", THREE[1:2], "", 9999.0, ["fake:1"]),
        ("make it move", THREE[1:2], "a film", 1.0, ["fake:1"]),
    ],
)
def test_photos_that_wait_are_meant_by_words_alone_and_by_a_photo_just_after_them(
    words: str, photos: tuple[Attachment, ...], kept_wish: str, ago: float, files: list[str]
) -> None:
    waiting = CHAT.keeping(Kept(THREE[:1], kept_wish), NOW - ago)
    outcome = close(job(words, *photos), waiting, SKILL, NOW, Settings())
    assert [file.ref for file in outcome.progress.wish.files] == files


@pytest.mark.parametrize(("room", "made"), [(None, 3), (3, 3), (2, 2), (1, 1)])
def test_a_wish_that_waited_for_its_photos_goes_as_far_as_the_daily_limit(
    room: int | None, made: int
) -> None:
    waiting = CHAT.keeping(Kept((), "make one video of each"), NOW)
    outcome = close(job("", *THREE), waiting, SKILL, NOW, Settings(), room=room)
    assert len(outcome.spawn) == made
    assert outcome.keep == (Kept() if made == 3 else Kept(THREE[made:], "make one video of each"))


def test_words_of_a_command_under_a_photo_are_never_paid_for() -> None:
    outcome = close(job("export 1080p MP4", THREE[0]), CHAT, SKILL, NOW, Settings())
    assert outcome.last
    assert outcome.keep == Kept((THREE[0],))


def test_a_batch_goes_as_far_as_the_daily_limit_and_keeps_the_rest() -> None:
    outcome = close(job("make one video of each", *THREE), CHAT, SKILL, NOW, Settings(), room=2)
    assert len(outcome.spawn) == 2
    assert outcome.keep == Kept(THREE[2:], "make one video of each")
    assert outcome.notice is not None
    assert (
        outcome.notice.text
        == "👍 One video of each. Today's limit allows 2; the other 1 are kept until tomorrow.\n"
        "💳 About 200 credits in all."
    )


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("add this one at the end", False),
        ("add this one at the end?", True),
        ("把这张加到最后", False),
        ("把这张加到最后？", True),
    ],
)
def test_a_photo_for_the_project_is_added_by_an_order_and_asked_about_after_a_question(
    words: str, asked: bool
) -> None:
    chat = replace(CHAT, project=Project("s-1", made=True))
    outcome = close(job(words, THREE[0]), chat, SKILL, NOW, Settings())
    assert (outcome.plan is None, outcome.last) == (asked, asked)
    assert bool(outcome.keep and outcome.keep.offers) is asked


@pytest.mark.parametrize(
    ("words", "asks", "anew", "fresh"),
    [
        ("make a video", False, False, True),
        ("make a video", False, True, True),
        ("make a video", True, False, False),
        ("make a video", True, True, True),
        ("here is the missing photo", False, False, False),
    ],
)
def test_a_photo_with_a_wish_joins_a_project_without_a_video_only_where_it_is_asked_for(
    words: str, asks: bool, anew: bool, fresh: bool
) -> None:
    chat = replace(CHAT, project=Project("s-1", asks=asks))
    outcome = close(job(words, THREE[0], anew=anew), chat, SKILL, NOW, Settings())
    assert outcome.progress.connection.fresh is fresh


def test_an_edit_run_again_stays_with_its_project() -> None:
    chat = replace(CHAT, project=Project("s-1", made=True))
    outcome = close(job("make it blue"), chat, SKILL, NOW, Settings())
    assert (outcome.plan, outcome.progress.connection.fresh) == (Plan.EDIT, False)


def test_a_video_of_words_alone_made_again_is_another_one() -> None:
    chat = replace(CHAT, project=Project("s-1", made=True))
    outcome = close(
        job("a sunset over the sea", anew=True, agreed=True), chat, SKILL, NOW, Settings()
    )
    assert (outcome.plan, outcome.progress.connection.fresh) == (Plan.MAKE, True)


@pytest.mark.parametrize(("made", "plan"), [(True, Plan.EDIT), (False, Plan.MAKE)])
def test_what_is_said_about_a_project_without_a_video_ends_with_one(made: bool, plan: Plan) -> None:
    chat = replace(CHAT, project=Project("s-1", made=made))
    assert close(job("vertical"), chat, SKILL, NOW, Settings()).plan is plan


@pytest.mark.parametrize(
    ("sound", "skill"),
    [
        (Attachment("fake:9", "voice.ogg", "audio/ogg"), "how-to-create-ai-video"),
        (Attachment("fake:9", "Voice-over.MP3"), "how-to-create-ai-video"),
        (Attachment("fake:9", "clip.mp4", "video/mp4"), ""),
    ],
)
def test_photos_with_a_voice_over_get_the_profile_made_for_them(
    sound: Attachment, skill: str
) -> None:
    asked = job("a promo video", THREE[0], sound)
    assert close(asked, CHAT, SKILL, NOW, Settings()).skill == skill
    assert (
        close(asked, replace(CHAT, skill="best-image-to-video-ai"), SKILL, NOW, Settings()).skill
        == ""
    ), "the user's own choice"
    assert close(job("a promo video", sound), CHAT, SKILL, NOW, Settings()).skill == "", "no photos"


@pytest.mark.parametrize(
    ("words", "skill"),
    [
        ("a promo with my voice-over", "how-to-create-ai-video"),
        ("add a voiceover and make a video", "how-to-create-ai-video"),
        ("make a video with my narration", "how-to-create-ai-video"),
        ("配上旁白做成视频", "how-to-create-ai-video"),
        ("a video with soft music", ""),
    ],
)
def test_words_about_a_voice_over_suggest_the_profile_made_for_it(words: str, skill: str) -> None:
    assert close(job(words, THREE[0]), CHAT, SKILL, NOW, Settings()).skill == skill
    assert close(job(words), CHAT, SKILL, NOW, Settings()).skill == "", "no photos"


def test_the_resolution_that_is_asked_for_goes_with_the_request() -> None:
    assert close(
        job("turn this into a 720p video", THREE[0]), CHAT, SKILL, NOW, Settings()
    ).progress == knowing(
        words="turn this into a 720p video",
        lines=1,
        files=(THREE[0],),
        fresh=True,
        resolution="720p",
    )
