"""The one way in which any settings class reads the environment, says why a value cannot be used,
and writes of itself."""

import re
from dataclasses import MISSING, dataclass
from typing import Annotated, Any, Literal, TypeVar, dataclass_transform, get_args, get_origin

from core.net import checked_address, without_credentials
from core.settings.fields import Unfit, Variable, learnt, variable, variables
from core.variables import Environment, SecretStr, WrongSetting

UNLIMITED = 10**9
"""Of anything that is counted: more is no limit that anybody means."""


def refusal(field: Variable, problem: ValueError) -> str:
    """The rest of a sentence that begins with what cannot be used.

    What one of our own checks says is said as it stands; of anything else, what the field takes."""
    return (
        f"it must be {_wanted(field)}" if isinstance(problem, Unfit) else str(problem).rstrip(".")
    )


def _wanted(field: Variable) -> str:
    kinds = {field.kind, *get_args(field.kind)}
    if get_origin(field.kind) is Literal:
        return _either([str(word) for word in get_args(field.kind)])
    if bool in kinds:
        return "1 for yes or 0 for no"
    if int in kinds:
        return f"a whole number{_range(field)}"
    if float in kinds:
        return f"a number{_range(field)}"
    return "written as in the example"


def _either(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _range(field: Variable) -> str:
    """Nothing where a field has no bounds."""
    least, most = field.about.ge, field.about.le
    if most in (None, UNLIMITED):
        return "" if least is None else f", {least:g} or more"
    return f", {most:g} or less" if least is None else f" from {least:g} to {most:g}"


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(variable, learnt))
class FromEnvironment:
    """Base of every settings class: an empty variable counts as unset, and nothing but `read` fills
    it."""

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True, kw_only=True)(cls)


S = TypeVar("S", bound=FromEnvironment)


def read(cls: type[S], environment: Environment) -> S:
    """Fill a settings class from variables. Raises WrongSetting naming the first variable that
    cannot be used."""
    given = {name.lower(): said for name, value in environment.items() if (said := value.strip())}
    values: dict[str, Any] = {}
    for name, field in variables(cls).items():
        if (text := given.get(name, "")) or field.required:
            try:
                values[name] = field.value(text)
            except ValueError as problem:
                shown = (field.about.examples or ("…",))[0]
                raise WrongSetting(
                    f"{name.upper()} cannot be used: {refusal(field, problem)}."
                    f" Example: {name.upper()}={shown}"
                ) from None
    return cls(**values)


def example(*classes: type[FromEnvironment]) -> str:
    """The text of .env.example: each variable of these classes below one line about it.

    A secret waits to be filled in. Anything else is commented out and shows its default: a copy of
    the file changes nothing by itself."""
    fields = {name: field for cls in classes for name, field in variables(cls).items()}
    return "".join(_described(name.upper(), field) for name, field in fields.items())


def _described(name: str, field: Variable) -> str:
    secret, about = SecretStr in {field.kind, *get_args(field.kind)}, field.about
    default = "" if field.default is MISSING or secret else _written(field.default)
    hint = "" if default or secret or not about.examples else f"; such as {about.examples[0]}"
    return f"# {about.description}{hint}\n{'' if secret else '# '}{name}={default}\n\n"


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


Names = frozenset[str]
WebAddress = Annotated[str, checked_address]
ServiceAddress = Annotated[str, checked_address, without_credentials]
Token = Annotated[SecretStr | None, sendable]
