"""The five seed documents, line by line: none without its row, no row without its tests, and the
facts are theirs.

The seeds lie beside the checkout in `shared/`. Without them the table is checked by itself. For
people it is printed by `python -m tests.contract`."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from core.media import ACCEPTED
from core.nemo import wire
from core.nemo.draft.timeline import summary
from core.settings import Settings, read
from core.skills import load
from tests import contract
from tests.contract.__main__ import table

SEEDS = pytest.mark.skipif(
    not contract.SEEDS.is_dir(), reason="the seed documents are not beside this checkout"
)
ROWS = contract.rows()
SLUGS = {
    "000": "ai-video-generator-from-image",
    "001": "image-to-video-open-source",
    "002": "best-image-to-video-ai",
    "003": "for-beginners-ai-image",
    "004": "how-to-create-ai-video",
}


def text_of(seed: str) -> str:
    """A whole seed document."""
    return next(contract.SEEDS.glob(f"{seed}_*.txt")).read_text(encoding="utf-8")


def test_every_line_of_the_seeds_has_exactly_one_row() -> None:
    places = Counter(place for row in ROWS for place in row.lines)
    assert sorted(places) == sorted(contract.known())
    assert set(places.values()) == {1}


@SEEDS
def test_the_seeds_are_those_that_the_table_was_written_for() -> None:
    now = {place: contract.digest(line) for place, line in contract.read().items()}
    assert now == contract.known(), (
        "python -m tests.contract --seeds FOLDER, then give each new line its row"
    )


def test_no_cell_is_empty() -> None:
    for row in ROWS:
        assert row.says.strip()
        assert row.does.strip()
        assert row.lines
        assert row.tests, f"no test for: {row.says}"
        assert not any("|" in cell or "\n" in cell for cell in (row.says, row.does, *row.tests)), (
            "it would not print"
        )


@pytest.mark.parametrize("test", sorted({test for row in ROWS for test in row.tests}))
def test_every_test_of_the_table_exists_and_is_run(test: str) -> None:
    path, _, name = test.partition("::")
    functions = functions_of(contract.ROOT / path)
    assert name in functions, f"{path} has no {name}"
    assert not functions[name] & {"skip", "xfail"}, f"{name} is not run"
    assert "skip" not in functions["pytestmark"], f"{path} is not run"


@cache
def functions_of(file: Path) -> dict[str, set[str]]:
    """The test functions of a module with the names in their decorators; `pytestmark` has those of
    the whole module."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = {"pytestmark": set[str]()}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith(
            "test_"
        ):
            found[node.name] = {name for mark in node.decorator_list for name in _names(mark)}
        if isinstance(node, ast.Assign) and any(
            getattr(target, "id", "") == "pytestmark" for target in node.targets
        ):
            found["pytestmark"] |= _names(node.value)
    return found


def _names(tree: ast.AST) -> set[str]:
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_a_test_that_is_missing_or_skipped_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "test_x.py"
    file.write_text(
        "@pytest.mark.skip(reason='no')\ndef test_a(): ...\ndef test_b(): ...\n", encoding="utf-8"
    )
    assert functions_of(file) == {"pytestmark": set(), "test_a": {"mark", "skip"}, "test_b": set()}


LAYOUT = re.compile(
    r"#+ .+|0 0by \S+|aivideo|```|\|[-|]+\|"
    r"|\| (Header|Endpoint|Event|User says\.\.\.|Code|Backend says) \|.*"
    r"|[A-Z][A-Za-z ]+( Reading|:)?"
)
"""Headings (one document has lost their marks), table heads and rules, fences, the catalogue's
notes."""


@SEEDS
def test_what_asks_for_nothing_is_layout() -> None:
    lines = contract.read()
    for place in (place for row in ROWS if row.nothing for place in row.lines):
        assert LAYOUT.fullmatch(lines[place]), f"{place} asks for something: {lines[place]}"
        assert len(lines[place].split()) <= 6 or lines[place].startswith("|")


