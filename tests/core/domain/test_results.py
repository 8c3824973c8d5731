"""The result of a request: one line, what is new in a line or two, and the few buttons that make
sense there."""

from dataclasses import replace
from typing import Any

import pytest

from core.domain.conversation import Chat, Context, decide
from core.domain.formatting import Rich
from core.domain.formatting.rich import caveats, first_lines, gist
from core.domain.replies import buttons, results
from core.domain.requests import Job, Notice, Plan, Project, State, Step
from core.domain.versions import Shown
from core.i18n import LANGUAGES, text
from core.messages import Address, Command, Outbound, Single, Span, Style
from core.nemo.draft import Digest
from core.nemo.draft.timeline import outline
from core.nemo.gui import GuiAction
from core.settings import Settings
from core.skills import load
from tests import messages
from tests.knowing import knowing

NOW = 1_800_000_000.0
HERE = Address("telegram", "5")
URL = "https://files.example/a.mp4"
FILM = '{"t":[{"tt":0,"sg":[{"d":1000}]}]}'
SKILLS = load()
EMPTY = Digest("{}", "f")


def job(*, edit: bool = False, **turn: Any) -> Job:
    """A finished request: a first video, or a change of one that was there."""
    known = knowing(
        words="waves", url=URL, balance=0, spent=100, before=FILM if edit else "{}",
        summary=turn.pop("changes", "Length 3s · 1 photo"), **turn,
    )  # fmt: skip
    shown = Shown(2, earlier=True) if edit else None
    known = replace(known, export=replace(known.export, shown=shown))
    plan = Plan.EDIT if edit else Plan.MAKE
    return Job(7, "", "u", HERE, plan, Step.LINK, known, state=State.DONE, created=NOW)


def labels(notice: Notice) -> list[str]:
    return [button.label for row in notice.buttons for button in row]


def commands(notice: Notice) -> list[Command | None]:
    return [button.command for row in notice.buttons for button in row]


def test_a_first_video_says_in_one_line_what_it_is() -> None:
    said = results.video_ready(
        job(reply="I looked at your photo. Your video is ready on the timeline.")
    )
    assert said.text == "🎬 Your video is ready!\n\nLength 3s · 1 photo"
    assert commands(said) == [Command.EDIT, Command.AGAIN, Command.ELSEWHERE, Command.DETAILS]
    assert said.video is not None
    assert said.receipt == "💳 Used 100 credits, none left."


def test_a_change_says_what_is_new_and_leads_back() -> None:
    said = results.video_ready(job(edit=True, changes='• Title "Summer" added (0-3s)'))
    assert said.text == '🎬 Here is your new version:\n\n• Title "Summer" added (0-3s)'
    assert commands(said) == [Command.EDIT, Command.AGAIN, Command.UNDO, Command.DETAILS]
    assert [len(row) for row in said.buttons] == [2, 2]


def test_a_change_that_we_cannot_name_is_told_in_the_services_words() -> None:
    vague = f"• {text('draft.updated', 'en')}"
    said = results.video_ready(
        job(edit=True, changes=vague, reply="The pictures are brighter now.")
    )
    assert said.text == "🎬 Here is your new version:\n\nThe pictures are brighter now."
    assert vague in results.video_ready(job(edit=True, changes=vague, reply="")).text


def test_what_is_not_as_it_was_wished_is_said_and_what_is_asked_is_said_whole() -> None:
    limited = "The video is ready. I could not find a font for that title, so I left it out. Enjoy!"
    said = results.video_ready(job(reply=limited)).text.split("\n\n")
    assert said[2:] == ["I could not find a font for that title, so I left it out."]
    asked = "The video is ready. Shall I add music?"
    assert results.video_ready(job(reply=asked)).text.endswith(asked)


def test_where_nothing_is_known_of_the_timeline_the_service_is_quoted_in_short() -> None:
    said = results.video_ready(job(changes="", reply="A calm clip of waves. " * 40))
    assert said.text.startswith("🎬 Your video is ready!\n\nA calm clip of waves. A calm")
    assert len(said.text) < 300


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_who_gets_it_from_a_friend_reads_nothing_of_money_or_links(language: str) -> None:
    said = results.video_ready(replace(job(edit=True), language=language))
    assert "💳" not in said.text
    assert "http" not in said.text
    assert said.receipt == text("result.spent_all", language, spent=100)
    assert len(said.text) < 300


