"""Gathers the words of all languages: `python -m tests.phrases.words` writes
core/domain/understanding/words.bin from model_words/<language>.toml."""

import sys
import tomllib
from array import array
from pathlib import Path

from core.domain.understanding.features import WORDS, lexicon
from core.domain.understanding.model import little, pack
from core.domain.understanding.spelling import folded

FOLDER = WORDS.parent / "model_words"
Forms = dict[str, list[str]]


def main() -> int:
    """Write the file."""
    WORDS.write_bytes(packed(FOLDER))
    lexicon.cache_clear()
    return 0


def packed(folder: Path) -> bytes:
    """The file of these word lists: concept = "word word beginning* two_words"."""
    entries: dict[str, tuple[Forms, Forms]] = {}
    for path in sorted(folder.glob("*.toml")):
        for concept, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for word in words.split():
                spelling = folded(word.rstrip("*").replace("_", " ").strip())
                whole, start = entries.setdefault(spelling, ({}, {}))
                for forms in (whole, start) if word.endswith("*") else (whole,):
                    forms.setdefault(path.stem, []).append(concept)
    known: list[tuple[Forms, Forms]] = []  # most words mean what others mean
    for entry in entries.values():
        if entry not in known:
            known.append(entry)
    places = array("H", map(known.index, entries.values()))
    head = {"entries": known, "spellings": "\n".join(entries)}
    return pack(head, little(places))


if __name__ == "__main__":
    sys.exit(main())
