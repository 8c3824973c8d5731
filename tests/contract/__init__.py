"""The contract with the five seed documents: every line of theirs, what we do about it, and the
tests that hold it.

The seeds lie beside the checkout in `shared/seeds` and are not ours to copy. `lines.txt` therefore
names each of their lines by number and a short hash, and the TOML files here say in our own words
what a line asks for."""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
NOTHING = "tests/test_contract.py::test_what_asks_for_nothing_is_layout"
"""The test of the lines that ask for nothing: that this is so."""


@dataclass(frozen=True)
class Row:
    """What some lines of the seeds ask for. `lines` are such as `000:51`; `nothing` says why there
    is nothing to do."""

    says: str
    lines: tuple[str, ...]
    does: str
    tests: tuple[str, ...]
    nothing: bool = False


def rows() -> tuple[Row, ...]:
    """The whole table, in the order of the files."""
    found = []
    for file in sorted(HERE.glob("*.toml")):
        for row in tomllib.loads(file.read_text(encoding="utf-8"))["row"]:
            nothing = "nothing" in row
            does = f"nothing to do: {row['nothing']}" if nothing else row["does"]
            tests = (NOTHING,) if nothing else tuple(row["tests"])
            found.append(Row(row["says"], tuple(row["lines"].split()), does, tests, nothing))
    return tuple(found)


def known() -> dict[str, str]:
    """The lines of the seeds as they were when the table was written: place to hash."""
    pairs = (line.split() for line in (HERE / "lines.txt").read_text(encoding="utf-8").splitlines())
    return {place: digest for place, digest in pairs}


def read(seeds: Path = SEEDS) -> dict[str, str]:
    """The lines of the seeds as they are, those without a word left out: place to text."""
    return dict(_lines(seeds))


def _lines(seeds: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(seeds.glob("*.txt")):
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            if line.strip():
                yield f"{file.name[:3]}:{number}", line.strip()


def digest(line: str) -> str:
    """Enough to notice that a line has changed, too little to read it."""
    return hashlib.sha256(line.encode()).hexdigest()[:10]