def test_among_others_nobody_reads_what_it_cost() -> None:
    assert results.video_ready(replace(job(), private=False)).receipt == ""


def test_a_turn_that_broke_off_is_noted_beside_what_came_of_it() -> None:
    assert text("result.problem_noted", "en") in results.video_ready(job(failed=True)).text


MIDST = Shown(2, earlier=True, later=True)


@pytest.mark.parametrize(
    ("shown", "known", "under", "left"),
    [
        (MIDST, {}, ["edit", "undo", "redo", "details"], ["again", "elsewhere"]),
        (Shown(2, later=True), {}, ["edit", "again", "redo", "details"], ["elsewhere"]),
        (None, {"unrequested": ("audio",)}, ["edit", "again", "details", "strip:audio"],
         ["elsewhere"]),
        (MIDST, {"unrequested": ("audio",)}, ["edit", "undo", "details", "strip:audio"],
         ["redo", "again", "elsewhere"]),
        (MIDST, {"unrequested": ("audio", "text")},
         ["edit", "details", "strip:audio", "strip:text"], ["undo", "redo", "again", "elsewhere"]),
        (None, {"actions": (GuiAction.EDIT,)}, ["edit", "again", "details", "do-it"],
         ["elsewhere"]),
        (Shown(2, earlier=True), {"options": ("blue", "red")}, ["a0", "a1", "edit", "details"],
         ["undo", "again", "elsewhere"]),
    ],
)  # fmt: skip
def test_under_a_video_are_four_buttons_at_most_and_the_rest_is_among_its_details(
    shown: Shown | None, known: dict[str, Any], under: list[str], left: list[str]
) -> None:
    made = job(edit=True, **known)
    export = replace(made.progress.export, shown=shown)
    made = replace(made, progress=replace(made.progress, export=export))
    named = [
        b.text or str(b.command) for row in results.video_ready(made, 50.0).buttons for b in row
    ]
    rest = [button for row in buttons.details_buttons(made) for button in row]
    assert (named, [str(b.command) for b in rest]) == (under, left)
    assert {b.job for b in rest} == {7}, "they act on this video"
    assert max(map(len, results.video_ready(made).buttons)) <= 3


def test_three_short_buttons_stand_side_by_side_and_long_ones_two_and_two() -> None:
    added = job(unrequested=("audio",))
    shapes = {
        language: tuple(map(len, buttons.under_video(replace(added, language=language))))
        for language in LANGUAGES
    }
    assert (shapes["en"], shapes["zh-Hans"]) == ((3, 1), (3, 1))
    assert (2, 1, 1) in shapes.values(), "some languages need more room"


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_earlier_timeline_was_gone_stands_in_the_result(language: str) -> None:
    gone = text("result.timeline_gone", language)
    lost = replace(job(lost=True), language=language)
    for said in (
        results.video_ready(lost),
        results.project_changed(lost),
        results.project_unchanged(lost, EMPTY),
    ):
        assert said.text.endswith(gone)
    assert gone not in results.video_ready(replace(job(), language=language)).text


def pressed(made: Job | None, *, private: bool = True, **chat: Any) -> Outbound:
    """The answer to *Details*."""
    inbound = messages.asked("m", "u", HERE, "", private=private, command=Command.DETAILS, job=7)
    context = Context(Chat("u", HERE, **chat), SKILLS, Settings(), named=made)
    (post,) = decide(context, inbound, NOW).posts
    return post


