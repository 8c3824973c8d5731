"""Who asks: the attribution headers (X-Skill-Source, X-Skill-Version, X-Skill-Platform), and the
token of who pays."""

import re
from dataclasses import dataclass
from pathlib import Path

from core.nemo.errors import TokenRejected

_VISIBLE = re.compile(r"[\x21-\x7e]+")

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Which skill is calling: the X-Skill-* headers that every request carries (docs/backend.md
    2)."""

    slug: str
    version: str
    platform: str


def platform_of(folder: Path, skill_source: str) -> str:
    """The X-Skill-Platform header (D33): what the operator says, else where the skill files lie,
    else unknown."""
    if skill_source.strip():
        return skill_source.strip()
    if ".clawhub" in folder.parts:
        return "clawhub"
    if (".cursor", "skills") in zip(folder.parts, folder.parts[1:], strict=False):
        return "cursor"
    return "unknown"


def authorized(name: str, token: str, attribution: Attribution) -> Headers:
    """The headers of a call with a token. Raises TokenRejected for what cannot be one."""
    # A token that people typed may hold anything; no header can carry such a one and no backend
    # would accept it.
    if not _VISIBLE.fullmatch(token):
        raise TokenRejected("not a token", endpoint=name)
    return (("Authorization", f"Bearer {token}"), *attributed(attribution))


def attributed(attribution: Attribution) -> Headers:
    """Those that every request carries."""
    return (
        ("X-Skill-Source", header(attribution.slug)),
        ("X-Skill-Version", header(attribution.version)),
        ("X-Skill-Platform", header(attribution.platform)),
    )


def header(value: str) -> str:
    """What of a text can stand in a header."""
    return "".join(_VISIBLE.findall(value))
