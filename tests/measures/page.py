"""The figures of docs/measures.md, written by `python -m tests.measures --page`."""

import re
from collections.abc import Sequence

from tests.measures.shape import ROOT
from tests.measures.walk import Calls, by_themselves, closed, entered, leading, lengths
from tests.pages import filled

PAGE = ROOT / "docs" / "measures.md"
BEFORE = {
    "file: lines, median/max": "90/373",
    "function: lines, median/p90/max": "6/16/39",
    "public names with a docstring, %": "67",
    "handlers that catch all and end it (guards)": "8",
    "tests (functions)": "1,390",
    "patches a test": "0",
    "lines of tests to lines of source": "1.27",
    "comments a thousand lines": "3",
    "packages and single modules of the core, arrows between them": "24, 70",
    "lines over 100 columns, code and tests": "4,725",
}
"""What was counted before the rooms were moved, as far as it was."""
COLUMNS = {
    "file": "file: lines, median/max",
    "function": "function: lines, median/p90/max",
    "docstrings, %": "public names with a docstring, %",
    "guards": "handlers that catch all and end it (guards)",
    "tests": "tests (functions)",
    "patches a test": "patches a test",
    "tests : source": "lines of tests to lines of source",
}
ANCHORS = (
    ("gidgethub", "72/405", "11/29/78", "65", "0", "169", ".05", "1.97"),
    ("cosmicpython, chapter 13", "28/120", "4/11/31", "0", "2", "31", ".06", ".99"),
    ("import-linter", "55/498", "9/30/107", "26", "3", "190", ".01", "2.17"),
    ("procrastinate", "17/1042", "8/32/126", "29", "10", "634", ".36", "1.29"),
    ("httpx-sse", "54/139", "7/20/52", "5", "0", "58", "0", "2.18"),
)
"""Projects that are models, as they were when the rooms were laid out; all broad handlers count."""
LASTING = {
    "file: lines, median/max": (10, None),
    "function: lines, median/p90/max": (1, 2, None),
    "public names with a docstring, %": (2,),
    "handlers that catch all and end it (guards)": (0,),
    "parameters, median/max": (0, None),
}
"""What does not move with every commit, and by how much a page may be off: None is by anything."""

Rows = Sequence[tuple[str, str]]


def size(rows: Rows) -> str:
    """The table of what was measured, beside what it was."""
    lines = [f"| {what} | {BEFORE.get(what, '')} | {value} |\n" for what, value in rows]
    return "".join(("| | before | now |\n", "|---|--:|--:|\n", *lines))


def anchors(rows: Rows) -> str:
    """This project beside those that are models."""
    now, titles = dict(rows), ("", *COLUMNS)
    ours = [["before", *(BEFORE.get(it, "") for it in COLUMNS.values())]]
    ours.append(["**now**", *(now.get(it, "") for it in COLUMNS.values())])
    lines = [f"| {' | '.join(cells)} |\n" for cells in (titles, *ANCHORS, *ours)]
    return "".join((lines[0], "|---|" + "--:|" * len(COLUMNS) + "\n", *lines[1:]))


def way(passed: Calls, idle: Calls, platform: Calls) -> str:
    """How many modules the walk of a photo leads through, and how many with a platform's."""
    found = lengths(passed)
    ahead = leading(passed)
    packages = {module.rpartition(".")[0] for module in found}
    more = lengths(platform)
    return (
        f"* (a) {len(found)} modules of {sum(found.values()):,} lines,"
        f" in {len(packages)} packages;\n"
        f"* (b) {len(ahead)} of them lead on, of {sum(found[it] for it in ahead):,} lines;\n"
        f"* (c) in {len(by_themselves(passed, idle))} of (a) nothing ran but what runs in a bot"
        " that nobody writes to;\n"
        f"* (d) {len(entered(found, closed()))} where a closed package is one;\n"
        f"* (e) with Telegram around it {len(more)}, or {len(entered(more, closed()))}.\n"
    )


def written(text: str, rows: Rows, walked: tuple[Calls, Calls], platform: Calls) -> str:
    """The page with these figures: what was walked through, what of it an idle bot does, and what
    with a platform around it. Raises ValueError where a mark is gone."""
    for mark, part in (
        ("size", size(rows)),
        ("anchors", anchors(rows)),
        ("walk", way(*walked, platform)),
    ):
        text = filled(text, mark, part)
    return text


def stale(text: str, rows: Rows) -> list[str]:
    """What of a page is further off than it may be: each figure with what it would be now."""
    on_page = {
        what: value
        for what, _, value in re.findall(r"^\| (.+?) \| (.*?) ?\| (.+?) \|$", text, re.M)
    }
    return [
        f"{what}: {on_page.get(what)}, now {value}"
        for what, value in rows
        if what in LASTING and not _near(on_page.get(what, ""), value, LASTING[what])
    ]


def _near(one: str, other: str, off: Sequence[int | None]) -> bool:
    figures = [[int(part) for part in text.split("/") if part] for text in (one, other)]
    if not len(figures[0]) == len(figures[1]) == len(off):
        return False
    return all(most is None or abs(a - b) <= most for a, b, most in zip(*figures, off, strict=True))
