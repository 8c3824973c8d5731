"""Lists, one item a line, cut to a few."""

SHOWN = 2
"""Items that are named; of more, the first and how many follow."""


def some_of(summary: str) -> str:
    """What has changed, one a line, in two lines at most; the rest is counted."""
    lines = summary.splitlines()
    if len(lines) <= SHOWN:
        return summary
    kept = lines[: SHOWN - 1]
    return "\n".join((*kept, f"• … +{len(lines) - len(kept)}"))
