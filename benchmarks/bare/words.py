"""What the first words that somebody writes cost: the tables and the model that read them, and what
their request imports."""

from importlib import import_module

from benchmarks.measuring import resident, say, spent
from core.domain.understanding.intent_classification import meaning

SENTENCE = "turn this photo into a dreamy video"
"""Words that go through every table and the model."""


def first() -> tuple[float, int]:
    """Processor seconds and bytes of the first such sentence."""
    cpu, size = spent(), resident()
    meaning(SENTENCE, "en")
    import_module("stamina")
    return spent() - cpu, resident() - size


if __name__ == "__main__":
    say(first())
