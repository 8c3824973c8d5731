"""`python -m tests.mutation [PATTERN...]`: mutmut changes the pure modules in one place after the other; how many
of the changes tests/core notices. Exits 1 below 90 of a hundred. A pattern is a module's, such as `core.limits*`.

What it has found before is kept in `mutants/`, and only what has changed since is tried again.
"""

import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

LEAST = 0.9
TOOL = Path(sys.executable).parent / "mutmut"
CAUGHT = ("killed", "timeout", "segfault", "caught by type check")


def counted(lines: Iterable[str]) -> dict[str, Counter[bool]]:
    """How many changes of each module were caught (True) and not, of lines such as
    `core.limits.x_room__mutmut_3: killed`.

    Changes that have not been tried count as nothing.
    """
    found: dict[str, Counter[bool]] = defaultdict(Counter)
    for line in lines:
        name, _, state = line.strip().partition(": ")
        if state and state != "not checked":
            found[name.partition(".x")[0]][state in CAUGHT] += 1
    return dict(found)


def table(found: dict[str, Counter[bool]]) -> str:
    """A line for each module, and one for all."""
    rows = {**dict(sorted(found.items())), "all": sum(found.values(), Counter[bool]())}
    return "\n".join(
        f"{each[True] / each.total():6.1%}  {each[True]:5} of {each.total():5}  {name}" for name, each in rows.items()
    )


def main() -> int:
    """Run, show every change that nobody noticed, and the table."""
    subprocess.run([TOOL, "run", "--max-children", "2", *sys.argv[1:]], check=False, stdout=sys.stderr)
    done = subprocess.run([TOOL, "results", "--all", "true"], check=True, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    print(*(line.strip() for line in lines if line.endswith((": survived", ": no tests"))), sep="\n")  # noqa: T201
    found = counted(lines)
    print(table(found))  # noqa: T201  (a command)
    whole = sum(found.values(), Counter[bool]())
    return 0 if whole[True] >= LEAST * whole.total() else 1


if __name__ == "__main__":
    sys.exit(main())
