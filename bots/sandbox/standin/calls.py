"""What was asked of the stand-in: one record a request, without a token, so that a test can say
"posted once"."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KEPT = (
    "accept",
    "content-type",
    "content-length",
    "x-client-id",
    "x-skill-source",
    "x-skill-version",
    "x-skill-platform",
    "range",
    "user-agent",
)


@dataclass
class Call:
    """One request. `token` is the account's label, "unknown" for a bearer nobody gave out, empty
    without one.

    `headers` holds the lower-cased ones of KEPT. `facts` is what the handler saw: `json`, `parts`
    (field, filename, content_type, bytes), `overlap` (another turn was running), `verbatim` (the
    posted draft is the stored one, to the last key and in its order), `faults` (kinds that were at
    work)."""

    endpoint: str
    method: str
    path: str
    headers: dict[str, str]
    token: str = ""
    status: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def attributed(self) -> bool:
        """Whether the three attribution headers were there."""
        return all(
            self.headers.get(f"x-skill-{name}") for name in ("source", "version", "platform")
        )


def kept(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers worth recording."""
    lowered = {name.lower(): value for name, value in headers.items()}
    return {name: lowered[name] for name in KEPT if name in lowered}


def counts(calls: list[Call]) -> dict[str, int]:
    """How often each endpoint was asked."""
    return dict(Counter(call.endpoint for call in calls))
