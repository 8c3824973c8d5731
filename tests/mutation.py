"""`python -m tests.mutation [PATTERN...]`: mutmut changes the pure modules in one place after the
other; how many of the changes tests/core notices. Exits 1 below 90 of a hundred. A pattern is a
module's, such as `core.domain.limits*`.

What it has found before is kept in `mutants/`, and only what has changed since is tried again: the
first time takes hours. Where words or other files that are no code have changed, delete that folder
before. `--sample 20 --seed 1` tries at most 20 changes of each module, drawn by lot: the same for
the same seed.
"""

import argparse
import random
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from pathlib import Path

LEAST = 0.9
TOOL = Path(sys.executable).parent / "mutmut"
CAUGHT = ("killed", "timeout", "segfault", "caught by type check")
SMALLEST = "core.domain.numbers*"
"""Tried first where the changes are drawn by lot: mutmut names them only after it has made them."""


def counted(lines: Iterable[str]) -> dict[str, Counter[bool]]:
    """How many changes of each module were caught (True) and not, of lines such as
    `core.domain.limits.x_room__mutmut_3: killed`.

    Changes that have not been tried count as nothing.
    """
    found: dict[str, Counter[bool]] = defaultdict(Counter)
    for line in lines:
        name, _, state = line.strip().partition(": ")
        if state and state != "not checked":
            found[module(name)][state in CAUGHT] += 1
    return dict(found)


def module(name: str) -> str:
    """The module that a change is in."""
    return name.partition(".x")[0]


def drawn(names: Iterable[str], most: int, seed: int) -> list[str]:
    """At most so many of the changes of each module, by lot; a module draws the same whichever
    others are there."""
    grouped = defaultdict(list)
    for name in sorted(names):
        grouped[module(name)].append(name)
    return [
        name
        for room, there in grouped.items()
        for name in random.Random(f"{seed} {room}").sample(there, min(most, len(there)))
    ]


def table(found: dict[str, Counter[bool]]) -> str:
    """A line for each module, and one for all."""
    rows = {**dict(sorted(found.items())), "all": sum(found.values(), Counter[bool]())}
    return "\n".join(
        f"{each[True] / each.total():6.1%}  {each[True]:5} of {each.total():5}  {name}"
        for name, each in rows.items()
        if each.total()
    )


def tried(patterns: Iterable[str]) -> None:
    """Make the changes anew where the code is another, and try these.

    Raises SystemExit where mutmut could not: the tests fail, or nothing has such a name.
    """
    if subprocess.run(
        [TOOL, "run", "--max-children", "2", *patterns], check=False, stdout=sys.stderr
    ).returncode:
        sys.exit("nothing was measured")


def asked(lines: Iterable[str], patterns: Sequence[str]) -> list[str]:
    """The lines about changes with such a name; without a pattern all of them."""
    names, globs = set(patterns), [pattern for pattern in patterns if "*" in pattern]
    named = ((line, line.partition(": ")[0]) for line in lines)
    return [
        line
        for line, name in named
        if not names or name in names or any(fnmatch(name, pattern) for pattern in globs)
    ]


def results() -> list[str]:
    """A line for each change that there is, with what has come of it."""
    done = subprocess.run(
        [TOOL, "results", "--all", "true"], check=True, capture_output=True, text=True
    )
    return [line.strip() for line in done.stdout.splitlines()]


def main() -> int:
    """Run, show every change that nobody noticed, and the table."""
    options = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    options.add_argument("patterns", nargs="*", metavar="PATTERN")
    options.add_argument(
        "--sample", type=int, default=0, help="changes of each module, drawn by lot; 0: all"
    )
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    patterns = given.patterns
    if given.sample:
        tried([SMALLEST])
        names = (line.partition(": ")[0] for line in asked(results(), patterns))
        patterns = drawn(names, given.sample, given.seed)
    tried(patterns)
    lines = asked(results(), patterns)
    print(*(line for line in lines if line.endswith((": survived", ": no tests"))), sep="\n")  # noqa: T201
    found = counted(lines)
    print(table(found))  # noqa: T201  (a command)
    whole = sum(found.values(), Counter[bool]())
    return 0 if whole[True] >= LEAST * whole.total() else 1


if __name__ == "__main__":
    sys.exit(main())
