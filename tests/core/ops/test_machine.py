"""What a machine runs out of passes, and as many handles as it allows are asked for."""

import errno
import subprocess
import sys

import pytest

from core.ops import machine


@pytest.mark.parametrize(
    ("error", "short"),
    [
        (OSError(errno.EMFILE, "x"), True),
        (OSError(errno.ENFILE, "x"), True),
        (OSError(errno.ENOSPC, "x"), True),
        (OSError(errno.ENOENT, "x"), False),
        (OSError("x"), False),
        (ValueError(errno.EMFILE), False),
    ],
)
def test_what_a_machine_has_run_out_of_is_told_from_other_trouble(
    error: Exception, *, short: bool
) -> None:
    assert machine.short(error) is short


ASK = """
import resource
from core.ops import machine
resource.setrlimit(resource.RLIMIT_NOFILE, (64, {hard}))
print(machine.ask_for_handles({wanted}), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
@pytest.mark.parametrize(
    ("hard", "wanted", "soft"),
    [(200, 65_536, 200), (200, 100, 100), (200, 32, 64), (64, 65_536, 64)],
)
def test_as_many_handles_are_asked_for_as_are_allowed_and_never_fewer(
    hard: int, wanted: int, soft: int
) -> None:
    program = [sys.executable, "-c", ASK.format(hard=hard, wanted=wanted)]
    said = subprocess.run(program, capture_output=True, text=True, check=True)
    assert said.stdout.split() == [str(soft), str(soft), str(hard)]
