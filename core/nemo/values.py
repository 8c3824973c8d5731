"""Reading JSON that may hold anything: each function takes any value and gives the wanted type or a
plain default."""

import json
import math
from collections.abc import Iterator, Mapping

DEEPEST = 100
"""Levels of nesting that are read; deeper JSON could exhaust the stack of whatever handles it
later."""

_DECODER = json.JSONDecoder()


def loads(document: str | bytes) -> object:
    """The JSON value. Raises ValueError for anything that is not JSON or is nested deeper than
    DEEPEST."""
    try:
        value: object = json.loads(document)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    level, values = 0, [value]
    while values:
        values = [child for parent in values for child in _children(parent)]
        level += 1
        if level > DEEPEST:
            raise ValueError("nested too deeply")
    return value


def _children(value: object) -> list[object]:
    children = (
        list(value.values())
        if isinstance(value, dict)
        else value
        if isinstance(value, list)
        else []
    )
    return [child for child in children if isinstance(child, dict | list)]


class AsItCame(dict[str, object]):
    """A JSON object that still knows the text it was read from, and goes out as that, byte for
    byte."""

    __slots__ = ("text",)

    def __init__(self, value: Mapping[str, object], text: str) -> None:
        super().__init__(value)
        self.text = text


def as_it_came(document: str) -> object:
    """What goes out as this very text, if that is an object's; it is not read, for it may be
    megabytes.

    Another value is read. Raises ValueError as `loads` does.
    """
    return AsItCame({}, document) if document.lstrip(" \t\n\r").startswith("{") else loads(document)


def keep_text(answer: object, document: bytes, *path: str) -> None:
    """Let the object at the end of `path` know the text that it has in `document`, which `answer`
    was read from.

    Bytes that are no text of their encoding are not kept; then the object goes out as the same
    value."""
    outer = answer
    for name in path[:-1]:
        outer = an_object(outer).get(name)
    inner = an_object(outer).get(path[-1])
    if not isinstance(outer, dict) or not isinstance(inner, dict):
        return
    try:
        text = _text_at(document.decode(json.detect_encoding(document)), path)
    except UnicodeDecodeError:
        return
    outer[path[-1]] = AsItCame(inner, text)


def _text_at(document: str, path: tuple[str, ...]) -> str:
    start = _blank(document, 0)
    for name in path:
        start = _member(document, start, name)
    return document[start : _DECODER.raw_decode(document, start)[1]]


def _member(document: str, brace: int, name: str) -> int:
    """Where the value of a member begins, in an object that has it; of several the last, as when it
    was read."""
    found, at = -1, _blank(document, brace + 1)
    while document[at] != "}":
        key, at = _DECODER.raw_decode(document, at)
        begin = _blank(document, _blank(document, at) + 1)
        found = begin if key == name else found
        at = _blank(document, _DECODER.raw_decode(document, begin)[1])
        at = _blank(document, at + 1) if document[at] == "," else at
    return found


def _blank(document: str, at: int) -> int:
    while document[at] in " \t\n\r":
        at += 1
    return at


def dumps(value: object, ordered: bool = False) -> bytes:
    """JSON: what `loads` read goes out as the same value, lone surrogates, NaN and U+2028 included;
    in ASCII, but for an object that comes as it came, alone or as a member.

    `ordered` sorts the keys, so that equal values give equal bytes.
    """
    if isinstance(value, AsItCame) and not ordered:
        return value.text.encode()
    if (
        isinstance(value, dict)
        and not ordered
        and any(isinstance(child, AsItCame) for child in value.values())
    ):
        return (
            b"{"
            + b",".join(dumps(str(key)) + b":" + dumps(child) for key, child in value.items())
            + b"}"
        )
    return json.dumps(value, separators=(",", ":"), sort_keys=ordered).encode("ascii")


def walk(value: object) -> Iterator[tuple[str, object]]:
    """All (key, value) pairs of all objects inside `value`, in reading order, outer before
    inner."""
    waiting: list[object] = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            yield from ((str(key), child) for key, child in current.items())
            waiting.extend(reversed(list(current.values())))
        elif isinstance(current, list | tuple):
            waiting.extend(reversed(current))


def an_object(value: object) -> dict[str, object]:
    """The object itself, or an empty one."""
    return value if isinstance(value, dict) else {}


def a_list(value: object) -> list[object]:
    """The list itself, the values of an object, or an empty list."""
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else []


def words(value: object) -> str:
    """The text with lone surrogates replaced, so that it can be stored and sent; "" for other
    types."""
    if not isinstance(value, str):
        return ""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def identifier(value: object) -> str:
    """An id as text, also when it came as a JSON number: session ids have 19 digits, more than a
    float holds."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**40 else ""
    return words(value).strip()


def number(value: object) -> float | None:
    """A finite number, also when it came as text; None otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def integer(value: object) -> int | None:
    """A whole number, also as text or as 7.0; None otherwise."""
    found = number(value)
    return int(found) if found is not None and found.is_integer() else None
