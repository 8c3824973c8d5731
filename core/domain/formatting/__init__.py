"""Words with formatting in a form of no platform: plain text, and spans of it that are bold, code,
a quote."""

from core.domain.formatting.markdown import read
from core.domain.formatting.rich import Rich, clipped, joined, posted, replaced

__all__ = ["Rich", "clipped", "joined", "posted", "read", "replaced"]
