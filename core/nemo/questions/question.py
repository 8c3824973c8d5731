"""A question of the service, as it is told and as its answers stand on buttons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the user. `text` says all of it, options numbered; `options` are answers in
    the service's words.

    The answers of several questions in one call each name the question that they belong to.
    """

    text: str
    options: tuple[str, ...] = ()


SHORT = 40


def label(option: str) -> str:
    """An option as it fits a button; the text above it has all of it."""
    return option if len(option) <= SHORT else f"{option[: SHORT - 1].rstrip()}…"


def as_told(answer: str, asked: Question) -> str:
    """The whole answer of a turn with its question, which is not said twice."""
    prompt = asked.text.partition("\n")[0]
    if asked.text in answer or (prompt and not asked.options and prompt in answer):
        return answer
    return "\n\n".join(filter(None, (answer, asked.text)))
