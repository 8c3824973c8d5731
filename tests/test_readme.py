"""README.md and the pages in docs/ agree with the code: commands, links, dependencies and the words
that they quote.

What they only repeat from the code is written by `python -m tests.pages`; tests/test_house.py says
when it is stale."""

import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest
from packaging.requirements import Requirement

from bots.discord.run.client import PERMISSIONS, SCOPES
from core.domain.requests import PLANS, Outcome, Plan
from core.i18n import catalogue
from core.settings import variables
from tests import pages
from tests.pages import DOCS, ROOT

README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md"))]
RUN_COMMAND = (
    "python3 -m venv .venv && .venv/bin/pip install -q -r requirements.txt && "
    ".venv/bin/python -m bots"
)
MOST_LINES = 150
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def page(name: str) -> str:
    """The text of a page in docs/."""
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    """What stands below a heading, up to the next one of its rank."""
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_one_command_runs_it_and_the_first_one_opens_the_page() -> None:
    commands = [line for line in TEXT.splitlines() if line.startswith("python3 -m venv")]
    assert commands[:2] == [f"{RUN_COMMAND} web", RUN_COMMAND]


def test_the_readme_can_be_read_in_one_go() -> None:
    assert len(TEXT.splitlines()) <= MOST_LINES


def anchors(text: str) -> set[str]:
    """The headings of a page as GitHub names them in a link."""
    titles = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def links(file: Path) -> list[str]:
    """The links of a page to somewhere in this repository."""
    found = re.findall(r"\]\(([^)\s]+)\)", file.read_text(encoding="utf-8"))
    return [link for link in found if "://" not in link]


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_every_link_leads_somewhere(file: Path) -> None:
    for link in links(file):
        path, _, anchor = link.partition("#")
        there = file.parent / path if path else file
        assert there.exists(), link
        assert not anchor or anchor in anchors(there.read_text(encoding="utf-8")), link


LARGEST_PICTURE = 100_000
"""Bytes, of the pictures of the page."""


def test_the_pictures_are_shown_and_small() -> None:
    assert {"docs/page.png", "docs/walk.png"} <= set(links(README))
    pages = list(DOCS.glob("page*.png"))
    assert [file.name for file in pages if file.stat().st_size > LARGEST_PICTURE] == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    assert {f"docs/{file.name}" for file in DOCS.glob("*.md")} - set(links(README)) == set()


def test_how_to_take_part_can_be_reached_from_the_readme() -> None:
    assert {"CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"} <= set(links(README))
    assert "SECURITY.md" in {Path(link).name for link in links(DOCS / "security.md")}


def test_every_page_that_is_promised_is_there() -> None:
    promised = {
        "using",
        "deployment",
        "configuration",
        "platforms",
        "reliability",
        "security",
        "privacy",
    }
    promised |= {
        "architecture",
        "modules",
        "backend",
        "decisions",
        "dependencies",
        "understanding",
        "translating",
        "adapters",
    }
    assert promised <= {file.stem for file in DOCS.glob("*.md")}


def test_every_section_that_is_promised_is_there() -> None:
    titles = set(re.findall(r"^## (.+)$", TEXT, re.M))
    assert titles >= {
        "Try it",
        "What people see",
        "Get the tokens",
        "Run it for good",
        "Read on",
        "Test it",
        "License",
    }


def test_the_table_of_settings_leaves_no_variable_out() -> None:
    names = re.findall(r"^\| `([A-Z_]+)`", page("configuration"), re.M)
    fields = [name.upper() for cls in pages.settings_classes() for name in variables(cls)]
    assert sorted(names) == sorted(fields)


def test_the_list_of_modules_leaves_none_out() -> None:
    named = re.findall(r"^ *\* `(?:[\w/]*/)?(\w+)(?:\.py|/)`: .", page("modules"), re.M)
    assert sorted(named) == sorted(pages.module(file).stem for file in pages.sources())


def test_every_dependency_has_its_reason() -> None:
    declared = chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    named = re.findall(r"^\| ([^|]+) \|", page("dependencies"), re.M)
    names = {name.strip() for cell in named for name in re.sub(r"\(.*?\)", "", cell).split(",")} - {
        "library",
        "---",
    }
    own = PROJECT["name"]  # an extra by the name of another
    assert names == {Requirement(line).name for line in declared} - {own}


def test_the_invitation_asks_for_what_the_bot_asks_for() -> None:
    discord = section(page("platforms"), "Discord")
    assert f"scope={'+'.join(SCOPES)}&permissions={PERMISSIONS.value}" in discord
    for name, wanted in PERMISSIONS:
        if wanted:
            known = {"read_messages": "View Channels"}.get(
                name, name.replace("_", " ").title().replace(" In ", " in ")
            )
            assert known in discord.replace("\n", " "), name


@pytest.mark.parametrize(
    "seen",
    [section(TEXT, "What people see"), section(page("using"), "In the chat")],
    ids=["readme", "using"],
)
def test_people_read_of_every_command(seen: str) -> None:
    assert set(re.findall(r"`/([a-z]+)`", seen)) == {spec.command for spec in pages.typed()}


def test_what_the_log_is_said_to_say_is_what_it_says() -> None:
    lines = re.findall(
        r"^\| `([^`]+)` \|", section(page("deployment"), "When something is wrong"), re.M
    )
    code = "".join(file.read_text(encoding="utf-8") for file in pages.sources())
    assert len(lines) > 5
    assert [line for line in lines if line not in code] == []


def phrases() -> re.Pattern[str]:
    """One or two whole lines of the catalogues, placeholders filled in; those with hardly a word
    are left out."""
    lines = {
        line
        for language in ("en", "zh-Hans")
        for words in catalogue(language).phrases.values()
        for line in str(words).split("\n")
    }
    telling = [line for line in lines if len(re.findall(r"\w", re.sub(r"\{\w+\}", "", line))) > 2]
    one = "|".join(re.sub(r"\\\{\w+\\\}", ".+", re.escape(line)) for line in telling)
    return re.compile(f"(?:{one})(?: (?:{one}))?")


def quoted(seen: str) -> list[str]:
    """What people read according to a text."""
    return re.findall(r"“([^”]+)”", seen.replace("\n", " "))


def printed() -> list[str]:
    """What people read in the conversations that are shown, but for the service's words."""
    blocks = re.findall(r"```console\n(.*?)```", page("using"), re.DOTALL)
    lines = [line[5:].split(" → ")[0] for block in blocks for line in block.splitlines()[2:]]
    ours = [
        line
        for line in lines
        if re.match(r"[^\x00-\x7f]", line) and not line.startswith(("✨ Let me", "🔗"))
    ]
    assert len(ours) > 10
    return [line for line in ours if not line.startswith(("•", "✨ On it"))]


def test_what_people_read_is_quoted_as_it_is() -> None:
    known = phrases()
    said = [*quoted(section(TEXT, "What people see")), *quoted(page("using")), *printed()]
    assert len(said) > 40
    assert [words for words in said if not known.fullmatch(words)] == []


def test_the_plan_of_a_wish_is_told_step_by_step() -> None:
    told = " ".join(section(page("architecture"), "How it works").split())
    assert f"a plan: {', '.join(PLANS[Plan.MAKE])}." in told
    outcomes = get_args(Outcome)
    assert f"one of five outcomes ({', '.join(outcome.__name__ for outcome in outcomes)})" in told
