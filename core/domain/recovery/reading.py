"""The backend's answer as the request keeps it."""

from core.domain.requests import (
    Reply,
)
from core.nemo import gui
from core.nemo.questions import Question, alternatives, as_told

RAW = 1000
"""Characters of an answer that are kept as they came."""


def read_reply(words: str, asked: Question | None = None) -> Reply:
    """The backend's answer with its button talk taken out, and with what it asks."""
    said = gui.translate(words)
    told = as_told(said.text, asked) if asked else said.text
    return Reply(
        words=told,
        raw=(words or told)[:RAW],
        actions=tuple(map(str, said.actions)),
        asking=asked is not None,
        options=asked.options if asked else alternatives(told),
    )
