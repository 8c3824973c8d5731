"""A skill profile, as it is checked: one record."""

from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from pydantic import (
    ConfigDict,
    Field,
    RootModel,
    Strict,
    StringConstraints,
    TypeAdapter,
    field_validator,
)

from core.i18n import ENGLISH, closest

MB = 1_048_576
"""Bytes in the "MB" of the size limits, so that nothing the backend would take is refused here
(D12)."""

T = TypeVar("T")
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
Extension = Annotated[str, Field(pattern=r"^[a-z0-9]{2,5}$")]
Whole = Annotated[int, Strict(), Field(gt=0)]


class Localized(RootModel[dict[str, T]], Generic[T]):
    """The same in several languages; one that is not there reads the closest, else English (which
    must be there)."""

    model_config = ConfigDict(frozen=True)

    @field_validator("root")
    @classmethod
    def _known(cls, words: dict[str, T]) -> dict[str, T]:
        unknown = [code for code in words if closest(code) == ENGLISH != code]
        if unknown:
            raise ValueError(f"unknown language {unknown[0]}")
        if ENGLISH not in words:
            raise ValueError("English (en) is missing")
        return {closest(code): said for code, said in words.items()}

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

    __pydantic_config__ = ConfigDict(extra="forbid")

    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    title: Localized[Text]
    max_mb: Whole
    formats: Annotated[tuple[Extension, ...], Field(min_length=1)]
    connecting: Localized[Text]
    greeting: Localized[Text]
    suggestions: Localized[Texts]
    tips: Localized[Texts]
    expected_seconds: tuple[Whole, Whole]
    example: Localized[Text]
    audience: Localized[Text]
    description: str

    @property
    def max_bytes(self) -> int:
        """The size limit of one file in bytes."""
        return self.max_mb * MB


SKILL = TypeAdapter(Skill)
