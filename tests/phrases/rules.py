"""What may rightly happen to each meaning in each situation: the rules of the handed sentences, by
meaning."""

from collections.abc import Iterable
from functools import cache

from tests.phrases import HERE, Judged, Sentence, rows

BEYOND = 3
"""Options that are offered where a photo is kept; a higher number chooses none."""


@cache
def rules() -> dict[str, dict[str, str]]:
    """rules.tsv: for each meaning what may happen in each situation, the best first."""
    return {row.pop("meaning"): row for row in rows(HERE / "rules.tsv")}


def expected(meaning: str, situation: str) -> tuple[str, ...]:
    """All that may rightly happen, the best first."""
    label, _, number = meaning.partition(".")
    rule = rules()["choice" if label == "choice" else meaning][situation]
    if "choose" in rule:
        return (f"choose:{number}",) if int(number) <= BEYOND else ("ask",)
    return tuple(rule.split("|"))


def spread(sentences: Iterable[Sentence]) -> list[Judged]:
    """Sentences of the corpus in every situation."""
    return [
        Judged(it.language, situation, it.text, expected(it.meaning, situation))
        for it in sentences
        for situation in rules()["unclear"]
    ]
