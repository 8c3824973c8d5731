"""Records as JSON, and back: as the store and the notes of adapters keep them."""

from dataclasses import fields
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from msgspec import UNSET, Raw, Struct, UnsetType, convert, defstruct
from msgspec.json import Decoder, decode, encode
from msgspec.structs import asdict

T = TypeVar("T")


class Unreadable(ValueError):
    """What is written is no record of its kind: damaged, mistyped, or of a newer version."""

    @property
    def field(self) -> str:
        """Which field it is, as far as that is known: nothing of what stands there."""
        return str(self).partition(" - at `")[2].rstrip("`")


class Body(Generic[T]):
    """One kind of record. `parts` are those of its fields that are read by a body of their own, or
    are one of several records: which one is told by the fields that are written."""

    def __init__(self, kind: Any, **parts: "Body[Any] | tuple[type[Any], ...]") -> None:
        self._kind, self._parts = kind, parts

    def text(self, record: T) -> str:
        """Its JSON. Raises ValueError for text that is none."""
        return encode(record, enc_hook=_plain).decode()

    def read(self, body: str | bytes) -> T:
        """The record again; what this version does not know is left out. Raises Unreadable for
        what is no such record."""
        try:
            return self._put_together(body) if self._parts else self._whole.decode(body)
        except ValueError as problem:
            raise Unreadable(str(problem)) from None

    @cached_property
    def _whole(self) -> "Decoder[T]":
        return Decoder(self._kind, strict=False)  # SQL writes 1 for true

    @cached_property
    def _types(self) -> dict[str, Any]:
        return get_type_hints(self._kind)

    @cached_property
    def _optional(self) -> frozenset[str]:
        return frozenset(name for name, kind in self._types.items() if type(None) in get_args(kind))

    @cached_property
    def _apart(self) -> "Decoder[Struct]":
        """Of the same fields, where a part is still as it is written, and what is not written is
        UNSET."""
        own = [
            (name, Raw, Raw()) if name in self._parts else (name, kind | UnsetType, UNSET)
            for name, kind in self._types.items()
        ]
        return Decoder(defstruct(self._kind.__name__, own), strict=False)

    def _put_together(self, body: str | bytes) -> T:
        read = self._apart.decode(body)
        values = {name: value for name, value in asdict(read).items() if value is not UNSET}
        for name, part in self._parts.items():
            written = bytes(values.pop(name))
            if written == b"null" and name in self._optional:
                values[name] = None
            elif written:
                values[name] = _read(part, written)
        try:
            record: T = self._kind(**values)
        except TypeError as problem:  # one that must be there is not
            raise ValueError(str(problem)) from None
        return record


def _read(part: "Body[Any] | tuple[type[Any], ...]", written: bytes) -> Any:
    if isinstance(part, Body):
        return part.read(written)
    values = decode(written)
    if not isinstance(values, dict):
        raise ValueError("a record is written as an object")
    return convert(values, _among(part, frozenset(values)), strict=False)


def _plain(value: object) -> str:
    """A word that knows more of itself than it says (core.adapter.Posted): only that is kept."""
    if isinstance(value, str):
        return str(value)
    raise ValueError(f"no record holds {type(value).__name__}")


@lru_cache(maxsize=1024)
def _among(kinds: tuple[type[Any], ...], written: frozenset[str]) -> type[Any]:
    """The kind with most of the fields that are written, and fewest others."""
    known = {kind: {field.name for field in fields(kind)} for kind in kinds}
    return max(known, key=lambda kind: (len(known[kind] & written), -len(known[kind] - written)))
