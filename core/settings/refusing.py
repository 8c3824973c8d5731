"""Why a value of a setting cannot be used, in our own words: what would fit instead."""

from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

MOST = 10**9
"""Of anything that is counted: more is no limit that anybody means."""


def refusal(field: FieldInfo, error: Mapping[str, Any]) -> str:
    """The rest of a sentence that begins with what cannot be used.

    What one of our own checks says is said as it stands; of anything else, what the field takes."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"]).rstrip(".")
    return f"it must be {_wanted(field)}"


def _wanted(field: FieldInfo) -> str:
    kinds = {field.annotation, *get_args(field.annotation)}
    if get_origin(field.annotation) is Literal:
        return _either([str(word) for word in get_args(field.annotation)])
    if bool in kinds:
        return "1 for yes or 0 for no"
    if int in kinds:
        return f"a whole number{_range(field)}"
    if float in kinds:
        return f"a number{_range(field)}"
    return "written as in the example"


def _either(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _range(field: FieldInfo) -> str:
    """Of those fields that have one: all that count or measure something."""
    (least,) = [bound.ge for bound in field.metadata if hasattr(bound, "ge")]
    (most,) = [bound.le for bound in field.metadata if hasattr(bound, "le")]
    return f", {least:g} or more" if most == MOST else f" from {least:g} to {most:g}"
