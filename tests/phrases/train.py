"""Trains the reading of words anew: `python -m tests.phrases.train` writes
core/domain/understanding/model.bin."""

import hashlib
import sys
import time
from collections.abc import Sequence

from core.domain.understanding.features import concepts, features
from core.domain.understanding.model import MODEL, Features
from core.domain.understanding.spelling import folded
from tests.phrases import Sentence, corpus, digest, words
from tests.phrases.fitting import fit, shipped

UNHINTED = 4
"""One sentence in so many is learned without the hint, as people also write in other languages than
their menus."""


def main() -> int:
    """Train with all sentences that are not held out, and write the file."""
    begun = time.monotonic()
    words.main()
    sentences = [it for it in corpus() if not it.held]
    file = trained(sentences, digest())
    MODEL.write_bytes(file)
    sys.stdout.write(
        f"{len(sentences)} sentences, {len(file)} bytes, {time.monotonic() - begun:.0f} s\n"
    )
    return 0


def trained(sentences: Sequence[Sentence], data: str) -> bytes:
    """The model file for these sentences."""
    rows = [_features(it) for it in sentences]
    return shipped(fit(rows, [label(it.meaning) for it in sentences]), data)


def _features(sentence: Sentence) -> Features:
    line = folded(sentence.text)
    return features(line, concepts(line, "" if _unhinted(sentence) else sentence.language))


def label(meaning: str) -> str:
    """All choices are one label; which number is meant is read from the words."""
    return "choice" if meaning.startswith("choice") else meaning


def _unhinted(sentence: Sentence) -> bool:
    return hashlib.sha256(f"hint {sentence.text}".encode()).digest()[0] % UNHINTED == 0


if __name__ == "__main__":
    sys.exit(main())
