"""Which of the options a choice in words means: `the second one`, `第二个`, `option b`."""

import re
import unicodedata
from collections.abc import Sequence

from core.domain.understanding.concepts import Concepts

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


def options_named(said: str, options: Sequence[str]) -> str:
    """The options that somebody's words name, by their own words or by several numbers; "" where
    they name none.

    A number alone is left to whoever reads all other words.
    """
    line = " ".join(said.casefold().split()).rstrip(".!。！")
    folded = {" ".join(option.casefold().split()): option for option in options}
    begun = [option for words, option in folded.items() if words.startswith(f"{line},")]
    if line in folded:
        return folded[line]
    if len(begun) == 1:
        return begun[0]  # "yes" to "Yes, add music"
    if not NUMBERS.fullmatch(line):
        return ""
    numbers = [int(number) for number in re.findall(r"[0-9]+", line)]
    if not all(1 <= number <= len(options) for number in numbers):
        return ""
    return ", ".join(dict.fromkeys(options[number - 1] for number in numbers))


NUMBERS = re.compile(r"[0-9]{1,2}(?:\s*(?:[,&+、，]|and|und|y|et|e|и|和|\s)\s*[0-9]{1,2})+")
