"""A picture in place of a film that cannot be had: of what, when, and with which words."""

from dataclasses import replace

import pytest

from core.domain.replies import results
from core.domain.requests import Fail, Job, Next, Notice, Plan, State, Step, advance, to_outbound
from core.domain.requests.posting import MOST, photos_shown, still
from core.domain.versions import Shown, Version, Versions
from core.i18n import LANGUAGES, text
from core.messages import Address, Attachment, Command, Gallery, Video
from tests.knowing import knowing

NOW = 1_800_000_000.0
CLIP = Attachment("fake:clip", "a.mp4", "video/mp4")
PHOTOS = tuple(Attachment(f"fake:{number}", f"{number}.jpg", "image/jpeg") for number in range(6))
WAY = Versions(
    (
        Version(1, 0, files=(CLIP, *PHOTOS[:2])),
        Version(2, 1, files=PHOTOS[2:3]),
        Version(3, 1, files=PHOTOS[3:]),
    ),
    3,
)


def job(
    plan: Plan = Plan.EDIT, step: Step = Step.POLL, state: State = State.OPEN, **more: object
) -> Job:
    known = knowing(words="slower", **more)
    known = replace(known, export=replace(known.export, photos=PHOTOS[:2]))
    return Job(7, "", "u", Address("fake", "c"), plan, step, known, state=state, created=NOW)


@pytest.mark.parametrize(
    ("number", "files", "photos"),
    [
        (2, (), PHOTOS[:3]),
        (3, (), (*PHOTOS[:2], *PHOTOS[3:5])),
        (0, (CLIP, PHOTOS[5]), PHOTOS[5:]),
        (0, (), ()),
    ],
)
def test_it_shows_the_first_photos_of_the_version(
    number: int, files: tuple[Attachment, ...], photos: tuple[Attachment, ...]
) -> None:
    known = job(files=files)
    shown = Shown(number) if number else None
    known = replace(known, progress=replace(known.progress, export=replace(
        known.progress.export, shown=shown)))  # fmt: skip
    assert photos_shown(known, WAY) == photos
    assert len(photos) <= MOST


@pytest.mark.parametrize(
    ("plan", "step", "state", "there"),
    [
        (Plan.MAKE, Step.RENDER, State.FAILED, True),
        (Plan.EDIT, Step.POLL, State.FAILED, True),
        (Plan.RESTORE, Step.LINK, State.FAILED, True),
        (Plan.EDIT, Step.POLL, State.OPEN, False),
        (Plan.EDIT, Step.LINK, State.DONE, False),
        (Plan.EDIT, Step.GENERATE, State.FAILED, False),
        (Plan.EXPORT, Step.POLL, State.FAILED, False),
    ],
)
def test_it_stands_for_a_change_whose_film_does_not_come(
    plan: Plan, step: Step, state: State, there: bool
) -> None:
    assert bool(still(job(plan, step, state))) is there


def test_photos_of_a_group_reel_are_kept_with_no_request() -> None:
    reel = job(Plan.MAKE, files=PHOTOS)
    reel = replace(reel, progress=replace(reel.progress, wish=replace(
        reel.progress.wish, reel=3)))  # fmt: skip
    assert photos_shown(reel, WAY) == ()


def test_without_a_photo_there_are_only_words() -> None:
    bare = job(state=State.FAILED)
    bare = replace(bare, progress=replace(bare.progress, export=replace(
        bare.progress.export, photos=())))  # fmt: skip
    assert still(bare) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_words_say_what_it_is_and_what_is_new_and_the_export_is_one_tap_away(
    language: str,
) -> None:
    new = "• one\n• two\n• three"
    edited = replace(job(summary=new), language=language)
    (post,) = advance(edited, Fail(results.render_failed(language)), NOW).posts
    said = (
        text("trouble.render_failed", language),
        text("result.still", language),
        "• one\n• … +2",
    )
    assert post.text == "\n\n".join(said)
    assert post.gallery == Gallery(first=0, alt=text(
        "result.alt", language, words="slower"), photos=PHOTOS[:2])  # fmt: skip
    assert post.buttons[0][0].command is Command.EXPORT


def test_of_a_version_that_was_gone_back_to_it_is_said_which() -> None:
    gone_back = job(Plan.RESTORE)
    export = replace(gone_back.progress.export, shown=Shown(2, restored=True), outline="Length 5s")
    gone_back = replace(gone_back, progress=replace(gone_back.progress, export=export))
    (post,) = advance(gone_back, Fail(results.render_failed("en")), NOW).posts
    *_, version, new = post.text.split("\n\n")
    assert (version[:18], new) == ("↩️ Version 2 again", "Length 5s")


def test_a_film_that_came_has_no_picture_in_its_place() -> None:
    video = Video("https://x.example/v.mp4")
    (post,) = advance(job(step=Step.LINK), Next(job().progress, Notice(
        "There!", video=video, final=True), last=True), NOW).posts  # fmt: skip
    assert (post.media, post.text) == (video, "There!")
    status = to_outbound(job(state=State.FAILED), Notice("On it"))
    assert status.media is None
