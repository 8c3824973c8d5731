"""The contract as a table for people: `python -m tests.contract`; with `--seeds FOLDER`, the lines
of changed seeds."""

import sys
from pathlib import Path

from tests.contract import HERE, digest, read, rows


def table() -> str:
    """Markdown: one line for each row, the places in the seeds first."""
    lines = ["| seed:line | it says | what we do | tests |", "|---|---|---|---|"]
    for row in rows():
        tests = "<br>".join(f"`{test.removeprefix('tests/')}`" for test in row.tests)
        lines.append(f"| {' '.join(row.lines)} | {row.says} | {row.does} | {tests} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print the table, or write down the lines of the seeds anew: the test then names those without
    a row."""
    match sys.argv[1:]:
        case []:
            sys.stdout.write(table())
        case ["--seeds", folder]:
            found = read(Path(folder))
            written = "".join(f"{place} {digest(line)}\n" for place, line in found.items())
            (HERE / "lines.txt").write_text(written, encoding="utf-8")
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
