"""How often a group may be written to: Telegram's guidance is 20 messages a minute, whatever they are about."""

from collections.abc import Callable

MINUTE = 60.0


class Pacing:
    """One budget for each group, shared by all requests in it; private chats have the core's own distance of edits.

    `between` are the least seconds between two edits in a group, and `budget` is how many messages and edits a minute
    are spent before edits have to wait, so that results never do. `clock` gives seconds.
    """

    def __init__(self, clock: Callable[[], float], between: float = 6.0, budget: int = 16) -> None:
        self._clock, self._between, self._budget = clock, between, budget
        self._sent: dict[str, list[float]] = {}
        self._edited: dict[str, float] = {}

    def wait(self, chat: str) -> float:
        """Seconds until the next edit in this chat; 0 if it may come now."""
        now = self._clock()
        sent, edited = self._recent(chat, now), self._edited.get(chat, now - self._between)
        full = sent[-self._budget] + MINUTE - now if len(sent) >= self._budget else 0.0
        return min(max(0.0, full, edited + self._between - now), MINUTE)  # a clock may be set back

    def note(self, chat: str, edit: bool) -> None:
        """Something was posted or edited there."""
        if not chat.startswith("-"):
            return  # the ids of groups are negative
        now = self._clock()
        self._sent[chat] = [*self._recent(chat, now), now]
        if edit:
            self._edited[chat] = now

    def _recent(self, chat: str, now: float) -> list[float]:
        """When this chat was written to in the last minute. What is older is forgotten, for all chats."""
        kept = {other: [when for when in times if when > now - MINUTE] for other, times in self._sent.items()}
        self._sent = {other: times for other, times in kept.items() if times}
        self._edited = {other: when for other, when in self._edited.items() if other in self._sent}
        return self._sent.get(chat, [])
