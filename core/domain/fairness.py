"""How much of one person, one chat and all together may be under way at the same time, so that
nobody's wishes keep others waiting."""

from enum import IntEnum

from core.domain.requests import Job, Step
from core.messages import Form, Outbound

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


def rank(message: Outbound, *, standing: bool) -> Rank:
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
