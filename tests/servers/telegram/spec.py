"""Holds requests, and what the fake itself answers, against the machine-readable Bot API where that
file is at hand."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[3].parent / "shared" / "specs" / "telegram-bot-api.json"


@cache
def description() -> Any:
    """Methods and types of the Bot API as JSON; None in a plain clone, where the file is not at
    hand."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else None


def problems_of_request(method: str, values: Mapping[str, str], files: Iterable[str]) -> list[str]:
    """What is wrong with a request: `values` as they came in the form, `files` the names of its
    uploaded parts."""
    if (api := description()) is None:
        return []
    if method not in api["methods"]:
        return [f"there is no method {method}"]
    fields = {field["name"]: field for field in api["methods"][method].get("fields", [])}
    parts = set(files)
    found = [f"{method} has no parameter {name}" for name in values if name not in fields]
    found += [
        f"{method} needs {n}"
        for n, f in fields.items()
        if f["required"] and n not in values and n not in parts
    ]
    for name, raw in values.items():
        if name in fields:
            found += _parameter(f"{method}.{name}", raw, fields[name]["types"])
    named = {name for name in parts if name in fields and "InputFile" in fields[name]["types"]}
    attached = {part for part in parts if any(f"attach://{part}" in raw for raw in values.values())}
    return found + [
        f"{method}: nothing refers to the part {part}" for part in sorted(parts - named - attached)
    ]


def problems_of_type(name: str, value: Any) -> list[str]:
    """What is wrong with an object of the Bot API's type `name`."""
    return [] if description() is None else _value(name, value, [name])


def _parameter(where: str, raw: str, types: list[str]) -> list[str]:
    if "String" in types and not set(types) & {"Integer"}:
        return []
    try:
        value = json.loads(raw)
    except ValueError:
        value = raw
    if "String" in types and isinstance(value, int):
        value = raw
    return _value(where, value, types)


def _value(where: str, value: Any, types: list[str]) -> list[str]:
    elements = [kind.removeprefix("Array of ") for kind in types if kind.startswith("Array of ")]
    if elements:
        if not isinstance(value, list):
            return [f"{where} must be a list"]
        return [
            p
            for index, item in enumerate(value)
            for p in _value(f"{where}[{index}]", item, elements)
        ]
    tries = [_single(where, value, kind) for kind in types]
    return min(tries, key=len)


SIMPLE: Mapping[str, type | tuple[type, ...]] = {
    "String": str,
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
    "InputFile": str,
}


def _single(where: str, value: Any, kind: str) -> list[str]:
    if kind in SIMPLE:
        right = isinstance(value, SIMPLE[kind]) and isinstance(value, bool) == (kind == "Boolean")
        return [] if right else [f"{where} must be {kind}, not {value!r}"]
    described = description()["types"][kind]
    if "subtypes" in described:
        return min((_single(where, value, subtype) for subtype in described["subtypes"]), key=len)
    if not isinstance(value, dict):
        return [f"{where} must be {kind}, not {value!r}"]
    fields = {field["name"]: field for field in described.get("fields", [])}
    found = [f"{where} ({kind}) has no field {name}" for name in value if name not in fields]
    found += [
        f"{where} ({kind}) needs {n}" for n, f in fields.items() if f["required"] and n not in value
    ]
    for name, inner in value.items():
        if name in fields:
            found += _value(f"{where}.{name}", inner, fields[name]["types"]) + _constant(
                where, inner, fields[name]
            )
    return found


def _constant(where: str, value: Any, field: Mapping[str, Any]) -> list[str]:
    """The descriptions say `must be video` or `always "private"` of the fields that tell subtypes
    apart."""
    wanted = re.search(r'(?:, must be |, always ")(\w+)', field["description"])
    if field["name"] not in ("type", "source", "status") or wanted is None or value == wanted[1]:
        return []
    return [f"{where}.{field['name']} must be {wanted[1]}, not {value!r}"]
