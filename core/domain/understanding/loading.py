"""All that reading words needs is loaded before the first message: it takes a moment, and
more when busy."""

from core.domain.understanding.reading import meaning

SENTENCE = "turn this photo into a dreamy video"
"""Words that go through every table and the model."""


def load() -> None:
    """Load it, once for the process."""
    meaning.cache_clear()
    meaning(SENTENCE, "en")
