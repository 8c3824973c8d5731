"""A call of a tool that asks, whatever its arguments look like."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.nemo.questions.question import Question
from core.nemo.wire.values import a_list, loads, words

MOST = 12
"""Options that are offered as buttons."""
LISTED = 40
"""Options, and questions, of a call that are shown at all."""
PROMPT, OPTION = 2_000, 300
"""Characters of a question, and of one of its options."""


@dataclass(slots=True)
class Asked:
    """The calls of one turn that may be questions, as they come; `open` is what is still asked."""

    open: Question | None = None
    _ident: str = ""
    _sure: bool = False
    _running: set[str] = field(default_factory=set)

    def called(self, call: Mapping[str, object], running: Iterable[object] = ()) -> None:
        """A tool is called. Any work after a question says that nobody waits for its answer any
        more."""
        self._running |= {words(ident) for ident in running if words(ident)}
        arguments = _arguments(call)
        self.open = question(words(call.get("name")), arguments)
        self._ident = words(call.get("id"))
        self._sure = bool(a_list(arguments.get("questions")))

    def answered(self, response: Mapping[str, object]) -> None:
        """A tool has answered: what only looked like a question was one to another tool."""
        ident = words(response.get("id"))
        if ident == self._ident and not self._sure and ident not in self._running:
            self.open = None


def _arguments(call: Mapping[str, object]) -> Mapping[str, object]:
    for name in ("args", "arguments", "input"):
        given = call.get(name)
        if isinstance(given, str):
            try:
                given = loads(given)
            except ValueError:
                return {"prompt": given}
        if isinstance(given, dict):
            return given
    return {}


ASKING = frozenset({"ask", "asks", "question", "questions", "clarify", "clarification", "elicit"})
PROMPTS = (
    "prompt",
    "question",
    "text",
    "message",
    "query",
    "label",
    "header",
    "title",
    "description",
)
OPTIONS = ("options", "choices", "answers", "alternatives", "suggestions")
LABELS = ("label", "text", "title", "name", "option", "value", "description", "id")


def question(name: str, arguments: Mapping[str, object]) -> Question | None:
    """What this call of a tool asks the user; None where it asks nothing. Any shape of
    arguments."""
    several = a_list(arguments.get("questions"))
    if not several and not ASKING & set(
        re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
    ):
        return None
    asked = (
        [found for each in several[:LISTED] if (found := _one(each)) is not None] if several else []
    )
    if not asked and (found := _one(arguments)) is not None:
        asked = [found]
    if not asked:
        return None
    title = _line(arguments.get("title"), PROMPT)
    above = [title] if title and title not in [prompt for prompt, _ in asked] else []
    text = "\n\n".join((*above, *(_told(prompt, options) for prompt, options in asked)))
    return Question(text, _answers(asked))


def _one(asked: object) -> tuple[str, Sequence[str]] | None:
    """A question and its options; of an unknown shape the words that are in it."""
    if not isinstance(asked, dict):
        prompt = _line(asked, PROMPT)
        return (prompt, ()) if prompt else None
    prompt = next(filter(None, (_line(asked.get(name), PROMPT) for name in PROMPTS)), "")
    given = next(filter(None, (asked.get(name) for name in OPTIONS)), None)
    options = _options(given)
    if prompt or options:
        return prompt, options
    said = [
        _line(value, PROMPT) for name, value in asked.items() if name not in ("id", "type", "name")
    ]
    told = "\n".join(filter(None, said[:LISTED]))
    return (told, ()) if told else None


def _options(given: object) -> Sequence[str]:
    """The options in a list of texts or of objects, or in an object of them; each once."""
    listed: Sequence[object] = (
        re.split(r"[\n,，、;；]", given) if isinstance(given, str) else a_list(given)
    )
    return list(dict.fromkeys(filter(None, map(_option, listed[:LISTED]))))


def _option(given: object) -> str:
    if not isinstance(given, dict):
        return _line(given, OPTION)
    return next(filter(None, (_line(given.get(name), OPTION) for name in LABELS)), "")


def _line(value: object, most: int) -> str:
    """A text, or a number, as one line of plain words; nothing for what is neither."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    plain = words(value) if isinstance(value, str) else str(value)
    said = " ".join(plain[: 2 * most].replace("**", "").replace("`", "").split())
    return said if len(said) <= most else f"{said[:most]}…"


def _told(prompt: str, options: Sequence[str]) -> str:
    listed = (f"{number}. {option}" for number, option in enumerate(options, 1))
    return "\n".join(filter(None, (prompt, *listed)))


def _answers(asked: Sequence[tuple[str, Sequence[str]]]) -> tuple[str, ...]:
    if len(asked) == 1:
        return tuple(asked[0][1][:MOST])
    return tuple(f"{prompt} {option}".strip() for prompt, options in asked for option in options)[
        :MOST
    ]
