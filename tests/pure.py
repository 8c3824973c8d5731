"""`python -m tests.pure`: the coverage of the last test run, and a failure if a pure module has a
branch untried.

What is pure is written once, in the import contract "decisions" of pyproject.toml.
"""

import sys
import tomllib
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).parents[1]
WHOLE = 90.0
"""Least coverage of everything, in percent."""


def pure_files() -> list[str]:
    """The files of the modules that the contract names."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (decisions,) = [contract for contract in contracts if contract["name"].startswith("decisions")]
    names = [module.replace(".", "/") for module in decisions["source_modules"]]
    found = [path for name in names for path in (*ROOT.glob(name), *ROOT.glob(f"{name}.py"))]
    return [str(path / "*") if path.is_dir() else str(path) for path in found]


def main() -> int:
    """Print both reports; the exit code says whether they are good enough."""
    coverage = Coverage(config_file=str(ROOT / "pyproject.toml"))
    coverage.load()
    whole = coverage.report(show_missing=False)
    print("\nPure modules:")  # noqa: T201  (a command)
    pure = coverage.report(include=pure_files(), show_missing=True)
    print(f"everything {whole:.1f} % (at least {WHOLE:g}), pure modules {pure:.2f} % (100)")  # noqa: T201
    return 0 if whole >= WHOLE and pure == 100 else 1


if __name__ == "__main__":
    sys.exit(main())
