"""Which of the options a choice in words means: `the second one`, `第二个`, `option b`."""

import re
import unicodedata

from core.understanding.concepts import Concepts

ORDINALS = {"n1": 1, "n2": 2, "n3": 3, "n4": 4}
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"(?<!\w)([b-e]|a(?=\W*$))(?!\w)")
_HAN = re.compile("[一二两三四五]")
HAN = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}


def number(line: str, found: list[Concepts]) -> int | None:
    """The number that a folded line names, counted from 1; None where it names none, or several."""
    digits = {int(unicodedata.normalize("NFKC", it)) for it in _DIGITS.findall(line)}
    ordinals = {ORDINALS[name] for names in found for name in names if name in ORDINALS}
    for numbers in (digits, ordinals, {HAN[it] for it in _HAN.findall(line)}, _letters(line)):
        if numbers:
            return numbers.pop() if len(numbers) == 1 else None
    return None


def _letters(line: str) -> set[int]:
    return {"abcde".index(letter) + 1 for letter in _LETTER.findall(line)}
