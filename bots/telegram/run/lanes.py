"""Which updates of a batch may be taken in side by side: those that share neither a chat nor a
person."""

from collections.abc import Iterable, Sequence

from telegram import Update

ODD = (AttributeError, TypeError, LookupError, ValueError)
"""What the library's readings of an odd update may end in."""


def lanes(batch: Iterable[Update]) -> list[list[Update]]:
    """The updates in groups, each in the order in which they came: what one person says, and what
    is said in one chat, stays in that order."""
    found: list[tuple[set[int], list[Update]]] = []
    for update in batch:
        names = _names(update)
        touched = [lane for lane in found if lane[0] & names]
        joined: list[Update] = [each for _, lane in touched for each in lane]
        joined.sort(key=lambda each: each.update_id)
        names = names.union(*(known for known, _ in touched))
        found = [lane for lane in found if lane not in touched]
        found.append((names, [*joined, update]))
    return [lane for _, lane in found]


def _names(update: Update) -> set[int]:
    """The ids of its chat and its person; a group that moves has two."""
    try:
        message, chat, user = update.effective_message, update.effective_chat, update.effective_user
        ids: Sequence[int | None] = (
            chat.id if chat else None,
            user.id if user else None,
            message.migrate_to_chat_id if message else None,
            message.migrate_from_chat_id if message else None,
        )
    except ODD:
        return set()
    return {id for id in ids if id is not None}
