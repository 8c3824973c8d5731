"""The table, or with `--walk` the modules of a walk."""

import asyncio
import sys

from tests.measures.shape import table
from tests.measures.walk import told, walk


def main() -> int:
    """Print the one or the other."""
    if "--walk" in sys.argv:
        sys.stdout.write(told(asyncio.run(walk())))
        return 0
    sys.stdout.write("".join(f"| {what} | {value} |\n" for what, value in table()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
