"""Who looks at the page just now: each open stream is woken when there is something new, and gets
what is kept nowhere."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

EACH, ALL = 20, 1000
"""Open streams of one visitor, and of all together."""
PASSING = 50
"""What passes that waits for one slow stream; older ones are lost then."""


@dataclass
class Stream:
    """One tab. `news` says that the journal, or `passing`, has something for it."""

    news: asyncio.Event = field(default_factory=asyncio.Event)
    passing: deque[tuple[str, dict[str, Any]]] = field(
        default_factory=lambda: deque(maxlen=PASSING)
    )


class Full(Exception):
    """No stream more can be open."""


class Streams:
    """All open streams, by their visitors."""

    def __init__(self) -> None:
        self._open: dict[str, list[Stream]] = defaultdict(list)
        self.ending = False

    @contextmanager
    def opened(self, user: str) -> Iterator[Stream]:
        """A stream while the block lasts. Raises Full."""
        there = self._open.get(user, [])
        if len(there) >= EACH or sum(map(len, self._open.values())) >= ALL:
            raise Full
        stream = Stream()
        self._open[user].append(stream)
        try:
            yield stream
        finally:
            self._open[user].remove(stream)
            if not self._open[user]:
                del self._open[user]

    def wake(self, user: str) -> None:
        """The journal has something new for this visitor."""
        for stream in self._open.get(user, ()):
            stream.news.set()

    def passing(self, user: str, event: str, data: dict[str, Any]) -> None:
        """Tell who looks just now, and nobody later."""
        for stream in self._open.get(user, ()):
            stream.passing.append((event, data))
            stream.news.set()

    def end(self) -> None:
        """Let all streams come to their end: browsers come back by themselves."""
        self.ending = True
        for streams in self._open.values():
            for stream in streams:
                stream.news.set()
