"""Prints the table; with `--long`, `--walk` or `--page` does what the package says."""

import asyncio
import sys

from tests.measures.page import PAGE, written
from tests.measures.shape import long, table
from tests.measures.walk import lengths, on_no_platform, on_telegram, told, walk


def main() -> int:
    """Print, or write the page anew."""
    if "--walk" in sys.argv:
        passed, idle = asyncio.run(
            walk(on_no_platform if "telegram" not in sys.argv else on_telegram)
        )
        sys.stdout.write(told(passed, idle, lengths(passed)))
    elif "--page" in sys.argv:
        old, walked = PAGE.read_text(encoding="utf-8"), asyncio.run(walk(on_no_platform))
        platform, _ = asyncio.run(walk(on_telegram))
        new = written(old, table(), walked, platform)
        PAGE.write_text(new, encoding="utf-8")
    elif "--long" in sys.argv:
        sys.stdout.write(long())
    else:
        sys.stdout.write("".join(f"| {what} | {value} |\n" for what, value in table()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
