"""The house rules: linters, types, import contracts, and files that have to agree with the code.

`python -m tests.pages` writes those files anew that repeat what the code says.
"""

import importlib.util
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import bots
from core.settings import read, variables
from tests.pages import FILES, as_it_should_be, settings_classes, write

ROOT = Path(__file__).parents[1]
TOOLS = Path(sys.executable).parent
TEST_COMMAND = (
    "python3 -m venv .venv && .venv/bin/pip install -q -r .ci/requirements.txt"
    " && .venv/bin/pytest && .venv/bin/python -m tests.pure"
)
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIREMENTS = {
    "requirements.txt": ["media", "voice"],
    "requirements-postgres.txt": ["media", "voice", "postgres"],
    ".ci/requirements.txt": ["media", "voice", "postgres", "dev"],
}
SAME = {"sandbox": ["photo-to-video-bot[media]"]}
"""Extras that are another name for others."""
UNWANTED = {"utils", "common", "base", "manager", "services", "handlers", "helpers", "misc"}


def passes(*command: str) -> None:
    """Run a tool on the whole tree and show what it says if it complains."""
    done = subprocess.run(
        [TOOLS / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing_to_mend() -> None:
    passes("ruff", "check", ".")


def test_ruff_would_format_nothing_otherwise() -> None:
    passes("ruff", "format", "--check", ".")


def test_types_are_strict_and_right() -> None:
    passes("mypy")


def test_imports_keep_their_contracts() -> None:
    passes("lint-imports", "--no-cache")


def test_nothing_is_there_that_nobody_reads() -> None:
    passes("vulture")


def modules() -> list[Path]:
    return [*(ROOT / "core").rglob("*.py"), *(ROOT / "bots").rglob("*.py")]


def test_no_module_is_named_after_nothing() -> None:
    assert [str(module) for module in modules() if module.stem in UNWANTED] == []


@pytest.mark.parametrize("file", FILES)
def test_what_is_taken_from_the_code_is_as_the_code_has_it(file: str) -> None:
    assert (ROOT / file).read_text(encoding="utf-8") == as_it_should_be(file), (
        "write it anew with: python -m tests.pages"
    )


def test_a_copy_of_the_example_environment_changes_nothing() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Z_]+=", line) for line in lines)
    written = dict.fromkeys((line.rstrip("=") for line in lines), "")
    for cls in settings_classes():
        assert read(cls, written) == read(cls, {})


def test_the_defaults_in_the_example_environment_can_be_read_back() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    written = dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", text, re.M))
    for cls in settings_classes():
        assert read(cls, written) == read(cls, {})
        assert {name.upper() for name in variables(cls)} <= set(written)


def test_every_variable_has_a_line_about_it_and_an_example() -> None:
    for cls in settings_classes():
        for name, field in variables(cls).items():
            assert field.about.description, name
            assert "\n" not in field.about.description, name
            assert field.about.examples, name


def test_the_worker_is_started_by_one_command() -> None:
    assert (ROOT / "Procfile").read_text() == "worker: python -m bots\n"


@pytest.mark.parametrize("file", [".ci/run", "README.md"])
def test_there_is_one_test_command(file: str) -> None:
    assert TEST_COMMAND in (ROOT / file).read_text(encoding="utf-8").splitlines()


def test_the_long_runs_of_the_justfile_are_there() -> None:
    recipes = (ROOT / "justfile").read_text(encoding="utf-8")
    called = re.findall(r"-m (tests\.\w+)", recipes)
    assert len(called) > 6
    assert [name for name in called if importlib.util.find_spec(name) is None] == []


def pins(file: str) -> dict[str, list[Requirement]]:
    """The pinned requirements of a file by name; a name has several where a version fits only some
    systems."""
    found: dict[str, list[Requirement]] = {}
    for line in re.sub(r"\\\n", "", (ROOT / file).read_text(encoding="utf-8")).splitlines():
        requirement = Requirement(line.split(" --hash")[0])
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


@pytest.mark.parametrize("file", REQUIREMENTS)
def test_requirements_are_pinned_with_hashes_and_say_nothing_else(file: str) -> None:
    text = re.sub(r"\\\n", "", (ROOT / file).read_text(encoding="utf-8"))
    pinned = re.compile(
        r"[a-z0-9.-]+(?:\[[a-z, ]+\])?==[\w.+!]+ (?:; [\w\s.<>=!'()*]+ )?(?: "
        r"*--hash=sha256:[0-9a-f]{64})+ *"
    )
    assert [line for line in text.splitlines() if not pinned.fullmatch(line)] == []


@pytest.mark.parametrize("file", REQUIREMENTS)
def test_requirements_hold_every_dependency_in_the_declared_range(file: str) -> None:
    extras = PROJECT["optional-dependencies"]
    declared = [
        *PROJECT["dependencies"],
        *(line for extra in REQUIREMENTS[file] for line in extras[extra]),
    ]
    pinned = pins(file)
    for requirement in map(Requirement, declared):
        versions = pinned.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name} is not in {file}: compile it anew"
        for version in versions:
            assert requirement.specifier.contains(str(version.specifier).removeprefix("==")), (
                version,
                file,
            )


