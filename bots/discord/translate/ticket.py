"""What a ticket of this platform says: the token of one interaction and all that is known about its answers."""

from dataclasses import dataclass, field

from core.messages import Ticket

ANSWERABLE_SECONDS = 14 * 60.0
"""A token lives 15 minutes; the last one is left for saying that the result comes as a new message."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A way of answering one interaction while it lives; as text it is a ticket's value, so it survives a restart.

    `original`: the interaction has an answer of its own that can be filled; a pressed button has none. `hidden`: what
    answers it is for the user's eyes only. `limit`: bytes of one file (`attachment_size_limit`). `member`: the bot
    itself is there and may post by its own right; not so where only the user installed it. `language` is en or zh.
    """

    interaction: str
    application: str
    token: str = field(repr=False)
    original: bool
    hidden: bool
    member: bool
    limit: int
    language: str

    def ticket(self, now: float) -> Ticket:
        """The same as text, with its deadline; `now` is when the interaction came, in seconds since the epoch."""
        flags = "".join("1" if flag else "0" for flag in (self.original, self.hidden, self.member))
        parts = (self.interaction, self.application, self.token, flags, str(self.limit), self.language)
        return Ticket("/".join(parts), now + ANSWERABLE_SECONDS)


def to_grant(ticket: Ticket | None) -> Grant | None:
    """What a ticket grants, or granted; whether it still lives is its deadline's business."""
    parts = ticket.value.split("/") if ticket else []
    if len(parts) != 6 or len(parts[3]) != 3 or not parts[4].isdigit():
        return None
    interaction, application, token, flags, limit, language = parts
    original, hidden, member = (flag == "1" for flag in flags)
    return Grant(interaction, application, token, original, hidden, member, int(limit), language)
