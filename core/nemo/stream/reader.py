"""Takes in the frames of one chat turn, one by one, and tells what it has said, while it runs and
when it is over (docs/backend.md 7.6)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.nemo.draft import exportable
from core.nemo.errors import Cut, NemoError
from core.nemo.stream.frames import LONGEST
from core.nemo.stream.questions import Asking, Question
from core.nemo.values import a_list, an_object, integer, loads, words
from core.nemo.wire import refusal


@dataclass(frozen=True, slots=True)
class Visible:
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


MOST = 200
"""Paragraphs that are kept of one turn."""

_ERROR_FRAME = re.compile(r'\s*\{\s*"error"')
_TEMPORARY = "i encountered a temporary issue"


@dataclass(slots=True)
class _Paragraph:
    """Text of one event, or the joined fragments of a coming one, and how many tool results came
    before it."""

    speaker: tuple[str, str]
    text: str
    results: int
    open: bool


class Reader:
    """Takes the frames of one turn in order; `finish` says what came of it. Never raises.

    A tool result divides the turn: text before it was a status, text after it is the answer (D18).
    Fragments (`partial`) grow one paragraph for each speaker until the whole text replaces them.
    `events` counts the frames that were no heartbeat."""

    def __init__(self) -> None:
        self._paragraphs: list[_Paragraph] = []
        self._calls = 0
        self._results = 0
        self._failed = False
        self._draft: object | None = None
        self.events = 0
        self._refusal: NemoError | None = None
        self._seen = ""
        self._asked = Asking()

    def feed(self, event: str, data: str) -> tuple[Visible, ...]:
        """Take one frame (event name, data); returns what is visible now, if that changed."""
        if event == "heartbeat" or not data.strip():
            return ()
        try:
            frame = loads(data)
        except ValueError:
            # Older servers do not escape what they put into an error frame (recording 10).
            self._failed = self._failed or bool(_ERROR_FRAME.match(data))
            return ()
        if not isinstance(frame, dict):
            return ()
        before = exportable(self._draft)
        self._take(frame)
        drafted = exportable(self._draft) and not before
        visible = _joined(paragraph.text for paragraph in self._shown())
        if visible == self._seen and not drafted:
            return ()
        self._seen = visible
        return (Visible(visible, drafted),)

    def _take(self, frame: Mapping[str, object]) -> None:
        self.events += frame.get("type") != "heartbeat"
        self._note_failure(frame)
        draft = an_object(an_object(frame.get("actions")).get("stateDelta")).get("draft")
        if isinstance(draft, dict):
            self._draft = draft
        if isinstance(frame.get("type"), str) and "parts" not in an_object(frame.get("content")):
            self._take_fallback(frame)
        else:
            self._take_event(frame)

    def _note_failure(self, frame: Mapping[str, object]) -> None:
        code = frame.get("errorCode")
        if (
            (code and code != "MODEL_RETURNED_NO_CONTENT")
            or frame.get("error")
            or frame.get("type") == "error"
        ):
            self._failed = True
        if integer(frame.get("code")) and not frame.get("content") and self._refusal is None:
            self._refusal = refusal("turn", frame)
            self._failed = True

    def _take_fallback(self, frame: Mapping[str, object]) -> None:
        """The shape of a withdrawn vendor document: {"type":"text","content":"…"}."""
        match frame["type"]:
            case "text":
                self._say(("", ""), words(frame.get("content")), partial=False)
            case "tool_call":
                self._calls += 1
                self._asked.called(frame)
            case "tool_result":
                self._results += 1

    def _take_event(self, frame: Mapping[str, object]) -> None:
        content = an_object(frame.get("content"))
        parts = [an_object(part) for part in a_list(content.get("parts"))]
        if frame.get("partial") is not True:
            self._note_questions(parts, a_list(frame.get("longRunningToolIds")))
        if "user" in (frame.get("author"), content.get("role")):
            only_words = bool(parts) and all("text" in part for part in parts)
            self._results += not only_words
            return
        partial = frame.get("partial") is True
        answered = [place for place, part in enumerate(parts) if "functionResponse" in part]
        spoken = [place for place, part in enumerate(parts) if _visible(part)]
        early = bool(answered) and bool(spoken) and answered[-1] < spoken[-1]
        self._calls += sum("functionCall" in part for part in parts) if not partial else 0
        self._results += early
        speaker = (words(frame.get("invocationId")), words(frame.get("author")))
        self._say(speaker, "".join(_visible(part) for part in parts), partial)
        self._results += bool(answered) and not early

    def _note_questions(self, parts: Sequence[Mapping[str, object]], running: list[object]) -> None:
        for part in parts:
            if isinstance(part.get("functionCall"), dict):
                self._asked.called(an_object(part["functionCall"]), running)
            if isinstance(part.get("functionResponse"), dict):
                self._asked.answered(an_object(part["functionResponse"]))

    def _say(self, speaker: tuple[str, str], text: str, partial: bool) -> None:
        fragments = self._fragments(speaker, text, partial)
        if fragments is not None and partial:
            fragments.text = (fragments.text + text)[:LONGEST]
        elif fragments is not None and text.strip():
            fragments.text, fragments.results, fragments.open = text[:LONGEST], self._results, False
        elif text.strip() or (partial and text):
            self._paragraphs.append(_Paragraph(speaker, text[:LONGEST], self._results, partial))
        self._forget()

    def _fragments(self, speaker: tuple[str, str], text: str, partial: bool) -> _Paragraph | None:
        """The unfinished paragraph that this text belongs to.

        Fragments from before a tool result are another message, unless the whole text begins with
        them."""
        for paragraph in reversed(self._paragraphs):
            if paragraph.open and paragraph.speaker == speaker:
                same = paragraph.results == self._results
                return (
                    paragraph if same or (not partial and text.startswith(paragraph.text)) else None
                )
        return None

    def _forget(self) -> None:
        total = sum(len(paragraph.text) for paragraph in self._paragraphs)
        while len(self._paragraphs) > 1 and (total > LONGEST or len(self._paragraphs) > MOST):
            total -= len(self._paragraphs.pop(0).text)

    def _shown(self) -> list[_Paragraph]:
        """Paragraphs worth showing: the same text twice in a row counts once, as the later one."""
        shown: list[_Paragraph] = []
        for paragraph in self._paragraphs:
            if not paragraph.text.strip():
                continue
            if shown and shown[-1].text.strip() == paragraph.text.strip():
                shown.pop()
            shown.append(paragraph)
        while len(shown) > 1 and _temporary(shown[-1]) and not all(map(_temporary, shown)):
            shown.pop()
        return shown

    def finish(self, cut: bool = False) -> TurnEnd:
        """What the turn said; may be called at any time. `cut` says that the stream broke off.

        A cut while a tool was running leaves no answer: what was said before announced the work.
        """
        shown = self._shown()
        results = self._results + (cut and self._calls > self._results)
        before = tuple(paragraph.text.strip() for paragraph in shown if paragraph.results < results)
        after = _joined(paragraph.text for paragraph in shown if paragraph.results == results)
        tools = max(self._calls, self._results)
        asked = self._asked.open
        return TurnEnd(
            after, before, self._failed, tools, self._draft, self._refusal, bool(shown), cut, asked
        )


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(text.strip() for text in texts)


def _visible(part: Mapping[str, object]) -> str:
    return "" if part.get("thought") else words(part.get("text"))


def _temporary(paragraph: _Paragraph) -> bool:
    return paragraph.text.strip().lower().startswith(_TEMPORARY)
