"""README.md agrees with the code: commands, links, settings, layout, dependencies and the words that it quotes.

`python -m tests.test_readme` writes its table of settings anew.
"""

import re
import tomllib
from itertools import chain
from pathlib import Path

from packaging.requirements import Requirement

from bots.discord.run.client import PERMISSIONS, SCOPES
from core.i18n import catalogue
from core.jobs import PLANS, Plan
from core.messages import Command
from core.privacy import described
from core.settings import example
from tests.test_house import ROOT, settings_classes

README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
RUN_COMMAND = "python3 -m venv .venv && .venv/bin/pip install -q -r requirements.txt && .venv/bin/python -m bots"
SETTINGS = re.compile(r"(?<=<!-- settings -->\n\n).*?(?=\n<!-- /settings -->)", re.DOTALL)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def section(title: str) -> str:
    """The text below a heading, up to the next one of its rank."""
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def table_of_settings() -> str:
    """Every variable with its default and meaning, from what .env.example is made of."""
    rows = re.findall(r"^# (.+)\n(?:# )?([A-Z_]+)=(.*)$", example(*settings_classes()), re.M)
    lines = [f"| `{name}` | {f'`{default}`' if default else ''} | {meaning} |" for meaning, name, default in rows]
    return "\n".join(["| variable | default | what it is |", "|---|---|---|", *lines]) + "\n"


def test_one_command_runs_it() -> None:
    assert RUN_COMMAND in TEXT.splitlines()


def test_the_table_of_settings_is_what_the_code_reads() -> None:
    written = SETTINGS.search(TEXT)
    assert written, "the marks of the table are gone"
    assert written[0] == table_of_settings(), "write it anew with: python -m tests.test_readme"


def test_the_table_of_settings_leaves_no_variable_out() -> None:
    names = set(re.findall(r"^\| `([A-Z_]+)`", table_of_settings(), re.M))
    assert names == {name.upper() for cls in settings_classes() for name in cls.model_fields}


def test_every_link_to_a_file_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert "docs/walk.png" in links
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_every_section_that_is_promised_is_there() -> None:
    titles = set(re.findall(r"^## (.+)$", TEXT, re.M))
    promised = {"Try it", "What people see", "Deploy", "Configuration", "How it works", "Layout", "Security", "Privacy"}
    assert promised <= titles


def layout() -> list[Path]:
    """The paths that the layout names; a deeper line belongs to the folder above it."""
    block = re.search(r"```\n(.*?)```", section("Layout"), re.DOTALL)
    assert block
    paths: list[Path] = []
    folder = Path()
    for line in block[1].splitlines():
        indent, name = re.match(r"( *)(\S+)", line).groups()  # type: ignore[union-attr]
        folder = folder if indent else Path(name)
        paths.append(folder / name if indent else folder)
    return paths


def test_the_layout_names_only_what_is_there() -> None:
    assert [str(path) for path in layout() if not (ROOT / path).exists()] == []


def test_the_layout_names_every_module_of_bots_and_core() -> None:
    there = {
        path.relative_to(ROOT)
        for path in chain((ROOT / "bots").iterdir(), (ROOT / "core").iterdir())
        if path.name not in ("__init__.py", "__pycache__") and (path.is_file() or any(path.glob("*.*")))
    }
    assert there - set(layout()) == set()


def test_every_dependency_has_its_reason() -> None:
    declared = chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    named = re.findall(r"^\| ([^|]+) \|", section("Dependencies"), re.M)
    names = {name.strip() for cell in named for name in re.sub(r"\(.*?\)", "", cell).split(",")} - {"library", "---"}
    assert names == {Requirement(line).name for line in declared}


def test_the_invitation_asks_for_what_the_bot_asks_for() -> None:
    discord = section("Discord: get the token")
    assert f"scope={'+'.join(SCOPES)}&permissions={PERMISSIONS.value}" in discord
    for name, wanted in PERMISSIONS:
        if wanted:
            known = {"read_messages": "View Channels"}.get(name, name.replace("_", " ").title().replace(" In ", " in "))
            assert known in discord.replace("\n", " "), name


def test_people_read_of_every_command() -> None:
    shown = set(re.findall(r"`/([a-z]+)`", section("What people see")))
    only_buttons = {Command.AGAIN, Command.CONFIRM, Command.UNDO}
    assert shown == set(Command) - only_buttons


def phrases() -> re.Pattern[str]:
    """One or two whole lines of the catalogues, placeholders filled in; those with hardly a word are left out."""
    lines = {
        line
        for language in ("en", "zh-Hans")
        for words in catalogue(language).phrases.values()
        for line in str(words).split("\n")
    }
    telling = [line for line in lines if len(re.findall(r"\w", re.sub(r"\{\w+\}", "", line))) > 2]
    one = "|".join(re.sub(r"\\\{\w+\\\}", ".+", re.escape(line)) for line in telling)
    return re.compile(f"(?:{one})(?: (?:{one}))?")


def quoted() -> list[str]:
    """What people read according to README: in the table, and in the conversation but for the service's words."""
    printed = re.search(r"```console\n(.*?)```", TEXT, re.DOTALL)
    assert printed
    lines = [line[5:].split(" → ")[0] for line in printed[1].splitlines()[2:]]
    ours = [line for line in lines if re.match(r"[^\x00-\x7f]", line) and not line.startswith(("✨ Let me", "🔗"))]
    assert len(ours) > 10
    return [*re.findall(r"“([^”]+)”", section("What people see").replace("\n", " ")), *ours]


def test_what_people_read_is_quoted_as_it_is() -> None:
    known = phrases()
    assert [words for words in quoted() if not known.fullmatch(words)] == []


def test_the_plan_of_a_wish_is_told_step_by_step() -> None:
    assert f"a plan: {', '.join(PLANS[Plan.MAKE])}." in " ".join(section("How it works").split())


def test_what_is_kept_is_listed_as_people_are_told() -> None:
    told = [line.replace("•", "*") for line in described("en").splitlines() if line.startswith("•")]
    assert [line for line in section("Privacy").splitlines() if line.startswith("*")] == told


if __name__ == "__main__":
    README.write_text(SETTINGS.sub(lambda _: table_of_settings(), TEXT), encoding="utf-8")
