"""The measures count what they say they count, and their page is not far off."""

import ast

import pytest

from tests.measures.page import BEFORE, LASTING, PAGE, size, stale, written
from tests.measures.shape import inner, is_broad, is_guard, length, parameters, sizes, spread
from tests.measures.walk import by_themselves, closed, entered, is_ours, leading, told

PASSED = {
    ("", "core.runtime.engine.intake", "taken"),
    ("core.runtime.engine.intake", "core.domain.policy", "decide"),
    ("core.runtime.engine.intake", "core.clock", "now"),
}
IDLE = {("core.store.writer", "core.clock", "now")}
SIZES = {"core.runtime.engine.intake": 100, "core.domain.policy": 20, "core.clock": 3}


def test_the_page_is_not_far_off() -> None:
    assert stale(PAGE.read_text(encoding="utf-8"), sizes(inner())) == [], (
        "write it anew with: python -m tests.measures --page"
    )


@pytest.mark.parametrize(
    ("on_page", "now", "off"),
    [
        ("8", "8", False),
        ("8", "9", True),
        ("", "8", True),
    ],
)
def test_every_new_guard_is_noticed(on_page: str, now: str, off: bool) -> None:
    what = "handlers that catch all and end it (guards)"
    page = size([(what, on_page)]) if on_page else ""
    assert bool(stale(page, [(what, now)])) is off


@pytest.mark.parametrize(
    ("now", "off"), [("90/900", False), ("80/373", False), ("79/373", True), ("101/373", True)]
)
def test_what_moves_with_every_commit_makes_no_page_stale(now: str, off: bool) -> None:
    page = size([("file: lines, median/max", "90/373")])
    assert bool(stale(page, [("file: lines, median/max", now)])) is off


def test_the_names_of_the_figures_are_those_of_the_table() -> None:
    assert set(LASTING) <= {what for what, _ in sizes(inner()[:3])}
    assert len(BEFORE) == 10


@pytest.mark.parametrize(
    ("handler", "broad", "guard"),
    [
        ("except Exception:\n log()", True, True),
        ("except Exception:\n log()\n raise", True, False),
        ("except BaseException:\n clear()\n raise Other from None", True, False),
        ("except Exception as it:\n if it:\n  raise\n return None", True, True),
        ("except:\n pass", True, True),
        ("except OSError:\n pass", False, False),
        ("except (OSError, ValueError):\n raise", False, False),
    ],
)
def test_a_guard_ends_what_it_catches(handler: str, broad: bool, guard: bool) -> None:
    tree = ast.parse(f"try:\n work()\n{handler}").body[0]
    assert isinstance(tree, ast.Try)
    assert (is_broad(tree.handlers[0]), is_guard(tree.handlers[0])) == (broad, guard)


def test_a_function_has_lines_and_parameters() -> None:
    one = ast.parse("def one(a, /, b, *more, c=1, **rest):\n pass\n pass").body[0]
    assert isinstance(one, ast.FunctionDef)
    assert (length(one), parameters(one)) == (3, 5)
    assert spread([5, 1, 3], 0, 0.5, 1) == "1/3/5"


def test_a_walk_tells_what_leads_on_and_what_an_idle_bot_does_as_well() -> None:
    assert leading(PASSED) == {"core.runtime.engine.intake"}
    assert by_themselves(PASSED, IDLE) == {"core.clock"}
    assert told(PASSED, IDLE, SIZES).splitlines() == [
        "core: 1 modules, 3 lines, 0 lead on",
        "       3 core.clock =",
        "core.domain: 1 modules, 20 lines, 0 lead on",
        "      20 core.domain.policy",
        "core.runtime: 1 modules, 100 lines, 1 lead on",
        "  >  100 core.runtime.engine.intake",
        "(a) all: 3 modules, 123 lines in 3 packages",
        "(b) those that lead on: 1 modules, 100 lines",
        "(c) those of (a) that do the same in an idle bot: 1 modules, 3 lines",
        "(d) entered, a closed package as one: 3",
    ]


def test_a_closed_package_is_entered_as_one_and_what_is_open_module_by_module() -> None:
    walked = ["core.a", "core.a.one", "core.a.two.deep", "core.ab", "core.b.one", "core.b.two"]
    assert entered(walked, ["core.a.two", "core.a"]) == {
        "core.a",
        "core.ab",
        "core.b.one",
        "core.b.two",
    }
    assert "core.domain.policy" in closed()


@pytest.mark.parametrize(
    ("module", "ours"),
    [
        ("core.domain.requests.standing", True),
        ("bots.sandbox.standin", False),
        ("bots.sandbox.standin.draft", False),
        ("httpx", False),
    ],
)
def test_the_stand_in_alone_is_left_out_of_a_walk(module: str, ours: bool) -> None:
    assert is_ours(module) is ours


def test_the_figures_stand_between_their_marks() -> None:
    page = "<!-- walk -->\n\nold\n<!-- /walk -->\n<!-- size -->\n\nold\n<!-- /size -->\n"
    page += "<!-- anchors -->\n\nold\n<!-- /anchors -->\n"
    new = written(page, [("patches a test", "0.00")], (set(), set()), set())
    assert "(a) 0 modules of 0 lines" in new
    assert "| patches a test | 0 | 0.00 |\n" in new
    assert "| **now** |  |  |  |  |  | 0.00 |  |\n" in new
    assert "old" not in new
    with pytest.raises(ValueError, match="walk"):
        written(page.replace("walk", ""), [], (set(), set()), set())
