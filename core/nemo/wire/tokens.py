"""Tokens: a free one as it is handed out, with how many credits and for how long; and the right to
open a project in a browser."""

from dataclasses import dataclass
from datetime import UTC, datetime

from core.nemo.errors import Trouble
from core.nemo.values import identifier, integer, number, words
from core.nemo.wire.answers import data_of

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
class Claim:
    """The right to open a project in a browser. `expires` is in seconds since the epoch."""

    token: str
    expires: float

    def __repr__(self) -> str:
        return f"Claim(token=***, expires={self.expires})"


def read_grant(answer: object, now: float) -> Grant:
    """The token of an anonymous-token answer. Raises Trouble where there is none."""
    data = data_of(answer)
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


def read_claim(answer: object, now: float) -> Claim:
    """The claim token. Raises Trouble where there is none, or an API token in its place: never in a
    URL."""
    data = data_of(answer)
    token = words(data.get("claim_token")).strip()
    if not token or token.startswith("nmv_"):
        raise Trouble("no claim token in the answer", endpoint="claim")
    seconds = number(data.get("expires_in"))
    return Claim(token, now + (seconds if seconds is not None and seconds > 0 else WEEK))
