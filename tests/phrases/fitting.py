"""Fits the linear model: multinomial logistic regression with a step size of its own for each
weight (AdaGrad)."""

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.understanding.model import WEIGHTS, Features, packed_model

EPOCHS = 8
RATE = 0.3
SMOOTHING = 0.05
RARE = 2
"""A feature of fewer sentences than this is not learned."""
MOST_ROWS = 100_000
ROUNDS = 8
"""How often it is fitted, in another order each time: the mean is less of a coincidence."""

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of features (rows) for labels (columns), before they are rounded."""

    labels: tuple[str, ...]
    keys: dict[str, int]
    weights: Weights
    bias: Weights


def fit(rows: Sequence[Features], labels: Sequence[str]) -> Fitted:
    """The weights for these features and labels. The same input gives the same weights."""
    counts = Counter(feature for row in rows for kind in row for feature in kind)
    keys = {
        feature: place
        for place, feature in enumerate(it for it, n in sorted(counts.items()) if n >= RARE)
    }
    names = tuple(sorted(set(labels)))
    known = [_known(row, keys) for row in rows]
    goal = np.array([names.index(label) for label in labels])
    weights, bias = np.zeros((len(keys), len(names)), np.float32), np.zeros(len(names), np.float32)
    for seed in range(ROUNDS):
        once = _once(known, goal, weights.shape, seed)
        weights += once[0] / ROUNDS
        bias += once[1] / ROUNDS
    return Fitted(names, keys, weights, bias)


def _once(
    known: Sequence[tuple[NDArray[np.int64], Weights]],
    goal: NDArray[np.int64],
    shape: tuple[int, ...],
    seed: int,
) -> tuple[Weights, Weights]:
    """Weights and bias after all epochs, the sentences in an order by this seed."""
    width, generator = shape[1], np.random.default_rng(seed)
    weights, bias = np.zeros(shape, np.float32), np.zeros(width, np.float32)
    seen, seen_bias = np.full_like(weights, 1e-2), np.full_like(bias, 1e-2)
    for epoch in range(EPOCHS):
        rate = RATE * (1 - epoch / EPOCHS)
        for at in generator.permutation(len(known)):
            here, shares = known[at]
            error = _softmax((weights[here] * shares).sum(0) + bias) - SMOOTHING / width
            error[goal[at]] -= 1 - SMOOTHING
            step = error * shares
            seen[here] += step * step
            weights[here] -= rate * step / np.sqrt(seen[here])
            seen_bias += error * error
            bias -= 0.3 * rate * error / np.sqrt(seen_bias)
    return weights, bias


def _known(row: Features, keys: dict[str, int]) -> tuple[NDArray[np.int64], Weights]:
    """The places of the features that are learned, and what one of each kind counts."""
    kinds = zip(WEIGHTS, row, strict=True)
    found = [
        (keys[it], weight / np.sqrt(len(kind)))
        for weight, kind in kinds
        for it in sorted(kind)
        if it in keys
    ]
    places = np.array([place for place, _ in found], np.int64)
    return places, np.array([share for _, share in found], np.float32)[:, np.newaxis]


def _softmax(scores: Weights) -> Weights:
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()  # type: ignore[no-any-return]  # numpy says Any of a quotient


def shipped(fitted: Fitted, data: str) -> bytes:
    """The file of the package: the rows that say most, rounded to one byte a weight."""
    strength = np.linalg.norm(fitted.weights, axis=1)
    best = np.sort(np.argsort(-strength, kind="stable")[:MOST_ROWS])
    kept = fitted.weights[best]
    scale = float(np.quantile(np.abs(kept), 0.9995)) / 127
    rounded = np.clip(np.rint(kept / scale), -127, 127).astype(np.int8)
    used = np.any(rounded != 0, axis=1)
    names = sorted(fitted.keys, key=fitted.keys.__getitem__)
    rows = {
        zlib.crc32(names[place].encode()): row.tobytes()
        for place, row in zip(best[used], rounded[used], strict=True)
    }
    head: dict[str, object] = {
        "labels": list(fitted.labels),
        "bias": [round(float(it), 4) for it in fitted.bias],
        "scale": scale,
        "data": data,
    }
    return packed_model(head, rows)
