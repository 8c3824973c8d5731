"""How a Python is started that finds our libraries and knows no secret."""

import json
import os
import sys
from pathlib import Path

import core

FOUND = ("SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "PYTHONHOME")
"""What the process needs of the environment; tokens and keys are not among it."""
START = (
    "import gc, json, sys; gc.disable(); sys.path[:] = json.loads(sys.argv[1]);"
    " from core.media.{module} import main; main(*sys.argv[2:])"
)
"""The libraries are where this process has found them, by whatever way (a variable, a .pth file, an
option), so they are not looked for once more (-S). It is gone too soon to have any garbage."""


def command(module: str, *arguments: str) -> list[str]:
    """The words of a command line that calls `main` of a module of core.media."""
    start = START.format(module=module)
    return [sys.executable, "-P", "-S", "-c", start, json.dumps(_paths()), *arguments]


def environment() -> dict[str, str]:
    """All that it knows of ours."""
    found = {name: os.environ[name] for name in FOUND if name in os.environ}
    return {**found, "MALLOC_ARENA_MAX": "2", "PYTHONDONTWRITEBYTECODE": "1"}


def _paths() -> list[str]:
    found = [*sys.path, str(Path(core.__file__).parents[1])]
    return list(dict.fromkeys(str(Path(path).resolve()) for path in found))
