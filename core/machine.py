"""Trouble that is this machine's own, and passes when its operator makes room: no disk, no handles, no memory."""

import errno

SHORT = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM})


def short(error: BaseException) -> bool:
    """Whether an error says that this machine has run out of something, as against a platform or a service."""
    return isinstance(error, OSError) and error.errno in SHORT
