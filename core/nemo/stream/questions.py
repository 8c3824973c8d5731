"""What the service asks its user: a call of a tool that asks, whatever its arguments look like, or
plain words that name alternatives."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.nemo.values import a_list, loads, words
from core.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the user. `text` says all of it, options numbered; `options` are answers in
    the service's words.

    The answers of several questions in one call each name the question that they belong to.
    """

    text: str
    options: tuple[str, ...] = ()


SHORT = 40


def option_label(option: str) -> str:
    """An option as it fits a button; the text above it has all of it."""
    return option if len(option) <= SHORT else f"{option[: SHORT - 1].rstrip()}…"


def with_question(answer: str, asked: Question) -> str:
    """The whole answer of a turn with its question, which is not said twice."""
    prompt = asked.text.partition("\n")[0]
    if asked.text in answer or (prompt and not asked.options and prompt in answer):
        return answer
    return "\n\n".join(filter(None, (answer, asked.text)))


def alternatives(text: str) -> tuple[str, ...]:
    """The answers that a question in plain words names; none where they cannot be read off with
    confidence."""
    lines = [
        line.replace("**", "").replace("`", "").strip()
        for line in text[-READ:].splitlines()
        if line.strip()
    ]
    return _listed(lines) or (_named(lines[-1]) if lines else ())


READ = 4_000
"""Characters at the end of an answer in which a question is looked for."""
ITEM = Pattern(
    r"(?:[-*•·▪‣]\s|\(?\d{1,2}[.):、．）]|\(?[A-Ha-h][.)、．）]|[①-⑳]|\d\ufe0f?\u20e3)\s*(?P<words>\S.*)"
)
LONG, FEW, MANY = 120, 2, 8
ENDS = ("?", "？")
COLONS = (":", "：")
CHOICE = Pattern(
    r"\b(?:which|would you|do you|should i|shall i|choose|pick "
    r"one)\b|哪|请选|請選|选择|選擇|你想|您想",
    re.IGNORECASE,
)


def _listed(lines: Sequence[str]) -> tuple[str, ...]:
    """The last list, if the line before it or one behind it asks."""
    found = [ITEM.match(line) for line in lines]
    last = max((place for place, item in enumerate(found) if item), default=-1)
    first = last
    while first > 0 and found[first - 1]:
        first -= 1
    items = [item["words"].strip() for item in found[first : last + 1] if item]
    before, after = lines[first - 1] if first > 0 else "", lines[last + 1 :]
    asks = before.endswith(ENDS) or (before.endswith(COLONS) and bool(CHOICE.search(before)))
    asks = asks or any(line.endswith(ENDS) and CHOICE.search(line) for line in after)
    fits = FEW <= len(items) <= MANY and all(
        len(item) <= LONG and not item.endswith(ENDS) for item in items
    )
    return (
        tuple(dict.fromkeys(item.rstrip(" .;,。；，") for item in items)) if asks and fits else ()
    )


SENTENCE = Pattern(r"[^.!?。！？]*[?？]\s*$")
OR = Pattern(r"\s*,?\s+or\s+|\s*[,，]?\s*(?:还是|還是|或者|或是)\s*", re.IGNORECASE)
OR_ABROAD = Pattern(
    r"\s*,?\s+(?:or|oder|ou|или|atau|o|veya)\s+|\s*[,，]?\s*(?:还是|還是|或者|或)\s*", re.IGNORECASE
)
COMMA = Pattern(r"\s*[,，、]\s*")
LEAD = Pattern(
    r"(?:(?:so|and|ok|okay|great|also|now|first)[, ]+)*(?:"
    r"(?:what|which|how)\b[^,]*,\s*|"
    r"(?:would|do) you (?:like|prefer|want|rather have|rather)(?: me)?(?: it)?(?: to be)?(?: to)? |"
    r"(?:should|shall) (?:it|i|we|this|(?:the|your) \w+)(?: be| use| make it| make| go "
    r"with| have)? |"
    r"(?:is it|do i) )",
    re.IGNORECASE,
)
LEAD_HAN = Pattern(
    r"(?:请问|請問|那么|那麼)?(?:你|您)?(?:是|更)?(?:想要|想|喜欢|喜歡|希望|需要|要|偏好|选择|選擇)(?:用|做成|做)?"
)
NO_ANSWER = Pattern(
    r"(?:not|no|something else|anything else|else|other|leave it|不是|不要|其他|别的|別的)$|"
    r"(?:would|do|does|should|shall|can|could|is|are|did|will|i|you|we|what|which|how|if)\b|(?:你|您|我)",
    re.IGNORECASE,
)
WORDS = 6


def _named(line: str) -> tuple[str, ...]:
    """`Would you like A, B or C?`: two to five short answers."""
    sentence = SENTENCE.search(line)
    if sentence is None:
        return ()
    said = sentence[0].strip().rstrip("?？ ")
    colon = max(map(said.rfind, COLONS))
    begins = said[colon + 1 :].strip()
    lead = LEAD.match(begins) or LEAD_HAN.match(begins)
    if lead is None and colon < 0:
        return ()
    begins = begins[lead.end() :] if lead else begins
    parts = (OR if colon < 0 else OR_ABROAD).split(begins)
    if len(parts) < FEW:
        return ()
    answers = [piece.strip() for part in parts for piece in COMMA.split(part) if piece.strip()]
    fits = FEW <= len(answers) <= 5 and all(map(_answers_it, answers))
    return tuple(dict.fromkeys(answers)) if fits else ()


def _answers_it(answer: str) -> bool:
    return len(answer) <= SHORT and len(answer.split()) <= WORDS and not NO_ANSWER.match(answer)


MOST = 12
"""Options that are offered as buttons."""
LISTED = 40
"""Options, and questions, of a call that are shown at all."""
PROMPT, OPTION = 2_000, 300
"""Characters of a question, and of one of its options."""


@dataclass(slots=True)
class Asking:
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
    *("prompt", "question", "text", "message", "query", "label"),
    *("header", "title", "description"),
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
