"""From the JSON that the page posts to an Inbound."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bots import codec
from core import messages as m

PLATFORM = "web"
LONGEST_TEXT = 20_000
"""Signs of one message."""
MOST_FILES = 50
"""More than a request takes: which of them are too many is the core's to say."""
CLIENT = re.compile(r"[A-Za-z0-9_-]{8,64}")
"""An id that the page draws by lot, so that what is posted twice counts once."""
NUMBER = re.compile(r"[1-9][0-9]{0,17}")
TICKET_SECONDS = 900.0


class Malformed(Exception):
    """The page would not have said it so."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message to send: its words, the numbers of its files, and of the message it answers."""

    text: str
    files: tuple[int, ...]
    answers: int | None
    client: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a message, by what it carries."""

    message: int
    data: str
    client: str


def to_said(body: object) -> Said:
    """Raises Malformed."""
    found = _object(body)
    text, files = _text(found.get("text", "")), found.get("files", [])
    if not isinstance(files, list) or len(files) > MOST_FILES:
        raise Malformed
    numbers = tuple(dict.fromkeys(_number("f", ref) for ref in files))
    answers = found.get("answers")
    if not text.strip() and not numbers:
        raise Malformed
    return Said(text, numbers, None if answers is None else _number("m", answers), _client(found))


def to_press(body: object) -> Press:
    """Raises Malformed."""
    found = _object(body)
    data = found.get("data")
    if not isinstance(data, str) or len(data.encode(errors="replace")) > codec.LIMIT:
        raise Malformed
    return Press(_number("m", found.get("message")), data, _client(found))


def to_correction(body: object) -> tuple[int, str]:
    """The number of an own message, and its new words. Raises Malformed."""
    found = _object(body)
    text = _text(found.get("text"))
    if not text.strip():
        raise Malformed
    return _number("m", found.get("message")), text


def _object(body: object) -> Mapping[str, Any]:
    if not isinstance(body, dict):
        raise Malformed
    return body


def _text(text: object) -> str:
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise Malformed
    return text.encode("utf-8", "replace").decode()  # a half of a sign cannot be stored


def _number(sort: str, ref: object) -> int:
    if not isinstance(ref, str) or ref[:1] != sort or not NUMBER.fullmatch(ref[1:]):
        raise Malformed
    return int(ref[1:])


def _client(found: Mapping[str, Any]) -> str:
    client = found.get("id")
    if not isinstance(client, str) or not CLIENT.fullmatch(client):
        raise Malformed
    return client


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who says it, and in which language their page is."""

    user: str
    language: str


def said(
    who: Visitor,
    what: Said,
    files: tuple[m.Attachment, ...],
    message: int,
    at: float,
) -> m.Inbound:
    """Words and files; a command where the words are one."""
    called = codec.called(what.text)
    happened: m.Happened = (
        m.Called(called.command or m.Command.HELP, called.rest, files)
        if called
        else m.Said(what.text, files)
    )
    return _inbound(who, what.client, happened, message, at, answers=what.answers)


def pressed(
    who: Visitor, what: Press, body: Mapping[str, Any] | None, at: float
) -> m.Inbound | None:
    """The button's command, from what the message (`body`, None where it is gone) shows; None where
    nothing is known of such a button any more."""
    labels = {
        button["data"]: button["label"]
        for row in (body or {}).get("buttons", ())
        for button in row
        if button["data"]
    }
    label = labels.get(what.data, "")
    button = codec.from_data(what.data, label)
    if button is None or button.command is None:
        return None
    if not label and what.data.startswith(f"{codec.LABELLED}:"):
        return None
    happened = m.Pressed(button.command, button.text, button.job)
    ticket = m.Ticket(what.client, at + TICKET_SECONDS)
    return _inbound(who, what.client, happened, what.message, at, ticket=ticket)


def amended(who: Visitor, key: str, text: str, message: int, at: float) -> m.Inbound:
    """The new words of an earlier message."""
    return _inbound(who, key, m.Amended(text), message, at)


def chosen(who: Visitor, key: str, at: float) -> m.Inbound:
    """The language that the page was set to."""
    return _inbound(who, key, m.Called(m.Command.LANGUAGE, who.language), 0, at)


def _inbound(
    who: Visitor,
    client: str,
    happened: m.Happened,
    message: int,
    at: float,
    *,
    ticket: m.Ticket | None = None,
    answers: int | None = None,
) -> m.Inbound:
    return m.Inbound(
        f"{PLATFORM}:{who.user}:{client}",
        m.Sender(who.user, language=who.language),
        m.Place(m.Address(PLATFORM, who.user)),
        happened,
        order=message,
        at=at,
        message=f"m{message}" if message else "",
        ticket=ticket,
        answers="" if answers is None else f"m{answers}",
    )
