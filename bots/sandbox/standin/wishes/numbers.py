"""Numbers, lengths of time and shares as people write them, in English and Chinese."""

import re

ENGLISH = {
    **{
        "zero": 0,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
    },
    **{
        "ten": 10,
        "eleven": 11,
        "twelve": 12,
        "thirteen": 13,
        "fourteen": 14,
        "fifteen": 15,
        "sixteen": 16,
    },
    **{
        "seventeen": 17,
        "eighteen": 18,
        "nineteen": 19,
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "fifty": 50,
    },
    **{"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90},
}
DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_ORDER = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
ORDINALS = {
    **{name: place for place, name in enumerate(_ORDER, 1)},
    **{f"{place}{ending}": place for place in range(1, 31) for ending in ("st", "nd", "rd", "th")},
    "last": -1,
}

_WORDS = "|".join(sorted(ENGLISH, key=len, reverse=True))
_ONES = "one|two|three|four|five|six|seven|eight|nine"
NUMBER = rf"(?:\d+(?:[.,]\d+)?|(?:{_WORDS})(?:[- ](?:{_ONES}))?\b|[零〇一二两三四五六七八九十百]+)"

LARGEST = 1e9
"""A row of digits can be endless to Python."""

_HALF_MINUTE = re.compile(r"half (?:a |of a )?minute|half-minute|半分钟|半分鐘")
_MINUTE_AND_HALF = re.compile(
    r"(?:one|a|1) (?:and a half minutes?|minute and a half)|(?:一|1)分(?:钟)?半|1\.5 ?分钟?"
)
_CHINESE_PAIR = re.compile(rf"({NUMBER})\s*分(?:钟|鐘)?\s*({NUMBER})\s*秒")
# Chinese has no spaces: a number may follow any of its letters, but "第3秒" is a place in time
_START = r"(?<![a-z\d_./第零〇一二两三四五六七八九十百])(?<!\d:)"
_MINUTES = re.compile(
    rf"{_START}({NUMBER}|an?)[\s-]*(?:minutes?\b|mins?\b|分钟|分鐘)(?: (?:and "
    rf")?({NUMBER})[\s-]*sec)?"
)
_SECONDS = re.compile(rf"{_START}({NUMBER})[\s-]*(?:seconds?\b|secs?\b|s\b|秒)")


def number(text: str) -> float:
    """The value of what NUMBER matches: `12`, `2,5`, `twenty-five`, `十五`, `一百二十`."""
    text = text.strip().lower()
    if text[0].isdigit():
        return min(float(text.replace(",", ".")), LARGEST)
    if text[0].isascii():
        return float(sum(ENGLISH[part] for part in re.split(r"[- ]", text)))
    return float(_chinese(text))


def _chinese(text: str) -> int:
    total, digit = 0, 0
    for sign in text:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + DIGITS[sign]
    return total + digit


def seconds(words: str) -> float | None:
    """The first length of time named, in seconds; lower-case words in, None where none is named."""
    if _MINUTE_AND_HALF.search(words):
        return 90.0
    if _HALF_MINUTE.search(words):
        return 30.0
    if pair := _CHINESE_PAIR.search(words):
        return 60 * number(pair[1]) + number(pair[2])
    if minutes := _MINUTES.search(words):
        whole = 1.0 if minutes[1] in ("a", "an") else number(minutes[1])
        return 60 * whole + (number(minutes[2]) if minutes[2] else 0)
    short = _SECONDS.search(words)
    # "the 1990s" is no length
    return number(short[1]) if short and number(short[1]) < 1000 else None


_PERCENT = re.compile(rf"({NUMBER})\s*(?:%|percent\b|per cent\b)|百分之({NUMBER})")


def share(words: str) -> float | None:
    """The first percentage named, as 0-1; None where none is named."""
    if found := _PERCENT.search(words):
        return min(1.0, number(found[1] or found[2]) / 100)
    return None


_PLACE = re.compile(
    rf"\b({'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b"
    rf"|(?:photo|picture|image|clip|shot|no\.?|number|#) ?(\d{{1,2}})\b|第({NUMBER})|(最后)"
)


def places(words: str) -> tuple[int, ...]:
    """Places in the order named, counted from 1; -1 is the last one."""
    found = []
    for hit in _PLACE.finditer(words):
        if hit[1]:
            found.append(ORDINALS[hit[1]])
        elif hit[4]:
            found.append(-1)
        else:
            found.append(int(number(hit[2] or hit[3])))
    return tuple(found)