def test_the_table_prints_one_line_for_each_row() -> None:
    lines = table().splitlines()
    assert len(lines) == len(ROWS) + 2
    assert all(line.count(" | ") == 3 for line in lines[2:])


def test_every_suggestion_of_the_seeds_is_a_conversation() -> None:
    for language in ("english", "chinese"):
        script = (contract.ROOT / "tests" / "transcripts" / f"seeds_{language}.txt").read_text(
            encoding="utf-8"
        )
        titles = Counter(re.findall(r"^== (\d{3}\.\d) ", script, re.MULTILINE))
        assert titles == {f"{seed}.{number}": 2 for seed in SLUGS for number in (1, 2, 3)}, (
            "with files and without"
        )


@SEEDS
@pytest.mark.parametrize("seed", SLUGS)
def test_the_suggestions_are_said_word_for_word(seed: str) -> None:
    script = (contract.ROOT / "tests" / "transcripts" / "seeds_english.txt").read_text(
        encoding="utf-8"
    )
    suggestions = re.findall(r'^- "(.+)"$', text_of(seed).partition("onnected")[0], re.MULTILINE)[
        :3
    ]
    for number, words in enumerate(suggestions, 1):
        scenes = script.split(f"== {seed}.{number} ")[1:]
        assert len(scenes) == 2
        assert all(f"{words}\n" in scene for scene in scenes)


@SEEDS
@pytest.mark.parametrize(("seed", "slug"), SLUGS.items())
def test_a_profile_says_what_its_seed_says(seed: str, slug: str) -> None:
    skill, said = load()[slug], text_of(seed)
    plain = re.sub(r"\W+", " ", said)
    assert slug in said
    assert skill.title["en"] in said
    assert f"up to {skill.max_mb}MB" in said or f"size is {skill.max_mb}MB" in said
    assert f'"{skill.connecting["en"].replace("…", "...")}"' in said
    assert re.sub(r"\W+", " ", skill.greeting["en"]).strip() in plain
    advertised = ", ".join(skill.formats).upper().removesuffix(", MP3")
    assert f"Stick to {advertised} for" in said
    shortest, longest = skill.expected_seconds
    assert (
        f"{shortest}-{longest} seconds" in said
        or f"{shortest // 60}-{longest // 60} minutes" in said
    )


@SEEDS
@pytest.mark.parametrize("seed", SLUGS)
def test_the_service_is_asked_where_and_how_the_seeds_say(seed: str) -> None:
    said, skill = text_of(seed), wire.Attribution("x", "1", "unknown")
    assert read(Settings, {}).nemo_api_url in said
    calls = (
        wire.anonymous_token("c", skill),
        wire.create_session("t", skill, "en"),
        wire.run_sse("t", skill, "s", "x"),
        wire.credits("t", skill),
        wire.render_start("t", skill, "s", "r", {}),
    )
    assert all(call.path in said for call in calls)
    assert '"/api/upload-video' not in said
    assert "/api/upload-video/nemo_agent/me/" in said
    assert "/api/state/nemo_agent/me/" in said
    listed = re.search(r"(?:types|[Ff]ormats): ([a-z0-9, ]+)\.", said)
    assert listed is not None
    assert set(listed[1].split(", ")) == set(ACCEPTED) - {"jpeg"}
    assert summary(EXAMPLE, "en").replace("\n", " ") in said


EXAMPLE = {
    "t": [
        {"tt": 0, "sg": [{"d": 10_000, "m": {"name": "city timelapse"}}]},
        {"tt": 1, "sg": [{"d": 10_000, "m": {"name": "Lo-fi", "volume": 0.35}}]},
        {"tt": 7, "sg": [{"d": 3000, "m": {"text": "Urban Dreams"}}]},
    ]
}
"""The draft behind the timeline that all five give as their example; ours has a line for each
track."""
