"""Whether the bot hears and works, judged by the signs of life of its parts. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DEAF_SECONDS = 180.0
"""Without any sign from a platform: a poll takes up to a minute, a heartbeat less."""
STUCK_SECONDS = 150.0
"""Without a turn of a queue, which looks around at least once a minute."""
OLD_SECONDS = 900.0
"""After which words that are owed, or a step that is due, mean that nobody is served."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Times are seconds since the epoch. `heard`: the last sign of each platform, 0 for none yet;
    `turned`: the last turn of each queue. `begun` is when the process began, `writable` whether the
    database took a write just now. `word` and `job` are the ages in seconds of the oldest owed
    words and of the oldest step that could be taken up."""

    begun: float
    writable: bool
    heard: Mapping[str, float] = field(default_factory=dict)
    turned: Mapping[str, float] = field(default_factory=dict)
    word: float = 0.0
    job: float = 0.0


def troubles(signs: Signs, now: float) -> list[str]:
    """A short sentence for each thing that is wrong; none where all is well."""
    found = [] if signs.writable else ["the database takes no writes"]
    found += [f"{name} is not connected" for name, at in sorted(signs.heard.items()) if not at]
    found += deaf(signs, now)
    if signs.word > OLD_SECONDS:
        found.append(f"words have been owed for {signs.word:.0f} seconds")
    if signs.job > OLD_SECONDS:
        found.append(f"a step has waited for {signs.job:.0f} seconds")
    return found


def deaf(signs: Signs, now: float) -> list[str]:
    """What a new start may mend: a platform that was heard and is silent now, a queue that stands
    still. A full disk, a backlog, and a platform that was away from the start are none of these:
    being started over and over would only add to them."""
    silent = [
        f"{platform} has been silent for {now - at:.0f} seconds"
        for platform, at in sorted(signs.heard.items())
        if at and now - at > DEAF_SECONDS
    ]
    stuck = [
        f"the queue of {name} has stood still for {now - at:.0f} seconds"
        for name, at in sorted(signs.turned.items())
        if now - max(at, signs.begun) > STUCK_SECONDS
    ]
    return silent + stuck
