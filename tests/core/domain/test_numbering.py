"""How photos are called by their number, in every language."""

from dataclasses import fields

from core.domain.understanding.numbering import tongues
from core.patterns import Pattern


def test_every_pattern_of_every_language_can_be_compiled() -> None:
    for tongue in tongues():
        patterns = [getattr(tongue, field.name) for field in fields(tongue)]
        alone = [pattern for pattern in patterns if isinstance(pattern, Pattern)]
        for pattern in (*alone, *tongue.each, *(pattern for pattern, _ in tongue.single)):
            pattern.search("2")
