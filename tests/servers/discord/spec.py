"""Holds every request, and every answer of the fake, against Discord's own OpenAPI file where that
is at hand."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jsonschema_rs import Draft202012Validator, Registry, ValidationError

FILE = Path(__file__).parents[3].parent / "shared" / "specs" / "discord-openapi.json"
URI = "urn:discord"


@cache
def _description() -> dict[str, Any] | None:
    if not FILE.exists():
        return None  # a plain clone: the file is not part of the project
    description: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    # Discord takes ids as numbers too, and the library sends some of them so.
    schemas = description["components"]["schemas"]
    schemas["SnowflakeType"]["type"] = ["string", "integer"]
    schemas["MessageReferenceType"]["oneOf"].append(
        {"const": 1}
    )  # forwards, which the file leaves out
    return description


@cache
def _registry() -> Registry:
    return Registry([(URI, _description())])


def problems(
    method: str, template: str, side: str, status: int, kind: str, value: Any
) -> list[str]:
    """What is wrong with a body: `side` is request or response, `kind` its content type, `template`
    the route."""
    validator = _validator(method, template, side, status, kind)
    if validator is None:
        return []
    if isinstance(validator, str):
        return [validator]
    error = min(validator.iter_errors(value), key=_depth, default=None)
    if error is None:
        return []
    told = _innermost(error)
    where = "/".join(map(str, told.instance_path))
    return [f"{side} of {method} {template}: {where}: {told.message[:300]}"]


def _depth(error: ValidationError) -> int:
    return len(error.instance_path)


def _innermost(error: ValidationError) -> ValidationError:
    """Of a value that fits none of several schemas, what is wrong the farthest inside: there it
    was nearest to fitting."""
    branches = getattr(error.kind, "context", ())
    return max((error, *(_innermost(one) for branch in branches for one in branch)), key=_depth)


@cache
def _validator(
    method: str, template: str, side: str, status: int, kind: str
) -> Draft202012Validator | str | None:
    found: Any = _description()
    if found is None:
        return None
    if method.lower() not in found["paths"].get(template, {}):
        return f"Discord has no {method} {template}"
    steps = ["paths", template, method.lower()]
    steps += ["requestBody"] if side == "request" else ["responses", str(status)]
    steps += ["content", kind, "schema"]
    for step in steps:
        if step not in found:
            return None
        found = found[step]
    pointer = "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)
    return Draft202012Validator({"$ref": f"{URI}#/{quote(pointer)}"}, registry=_registry())
