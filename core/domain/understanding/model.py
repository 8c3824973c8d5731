"""The linear model, and the classes of pieces of words that it counts: numbers that are looked at
where they lie on the disk, so that what nobody asks for takes neither memory nor time."""

import json
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp, sqrt
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

ALIGNED = 4
File = bytes | mmap


def pack(head: Mapping[str, object], *parts: bytes) -> bytes:
    """Length of the head (4 bytes), the head as JSON, and the parts one behind the other."""
    text = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
    text += b" " * (-len(text) % ALIGNED)
    return struct.pack("<I", len(text)) + text + b"".join(parts)


def unpack(file: File) -> tuple[dict[str, Any], memoryview]:
    """The head of a file that `pack` made, and what stands behind it."""
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


CLASSES = Path(__file__).parent / "classes.bin"
"""`pack`: keys (4 bytes each), places (4 bytes each), coarse and fine classes (2 bytes each), all
pieces one behind the other.

Made by tests.phrases.classes."""
START = "_"
"""Before a piece that begins a word."""
UNKNOWN = ("?", "?")


@dataclass(frozen=True, slots=True)
class Classes:
    """The coarse and the fine class of each piece. Numbers instead of a dictionary, which would
    take ten times the memory."""

    longest: Mapping[str, int]
    """The length of the longest piece by the sign that it begins with."""
    keys: Sequence[int]
    """The CRC of each piece, in rising order."""
    places: Sequence[int]
    """Where each piece stands in `text`; one more for the end."""
    coarse: Sequence[int]
    fine: Sequence[int]
    text: memoryview

    def of(self, piece: str) -> tuple[str, str] | None:
        """Its classes; None for what is no piece."""
        spelled = piece.encode()
        key = zlib.crc32(spelled)
        at = bisect_left(self.keys, key)
        while at < len(self.keys) and self.keys[at] == key:
            if self.text[self.places[at] : self.places[at + 1]] == spelled:
                return f"c{self.coarse[at]}", f"f{self.fine[at]}"
            at += 1
        return None


@cache
def shipped_classes() -> Classes:
    """The classes of this package."""
    return unpacked_classes(mapped(CLASSES))


def packed_classes(pieces: Mapping[str, tuple[int, int]]) -> bytes:
    """The file of these pieces by their coarse and fine class."""
    ordered = sorted((zlib.crc32(piece.encode()), piece) for piece in pieces)
    longest: dict[str, int] = {}
    places, text = array("I", [0]), b""
    for _, piece in ordered:
        text += piece.encode()
        places.append(len(text))
        for said in {piece, piece.removeprefix(START)} - {""}:
            longest[said[0]] = max(len(said), longest.get(said[0], 0))
    found = [pieces[piece] for _, piece in ordered]
    columns = (
        array("I", [key for key, _ in ordered]),
        places,
        *(array("H", [classes[column] for classes in found]) for column in (0, 1)),
    )
    head = {"pieces": len(ordered), "longest": longest}
    return pack(head, *(little(column) for column in columns), text)


def unpacked_classes(file: File) -> Classes:
    """The classes of a file that `packed_classes` made."""
    head, rest = unpack(file)
    count = head["pieces"]
    keys, rest = rest[: 4 * count], rest[4 * count :]
    places, rest = rest[: 4 * count + 4], rest[4 * count + 4 :]
    coarse, fine, text = rest[: 2 * count], rest[2 * count : 4 * count], rest[4 * count :]
    return Classes(
        head["longest"],
        numbers("I", keys),
        numbers("I", places),
        numbers("H", coarse),
        numbers("H", fine),
        text,
    )


def classes(line: str) -> list[tuple[str, str]]:
    """The classes of the pieces of a folded line, in order: at each place the longest piece that is
    known."""
    return [found for word in line.split() for found in _pieces(word)]


@lru_cache(maxsize=2048)  # people write the same words
def _pieces(word: str) -> tuple[tuple[str, str], ...]:
    known, start = shipped_classes(), 0
    found: list[tuple[str, str]] = []
    while start < len(word):
        reach = start + known.longest.get(word[start], 0)
        for end in range(min(len(word), reach), start, -1):
            piece = word[start:end]
            hit = (known.of(START + piece) if start == 0 else None) or known.of(piece)
            if hit:
                break
        else:
            hit, end = UNKNOWN, start + 1
        if hit is not UNKNOWN or not found or found[-1] is not UNKNOWN:
            found.append(hit)
        start = end
    return tuple(found)


Features = tuple[frozenset[str], ...]
"""Those of the spelling, of the concepts, and of the classes of pieces: each kind is weighed by its
own number."""
WEIGHTS = (1.0, 1.5, 1.5)
"""What the features of each kind count together, as against the others."""
MODEL = Path(__file__).parent / "model.bin"
"""`pack`: keys (4 bytes each), rows of signed bytes."""


@dataclass(frozen=True, slots=True)
class Model:
    """Rows of weights, a signed byte a label; probability = softmax(bias + scale * weight * sum /
    sqrt(features))."""

    labels: tuple[str, ...]
    scale: float
    bias: tuple[float, ...]
    data: str
    """Digest of the sentences, words and code that it was trained with."""
    keys: Sequence[int]
    """The CRC of the name of each feature, in rising order: a dictionary would take twenty times
    the memory."""
    weights: memoryview
    """The rows in the order of the keys."""

    def likely(self, features: Features) -> tuple[dict[str, float], float]:
        """How likely each label is, which adds up to 1; and the share of the pieces of spelling
        that were seen in training, 0 to 1."""
        scores = list(self.bias)
        found = [self._found(kind) for kind in features]
        for weight, kind, places in zip(WEIGHTS, features, found, strict=True):
            share = weight * self.scale / sqrt(max(1, len(kind)))
            for label, total in enumerate(self._sums(places)):
                scores[label] += share * total
        most = max(scores)
        powers = [exp(score - most) for score in scores]
        whole = sum(powers)
        shares = {label: power / whole for label, power in zip(self.labels, powers, strict=True)}
        return shares, len(found[0]) / max(1, len(features[0]))

    def _found(self, kind: Collection[str]) -> list[int]:
        """Where the rows of those features begin that are known."""
        keys, width, known = self.keys, len(self.labels), len(self.keys)
        found = []
        for feature in kind:
            key = zlib.crc32(feature.encode())
            place = bisect_left(keys, key)
            if place < known and keys[place] == key:
                found.append(place * width)
        return found

    def _sums(self, places: Sequence[int]) -> list[int]:
        """For each label the sum over the rows; column by column, which is what Python does
        fast."""
        width = len(self.labels)
        rows = (self.weights[place : place + width] for place in places)
        return [sum(column) for column in zip(*rows, strict=True)]


@cache
def shipped_model() -> Model:
    """The model of this package."""
    return unpacked_model(mapped(MODEL))


def packed_model(head: dict[str, object], rows: dict[int, bytes]) -> bytes:
    """The file of these rows by their keys; a row has one signed byte a label."""
    keys = sorted(rows)
    weights = b"".join(rows[key] for key in keys)
    return pack(head | {"rows": len(keys)}, little(array("I", keys)), weights)


def unpacked_model(file: File) -> Model:
    """The model of a file that `packed_model` made."""
    head, rest = unpack(file)
    size = 4 * head["rows"]
    keys, weights = numbers("I", rest[:size]), rest[size:].cast("b")
    return Model(
        tuple(head["labels"]), head["scale"], tuple(head["bias"]), head["data"], keys, weights
    )
