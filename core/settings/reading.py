"""The one way in which any settings class reads the environment, says why a value cannot be used,
and writes of itself."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, SecretStr, ValidationError
from pydantic.fields import FieldInfo

from core.net.addresses import checked_address, without_credentials
from core.variables import Environment, WrongSetting

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


class FromEnvironment(BaseModel):
    """Base of every settings class: an empty variable counts as unset, and nothing but `read` fills
    it."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


S = TypeVar("S", bound=FromEnvironment)


def read(cls: type[S], environment: Environment) -> S:
    """Fill a settings class from variables. Raises WrongSetting naming the first variable that
    cannot be used."""
    given = {name.lower(): value.strip() for name, value in environment.items()}
    values = {name: given[name] for name in cls.model_fields if given.get(name)}
    try:
        return cls.model_validate(values)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        name, field = str(first["loc"][0]), cls.model_fields[str(first["loc"][0])]
        shown = (field.examples or ["…"])[0]
        raise WrongSetting(
            f"{name.upper()} cannot be used: {refusal(field, first)}."
            f" Example: {name.upper()}={shown}"
        ) from None


def example(*classes: type[FromEnvironment]) -> str:
    """The text of .env.example: each variable of these classes below one line about it.

    A secret waits to be filled in. Anything else is commented out and shows its default: a copy of
    the file changes nothing by itself."""
    fields = {name: field for cls in classes for name, field in cls.model_fields.items()}
    return "".join(_described(name.upper(), field) for name, field in fields.items())


def _described(name: str, field: FieldInfo) -> str:
    secret = "SecretStr" in str(field.annotation)
    default = "" if field.default_factory or secret else _written(field.default)
    hint = "" if default or secret or not field.examples else f"; such as {field.examples[0]}"
    return f"# {field.description}{hint}\n{'' if secret else '# '}{name}={default}\n\n"


def _written(default: object) -> str:
    match default:
        case None:
            return ""
        case bool():
            return str(int(default))
        case float():
            return f"{default:g}"
        case tuple() | frozenset():
            return ",".join(sorted(default))
        case _:
            return str(default)


def sendable(secret: SecretStr | None) -> SecretStr | None:
    """A token as it can stand in a header. Raises ValueError for one with spaces or signs that no
    token has."""
    if secret and not re.fullmatch(r"[!-~]+", secret.get_secret_value()):
        raise ValueError("it holds spaces or signs that no token has; copy it again")
    return secret


def listed(value: object) -> object:
    """The names in a text, which commas part; anything else as it is."""
    if not isinstance(value, str):
        return value
    return tuple(name.strip() for name in value.split(",") if name.strip())


Names = frozenset[str]
WebAddress = Annotated[str, AfterValidator(checked_address)]
ServiceAddress = Annotated[
    str, AfterValidator(checked_address), AfterValidator(without_credentials)
]
Token = Annotated[SecretStr | None, AfterValidator(sendable)]
