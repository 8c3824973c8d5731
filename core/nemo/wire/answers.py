"""Readers of deciphered answers: tolerant of missing keys and odd types, raising nothing but
Trouble."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from core.nemo.errors import Trouble
from core.nemo.values import a_list, an_object, dumps, identifier, integer, number, words
from core.nemo.wire.codes import bind_of

WEEK = 7 * 24 * 3600
GRANT_CREDITS = 100
"""What a new anonymous token holds where the answer does not say (4.1)."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A new anonymous token. `expires` is in seconds since the epoch; `user_id` is "" where not
    told."""

    token: str
    credits: int
    user_id: str
    expires: float

    def __repr__(self) -> str:
        return f"Grant(token=***, credits={self.credits}, expires={self.expires})"


@dataclass(frozen=True, slots=True)
class Session:
    """A new project: ids of session, task and user; only `id` is certain to be filled."""

    id: str
    task: str
    user: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What arrived, one name and one address a file ("" where not told)."""

    names: tuple[str, ...]
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credits:
    """The balance; what is missing or negative counts as 0 (docs/backend.md 9)."""

    available: int
    frozen: int
    total: int


@dataclass(frozen=True, slots=True)
class State:
    """The project as it is now. `draft`, `generated` and `canvas` are the backend's own JSON, None
    where missing."""

    draft: object
    videos: tuple[object, ...]
    generated: object
    canvas: object
    bind: str

    @property
    def exportable(self) -> bool:
        """At least one track of the draft has a segment (8.2)."""
        return exportable(self.draft)

    @property
    def fingerprint(self) -> str:
        """Changes when the draft, the media or the generated media change."""
        return hashlib.sha256(
            dumps([self.draft, self.videos, self.generated], ordered=True)
        ).hexdigest()


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


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to open a project in a browser. `expires` is in seconds since the epoch."""

    token: str
    expires: float

    def __repr__(self) -> str:
        return f"Claim(token=***, expires={self.expires})"


def read_grant(answer: object, now: float) -> Grant:
    """The token of an anonymous-token answer. Raises Trouble where there is none."""
    data = _data(answer)
    token = words(data.get("token")).strip()
    if not token:
        raise Trouble("no token in the answer", endpoint="token")
    found = integer(data.get("credits"))
    credits = GRANT_CREDITS if found is None else max(found, 0)
    expires = _moment(data.get("expires_at"))
    # One that has passed already would make us ask again at once, and that is a 429 (D4).
    return Grant(
        token, credits, identifier(data.get("user_id")), expires if expires > now else now + WEEK
    )


def _moment(value: object) -> float:
    """Seconds since the epoch of an ISO 8601 text or a number (milliseconds, if it is that large);
    0 for others."""
    stamp = number(value)
    if stamp is not None:
        return stamp / 1000 if stamp > 1e11 else stamp
    try:
        moment = datetime.fromisoformat(words(value).strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def read_session(answer: object) -> Session:
    """The ids of a create-session answer. Raises Trouble without a session id."""
    data = _data(answer)
    session = identifier(data.get("session_id"))
    if not session:
        raise Trouble("no session id in the answer", endpoint="session")
    return Session(session, identifier(data.get("task_id")), identifier(data.get("user_id")))


def read_upload(answer: object) -> Uploaded:
    """What an upload answer lists; empty where it lists nothing (D14)."""
    data = _data(answer)
    files = [
        an_object(file) for file in a_list(data.get("files")) or a_list(data.get("uploaded_files"))
    ]
    return Uploaded(
        tuple(words(file.get("filename")) or words(file.get("name")) for file in files),
        tuple(words(file.get("cdn_url")) or words(file.get("url")) for file in files),
    )


def read_credits(answer: object) -> Credits:
    """The balance. Raises Trouble where the answer holds no object with it."""
    data = _data(answer)
    if not data.keys() & {"available", "frozen", "total"}:
        raise Trouble("no balance in the answer", endpoint="credits")
    available, frozen, total = (_credits(data, key) for key in ("available", "frozen", "total"))
    return Credits(available, frozen, total or available + frozen)


def _credits(data: Mapping[str, object], key: str) -> int:
    return max(int(number(data.get(key)) or 0), 0)


def read_state(answer: object) -> State:
    """The project. Raises Trouble where the answer holds no `data` object, which is not the same as
    an empty draft."""
    data = an_object(answer).get("data")
    if not isinstance(data, dict):
        raise Trouble("no state in the answer", endpoint="state")
    state = an_object(data.get("state"))
    return State(
        state.get("draft"),
        tuple(a_list(state.get("video_infos"))),
        state.get("generated_media"),
        state.get("canvas_config"),
        bind_of(answer),
    )


def exportable(draft: object) -> bool:
    """`t` exists and at least one track has a non-empty `sg` (8.2)."""
    return any(a_list(an_object(track).get("sg")) for track in a_list(an_object(draft).get("t")))


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


def read_claim(answer: object, now: float) -> Claim:
    """The claim token. Raises Trouble where there is none, or an API token in its place: never in a
    URL."""
    data = _data(answer)
    token = words(data.get("claim_token")).strip()
    if not token or token.startswith("nmv_"):
        raise Trouble("no claim token in the answer", endpoint="claim")
    seconds = number(data.get("expires_in"))
    return Claim(token, now + (seconds if seconds is not None and seconds > 0 else WEEK))


def _data(answer: object) -> dict[str, object]:
    return an_object(an_object(answer).get("data")) or an_object(answer)
