"""Every conversation in tests/transcripts goes as it is written there."""

from pathlib import Path

import pytest

from tests.talk import Talk

SCRIPTS = sorted((Path(__file__).parents[2] / "transcripts").glob("*.txt"))


def scenes() -> list[tuple[str, str]]:
    """One scene for each `== title` of each file."""
    found = []
    for script in SCRIPTS:
        for part in script.read_text(encoding="utf-8").split("\n== ")[1:]:
            title, _, lines = part.partition("\n")
            found.append((f"{script.stem}: {title.strip()}", lines))
    return found


@pytest.mark.parametrize("lines", [pytest.param(lines, id=title) for title, lines in scenes()])
def test_the_conversation_goes_as_written(lines: str) -> None:
    Talk().play(lines)


def test_a_wrong_answer_makes_a_transcript_fail() -> None:
    with pytest.raises(AssertionError, match="but the bot said"):
        Talk().play("> [photo]\n~ something else")


def test_an_answer_too_many_makes_a_transcript_fail() -> None:
    with pytest.raises(AssertionError, match="also said"):
        Talk().play("> [photo]")
