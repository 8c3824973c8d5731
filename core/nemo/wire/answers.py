"""What comes back: an HTTP answer becomes a JSON object or one of the errors, the number in the
body before the status; readers of the object are tolerant of missing keys and odd types, raising
nothing but Trouble."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from core.nemo import errors
from core.nemo.errors import NemoError, Trouble
from core.nemo.values import (
    an_object,
    identifier,
    integer,
    keep_text,
    loads,
    number,
    walk,
    words,
)
from core.ops.logs import strike_out

LONGEST_RETRY_AFTER = 120.0
"""Seconds of a Retry-After that are honoured (D35)."""

_MESSAGES = ("message", "msg", "detail", "error")
_ANONYMOUS = re.compile(r"anon_[A-Za-z0-9_-]{1,100}")
_LINK = re.compile(r"https://[^\s\"'<>，。）)]+")


def decipher(
    call_name: str, status: int, headers: Mapping[str, str], body: bytes, secret: str = ""
) -> dict[str, Any]:
    """The answer's JSON object, a draft with its text. Raises the NemoError of docs/backend.md 11
    and D34.

    `headers` need lower-case names or a mapping that ignores case. `secret` is struck out of what
    the error says."""
    try:
        answer = loads(body)
    except ValueError:
        answer = None
    found = refusal(call_name, answer, status, secret)
    if found is not None:
        if isinstance(found, errors.Busy):
            found.retry_after = retry_after(headers)
        raise found
    if call_name == "render-cancel" and not body.strip():
        return {}
    if not isinstance(answer, dict):
        raise errors.Trouble("no JSON object", endpoint=call_name, status=status)
    if call_name == "state":
        keep_text(answer, body, "data", "state", "draft")
    return answer


def refusal(
    call_name: str, answer: object, status: int = 200, secret: str = ""
) -> NemoError | None:
    """The error that an answer stands for, or None for a success."""
    code = integer(an_object(answer).get("code")) or None
    if code is not None:
        kind = errors.of_code(call_name, code)
    elif 200 <= status < 300:
        return None
    else:
        detail = words(an_object(answer).get("detail"))
        kind = errors.of_status(call_name, status, detail)
    return kind(
        _detail(answer, secret),
        endpoint=call_name,
        code=code,
        status=status,
        bind=bind_of(answer),
        register_url=registration(answer),
    )


def _detail(answer: object, secret: str) -> str:
    said = (words(an_object(answer).get(key)) for key in _MESSAGES)
    detail = next(filter(None, said), "")
    return strike_out(detail.replace(secret, "***") if secret else detail)[:200]


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, at most LONGEST_RETRY_AFTER; a date counts from the answer's own Date
    header."""
    value = headers.get("retry-after", "").strip()
    seconds = number(value)
    if seconds is None:
        seconds = _between(headers.get("date", ""), value)
    return None if seconds is None else min(max(seconds, 0.0), LONGEST_RETRY_AFTER)


def _between(start: str, end: str) -> float | None:
    try:
        return (parsedate_to_datetime(end) - parsedate_to_datetime(start)).total_seconds()
    except (ValueError, TypeError, OverflowError):  # no date, or one with and one without a zone
        return None


def bind_of(answer: object) -> str:
    """The anonymous user's id (D8): the first `bind_id` anywhere, else a `user_id`; "" unless it is
    an `anon_…`."""
    for wanted in ("bind_id", "user_id"):
        for key, value in walk(answer):
            if key == wanted and isinstance(value, str) and _ANONYMOUS.fullmatch(value):
                return value
    return ""


def registration(answer: object) -> str:
    """A registration page named anywhere in the answer, if its host is the vendor's (D8); else
    ""."""
    for key, value in walk(answer):
        for found in _LINK.finditer(words(value)):
            link = found.group().rstrip(".,;:!?")
            if "regist" in (key + link).lower() and "nmv_" not in link and _vendors(link):
                return link
    return ""


def _vendors(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    host = parts.hostname or ""
    return "@" not in parts.netloc and (host == "nemovideo.com" or host.endswith(".nemovideo.com"))


@dataclass(frozen=True, slots=True)
class Session:
    """A new project: ids of session, task and user; only `id` is certain to be filled."""

    id: str
    task: str
    user: str


@dataclass(frozen=True, slots=True)
class Credits:
    """The balance; what is missing or negative counts as 0 (docs/backend.md 9)."""

    available: int
    frozen: int
    total: int


class RenderStatus(StrEnum):
    """Where an export is."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Render:
    """An export. `progress` is 0 to 100; `url` is "" until the file can be had; `error` is for the
    log only."""

    status: RenderStatus
    progress: int
    url: str
    error: str = ""


def read_session(answer: object) -> Session:
    """The ids of a create-session answer. Raises Trouble without a session id."""
    data = data_of(answer)
    session = identifier(data.get("session_id"))
    if not session:
        raise Trouble("no session id in the answer", endpoint="session")
    return Session(session, identifier(data.get("task_id")), identifier(data.get("user_id")))


def read_credits(answer: object) -> Credits:
    """The balance. Raises Trouble where the answer holds no object with it."""
    data = data_of(answer)
    if not data.keys() & {"available", "frozen", "total"}:
        raise Trouble("no balance in the answer", endpoint="credits")
    available, frozen, total = (_credits(data, key) for key in ("available", "frozen", "total"))
    return Credits(available, frozen, total or available + frozen)


def _credits(data: Mapping[str, object], key: str) -> int:
    return max(int(number(data.get(key)) or 0), 0)


def read_render(answer: object) -> Render:
    """An export's status, from the flat and from the wrapped shape (D27)."""
    top = an_object(answer)
    inner = an_object(top.get("data"))
    error = next((words(part["error"]) for part in (inner, top) if words(part.get("error"))), "")
    url = _address(an_object(inner.get("output")) or an_object(top.get("output")), inner, top)
    status = _status(inner.get("status") or top.get("status"))
    if top.get("success") is False or inner.get("success") is False:
        status = RenderStatus.FAILED
    if status is RenderStatus.COMPLETED:
        return Render(status, 100, url, error)
    given = (
        inner.get("progress") if number(inner.get("progress")) is not None else top.get("progress")
    )
    progress = number(given) or 0.0
    return Render(status, min(max(int(progress), 0), 100), url, error)


def _status(value: object) -> RenderStatus:
    word = words(value).strip().lower()
    return RenderStatus(word) if word in tuple(RenderStatus) else RenderStatus.PROCESSING


def _address(output: Mapping[str, object], *parts: Mapping[str, object]) -> str:
    found = [
        output.get("url"),
        *(part.get(key) for part in parts for key in ("outputUrl", "output_url")),
    ]
    links = (words(link).strip() for link in found)
    return next((link for link in links if link.startswith(("https://", "http://"))), "")


def data_of(answer: object) -> dict[str, object]:
    """What an answer holds, wrapped in `data` or not."""
    return an_object(an_object(answer).get("data")) or an_object(answer)
