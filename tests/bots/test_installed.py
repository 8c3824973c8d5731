"""A start without the libraries, or on an old Python, is one sentence."""

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bots.installed import NEEDED, problem

ROOT = Path(__file__).parents[2]


def test_all_is_there_or_named() -> None:
    assert problem((3, 11)) == problem((3, 14)) == ""
    assert problem((3, 10)).startswith("Python 3.10 is too old: the bot needs 3.11")
    assert problem((3, 11), ("httpx", "no_such_library")).startswith(
        "Libraries are missing: no_such_library. Install"
    )


def test_every_library_that_the_bot_needs_is_looked_for() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "dependencies"
    ]
    modules = packages_distributions()
    for name in (canonicalize_name(Requirement(line).name) for line in declared):
        provided = {
            module for module, names in modules.items() if name in map(canonicalize_name, names)
        }
        assert provided & set(NEEDED), (name, provided)


def test_a_python_without_the_libraries_says_so_and_what_to_do() -> None:
    command = [sys.executable, "-S", "-m", "bots", "--help"]
    done = subprocess.run(
        command, cwd=ROOT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"Libraries are missing: aiohttp, .*yaml\. Install them .*\n", done.stderr)
