"""Whatever the code or a page names is in this repository: decisions, pages, their sections, files
and commands."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages import DOCS, ROOT

SOURCES = [file for folder in ("bots", "core", "tests") for file in (ROOT / folder).rglob("*")]
CODE = [
    file
    for file in SOURCES
    if file.suffix in (".py", ".toml", ".sql", ".tsv") and file != Path(__file__)
]
PAGES = [*ROOT.glob("*.md"), *DOCS.glob("*.md")]
DECISION = re.compile(r"(?<![%\w-])D\d+(?![\w-])")
PAGE = re.compile(r"\b([A-Z]{4,}|docs/[\w-]+)\.md(?:#([\w-]+)|((?:,? (?:and )?\d+(?:\.\d+)*)+))?")
ELSEWHERE = re.compile(
    r"\b(?:nemo-api|house\.md|house guide|backend guide|conversation\.md|section \d)", re.IGNORECASE
)
PLACE = re.compile(r"(?<![\w/.-])((?:bots|core|tests|docs|\.ci)/[\w./*-]*\w)")
COMMAND = re.compile(r"python3? -m ((?:bots|tests)(?:\.\w+)*)")


def found(pattern: re.Pattern[str], files: list[Path]) -> Iterator[tuple[str, re.Match[str]]]:
    """Every place that a pattern fits, with the file it is in."""
    for file in files:
        for match in pattern.finditer(file.read_text(encoding="utf-8")):
            yield str(file.relative_to(ROOT)), match


def headings(page: Path) -> list[str]:
    """The headings of a page."""
    return re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)


def test_every_decision_that_is_named_is_written_down() -> None:
    known = set(headings(DOCS / "decisions.md"))
    named = list(found(DECISION, [*CODE, *PAGES]))
    assert len(named) > 100
    assert [(file, match[0]) for file, match in named if match[0] not in known] == []


def test_every_page_that_is_named_is_there() -> None:
    named = list(found(PAGE, CODE))
    assert len(named) > 15
    assert [
        (file, match[0]) for file, match in named if not (ROOT / f"{match[1]}.md").exists()
    ] == []


def test_every_section_that_is_named_is_there() -> None:
    for file, match in found(PAGE, CODE):
        titles = headings(ROOT / f"{match[1]}.md")
        for number in re.findall(r"\d+(?:\.\d+)*", match[3] or ""):
            assert any(title.startswith(f"{number} ") for title in titles), (file, match[0])
        if match[2]:
            assert match[2] in {title.lower().replace(" ", "-") for title in titles}, (
                file,
                match[0],
            )


def test_nothing_is_named_that_is_not_in_the_repository() -> None:
    assert [
        (file, match[0]) for file, match in found(ELSEWHERE, [*CODE, ROOT / "pyproject.toml"])
    ] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = [match[1] for _, match in found(PLACE, [page])]
    assert [name for name in named if not any(ROOT.glob(name.rstrip("/")))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_can_be_run(page: Path) -> None:
    named = [match[1] for _, match in found(COMMAND, [page])]
    assert [name for name in named if importlib.util.find_spec(name) is None] == []
