"""`python -m benchmarks [--short] [--json FILE] [--plots FOLDER] [NAME…]`: tables of figures with
their goals."""

import argparse
import asyncio
import importlib
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.measuring import FULL, SHORT, load
from benchmarks.report import Table, on_page

NAMES = (
    "request", "in_flight", "growth", "shared_growth", "latency", "pace", "blocking", "adapters",
    "starting", "transfers", "film", "machines",
)  # fmt: skip


def main(words: Sequence[str] | None = None) -> int:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    options.add_argument("--short", action="store_true", help="for a look: under three minutes")
    options.add_argument("--people", type=int, default=FULL.people, help="at most so many at once")
    options.add_argument("--none", action="store_true", help="measure nothing: take what FILE has")
    options.add_argument(
        "--json", type=Path, help="where the figures go, beside those of other names"
    )
    options.add_argument("--page", type=Path, help="a page whose tables are written anew")
    options.add_argument("--plots", type=Path, help="a folder for pictures of the figures")
    given = options.parse_args(words)
    if unknown := set(given.names) - set(NAMES):
        options.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    scale = replace(SHORT if given.short else FULL, people=given.people)
    found: dict[str, Any] = {}
    begun = time.monotonic()
    print(f"{os.cpu_count()} cores, load {load()}\n")
    for name in given.names or (() if given.none else NAMES):
        at, module = time.monotonic(), importlib.import_module(f"benchmarks.{name}")
        table: Table = asyncio.run(module.run(scale))
        print(f"{table}\n\n({time.monotonic() - at:.0f} s, load {load()})\n", flush=True)
        found[name] = table.as_json()
    if given.json:
        earlier = json.loads(given.json.read_bytes()) if given.json.exists() else {}
        found = {**earlier, **found}
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if given.page:
        page = given.page.read_text(encoding="utf-8")
        given.page.write_text(on_page(page, found, NAMES), encoding="utf-8")
    if given.plots:
        from benchmarks import plots  # its library is large

        plots.draw(found, given.plots)
    print(f"{time.monotonic() - begun:.0f} s in all, load {load()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
