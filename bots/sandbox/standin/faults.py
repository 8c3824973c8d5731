"""Misbehaviour on demand: what may go wrong, at which endpoint, how often; set by code, by HTTP or
by a word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

ENDPOINTS: Final = (
    "token",
    "session",
    "upload",
    "turn",
    "credits",
    "state",
    "render",
    "poll",
    "cancel",
    "download",
    "claim",
    "file",
)

EVERYWHERE: Final = {
    "code": "an error code in the body; value: the number, `2001@402` for one with an HTTP status",
    "http": "an HTTP status with a short JSON body; value: the status, `429=7` adds Retry-After: 7",
    "html": "a proxy's HTML page; value: the status (502)",
    "empty": "no body at all; value: the status (200)",
    "malformed": "broken JSON with HTTP 200",
    "array": "a JSON array instead of an object",
    "delay": "waits before it does anything; value: seconds",
    "reset": "drops the line before doing anything",
    "drop": "does all of the work, then drops the line instead of answering",
}
TURN: Final = {
    "silent": "the work is done, but no word is said",
    "empty-parts": "text before the tool, then an empty last event",
    "no-content": "the same with errorCode MODEL_RETURNED_NO_CONTENT, which is no failure",
    "empty-turn": "the work is done; the stream has no event at all",
    "text-only": "words as if all were done, yet nothing is changed",
    "question": "asks something instead of doing anything",
    "ask": "the same in a call of a tool, with answers to choose from",
    "drag": "tells the user to drag things instead of doing anything",
    "gui": "talks of nothing but buttons",
    "heartbeat": "between all events; value: one of HEARTBEATS or all",
    "silence": "nothing at all for some seconds before the tool ends; value: seconds",
    "cut": "the line drops in the middle of the tool's result; the work goes on and is done",
    "cut-lost": "the same, and the work is lost",
    "no-blank-line": "the last event lacks the blank line behind it",
    "separators": "raw U+2028, U+2029 and U+0085 in the text",
    "error": "an error frame after the first text; nothing is changed",
    "error-late": "an error frame after the work was done",
    "error-invalid": "an error frame that is no valid JSON",
    "error-code": "one event with errorCode and nothing else",
    "error-twice": "one exception reported as errorCode and as error frame",
    "code-inside": "an API error inside the stream; value: the code",
    "temporary": "the last text begins with 'I encountered a temporary issue', "
    "after the real answer",
    "partial": "the answer in fragments, then whole",
    "partial-same-id": "the same, all under one id",
    "partial-cut": "ends properly after the fragments: the whole never comes",
    "typed": 'the old shape {"type": …}',
    "contentless": "events with ids and actions only",
    "two-stage": "adds music by itself after the raw clip",
    "one-stage": "does not",
    "outlives-hang-up": "the run goes on when the client hangs up",
}
RENDER: Final = {
    "failed": "the job fails; with times=1 once, with times=None always",
    "slow": "stays processing for so many more polls; value: the number",
    "no-url": "completed without URL; value: for how many polls, none: for ever",
    "wrapped": "replies in the wrapped shape",
    "flat": "replies in the flat shape",
    "joins": "a duplicate id returns the existing job instead of an error",
}
FILE: Final = {
    "posing": "a page that says it is a film",
    "halved": "the first half of the film, as if that were all",
}
OTHERS: Final = {
    "session": {"number-id": "the session id as a JSON number"},
    "file": {"short": "drops the line in the middle of the file", **FILE},
    "download": FILE,
    "upload": {
        "not-applied": "session_state_applied is false",
        "bare": "the older data.uploaded_files shape",
    },
}
HEARTBEATS: Final = {
    "comment": ": ping\n\n",
    "empty": "data:\n\n",
    "space": "data: \n\n",
    "named": "event: heartbeat\ndata: {}\n\n",
    "named-empty": "event: heartbeat\ndata: \n\n",
    "named-bare": "event: heartbeat\n\n",
    "json": 'data: {"type":"heartbeat"}\n\n',
    "word": "data: heartbeat\n\n",
}

KINDS: Final = {
    endpoint: {
        **EVERYWHERE,
        **(TURN if endpoint == "turn" else {}),
        **(RENDER if endpoint in ("render", "poll") else {}),
        **OTHERS.get(endpoint, {}),
    }
    for endpoint in ENDPOINTS
}


class UnknownFault(ValueError):
    """No such endpoint or kind."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong. `times` counts the requests it is for; None is always."""

    endpoint: str
    kind: str
    times: int | None = 1
    value: str = ""

    @property
    def amount(self) -> float | None:
        """The value as a number; None where there is none."""
        return float(self.value) if self.value else None


def parse(endpoint: str, kind: str, times: int | None = 1) -> Fault:
    """A fault from `kind` or `kind:value`. Raises UnknownFault for a slip of the pen."""
    name, _, value = kind.partition(":")
    if name not in KINDS.get(endpoint, {}):
        raise UnknownFault(f"{endpoint} has no fault {name}")
    return Fault(endpoint, name, times, value)


_IN_WORDS = re.compile(r"\[\[fault:(?:(\w+)=)?([^\]]+?)(?:x(\d+)|(\*))?\]\]")


def from_words(words: str) -> tuple[str, tuple[Fault, ...]]:
    """Take `[[fault:silent]]`, `[[fault:render=failed]]`, `[[fault:poll=http:503x3]]`,
    `[[fault:poll=slow:9*]]` out."""
    found = tuple(
        parse(hit[1] or "turn", hit[2], None if hit[4] else int(hit[3] or 1))
        for hit in _IN_WORDS.finditer(words)
    )
    return " ".join(_IN_WORDS.sub(" ", words).split()) if found else words, found


class Faults:
    """The list of what is to go wrong; each request takes what concerns it."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def set(self, endpoint: str, kind: str, times: int | None = 1) -> None:
        """Add one: `set("turn", "silent")`, `set("upload", "code:4002")`, `set("poll",
        "http:429=5", times=None)`."""
        self.add(parse(endpoint, kind, times))

    def add(self, fault: Fault) -> None:
        """Add one that was parsed."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Behave again."""
        self._faults.clear()

    def pending(self) -> tuple[Fault, ...]:
        """What is still to come."""
        return tuple(self._faults)

    def take(self, endpoint: str, kinds: Iterable[str]) -> tuple[Fault, ...]:
        """The faults of these kinds for one request to the endpoint, each used up by one."""
        wanted, taken, kept = set(kinds), [], []
        for fault in self._faults:
            if fault.endpoint != endpoint or fault.kind not in wanted:
                kept.append(fault)
                continue
            taken.append(fault)
            if fault.times is None or fault.times > 1:
                kept.append(replace(fault, times=None if fault.times is None else fault.times - 1))
        self._faults = kept
        return tuple(taken)
