"""Which files are too large, or too many, for one request; judged before any work starts."""

from collections.abc import Iterable

from core.messages import Attachment
from core.settings import Limits
from core.skills import MB


def oversize(files: Iterable[Attachment], most: int) -> tuple[Attachment, ...]:
    """The files known to have more than `most` bytes (D12); one of unknown size is judged after the
    download."""
    return tuple(file for file in files if file.bytes is not None and file.bytes > most)


def fitting(
    files: Iterable[Attachment], held: Iterable[Attachment], limits: Limits
) -> tuple[Attachment, ...]:
    """As many of these files, the first ones, as go into one request beside those that it holds
    already."""
    there = list(held)
    begun, most, heaviest = len(there), limits.files_per_request, limits.mb_per_request * MB
    for file in files:
        size = sum(known.bytes or 0 for known in (*there, file))
        if (most and len(there) >= most) or (heaviest and size > heaviest):
            break
        there.append(file)
    return tuple(there[begun:])


def out_of_reach(files: Iterable[Attachment], largest: int) -> tuple[Attachment, ...]:
    """The files that the platform will not hand out to us: more than `largest` bytes (0: no
    limit)."""
    return tuple(file for file in files if largest and (file.bytes or 0) > largest)
