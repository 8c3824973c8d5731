"""The linear model: weights of features for labels, shipped as data and read once."""

import json
import struct
import zlib
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt
from pathlib import Path

from core.understanding.features import WEIGHTS, Features

PATH = Path(__file__).parent / "model.bin"
"""zlib over: length of the head (4 bytes), the head as JSON, keys (4 bytes each), rows of signed bytes."""


@dataclass(frozen=True, slots=True)
class Model:
    """Rows of weights, a signed byte a label; probability = softmax(bias + scale * weight * sum / sqrt(features))."""

    labels: tuple[str, ...]
    scale: float
    bias: tuple[float, ...]
    data: str
    """Digest of the sentences, words and code that it was trained with."""
    places: dict[int, int]
    """Where the row of a feature begins, by the CRC of its name."""
    weights: memoryview

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
        places = (self.places.get(zlib.crc32(it.encode())) for it in kind)
        return [place for place in places if place is not None]

    def _sums(self, places: Sequence[int]) -> list[int]:
        """For each label the sum over the rows; column by column, which is what Python does fast."""
        width = len(self.labels)
        rows = (self.weights[place : place + width] for place in places)
        return [sum(column) for column in zip(*rows, strict=True)]


@cache
def shipped() -> Model:
    """The model of this package."""
    return unpacked(PATH.read_bytes())


def packed(head: dict[str, object], keys: list[int], rows: bytes) -> bytes:
    """The file: keys and rows in the same order, a row has one signed byte a label."""
    text = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
    return zlib.compress(struct.pack("<I", len(text)) + text + struct.pack(f"<{len(keys)}I", *keys) + rows, 9)


def unpacked(file: bytes) -> Model:
    """The model of a file that `packed` made."""
    content = zlib.decompress(file)
    (length,) = struct.unpack_from("<I", content)
    head = json.loads(content[4 : 4 + length])
    labels, count = tuple(head["labels"]), head["rows"]
    start = 4 + length
    keys = array("I", struct.unpack_from(f"<{count}I", content, start))
    weights = memoryview(content)[start + 4 * count :].cast("b")
    places = {key: place * len(labels) for place, key in enumerate(keys)}
    return Model(labels, head["scale"], tuple(head["bias"]), head["data"], places, weights)
