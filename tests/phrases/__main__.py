"""The figures of understanding: `python -m tests.phrases`; `--faults` lists the sentences that went
wrong."""

import sys
from collections.abc import Sequence

from core.domain.understanding import read
from core.domain.understanding.meaning import MEANINGS, Question
from tests.phrases import Sentence, corpus, handed
from tests.phrases.figures import Outcome, outcomes, table
from tests.phrases.rules import spread, typed


def main() -> int:
    """Print the figures of all sets by language and by situation, and how often an answer has the
    right topic."""
    held = [it for it in corpus() if it.held]
    for title, rows in (
        ("handed in", handed()),
        ("typed in haste", typed()),
        ("said beside wishes, the half that was looked at", typed("beside")),
        ("said beside wishes, the half that is kept unseen", typed("unseen")),
        ("held out of the corpus, in every situation", spread(held)),
    ):
        found = outcomes(rows)
        sys.stdout.write(f"\n## {title}\n\n{table(found, lambda it: it.judged.language)}\n")
        sys.stdout.write(table(found, lambda it: it.judged.situation))
        if "--faults" in sys.argv[1:]:
            sys.stdout.write(faults(found))
    sys.stdout.write(topics(held))
    return 0


def faults(found: Sequence[Outcome]) -> str:
    """The sentences that went wrong, by what went wrong."""
    lines = sorted(
        f"{name}: {it.judged.language} {it.judged.situation} “{it.judged.text}” "
        f"{'|'.join(it.judged.expected)} → {it.got}"
        for it in found
        for name in it.faults
    )
    return "\n" + "\n".join(lines) + "\n"


def topics(held: Sequence[Sentence]) -> str:
    """How often a question of the held sentences gets the answer of its topic."""
    asked = [it for it in held if isinstance(MEANINGS.get(it.meaning), Question)]
    right = sum(read(it.text, it.language) == MEANINGS[it.meaning] for it in asked)
    return (
        f"\nanswers with the right topic: {right} of {len(asked)} "
        f"{right / max(1, len(asked)):.1%}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
