"""What a ticket of this platform says: all that is known about answering one interaction; its token
is the secret."""

from dataclasses import dataclass, field

from core.domain.numbers import whole
from core.messages import Ticket

ANSWERABLE_SECONDS = 14 * 60.0
"""A token lives 15 minutes; the last one is left for saying that the result comes as a new
message."""

FLAGS = frozenset(f"{number:03b}" for number in range(8))


@dataclass(frozen=True, slots=True)
class Grant:
    """A way of answering one interaction while it lives; as text it is a ticket, so it survives a
    restart.

    `original`: the interaction has an answer of its own that can be filled; a pressed button has
    none. `hidden`: what answers it is for the user's eyes only. `limit`: bytes of one file
    (`attachment_size_limit`). `member`: the bot itself is there and may post by its own right; not
    so where only the user installed it. `language` is en or zh. `answer` is the message that a
    later one refers to: that answer, or the one with the button; empty if unknown."""

    interaction: str
    application: str
    token: str = field(repr=False)
    original: bool
    hidden: bool
    member: bool
    limit: int
    language: str
    answer: str = ""

    def ticket(self, now: float) -> Ticket:
        """The same as text, with its deadline; `now` is when the interaction came, in seconds since
        the epoch."""
        flags = "".join("1" if flag else "0" for flag in (self.original, self.hidden, self.member))
        parts = (
            self.interaction,
            self.application,
            flags,
            str(self.limit),
            self.language,
            self.answer,
        )
        return Ticket("/".join(parts), now + ANSWERABLE_SECONDS, self.token)


def to_grant(ticket: Ticket | None) -> Grant | None:
    """What a ticket grants, or granted; whether it still lives is its deadline's business."""
    parts = ticket.value.split("/") if ticket else []
    if (
        len(parts) == 6 and parts[2] not in FLAGS and parts[3] in FLAGS
    ):  # of an earlier version, token included
        parts = [*parts[:2], *parts[3:], ""]
    if ticket is None or len(parts) != 6 or parts[2] not in FLAGS or whole(parts[3]) is None:
        return None
    interaction, application, flags, limit, language, answer = parts
    original, hidden, member = (flag == "1" for flag in flags)
    return Grant(
        interaction,
        application,
        ticket.secret,
        original,
        hidden,
        member,
        int(limit),
        language,
        answer,
    )