@pytest.mark.parametrize("file", REQUIREMENTS)
def test_a_pin_names_the_extras_that_others_ask_for(file: str) -> None:
    """Without them, pip looks for the newest version with the extra, and refuses it for having no
    hash."""
    pinned = pins(file)
    for requirement in map(Requirement, (line for name in pinned for line in _requires(name))):
        asked = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if requirement.extras and asked:
            for pin in pinned[canonicalize_name(requirement.name)]:
                assert pin.extras >= requirement.extras, (
                    f"{pin.name} needs {requirement.extras} in {file}"
                )


def _requires(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # pinned for other systems only
        return []


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-postgres.txt"])
def test_people_run_what_was_tested(file: str) -> None:
    run, tested = pins(file), pins(".ci/requirements.txt")
    assert {name: _versions(tested.get(name, [])) for name in run} == {
        name: _versions(run[name]) for name in run
    }


def _versions(pins: list[Requirement]) -> list[tuple[str, str]]:
    """Without the extras: a tool of the tests may want a library with one."""
    return [(str(pin.specifier), str(pin.marker)) for pin in pins]


def test_every_extra_is_in_one_of_the_requirements() -> None:
    named = {extra for extras in REQUIREMENTS.values() for extra in extras}
    assert set(PROJECT["optional-dependencies"]) == named | set(SAME)
    for extra, same in SAME.items():
        assert PROJECT["optional-dependencies"][extra] == same


def test_at_the_top_lies_only_what_belongs_there() -> None:
    plain = {
        "README.md",
        "LICENSE",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "Procfile",
        "justfile",
        "constraints.txt",
    }
    packages = {"Dockerfile", "compose.yaml", "render.yaml", "fly.toml", "railway.json"}
    python = {
        "pyproject.toml",
        "requirements.txt",
        "requirements-postgres.txt",
        "bots",
        "core",
        "tests",
        "docs",
        "benchmarks",
    }
    dots = {
        ".ci",
        ".dockerignore",
        ".env.example",
        ".editorconfig",
        ".gitattributes",
        ".gitignore",
        ".pre-commit-config.yaml",
    }
    command = ["git", "ls-files"]
    if (ROOT / ".git").exists():
        kept = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.splitlines()
        assert {Path(name).parts[0] for name in kept} - (plain | packages | python | dots) == set()


def test_the_hooks_before_a_commit_call_the_tools_of_this_project_and_fetch_nothing() -> None:
    groups = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert {group["repo"] for group in groups} == {"local"}
    hooks = [hook for group in groups for hook in group["hooks"]]
    assert {hook["language"] for hook in hooks} == {"system"}
    for hook in hooks:
        tool, *arguments = hook["entry"].removeprefix(".venv/bin/").split()
        assert (TOOLS / tool).exists(), tool
        if arguments[:1] == ["-m"]:
            assert importlib.util.find_spec(arguments[1])


def test_the_version_stands_in_one_place_and_the_changelog_has_a_section_for_it() -> None:
    assert "version" not in PROJECT
    assert PROJECT["dynamic"] == ["version"]
    sections = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$", CHANGELOG, re.M)
    assert sections[0] == ("Unreleased", "")
    assert sections[1][0] == bots.__version__
    assert all(day for _, day in sections[1:])


def test_the_wheel_names_each_python_from_the_oldest_on_and_no_address_that_leads_nowhere() -> None:
    named = re.findall(r"Python :: 3\.(\d+)", "\n".join(PROJECT["classifiers"]))
    oldest = int(PROJECT["requires-python"].removeprefix(">=3."))
    assert list(map(int, named)) == list(range(oldest, oldest + len(named)))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [url for url in PROJECT["urls"].values() if url not in readme] == []


def test_the_changelog_sorts_by_the_kinds_of_keep_a_changelog() -> None:
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", CHANGELOG, re.M)) <= kinds


def test_files_that_record_addresses_are_not_kept() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    for name in ("uv.lock", "poetry.lock", ".env"):
        assert name in ignored
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "*.lock", "*.env", "Pipfile*", "pip.conf", "uv.toml"]
        kept = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert kept == ""


if __name__ == "__main__":
    write()
