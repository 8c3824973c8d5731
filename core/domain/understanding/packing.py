"""Files of numbers that are looked at where they lie on the disk: what nobody asks for takes
neither memory nor time."""

import json
import struct
import sys
from array import array
from collections.abc import Mapping, Sequence
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

ALIGNED = 4
File = bytes | mmap


def packed(head: Mapping[str, object], *parts: bytes) -> bytes:
    """Length of the head (4 bytes), the head as JSON, and the parts one behind the other."""
    text = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
    text += b" " * (-len(text) % ALIGNED)
    return struct.pack("<I", len(text)) + text + b"".join(parts)


def unpacked(file: File) -> tuple[dict[str, Any], memoryview]:
    """The head of a file that `packed` made, and what stands behind it."""
    content = memoryview(file)
    (length,) = struct.unpack_from("<I", content)
    start = ALIGNED + length
    return json.loads(bytes(content[ALIGNED:start])), content[start:]


@cache
def mapped(path: Path) -> mmap:
    """A file of the package, for as long as the process: opened once, for the price of a look."""
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def little(column: "array[int]") -> bytes:
    """Numbers as they lie in a file."""
    if sys.byteorder == "big":  # pragma: no cover
        column = column[:]
        column.byteswap()
    return column.tobytes()


def numbers(kind: str, part: memoryview) -> Sequence[int]:
    """Numbers of that kind (as `array` calls them), which lie there as little-endian ones."""
    if sys.byteorder == "big":  # pragma: no cover
        found = array(kind, bytes(part))
        found.byteswap()
        return found
    return part.cast(kind)  # type: ignore[call-overload, no-any-return] # its stub wants a literal
