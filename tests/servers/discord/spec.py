"""Holds every request, and every answer of the fake, against Discord's own OpenAPI file where that
is at hand."""

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

FILE = Path(__file__).parents[3].parent / "shared" / "specs" / "discord-openapi.json"
URI = "urn:discord"


@cache
def _registry() -> Registry[Any] | None:
    if not FILE.exists():
        return None  # a plain clone: the file is not part of the project
    description = json.loads(FILE.read_text(encoding="utf-8"))
    # Discord takes ids as numbers too, and the library sends some of them so.
    schemas = description["components"]["schemas"]
    schemas["SnowflakeType"]["type"] = ["string", "integer"]
    schemas["MessageReferenceType"]["oneOf"].append(
        {"const": 1}
    )  # forwards, which the file leaves out
    resource = DRAFT202012.create_resource(description)
    registry: Registry[Any] = Registry().with_resource(URI, resource)
    return registry


def problems(
    method: str, template: str, side: str, status: int, kind: str, value: Any
) -> list[str]:
    """What is wrong with a body: `side` is request or response, `kind` its content type, `template`
    the route.

    Most bodies differ from earlier ones in nothing but ids and times: those are judged once.
    """
    told = WHEN.sub(SOME_TIME, ID.sub(SOME_ID, json.dumps(value, sort_keys=True)))
    return list(_judged(method, template, side, status, kind, told))


ID, SOME_ID = re.compile(r'"[1-9]\d{16,18}"'), '"123456789012345678"'
WHEN, SOME_TIME = (
    re.compile(r'"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\+00:00"'),
    '"2026-01-01T00:00:00+00:00"',
)


@lru_cache(maxsize=4096)
def _judged(
    method: str, template: str, side: str, status: int, kind: str, told: str
) -> tuple[str, ...]:
    validator = _validator(method, template, side, status, kind)
    if validator is None:
        return ()
    if isinstance(validator, str):
        return (validator,)
    error = best_match(validator.iter_errors(json.loads(told)))
    return (
        ()
        if error is None
        else (f"{side} of {method} {template}: {error.json_path} {error.message[:300]}",)
    )


@cache
def _validator(
    method: str, template: str, side: str, status: int, kind: str
) -> Draft202012Validator | str | None:
    registry = _registry()
    if registry is None:
        return None
    operation = registry.contents(URI)["paths"].get(template, {}).get(method.lower())
    if operation is None:
        return f"Discord has no {method} {template}"
    steps = ["paths", template, method.lower()]
    steps += ["requestBody"] if side == "request" else ["responses", str(status)]
    found: Any = registry.contents(URI)
    for step in [*steps, "content", kind, "schema"]:
        if step not in found:
            return None
        found = found[step]
    pointer = "/".join(
        step.replace("~", "~0").replace("/", "~1") for step in [*steps, "content", kind, "schema"]
    )
    return Draft202012Validator({"$ref": f"{URI}#/{pointer}"}, registry=registry)
