"""Reading as tables: the trigger words of the skills, and what must never be taken for a wish."""

import pytest

from core.intents import KEYWORDS, Intent
from core.understanding import Wish, read
from core.understanding.reading import TRIGGERS


@pytest.mark.parametrize(
    ("words", "intent"),
    [(trigger, intent) for intent, triggers in KEYWORDS.items() if intent in TRIGGERS for trigger in triggers],
)
def test_a_trigger_of_the_skills_alone_always_counts(words: str, intent: Intent) -> None:
    assert not isinstance(read(words, ""), Wish)


@pytest.mark.parametrize("words", ["", " ", "asdf", "blorp flim", "15", "…", "nǐ", "q" * 3000])
def test_what_is_not_understood_is_never_a_wish(words: str) -> None:
    assert not isinstance(read(words, "xx"), Wish)
