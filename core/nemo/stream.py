"""Frames of one chat turn become what the user sees (nemo-api.md 7.6)."""

from dataclasses import dataclass

from core.nemo.errors import NemoError


@dataclass(frozen=True, slots=True)
class Heard:
    """All text a user may see so far, for the status message."""

    text: str


@dataclass(frozen=True, slots=True)
class TurnEnd:
    """What a turn has said when its stream is over, before GUI translation.

    `text` is the answer: visible text that no tool result comes after, "" for a silent turn. `status_texts` came
    before a tool result. `failed`: the stream reported a failure. `tools` counts tool calls. `draft_hint` is the last
    draft the stream showed (the state is the authority). `refusal` is an error code inside the stream. `visible`:
    any text at all was heard.
    """

    text: str
    status_texts: tuple[str, ...] = ()
    failed: bool = False
    tools: int = 0
    draft_hint: object | None = None
    refusal: NemoError | None = None
    visible: bool = False


class Reader:
    """Takes the frames of one turn in order; `finish` says what came of it. Never raises."""

    def feed(self, event: str, data: str) -> tuple[Heard, ...]:
        """Take one frame (event name, data); returns what is visible now, if that changed."""
        raise NotImplementedError

    def finish(self, cut: bool = False) -> TurnEnd:
        """What the turn said; may be called at any time."""
        raise NotImplementedError
