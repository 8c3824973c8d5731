"""One variable of a settings class: its default, its bounds and its words, and how its text becomes
a value."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, field
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from msgspec import convert

from core.variables import SecretStr

T = TypeVar("T")
TRUTH = {
    **dict.fromkeys(("1", "true", "yes", "on", "t", "y"), True),
    **dict.fromkeys(("0", "false", "no", "off", "f", "n"), False),
}


class Unfit(ValueError):
    """The text is no value of this kind, or lies outside of its bounds."""


@dataclass(frozen=True, slots=True)
class About:
    """`ge` and `le` bound what counts or measures, `max_length` a text; `examples` are values that
    can be used."""

    description: str = ""
    examples: tuple[str, ...] = ()
    ge: float | None = None
    le: float | None = None
    max_length: int | None = None


def variable(
    *,
    default: Any = MISSING,
    default_factory: Any = MISSING,
    repr: bool = True,
    examples: tuple[str, ...] | list[str] = (),
    **about: Any,
) -> Any:
    """A field of a settings class."""
    metadata = {"about": About(examples=tuple(examples), **about)}
    if default_factory is not MISSING:
        return field(default_factory=default_factory, repr=repr, metadata=metadata)
    return field(default=default, repr=repr, metadata=metadata)


def learnt(*, default: Any) -> Any:
    """A field that no variable fills: who starts the process knows it."""
    return field(default=default, metadata={"about": None})


def checks(*names: str) -> Callable[[T], T]:
    """A class method that takes the value of each of these variables and returns it, or raises a
    ValueError in words that go on behind "… cannot be used:"."""

    def mark(method: T) -> T:
        vars(method)["checks"] = names
        return method

    return mark


@dataclass(frozen=True, slots=True)
class Variable:
    """A field as it is read: its kind without what is checked besides, its default as it would be
    written, or MISSING, whether it has to be set, and what each class says about its value."""

    kind: Any
    default: Any
    required: bool
    about: About
    checks: tuple[Callable[[Any], Any], ...]

    def value(self, text: str) -> Any:
        """Raises Unfit, and ValueError in words for the operator."""
        if not text:
            raise Unfit
        value = self._within(_converted(text, self.kind))
        for check in self.checks:
            value = check(value)
        return value

    def _within(self, value: Any) -> Any:
        about = self.about
        if about.ge is not None and value < about.ge:
            raise Unfit
        if about.le is not None and value > about.le:
            raise Unfit
        if about.max_length is not None and len(value) > about.max_length:
            raise Unfit
        return value


def variables(cls: type[Any]) -> Mapping[str, Variable]:
    """Those of a settings class by their names, in their order."""
    fields: Mapping[str, Field[Any]] = cls.__dataclass_fields__
    kinds = get_type_hints(cls, include_extras=True)  # a module may hold them as words
    own: dict[str, list[Callable[[Any], Any]]] = {}
    for part in reversed(cls.__mro__):
        for name, method in vars(part).items():
            if isinstance(method, classmethod):
                for checked in vars(method).get("checks", ()):
                    own.setdefault(checked, []).append(getattr(cls, name))
    return {
        name: _variable(each, about, kinds[name], own.get(name, ()))
        for name, each in fields.items()
        if (about := each.metadata.get("about", About())) is not None
    }


def _variable(
    each: "Field[Any]", about: About, declared: Any, own: Iterable[Callable[[Any], Any]]
) -> Variable:
    kind, *checks = get_args(declared) if get_origin(declared) is Annotated else (declared,)
    required = each.default is MISSING and each.default_factory is MISSING
    return Variable(kind, each.default, required, about, (*checks, *own))


def listed(text: str) -> tuple[str, ...]:
    """The names in a text, which commas part."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _converted(text: str, kind: Any) -> Any:
    """Raises Unfit."""
    origin, kinds = get_origin(kind), {kind, *get_args(kind)}
    if origin in (tuple, frozenset):
        return origin(listed(text))
    if origin is Literal:
        text = next((word for word in get_args(kind) if word.lower() == text.lower()), text)
    for made in (Path, SecretStr):
        if made in kinds:
            return made(text)
    try:
        if bool in kinds:
            return TRUTH[text.lower()]
        if int in kinds or float in kinds:
            return _number(text, whole=float not in kinds)
        return convert(text, kind, strict=False)
    except (ValueError, LookupError):
        raise Unfit from None


def _number(text: str, *, whole: bool) -> float:
    """As people write them: `.5`, `007` and `60.0` are numbers. Raises ValueError."""
    if not text.isascii():
        raise ValueError("digits of another script")
    if whole:
        return int(re.sub(r"(?<=[0-9])\.0+$", "", text))
    number = float(text)
    if not isfinite(number):
        raise ValueError("no number")
    return number
