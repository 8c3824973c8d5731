"""What is not imported or read for nobody, in a process that begins with `bots`."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BEGUN = """
import os, sys
before = dict(os.environ)
import bots
import aiohttp.connector as library
assert dict(os.environ) == before
assert library._SSL_CONTEXT_VERIFIED.get_ca_certs() == []
from core.net.certificates import trusted
assert trusted().get_ca_certs() != []
print(*sorted({"rich", "pygments", "click"} & set(sys.modules)))
"""


def test_a_start_reads_one_list_of_authorities_and_imports_nothing_that_draws() -> None:
    known = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    env = {**known, "SSL_CERT_DIR": "/nowhere"}
    done = subprocess.run(
        [sys.executable, "-c", BEGUN],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == "\n"
