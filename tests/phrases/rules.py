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


def typed(name: str = "typed") -> list[Judged]:
    """typed.tsv: what people type in haste, each in the situations that it is said in, with all
    that it may mean. `asked` is a project about which a question is open. The same of any other
    file of that kind."""
    return [
        Judged(row["language"], situation, row["text"], _any(row["meanings"].split(), situation))
        for row in rows(HERE / f"{name}.tsv")
        for situation in row["situations"].split()
    ]


def _any(meanings: Iterable[str], situation: str) -> tuple[str, ...]:
    answers = {"go": ("make",), "decline": ("ask", "answer")}
    found: list[str] = []
    for meaning in meanings:
        asked = situation == "asked"
        found += (asked and answers.get(meaning)) or expected(
            meaning, "project" if asked else situation
        )
    return tuple(dict.fromkeys(found))


def spread(sentences: Iterable[Sentence]) -> list[Judged]:
    """Sentences of the corpus in every situation."""
    return [
        Judged(it.language, situation, it.text, expected(it.meaning, situation))
        for it in sentences
        for situation in rules()["unclear"]
    ]
