"""What is written in a profile or a preset is checked value by value; the first that cannot be used
is named by its path."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from core.i18n import ENGLISH, closest
from core.skills.profile import Localized

Path = tuple[int | str, ...]
Check = Callable[[Any, Path], Any]
"""Takes a value and where it stands, and returns it as it is kept. Raises Wrong."""


class Wrong(Exception):
    """A value, or a key, cannot be used; the text is the sentence for the operator."""

    def __init__(self, path: Path, sentence: str) -> None:
        super().__init__(sentence)
        self.path = path


def _unusable(path: Path, why: str) -> Wrong:
    return Wrong(path, f"{'.'.join(map(str, path))} cannot be used: {why}")


def record(values: Mapping[str, Any], checks: Mapping[str, Check]) -> dict[str, Any]:
    """All of these keys, each checked, and no others. Raises Wrong."""
    found = {}
    for key, check in checks.items():
        if key not in values:
            raise Wrong((key,), f"the key {key} is missing")
        found[key] = check(values[key], (key,))
    for key in values:
        if key not in checks:
            raise Wrong((key,), f"unknown key {key}")
    return found


def text(longest: int | None = None) -> Check:
    """Words of at most so many signs, without the space around them."""

    def check(value: Any, path: Path) -> str:
        words = value.strip() if isinstance(value, str) else ""
        if not words:
            raise _unusable(path, "it must be words")
        if longest is not None and len(words) > longest:
            raise _unusable(path, f"it has more than {longest} signs")
        return str(words)

    return check


def matching(pattern: str, shape: str, longest: int | None = None) -> Check:
    """A text of that shape, which is said in words as well."""

    def check(value: Any, path: Path) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise _unusable(path, f"it must be {shape}")
        return str(text(longest)(value, path))

    return check


def whole(value: Any, path: Path) -> int:
    """A number above 0; `true` is none."""
    if type(value) is not int or value <= 0:
        raise _unusable(path, "it must be a whole number above 0")
    return value


def several(each: Check, count: int | None = None, *, at_least: int = 1) -> Check:
    """A list of that many at least, or of just so many."""

    def check(value: Any, path: Path) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise _unusable(path, "it must be a list")
        if len(value) < at_least or len(value) != (count or len(value)):
            raise _unusable(path, f"it must be a list of {count or 'one or more'}")
        return tuple(each(one, (*path, place)) for place, one in enumerate(value))

    return check


def localized(each: Check) -> Check:
    """The same by languages that we know, English among them."""

    def check(value: Any, path: Path) -> Localized[Any]:
        if not isinstance(value, dict):
            raise _unusable(path, "it must be said by language, such as en")
        said = {str(code): each(words, (*path, str(code))) for code, words in value.items()}
        for code in said:
            if closest(code) == ENGLISH != code:
                raise _unusable(path, f"unknown language {code}")
        if ENGLISH not in said:
            raise _unusable(path, "English (en) is missing")
        return Localized({closest(code): words for code, words in said.items()})

    return check


def as_it_is(value: Any, path: Path) -> Any:
    """What was checked before."""
    del path
    return value
