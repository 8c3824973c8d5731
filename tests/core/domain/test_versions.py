"""The versions of a project: which is before and after which, and what the service is told where it
works on another."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.domain.gathering import Bundle, Line
from core.domain.replies import results
from core.domain.replies.buttons import undo
from core.domain.requests import Job, Plan, Project, Snapshot, Step
from core.domain.requests.turn_reading import (
    LONGEST,
    history_of,
    showing_version,
    turn_words,
    version_at_hand,
    version_shown,
)
from core.domain.versions import (
    NEWEST,
    Direction,
    History,
    Move,
    Shown,
    Version,
    Versions,
    mark,
    numbered,
    shown,
)
from core.i18n import LANGUAGES, text
from core.messages import Address, Attachment, Command
from tests.knowing import knowing

NOW = 1_800_000_000.0
ONE, TWO, THREE = Version(1, 0, "a film"), Version(2, 1, "title One"), Version(3, 2, "title Two")
LINE = Versions((ONE, TWO, THREE), 3)
"""Three in a row."""
BRANCH = Versions((*LINE.all, Version(4, 2, "slower")), 4)
"""The third was undone, and the fourth built on the second."""


@pytest.mark.parametrize(
    ("versions", "number", "before", "after"),
    [
        (Versions(), 0, 0, 0),
        (LINE, 3, 2, 0),
        (LINE, 2, 1, 3),
        (LINE, 1, 0, 2),
        (LINE, 0, 0, 0),
        (LINE, 9, 0, 0),
        (BRANCH, 4, 2, 0),
        (BRANCH, 3, 2, 0),
        (BRANCH, 2, 1, 4),
        (Versions((ONE, replace(TWO, kept=False), THREE), 3), 3, 0, 0),
        (Versions((ONE, replace(TWO, kept=False), THREE), 3), 1, 0, 0),
    ],
)
def test_undo_goes_to_what_a_version_was_built_on_and_redo_to_the_newest_built_on_it(
    versions: Versions, number: int, before: int, after: int
) -> None:
    assert (versions.before(number), versions.after(number)) == (before, after)


@pytest.mark.parametrize(
    ("move", "at", "end"),
    [
        (Move(Direction.BACK), 3, 2),
        (Move(Direction.BACK), 1, 0),
        (Move(Direction.BACK, start=2), 3, 1),
        (Move(Direction.FORWARD), 2, 3),
        (Move(Direction.FORWARD), 3, 0),
        (Move(Direction.FORWARD, start=1), 3, 2),
        (Move(Direction.TO, to=1), 3, 1),
        (Move(Direction.TO, to=7), 3, 0),
        (Move(Direction.TO, to=NEWEST), 1, 3),
    ],
)
def test_a_move_ends_at_a_version_that_is_there_or_nowhere(move: Move, at: int, end: int) -> None:
    assert move.end(replace(LINE, shown=at)) == end


@pytest.mark.parametrize(
    ("versions", "number", "undone", "missing"),
    [
        (LINE, 3, [], []),
        (LINE, 1, ["title One", "title Two"], []),
        (BRANCH, 4, [], []),
        (BRANCH, 2, ["slower"], []),
        (BRANCH, 3, ["slower"], ["title Two"]),
    ],
)
def test_what_the_service_has_too_much_and_too_little_is_known(
    versions: Versions, number: int, undone: list[str], missing: list[str]
) -> None:
    assert [version.words for version in versions.undone(number)] == undone
    assert [version.words for version in versions.missing(number)] == missing


def test_a_tree_that_bites_its_tail_has_an_end() -> None:
    versions = Versions((Version(1, 2), Version(2, 1)), 2)
    assert [version.number for version in versions.way(2)] == [1, 2]


def test_a_change_is_numbered_and_shown_and_built_on_what_was_shown() -> None:
    grown = replace(LINE, shown=2).grown(Version(0, 2, "slower"))
    assert (grown.shown, grown.newest, grown.of(4)) == (4, 4, Version(4, 2, "slower"))


@pytest.mark.parametrize(
    ("known", "before", "numbers"),
    [
        (Versions(), "", [(1, 0)]),
        (Versions(), "x", [(1, 0), (2, 1)]),
        (Versions((replace(ONE, mark="a"),), 1), "a", [(1, 0), (2, 1)]),
        (Versions((replace(ONE, mark="a"),), 1), "x", [(1, 0), (2, 1), (3, 2)]),
        (Versions((ONE,), 1), "x", [(1, 0), (2, 1)]),
    ],
)
def test_what_was_changed_elsewhere_meanwhile_is_a_version_too(
    known: Versions, before: str, numbers: list[tuple[int, int]]
) -> None:
    grown = known.grown(Version(0, known.newest, "slower"), before)
    assert [(version.number, version.parent) for version in grown.all] == numbers


def test_a_change_of_an_older_version_is_built_on_that_whatever_came_from_elsewhere() -> None:
    marked = Versions((ONE, replace(TWO, mark="a")), 1)
    grown = marked.grown(Version(0, 1, "slower"), "x")
    assert [(version.number, version.parent) for version in grown.all] == [
        (1, 0), (2, 1), (3, 2), (4, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "number"), [("v2", 2), ("V12", 12), (" 3 ", 3), ("", 0), ("v", 0), ("first", 0)]
)
def test_a_number_as_buttons_name_it(words: str, number: int) -> None:
    assert numbered(words) == number


def job(step: Step = Step.CHECK, plan: Plan = Plan.EDIT, **facts: object) -> Job:
    progress = knowing(words="slower", session="s-1", **facts)
    return Job(9, "", "u", Address("fake", "c"), plan, step, progress)


def based(number: int, job: Job) -> Job:
    turn = replace(job.progress.turn, base=number)
    return replace(job, progress=replace(job.progress, turn=turn))


def named(version: int, session: str = "s-1") -> Project:
    return Project(session, version=version)


@pytest.mark.parametrize(
    ("change", "project", "number"),
    [
        (lambda it: it, None, 3),
        (lambda it: based(2, it), named(1), 2),
        (lambda it: showing_version(it, LINE, 1), None, 1),
        (lambda it: it, named(1), 1),
        (lambda it: it, named(1, "s-0"), 3),
        (lambda it: replace(it, about=named(2)), named(1), 2),
        (lambda it: replace(it, about=named(8)), named(1), 3),
    ],
)
def test_a_request_stands_at_what_it_shows_builds_on_or_was_begun_under(
    change: Callable[[Job], Job], project: Project | None, number: int
) -> None:
    assert version_at_hand(change(job()), project, LINE) == number


def test_a_result_without_a_number_is_known_by_its_request() -> None:
    versions = Versions((ONE, replace(TWO, job=9)), 2)
    assert version_shown(job(), versions) == 2
    assert version_shown(replace(job(), id=8), versions) == 0
    assert version_shown(showing_version(job(), versions, 1), versions) == 1
    assert showing_version(job(), versions, 0) == job()


@pytest.mark.parametrize(
    ("base", "versions", "asked"),
    [
        (0, LINE, "slower"),
        (3, LINE, "slower"),
        (2, LINE, f"{text('wish.take_back', 'en', changes='“title Two”')}\nslower"),
        (
            3,
            BRANCH,
            f"{text('wish.take_back', 'en', changes='“slower”')}\n"
            f"{text('wish.bring_back', 'en', changes='“title Two”')}\nslower",
        ),
        (1, Versions((ONE, Version(2, 1)), 1), "slower"),
    ],
)
def test_the_next_change_tells_what_was_undone_so_that_it_does_not_return(
    base: int, versions: Versions, asked: str
) -> None:
    assert turn_words(based(base, job()), versions) == asked


def test_a_title_in_quotes_is_quoted_within_quotes() -> None:
    known = Versions((ONE, Version(2, 1, "加上标题“夏天”")), 1)
    assert "“加上标题‘夏天’”" in turn_words(based(1, job()), known)


def test_undone_changes_are_told_short_and_not_all_of_many() -> None:
    many = [
        ONE,
        *(Version(number, number - 1, f"change {number}\n" * 40) for number in range(2, 20)),
    ]
    told, wish = turn_words(based(1, job()), Versions((*many,), 1)).split("\n")
    assert wish == "slower"
    assert told.count("“") == 8
    assert "change 19" in told
    assert "change 11 " not in told
    assert len(told) < 8 * (LONGEST + 10) + 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language_the_service_is_told_in_one_line(language: str) -> None:
    told = turn_words(replace(based(1, job()), language=language), LINE).split("\n")
    assert told[-1] == "slower"
    assert len(told) == 2
    assert "“title One”" in told[0]
    assert "“title Two”" in told[0]


def test_a_turn_leaves_its_version_with_words_files_and_draft() -> None:
    photo = Attachment("fake:1")
    snapshot = Snapshot("f", '{"t": [1]}', exportable=True)
    made = job(files=(photo,), links=("https://x/a.jpg",))
    made = replace(made, bundle=Bundle(lines=(Line(0, "slower"),)))
    turn = replace(made.progress.turn, snapshot=snapshot, base=1)
    made = replace(made, progress=replace(made.progress, turn=turn))
    known = Versions((replace(ONE, mark=mark('{"t": [1]}')),), 1)
    history = history_of(made, known, '{"t": [2]}', NOW)
    version = history.versions.all[-1]
    assert history == History(history.versions, ((2, '{"t": [2]}'),))
    assert (version.number, version.parent, version.job, version.at) == (2, 1, 9, NOW)
    assert version.files == (photo, Attachment("url:https://x/a.jpg"))
    assert version.mark == mark('{"t": [2]}') != mark("")
    elsewhere = history_of(made, Versions((replace(ONE, mark="x"),), 1), '{"t": [2]}', NOW)
    assert elsewhere.drafts == ((2, '{"t": [1]}'), (3, '{"t": [2]}'))
    empty = replace(made, progress=knowing(made.progress, exportable=False))
    assert history_of(empty, Versions(), '{"t": [2]}', NOW).drafts == ((1, '{"t": [2]}'),)


@pytest.mark.parametrize(
    ("known", "commands"),
    [
        (None, []),
        (Shown(1), []),
        (Shown(2, earlier=True), [Command.UNDO]),
        (Shown(1, later=True), [Command.REDO]),
        (Shown(2, earlier=True, later=True), [Command.UNDO, Command.REDO]),
    ],
)
def test_the_buttons_lead_to_versions_that_are_there(
    known: Shown | None, commands: list[Command]
) -> None:
    made = job()
    export = replace(made.progress.export, shown=known)
    rows = undo(replace(made, progress=replace(made.progress, export=export)))
    assert [button.command for row in rows for button in row] == commands


@pytest.mark.parametrize(
    ("versions", "number", "told"),
    [
        (LINE, 3, text("result.restored", "en", number=3)),
        (LINE, 2, text("result.restored_without", "en", number=2, words="title Two")),
        (LINE, 1, text("result.restored_without_all", "en", number=1)),
        (
            Versions((ONE, Version(2, 1, "x" * 90)), 1),
            1,
            text("result.restored_without", "en", number=1, words=f"{'x' * 60}…"),
        ),
    ],
)
def test_a_version_that_comes_back_says_in_one_line_which_it_is_and_what_it_has_not(
    versions: Versions, number: int, told: str
) -> None:
    back = showing_version(job(Step.LINK, Plan.RESTORE), versions, number, restored=True)
    assert told in results.video_ready(back).text.split("\n\n")
    assert shown(versions, number).without == ()


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_no_such_version_it_is_said(direction: Direction, language: str) -> None:
    notice = results.no_such_version(direction, language)
    assert notice.final
    assert notice.text
