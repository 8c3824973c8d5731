"""The linear model: weights of features for labels, shipped as data and read once."""

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt
from pathlib import Path

from core.domain.understanding import packing
from core.domain.understanding.features import WEIGHTS, Features

PATH = Path(__file__).parent / "model.bin"
"""`packed`: keys (4 bytes each), rows of signed bytes."""


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
def shipped() -> Model:
    """The model of this package."""
    return unpacked(packing.mapped(PATH))


def packed(head: dict[str, object], rows: dict[int, bytes]) -> bytes:
    """The file of these rows by their keys; a row has one signed byte a label."""
    keys = sorted(rows)
    weights = b"".join(rows[key] for key in keys)
    return packing.packed(head | {"rows": len(keys)}, packing.little(array("I", keys)), weights)


def unpacked(file: packing.File) -> Model:
    """The model of a file that `packed` made."""
    head, rest = packing.unpacked(file)
    size = 4 * head["rows"]
    keys, weights = packing.numbers("I", rest[:size]), rest[size:].cast("b")
    return Model(
        tuple(head["labels"]), head["scale"], tuple(head["bias"]), head["data"], keys, weights
    )
