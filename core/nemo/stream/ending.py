"""What a turn has said, while it runs and when it is over."""

from dataclasses import dataclass

from core.nemo.errors import Cut, NemoError
from core.nemo.questions import Question


@dataclass(frozen=True, slots=True)
class Heard:
    """All text a user may see so far, for the status message; `drafted` where a timeline is shown
    for the first time.

    The text may be empty then.
    """

    text: str
    drafted: bool = False


@dataclass(frozen=True, slots=True)
class TurnEnd:
    """What a turn has said when its stream is over, before GUI translation.

    `text` is the answer: visible text that no tool result comes after, "" for a silent turn.
    `status_texts` came before a tool result. `failed`: the stream reported a failure. `tools`
    counts tool calls. `draft_hint` is the last draft the stream showed (the state is the
    authority). `refusal` is an error code inside the stream. `visible`: any text at all was heard.
    `cut`: the stream broke off, so more may have been meant. `question` is what a tool call asks
    the user, and nothing has answered."""

    text: str
    status_texts: tuple[str, ...] = ()
    failed: bool = False
    tools: int = 0
    draft_hint: object | None = None
    refusal: NemoError | None = None
    visible: bool = False
    cut: bool = False
    question: Question | None = None


class TurnCut(Cut):
    """A chat turn broke off; `end` holds what it had said until then."""

    def __init__(self, end: TurnEnd, detail: str = "", *, endpoint: str = "") -> None:
        super().__init__(detail, endpoint=endpoint)
        self.end = end
