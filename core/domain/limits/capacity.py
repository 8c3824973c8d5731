"""What is scarce, and how much of it may be under way: waiting holds no place, only what takes a
processor, a disk or a line does, each up to a limit of its own; and of one person and one chat only
so much that nobody's wishes keep others waiting."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import lru_cache

from core.domain.requests import Job, Step
from core.messages import Form, Outbound

CALLS_AT_ONCE = 256
"""Steps that ask the service one short question each."""
WORDS_AT_ONCE = 32
"""Messages without a file on their way to one platform."""


class Scarce(StrEnum):
    """What a step takes while it is under way."""

    CALL = "call"
    """A line, for one short question and its answer."""
    FILE = "file"
    """A line and the disk, for as long as somebody's files take."""
    TURN = "turn"
    """A line that is nearly always silent, for minutes."""


TAKES = {Step.GENERATE: Scarce.TURN} | dict.fromkeys(
    (Step.BRING, Step.UPLOAD, Step.COPY), Scarce.FILE
)
"""All other steps ask one short question, or none."""

QUESTIONS = (Step.BALANCE, Step.REPORT, Step.VERIFY)
NEARLY_DONE_FIRST = (
    *QUESTIONS,
    *(
        Step.LINK,
        Step.COPY,
        Step.POLL,
        Step.RENDER,
        Step.NAME,
        Step.CHECK,
        Step.RESTORE,
        Step.ABANDON,
        Step.COLLECT,
    ),
    *(Step.GENERATE, Step.SNAPSHOT, Step.PRICE, Step.UPLOAD, Step.BRING, Step.CONNECT, Step.GATHER),
)
"""The order in which due steps are taken up: what somebody only asks, then what is nearly done.
What has been begun ends before more is begun, so that nobody's finished video waits for others'
photos."""


def scarce_for_step(step: Step) -> Scarce:
    """What is scarce about a step."""
    return TAKES.get(step, Scarce.CALL)


Room = Mapping[Scarce, int]
"""How many more steps of each sort may be taken up."""
BOUNDLESS: Room = dict.fromkeys(Scarce, 2**31)
FirstDue = Mapping[Step, float]
"""When the first job of a step is due that may be taken up; of steps for which none waits,
nothing."""


def next_due(first: FirstDue, room: Room) -> float | None:
    """When the next job is due for which there is room."""
    return min(
        (due for step, due in first.items() if room[scarce_for_step(step)] > 0), default=None
    )


def held_back(first: FirstDue, room: Room) -> frozenset[Scarce]:
    """What jobs wait for, now or when they are due, as long as there is no room."""
    return frozenset(scarce_for_step(step) for step in first if room[scarce_for_step(step)] <= 0)


@dataclass(frozen=True, slots=True)
class Capacity:
    """The most of each at the same time; `deliveries` and `words` are for each platform."""

    turns: int
    uploads: int
    deliveries: int
    calls: int = CALLS_AT_ONCE
    words: int = WORDS_AT_ONCE

    @property
    def steps(self) -> int:
        """Steps of all sorts at the same time."""
        return self.turns + self.uploads + self.calls

    def most(self, what: Scarce) -> int:
        """Steps of this sort at the same time."""
        return {
            Scarce.TURN: self.turns,
            Scarce.FILE: self.uploads,
            Scarce.CALL: self.calls,
        }[what]


AT_REST = 64
"""Handles of a process that has nothing to do: its database, its libraries, its idle lines."""
OF_FILE, OF_WORDS = 4, 2
"""Handles of one file on its way in or out, and of one message; a turn and a call have one."""


@lru_cache(maxsize=16)  # asked at each step, and the same for as long as the process
def within_handles(handles: int, wanted: Capacity) -> Capacity:
    """What so many open files and connections allow (0: nobody knows how many there are). What is
    short has its share first, and turns get what is left: one at least."""
    if not handles:
        return wanted
    kept = replace(
        wanted,
        calls=min(wanted.calls, max(1, handles // 16)),
        uploads=min(wanted.uploads, max(1, handles // 32)),
        deliveries=min(wanted.deliveries, max(1, handles // 32)),
        words=min(wanted.words, max(1, handles // 32)),
    )
    others = kept.calls + OF_FILE * (kept.uploads + kept.deliveries) + OF_WORDS * kept.words
    left = max(handles - AT_REST - others, handles // 16, 1)
    return replace(kept, turns=min(wanted.turns, left))


HELD_SECONDS = 30.0
"""After a refusal of the service no more turns are begun at once than it has taken."""
DOUBLES_SECONDS = 60.0
"""After that, the limit doubles each time so many seconds have passed without one."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """The service has refused a turn (429) `at` that time, in seconds, and had taken `to` turns."""

    to: int
    at: float

    def allows(self, now: float) -> float:
        """Turns at the same time, while the limit recovers."""
        passed = max(now - self.at - HELD_SECONDS, 0.0)
        return self.to * math.exp2(min(passed / DOUBLES_SECONDS, 32.0))


def lowered(others: int, now: float) -> Lowered:
    """After a refusal, while so many other turns are under way."""
    return Lowered(max(others, 1), now)


STEPS_OF_ONE_USER = 2
"""Steps of one user that run at the same time, and as many of their questions (those without a
lock): the places left are for the others, however much one has asked for, and no question waits
behind a video in the making."""

TURNS_OF_ONE_USER = 4
"""Turns of one user that run beside these: they take nothing that others need, but where the
service allows few, one person shall not have all of them."""

AT_ONCE_IN_A_CHAT = 2
"""Messages on their way to one chat: its statuses need not wait for a video's upload, nor others
for its queue."""

AT_ONCE_TO_ONE = 4
"""Messages on their way to one person, in all chats: the uploads of one take not all the places of
a platform."""

FAILURES_THAT_HOLD = 8
"""Failures of one message, some minutes in all, after which those behind it need no longer wait for
it."""


class Rank(IntEnum):
    """What goes first where not everything can: first words and results, then statuses that
    change, then what brings a file, which takes long, and at last what nobody waits for."""

    WORDS = 0
    STATUS = 1
    FILE = 2
    NEWS = 3


RANKS = tuple(Rank)


def rank_of(message: Outbound, *, standing: bool) -> Rank:
    """The rank of a message; `standing`: it changes one that is there."""
    if message.news:
        return Rank.NEWS
    if message.document or (message.video and message.video.form is not Form.LINK):
        return Rank.FILE
    return Rank.STATUS if standing else Rank.WORDS


def lets_past(job: Job) -> bool:
    """Whether requests behind this one of the same lock need not wait for it: its user has yet to
    say yes to its price, and may take a day for that."""
    return job.step is Step.PRICE and job.progress.price.unanswered
