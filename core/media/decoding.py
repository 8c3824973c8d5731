"""The process in which files of strangers are decoded: it limits itself, does one piece of work,
and is gone.

It is told what to do by its arguments, knows no secret, and answers on its standard output: the
bytes of a small picture, or a line of JSON about a prepared file or about what went wrong."""

import errno
import json
import os
import signal
import struct
from dataclasses import asdict
from pathlib import Path

from core.media.errors import MediaError, PictureTooLarge
from core.media.preparing import prepare

COPYING = "copy"
"""The work of copying a film, and the line in which one waits for it."""
ENDED = struct.Struct("!5si")
"""What stands behind what a fork said: MARK, and how it ended, as `Popen.returncode`."""
MARK = b"ended"
NO_PROCESS = 75
"""That there was none: the system has too little of something at the moment."""
LARGEST = 2**28
"""Bytes of a file that is written."""
HANDLES = 64
LONGER = 10
"""Seconds after its time in which whoever waits for it should have ended it."""


def main(work: str, megabytes: str, seconds: str, *arguments: str) -> None:
    """Do one piece of work within so many megabytes of address space and seconds of processor
    time."""
    os.umask(0o077)  # what it writes is nobody else's to read
    _limit(int(megabytes), int(seconds))
    try:
        said = _done(work, *arguments)
    except MediaError as error:
        said = _told(error)
    except MemoryError:
        said = _told(PictureTooLarge(0, 0))
    except OSError as error:
        said = _told(error)
    with open(1, "wb", closefd=False) as out:
        out.write(said)
    os._exit(0)  # nothing is left to be put in order


def _done(work: str, source: str, *more: str) -> bytes:
    if work == "prepare":
        folder, name = more
        return json.dumps(asdict(prepare(Path(source), Path(folder), name)), default=str).encode()
    if work == COPYING:
        from core.media.copies import copied

        target, most = more
        return json.dumps({"bytes": copied(Path(source), Path(target), int(most))}).encode()
    if work == "sheet":
        from core.media.sheets import sheet

        return sheet([Path(it) if it else None for it in more], int(source))
    if work == "still":
        from core.media.stills import still

        return still(Path(source))
    from core.media import pictures

    if work == "tile":
        return pictures.tile(Path(source), *map(int, more))
    return pictures.thumbnail(Path(source))


def _told(error: Exception) -> bytes:
    facts: dict[str, object] = {"error": type(error).__name__, "detail": str(error)}
    names = ("pixels", "limit", "seconds", "extension", "errno")
    facts |= {name: getattr(error, name) for name in names if hasattr(error, name)}
    return json.dumps(facts).encode()


def _limit(megabytes: int, seconds: int) -> None:
    """Memory, processor time, files, where the system knows such limits; and the others come
    first."""
    try:
        import resource
    except ImportError:
        return
    for what, most, more in (
        (resource.RLIMIT_AS, megabytes * 2**20, 0),
        (resource.RLIMIT_CPU, seconds, 1),  # the softer limit says why the process has ended
        (resource.RLIMIT_FSIZE, LARGEST, 0),
        (resource.RLIMIT_NOFILE, HANDLES, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _, known = resource.getrlimit(what)
        hard = most + more if known == resource.RLIM_INFINITY else min(most + more, known)
        resource.setrlimit(what, (min(most, hard), hard))
    signal.alarm(seconds + LONGER)  # also where nobody is left who would end it
    os.nice(5)


def fork_ended(said: bytes) -> tuple[bytes, int] | None:
    """What came from a fork, and how it has ended, as `Popen.returncode`; None where that is not
    told, for there is no origin any more. Raises OSError where there was no fork."""
    end = said[-ENDED.size :]
    if not end.startswith(MARK):
        return None
    _, code = ENDED.unpack(end)
    if code == NO_PROCESS:
        raise OSError(errno.EAGAIN, "no process")
    return said[: -ENDED.size], code
