"""A skill profile, as it is checked: one record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.i18n import ENGLISH, closest

MB = 1_048_576
"""Bytes in the "MB" of the size limits, so that nothing the backend would take is refused here
(D12)."""

T = TypeVar("T")


@dataclass(frozen=True)  # Python sets something of its own where it is made as Localized[str]
class Localized(Generic[T]):
    """The same in several languages, by the codes of the catalogues; one that is not there reads
    English, which must be there."""

    root: Mapping[str, T]

    def __getitem__(self, language: str) -> T:
        code = closest(language)
        return self.root[code if code in self.root else ENGLISH]


@dataclass(frozen=True, slots=True)
class Skill:
    """One profile. The five skills share one API and differ only in these values (docs/backend.md
    3).

    `slug` and `version` travel as attribution headers. `formats` are the extensions that the
    profile advertises, not all that the backend accepts. `expected_seconds` is the shortest and
    longest usual time from wish to MP4. `description` is the body of the file."""

    slug: str
    version: str
    title: Localized[str]
    max_mb: int
    formats: tuple[str, ...]
    connecting: Localized[str]
    greeting: Localized[str]
    suggestions: Localized[tuple[str, ...]]
    tips: Localized[tuple[str, ...]]
    expected_seconds: tuple[int, int]
    example: Localized[str]
    audience: Localized[str]
    description: str

    @property
    def max_bytes(self) -> int:
        """The size limit of one file in bytes."""
        return self.max_mb * MB
