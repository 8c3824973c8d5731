"""Trouble that is this machine's own, and passes when its operator makes room: no disk, no handles,
no memory."""

import errno
from contextlib import suppress

SHORT = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
)


def short(error: BaseException) -> bool:
    """Whether an error says that this machine has run out of something, as against a platform or a
    service."""
    return isinstance(error, OSError) and error.errno in SHORT


HANDLES = 65_536
"""Open files and connections that are asked for; the system's own default of 1,024 is for programs
with few."""


def ask_for_handles(wanted: int = HANDLES) -> int:
    """Let this process have as many as its machine allows without asking anybody; how many that
    are, 0 if unknown."""
    try:
        import resource
    except ImportError:  # no such limit there
        return 0
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(ValueError, OSError):  # some systems set a lower limit than they tell
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return handles()


def handles() -> int:
    """How many open files and connections this process may have, 0 if unknown or unlimited."""
    try:
        import resource
    except ImportError:
        return 0
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 0 if soft == resource.RLIM_INFINITY else soft
