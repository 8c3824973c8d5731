"""Words with formatting in a form of no platform: plain text, and spans of it that are bold, code,
a quote."""

from core.domain.formatting.rich import Rich, clipped, joined, posted, replaced

__all__ = ["Rich", "clipped", "joined", "posted", "read", "replaced"]


def read(source: str) -> Rich:
    """What Markdown says (core.domain.formatting.markdown), whose library is imported with the
    first words to be read."""
    from core.domain.formatting import markdown

    return markdown.read(source)
