"""/presets: a page of looks, and what becomes of one that is chosen."""

from dataclasses import replace

import pytest

from core.domain.conversation import Chat, Context, Decision, close, decide
from core.domain.conversation.presets import SOON
from core.domain.gathering import Bundle, Item
from core.domain.parts import parted
from core.domain.requests import Job, Payer, Plan, Project, Step
from core.i18n import LANGUAGES
from core.messages import Address, Attachment, Command, Gallery, Inbound, Toast
from core.settings import Settings
from core.skills import Preset, Presets, available_presets, load
from tests import messages
from tests.outgoing import outgoing

NOW = 1_800_000_000.0
HERE, GROUP = Address("telegram", "7"), Address("telegram", "-100")
PROJECT = Project("s-1", "t-1", "anon_1", Payer.ANONYMOUS, made=True)
SKILLS, LOOKS = load(), available_presets(None)
PHOTO = Attachment("telegram:p", "cat.jpg", "image/jpeg")
ZOOM, STORY = LOOKS[0], LOOKS[1]


def many(count: int) -> Presets:
    return tuple(replace(ZOOM, slug=f"look-{number}") for number in range(count))


def known(presets: Presets = LOOKS, **more: object) -> Context:
    chat = more.pop("chat", Chat("7", HERE))
    return Context(chat, SKILLS, Settings(), presets=presets, **more)  # type: ignore[arg-type]


def waiting(**more: object) -> Chat:
    return Chat("7", HERE, kept=(PHOTO,), kept_since=(NOW,), kept_at=NOW, **more)  # type: ignore[arg-type]


def asks(words: str = "") -> Inbound:
    return messages.asked(id="m1", user="7", address=HERE, text=words, command=Command.PRESETS)


def gallery(decision: Decision) -> Gallery:
    (post,) = decision.posts
    assert post.gallery is not None
    return post.gallery


def labels(decision: Decision) -> list[list[str]]:
    return [[button.label for button in row] for row in decision.posts[0].buttons]


def test_ten_looks_fit_on_one_page_of_five_rows() -> None:
    decision = decide(known(), asks(), NOW)
    shown = gallery(decision)
    assert (len(shown.of), shown.first) == (10, 1)
    assert shown.alt.startswith("Pick a look: Slow zoom, For TikTok")
    assert [len(row) for row in labels(decision)] == [2] * 5
    assert labels(decision)[0] == ["1 · Slow zoom", "2 · For TikTok"]
    assert {button.text for button in decision.posts[0].buttons[0]} == {"t:slow-zoom", "t:story"}


@pytest.mark.parametrize(
    ("words", "first", "count", "more"),
    [
        ("", 1, 8, "p:1"),
        ("p:1", 9, 8, "p:2"),
        ("p:2", 17, 3, "p:0"),
        ("p:3", 1, 8, "p:1"),
        ("p:x", 1, 8, "p:1"),
    ],
)
def test_more_looks_than_ten_are_paged_in_rows_that_every_platform_shows(
    words: str, first: int, count: int, more: str
) -> None:
    decision = decide(known(many(19)), asks(words), NOW)
    assert (gallery(decision).first, len(gallery(decision).of)) == (first, count)
    assert len(labels(decision)) <= 5
    assert decision.posts[0].buttons[-1][0].text == more


def test_a_profile_shows_only_its_own() -> None:
    slugs = {
        skill: gallery(decide(known(chat=Chat("7", HERE, skill=skill)), asks(), NOW)).of
        for skill in SKILLS
    }
    assert "product" in slugs["ai-video-generator-from-image"]
    assert "product" not in slugs["for-beginners-ai-image"]
    assert gallery(decide(known(()), asks(), NOW)).of == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_photos_that_wait_one_video_is_begun_in_the_words_of_the_look(language: str) -> None:
    context = known(chat=waiting(language=language))
    decision = decide(context, asks("t:story"), NOW)
    (start,) = decision.start
    assert (start.job.plan, start.job.bundle.words) == (Plan.MAKE, STORY.words[language])
    assert start.job.bundle.agreed
    closed = close(start.job, context.chat, context.skill, NOW + 2, Settings())
    assert closed.progress.wish.words == STORY.words[language]
    assert closed.progress.wish.files == (PHOTO,)


@pytest.mark.parametrize("project", [None, PROJECT])
def test_without_photos_it_is_kept_and_photos_are_asked_for(project: Project | None) -> None:
    decision = decide(known(chat=Chat("7", HERE, project=project)), asks("t:story"), NOW)
    assert (decision.start, decision.grow) == ((), ())
    assert decision.chat.wish == STORY.words["en"]
    assert decision.posts[0].text.startswith("🎨 “For TikTok” it is. Now send me the photos")


def test_another_look_takes_the_place_of_the_first_and_leaves_other_words() -> None:
    chat = Chat("7", HERE, wish=f"add snow\n{STORY.words['en']}", wish_at=NOW)
    decision = decide(known(chat=chat), asks("t:slow-zoom"), NOW)
    assert decision.chat.wish == f"add snow\n{ZOOM.words['en']}"


def gathering(words: str = "", created: float = NOW) -> Job:
    bundle = Bundle((Item(1, PHOTO),), opened=created, addressed=True)
    job = Job(3, "l", "7", HERE, Plan.MAKE, Step.GATHER, bundle=bundle, created=created)
    if not words:
        return job
    start = decide(known(chat=waiting()), asks("t:story"), created).start[0].job
    return replace(start, id=3)


def test_photos_that_came_a_moment_ago_are_waiting_too() -> None:
    decision = decide(known(open=(gathering(),)), asks("t:story"), NOW)
    (grown,) = decision.grow
    assert (grown.bundle.words, decision.start) == (STORY.words["en"], ())


def test_a_second_tap_begins_nothing_and_keeps_nothing() -> None:
    begun = gathering(STORY.words["en"])
    decision = decide(known(open=(begun,)), asks("t:story"), NOW + 1)
    assert (decision.start, decision.grow, decision.chat.wish) == ((), (), "")
    assert isinstance(decision.posts[0].manner, Toast)
    later = decide(known(open=(begun,)), asks("t:story"), NOW + SOON)
    assert later.chat.wish == STORY.words["en"], "it is meant for the next photos"


@pytest.mark.parametrize(
    ("words", "look"),
    [("slow-zoom", ZOOM), ("Slow  ZOOM", ZOOM), ("für tiktok", STORY), ("t:gone", None)],
)
def test_a_look_can_be_named_behind_the_command(words: str, look: Preset | None) -> None:
    language = "de" if "ü" in words else "en"
    decision = decide(known(chat=Chat("7", HERE, language=language)), asks(words), NOW)
    assert decision.chat.wish == (look.words[language] if look else "")
    assert bool(decision.posts[0].gallery) is (look is None)


def test_in_a_group_it_is_said_how_photos_reach_the_bot() -> None:
    inbound = messages.asked(
        id="m1", user="7", address=GROUP, text="t:story", command=Command.PRESETS, private=False
    )
    decision = decide(known(chat=Chat("7", GROUP)), inbound, NOW)
    assert "In this group I see only messages that mention me" in decision.posts[0].text


def test_the_words_under_the_picture_are_parted_as_under_any_file() -> None:
    long = outgoing(HERE, "Looks\n\n" + "word " * 300, media=Gallery(("story",)))
    head, rest = parted(long, 4096, 1024)
    assert (head.text, head.gallery) == ("Looks", Gallery(("story",)))
    assert rest is not None
    assert rest.gallery is None
