"""In which order the workers import all that there is: each begins at another place, and finds
compiled what the others have begun with.

In a fresh checkout, four of them compiled each module at the same time, and rewrote its asserts.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
WORKER = "PYTEST_XDIST_WORKER"


def from_own_share(names: Sequence[str], worker: int, of: int) -> list[str]:
    """All of them, those first that this worker is to begin with."""
    begin = len(names) * worker // of
    return [*names[begin:], *names[:begin]]


def import_packages(*packages: ModuleType) -> None:
    """All modules of them but what runs when it is imported."""
    walks = (walk_packages(package.__path__, f"{package.__name__}.") for package in packages)
    for name in _from_own_share([each.name for walk in walks for each in walk]):
        if not name.endswith("__main__"):
            import_module(name)


def import_tests(config: pytest.Config) -> None:
    """Where a worker is about to collect all of them; what fails is told by who collects it."""
    if WORKER in os.environ and config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        files = sorted((ROOT / "tests").rglob("test_*.py"))
        names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
        for name in _from_own_share(names):
            with suppress(Exception, pytest.skip.Exception):
                import_module(name)


def _from_own_share(names: Sequence[str]) -> list[str]:
    worker = int(os.environ.get(WORKER, "gw0").removeprefix("gw"))
    return from_own_share(names, worker, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


@contextmanager
def leaving_bytecode() -> Iterator[None]:
    """Also where the environment says that Python is to write none."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    try:
        yield
    finally:
        sys.dont_write_bytecode = before
