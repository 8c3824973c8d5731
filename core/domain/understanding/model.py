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
    keys: memoryview
    """The CRC of the name of each feature, in rising order: a dictionary would take twenty times
    the memory."""
    weights: memoryview
    """The rows in the order of the keys."""

    def probabilities(self, features: Features) -> dict[str, float]:
        """How likely each label is; the values add up to 1."""
        scores = list(self.bias)
        for weight, kind in zip(WEIGHTS, features, strict=True):
            share, places = weight * self.scale / sqrt(max(1, len(kind))), self._found(kind)
            for label, total in enumerate(self._sums(places)):
                scores[label] += share * total
        most = max(scores)
        powers = [exp(score - most) for score in scores]
        whole = sum(powers)
        return {label: power / whole for label, power in zip(self.labels, powers, strict=True)}

    def familiar(self, features: Features) -> float:
        """The share of the pieces of spelling that were seen in training, 0 to 1."""
        spelling = features[0]
        return len(self._found(spelling)) / max(1, len(spelling))

    def _found(self, kind: Collection[str]) -> list[int]:
        """Where the rows of those features begin that are known."""
        wanted = [zlib.crc32(it.encode()) for it in kind]
        places = zip(wanted, (bisect_left(self.keys, key) for key in wanted), strict=True)
        known = len(self.keys)
        return [
            place * len(self.labels)
            for key, place in places
            if place < known and self.keys[place] == key
        ]

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
