"""What is done to the whole bot, and how it stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Overview:
    """How the bot stands. `done`, `failed`, `stopped` and `credits` are those of the last day,
    `tokens` the free ones given in seven; `under_way` counts requests, `owed` messages that are
    not posted yet, `people` those who can be written to."""

    done: int = 0
    failed: int = 0
    stopped: int = 0
    credits: int = 0
    tokens: int = 0
    under_way: int = 0
    owed: int = 0
    people: int = 0
