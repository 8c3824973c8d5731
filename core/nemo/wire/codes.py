"""An HTTP answer becomes a JSON object or one of the errors; the number in the body wins over the
status."""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from core.nemo import errors
from core.nemo.errors import NemoError
from core.nemo.values import an_object, integer, keep_text, loads, number, walk, words
from core.ops.logs import strike_out

BY_CODE: Mapping[int, type[NemoError]] = {
    1001: errors.TokenRejected,
    1002: errors.SessionGone,
    2001: errors.NoCredits,
    4001: errors.UnsupportedFile,
    4002: errors.FileTooLarge,
}
BY_STATUS: Mapping[int, type[NemoError]] = {
    401: errors.TokenRejected,
    402: errors.ExportBlocked,
    403: errors.TokenRejected,
    408: errors.Trouble,
    413: errors.FileTooLarge,
    425: errors.Trouble,
    429: errors.Busy,
}
BY_CALL: Mapping[tuple[str, int], type[NemoError]] = {
    ("token", 400): errors.ClientIdMissing,
    ("token", 401): errors.BadRequest,  # no bearer went out, so none was rejected
    ("token", 403): errors.BadRequest,
    ("token", 1001): errors.BadRequest,
    ("render", 403): errors.ExportBlocked,
    ("poll", 403): errors.ExportBlocked,
    ("render-cancel", 403): errors.ExportBlocked,
    ("download", 403): errors.ExportBlocked,
    (
        "file",
        401,
    ): errors.BadRequest,  # the file's own host: nothing it says is about token, plan or credits
    ("file", 402): errors.BadRequest,
    ("file", 403): errors.BadRequest,
    ("turn", 404): errors.SessionGone,
    ("state", 404): errors.SessionGone,
    ("upload", 404): errors.SessionGone,
}
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
        kind = _by_code(call_name, code)
    elif 200 <= status < 300:
        return None
    else:
        kind = _by_status(call_name, status, answer)
    return kind(
        _detail(answer, secret),
        endpoint=call_name,
        code=code,
        status=status,
        bind=bind_of(answer),
        register_url=registration(answer),
    )


def _by_code(call_name: str, code: int) -> type[NemoError]:
    if code in BY_CODE:
        return BY_CALL.get((call_name, code), BY_CODE[code])
    # 400, 402 and 429 are HTTP statuses wherever they appear (docs/backend.md 11); so, then, are
    # their neighbours.
    return _by_status(call_name, code, None) if 400 <= code < 600 else errors.Unknown


def _by_status(call_name: str, status: int, answer: object) -> type[NemoError]:
    if status == 404 and words(an_object(answer).get("detail")).lower().startswith(
        "session not found"
    ):
        return errors.SessionGone
    fallback = errors.BadRequest if 400 <= status < 500 else errors.Trouble
    return BY_CALL.get((call_name, status)) or BY_STATUS.get(status, fallback)


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
