"""What an operator must hear of at once, and once: what began, and what is over. Pure."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.ops.readiness import DEAF_SECONDS, Signs

LEAST_DISK = 500 * 2**20
"""Bytes of free disk below which requests fail soon."""
WINDOW, BEFORE = 600.0, 3600.0
"""Seconds in which failures are counted, and the time before that they are held against."""
RISEN, TIMES = 10, 5
"""So many failures of one kind in the window, and so many times as often as before, are news."""
FREE_TOKENS = 10
"""Free tokens that the video service gives to one address in seven days."""
REFUSED = "NEMO_TOKEN is refused or used up: nobody it pays for is served"
"""How the log calls it (core.runtime.engine.failed_steps)."""
TOKEN = "token"  # noqa: S105 - the name of an alarm


@dataclass(frozen=True, slots=True)
class Alarm:
    """One trouble: `name` is its phrase `alarm.<name>`, `what` what it is about."""

    name: str
    what: str = ""


@dataclass(slots=True)
class Rising:
    """How often each kind of trouble was counted, from one look to the next."""

    seen: dict[str, float] = field(default_factory=dict)
    told: deque[tuple[float, str, float]] = field(default_factory=deque)

    def look(self, counts: Mapping[str, float], now: float) -> None:
        """Take in the counts of everything so far."""
        for kind, count in counts.items():
            if (more := count - self.seen.get(kind, 0.0)) > 0:
                self.told.append((now, kind, more))
        self.seen = dict(counts)
        while self.told and self.told[0][0] < now - WINDOW - BEFORE:
            self.told.popleft()

    def risen(self, now: float) -> list[str]:
        """The kinds that come much more often than before."""
        recent: dict[str, float] = {}
        earlier: dict[str, float] = {}
        for at, kind, count in self.told:
            part = recent if at > now - WINDOW else earlier
            part[kind] = part.get(kind, 0.0) + count
        usual = WINDOW / BEFORE * TIMES
        return sorted(
            kind
            for kind, count in recent.items()
            if count >= RISEN and count > earlier.get(kind, 0.0) * usual
        )

    def lately(self, kind: str, now: float) -> bool:
        """Whether it came at all in the window."""
        return any(at > now - WINDOW and kind in each for at, each, _ in self.told)


def alarms(
    signs: Signs,
    *,
    free_disk: int,
    tokens: int | None,
    rising: Rising,
    now: float,
    low: Iterable[Alarm] = (),
) -> frozenset[Alarm]:
    """All that is wrong at present. `tokens` counts the free ones of seven days, None where people
    need none; `low` are the budgets that run out."""
    silent = {
        Alarm("platform", name.title())
        for name, at in signs.heard.items()
        if now - max(at, signs.begun) > DEAF_SECONDS
    }
    others = {
        Alarm("database"): not signs.writable,
        Alarm("disk"): free_disk < LEAST_DISK,
        Alarm("quota"): tokens is not None and tokens >= FREE_TOKENS,
        Alarm(TOKEN): rising.lately(REFUSED, now),
    }
    more = {Alarm("rising", kind) for kind in rising.risen(now) if REFUSED not in kind}
    present = {alarm for alarm, is_so in others.items() if is_so}
    return frozenset(silent | present | more | set(low))
