"""A file that an operator has written, read so that whatever stands in its place ends in a reason,
never in a wait."""

import errno
import os
import stat
from pathlib import Path

MOST = 2**20
"""Bytes: what an operator writes by hand is far smaller."""

MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""What editors put before a text, longest first where one begins like another."""

REASONS = {
    errno.EACCES: "this user may not use it",
    errno.EPERM: "this user may not use it",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a file stands where a folder is needed",
    errno.EEXIST: "a file stands where a folder is needed",
    errno.EROFS: "its disk is read-only",
    errno.ENOSPC: "its disk is full",
    errno.EDQUOT: "the user's share of the disk is used up",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ELOOP: "it is a link that leads to itself",
    errno.ENOENT: "it is not there",
}


class Unreadable(Exception):
    """A file cannot be read or understood; the text is the reason, such as `it is a folder`."""


def reason_of(problem: OSError) -> str:
    """What the system's refusal means to an operator, without a path."""
    return REASONS.get(problem.errno or 0) or (problem.strerror or type(problem).__name__).lower()


def contents(path: Path, most: int = MOST) -> bytes:
    """The bytes of a regular file. Raises FileNotFoundError where there is none, Unreadable for
    everything else.

    Opened without waiting: nobody may ever write into a pipe.
    """
    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except FileNotFoundError:
        raise
    except OSError as problem:
        raise Unreadable(reason_of(problem)) from None
    try:
        kind = os.fstat(handle).st_mode
        if not stat.S_ISREG(kind):
            raise Unreadable("it is a folder" if stat.S_ISDIR(kind) else "it is no plain file")
        with os.fdopen(handle, "rb", closefd=False) as file:
            found = file.read(most + 1)
    except OSError as problem:
        raise Unreadable(reason_of(problem)) from None
    finally:
        os.close(handle)
    if len(found) > most:
        raise Unreadable(f"it is larger than {most // 1024} kB")
    return found


def decoded(raw: bytes) -> str:
    """The text where its encoding is certain: UTF-8, and UTF-16 and UTF-32 as editors save them.
    Raises Unreadable."""
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _as(raw[len(mark) :], encoding)
    if b"\0" in raw:  # no text in UTF-8 holds one; every Latin letter in UTF-16 does
        fitting = [
            text for encoding in ("utf-16-le", "utf-16-be") if (text := _guessed(raw, encoding))
        ]
        if len(fitting) != 1:
            raise Unreadable("it is no text")
        return fitting[0]
    return _as(raw, "utf-8")


def _as(raw: bytes, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("it is not UTF-8 text") from None
    if "\0" in text:
        raise Unreadable("it is no text")
    return text


def _guessed(raw: bytes, encoding: str) -> str:
    """The text, if this encoding makes settings of it; with the two bytes of a letter swapped there
    is no `=`."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return text if "=" in text and "\0" not in text else ""
