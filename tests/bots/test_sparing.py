"""What is not imported for nobody, in a process that begins with `bots`."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BEGUN = """
import sys
import bots
print(*sorted({"rich", "pygments", "click"} & set(sys.modules)))
"""


def test_a_start_imports_nothing_that_draws() -> None:
    known = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", BEGUN],
        cwd=ROOT, env=known, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == "\n"
