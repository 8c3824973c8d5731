"""The outline of a draft is the same from its text."""

from core.nemo import digest, draft
from core.nemo.wire.values import dumps

DRAFT = {"t": [{"tt": 0, "sg": [{"s": 0, "e": 2000}]}]}


def test_a_draft_is_outlined_from_its_text() -> None:
    assert digest.outline(dumps(DRAFT).decode(), "en") == draft.outline(DRAFT, "en")
