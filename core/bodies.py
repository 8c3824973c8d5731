"""Records as JSON, and back: as the store and the notes of adapters keep them."""

from collections.abc import Iterable
from dataclasses import fields
from functools import cached_property
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from msgspec import convert
from msgspec.json import Decoder, decode, encode

T = TypeVar("T")


class Body(Generic[T]):
    """One kind of record. `parts` are those of its fields that are read by a body of their own, or
    are one of several records: which one is told by the fields that are written."""

    def __init__(self, kind: Any, **parts: "Body[Any] | tuple[type[Any], ...]") -> None:
        self._kind, self._parts = kind, parts

    def text(self, record: T) -> str:
        """Its JSON. Raises ValueError for text that is none."""
        return encode(record, enc_hook=_plain).decode()

    def read(self, body: str | bytes) -> T:
        """The record again; what this version does not know is left out. Raises ValueError for
        what is no such record."""
        return self._of(decode(body)) if self._parts else self._whole.decode(body)

    @cached_property
    def _whole(self) -> "Decoder[T]":
        return Decoder(self._kind, strict=False)  # SQL writes 1 for true

    @cached_property
    def _types(self) -> dict[str, Any]:
        return get_type_hints(self._kind)

    def _of(self, values: dict[str, Any]) -> T:
        try:
            known = {name: values[name] for name in self._types if name in values}
            made = {name: self._part(name, value) for name, value in known.items()}
            record: T = self._kind(**made)
        except (TypeError, AttributeError) as problem:
            raise ValueError(str(problem)) from None
        return record

    def _part(self, name: str, value: Any) -> Any:
        part, kind = self._parts.get(name), self._types[name]
        if part is None:
            return convert(value, kind, strict=False)
        if value is None and type(None) in get_args(kind):
            return None
        if isinstance(part, Body):
            return part._of(value)
        return convert(value, _among(part, value), strict=False)


def _plain(value: object) -> str:
    """A word that knows more of itself than it says (core.adapter.Posted): only that is kept."""
    if isinstance(value, str):
        return str(value)
    raise ValueError(f"no record holds {type(value).__name__}")


def _among(kinds: Iterable[type[Any]], value: Iterable[str]) -> type[Any]:
    """The kind with most of the fields that are written, and fewest others."""
    written = set(value)
    known = {kind: {field.name for field in fields(kind)} for kind in kinds}
    return max(known, key=lambda kind: (len(known[kind] & written), -len(known[kind] - written)))