def test_the_rest_is_told_on_demand() -> None:
    made = job(edit=True, reply="Done **well**.", timeline="Timeline (1 track):\n1. Video: photo 1")
    said = pressed(made, project=Project("s-1", claim="sealed", claimed=NOW + 9))
    assert said.text.startswith("Timeline (1 track):\n1. Video: photo 1\n\nLength 3s")
    assert said.text.endswith("Done well.\n\n💳 Used 100 credits, none left.")
    assert [said.text[span.start : span.stop] for span in said.spans] == ["well"]
    pages, (elsewhere,) = said.buttons
    assert [button.url for button in pages] == [URL, "sealed:sealed"]
    assert (elsewhere.command, elsewhere.job) == (Command.ELSEWHERE, 7)
    assert said.manner == Single(silent=True)


def test_among_others_it_tells_neither_the_price_nor_the_way_into_the_project() -> None:
    said = pressed(job(timeline="Timeline"), private=False, project=Project("s-1", claim="sealed"))
    assert said.text == "Timeline"
    assert [[button.url for button in row] for row in said.buttons] == [[URL]]


def test_who_asks_about_a_video_that_is_forgotten_or_of_which_nothing_is_known_is_told_so() -> None:
    assert pressed(None).text == text("talk.again_gone", "en")
    bare = Job(7, "", "u", HERE, Plan.EXPORT, Step.LINK, created=NOW)
    assert pressed(bare).text == text("result.no_details", "en")
    assert pressed(bare).buttons == ()


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        ("", ""),
        ("• a", "• a"),
        ("• a\n• b", "• a\n• b"),
        ("• a\n• b\n• c", "• a\n• … +2"),
    ],
)
def test_of_many_changes_the_first_is_named_and_the_rest_counted(summary: str, shown: str) -> None:
    assert first_lines(summary) == shown


@pytest.mark.parametrize(
    ("words", "first", "but"),
    [
        ("", "", ""),
        ("Here is what I made:\n1. a clip", "1. a clip", ""),
        ("Done. It is 3 s long.", "Done. It is 3 s long.", ""),
        ("Done! I couldn’t add music.", "Done! I couldn’t add music.", "I couldn’t add music."),
        ("做好了。但是没有音乐。", "做好了。 但是没有音乐。", "但是没有音乐。"),
        ("Fertig. Leider ohne Musik", "Fertig. Leider ohne Musik", "Leider ohne Musik"),
        ("不需要的话告诉我“去掉音乐”。", "不需要的话告诉我“去掉音乐”。", ""),
        ("x" * 300, "", ""),
    ],
)
def test_of_long_words_whole_sentences_are_taken(words: str, first: str, but: str) -> None:
    assert gist(Rich(words)).text == first
    assert caveats(Rich(words)).text == but


def test_what_is_set_apart_stays_so() -> None:
    said = Rich("All done. No **music**, sorry.".replace("**", ""), (Span(13, 18, Style.BOLD),))
    assert caveats(said) == Rich("No music, sorry.", (Span(3, 8, Style.BOLD),))


SIZE = {"width": 1080, "height": 1920}
PHOTOS = {"tt": 0, "sg": [{"m": {"name": f"7-{n}.jpg"}, "d": 2000} for n in (1, 2, 3)]}
SONG = {"tt": 1, "sg": [{"m": {"title": "Rain"}, "d": 6000}]}
NAMELESS = {"tt": 1, "sg": [{"d": 6000}]}
TITLES = {"tt": 7, "sg": [{"m": {"text": word}, "d": 1000} for word in ("Hi", "Bye")]}


@pytest.mark.parametrize(
    ("drafted", "line"),
    [
        ({}, ""),
        ({"t": [{"tt": 0, "sg": []}], "m": SIZE}, ""),
        ({"t": [PHOTOS, SONG, TITLES], "m": SIZE},
         'Length 6s · 9:16 · 3 photos · Music "Rain" · 2 titles'),
        ({"t": [PHOTOS, NAMELESS], "m": {"width": 500, "height": 300}},
         "Length 6s · 3 photos · Music"),
        ({"t": [{"tt": 0, "sg": [{}]}]}, "Clip"),
    ],
)  # fmt: skip
def test_a_whole_timeline_in_one_line(drafted: object, line: str) -> None:
    assert outline(drafted, "en") == line


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reel_without_photos_says_that_nobody_is_left(language: str) -> None:
    assert results.nobody_left(language) == Notice(text("reel.nobody_left", language), final=True)
