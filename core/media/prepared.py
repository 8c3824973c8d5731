"""A file in the shape in which it is uploaded."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file ready to be uploaded: `name` is clean ASCII with the right extension, `mime` fits
    it."""

    path: Path
    name: str
    mime: str
    bytes: int
