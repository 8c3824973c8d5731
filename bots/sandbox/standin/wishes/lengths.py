"""Lengths of time, and places in the order of the photos, in the languages that are read by
concepts."""

import re

from bots.sandbox.standin.wishes.lexicon import Lexicon

LARGEST = 1000
"""Seconds from which a number is no length any more ("1990s")."""
_PLACED = (
    r"(\d{1,2})(?: ?\. ?(?=PHOTO)|枚目| ?번째| ?번 사진)|PHOTO ?(?:#|nr\.?|no\.?|n°)? "
    r"?(\d{1,2})(?!\d)"
)


def _number(lexicon: Lexicon) -> str:
    words = "|".join(map(re.escape, sorted(lexicon.numbers, key=len, reverse=True)))
    # in a script without gaps a number may follow any letter, but none may begin in the middle of
    # one
    before = r"(?<!\d)" if lexicon.dense else r"(?<!\w)"
    return rf"{before}(?<!\d[.,:])(\d+(?:[.,]\d+)?|{words})"


def _value(text: str, lexicon: Lexicon) -> float:
    return float(lexicon.numbers.get(text) or text.replace(",", "."))


def seconds(text: str, lexicon: Lexicon) -> float | None:
    """The first length named in a folded text; None where there is none."""
    if lexicon["half_minute"].search(text) and lexicon.language not in ("ja", "ko"):
        return 30.0
    number = _number(lexicon)
    for unit, factor in (("minute", 60), ("second", 1)):
        if found := re.search(f"{number}[ -]*{lexicon.within(unit)}", text):
            value = _value(found[1], lexicon) * factor
            return value if value < LARGEST else None
    return None


def opening(text: str, lexicon: Lexicon) -> tuple[float, tuple[int, int]] | None:
    """How long something is shown at the start ("in the first 3 seconds"), and where that is
    said."""
    number, first, second = _number(lexicon), lexicon.within("first"), lexicon.within("second")
    orders = (
        f"{first} ?{number} ?{second}",
        f"{number} ?{first} ?{second}",
        f"{number} ?{second} ?{first}",
    )
    for order in orders:
        if found := re.search(f"(?:{lexicon.within('where')} ?)?{order}(?: ?(?:में|मे|에|に))?", text):
            return _value(found[1], lexicon), found.span()
    return None


def without(text: str, lexicon: Lexicon) -> str:
    """The text without lengths: "second 3" and "3 seconds" must not be taken for places."""
    number = _number(lexicon)
    return re.sub(
        f"{number}[ -]*(?:{lexicon.within('second')}|{lexicon.within('minute')})", " ", text
    )


def places(text: str, lexicon: Lexicon) -> tuple[int, ...]:
    """Places of photos in the order named, counted from 1; -1 is the last."""
    text = without(text, lexicon)
    found = [
        (hit.start(), lexicon.ordinals[_key(hit[0], lexicon)])
        for hit in lexicon["ordinals"].finditer(text)
    ]
    for hit in re.finditer(_PLACED.replace("PHOTO", lexicon.within("photo")), text):
        found.append((hit.start(), int(hit[1] or hit[2])))
    return tuple(dict.fromkeys(place for _, place in sorted(found)))


def _key(word: str, lexicon: Lexicon) -> str:
    """The entry that a word was matched by."""
    return next(
        entry
        for entry in sorted(lexicon.ordinals, key=len, reverse=True)
        if entry.rstrip("*") in word or entry.rstrip("*").replace(" ", "") in word
    )
