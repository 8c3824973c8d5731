"""What an examination of the installation has found: a line each, with its remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """How a thing stands: well, worth knowing, or not working."""

    WELL = "✓"
    NOTE = "!"
    WRONG = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `said` and `remedy` are sentences for the operator, without a
    secret and without anything that a person has said; `code` is what a report calls it."""

    sign: Sign
    about: str
    said: str
    remedy: str = ""
    code: str = ""

    @property
    def line(self) -> str:
        """As it is printed."""
        return " ".join(filter(None, (self.sign, f"{self.about}:", self.said, self.remedy)))


def well(about: str, said: str, code: str = "") -> Finding:
    """All is as it should be."""
    return Finding(Sign.WELL, about, said, "", code)


def note(about: str, said: str, remedy: str = "", code: str = "") -> Finding:
    """It works; something is worth knowing or doing."""
    return Finding(Sign.NOTE, about, said, remedy, code)


def wrong(about: str, said: str, remedy: str, code: str = "") -> Finding:
    """It does not work until the remedy was taken."""
    return Finding(Sign.WRONG, about, said, remedy, code)


def exit_code(findings: Iterable[Finding]) -> int:
    """0 where all is well, 1 where something is worth knowing, 2 where something does not work."""
    order = tuple(Sign)
    return max((order.index(finding.sign) for finding in findings), default=0)
