"""Words with formatting in a form of no platform: plain text, and spans of it that are bold, code,
a quote."""

from core.domain.formatting.markdown import read_markdown
from core.domain.formatting.rich import (
    Rich,
    caveats,
    clipped,
    first_lines,
    gist,
    joined,
    posted,
    replaced,
)

__all__ = [
    "Rich",
    "caveats",
    "clipped",
    "first_lines",
    "gist",
    "joined",
    "posted",
    "read_markdown",
    "replaced",
]
