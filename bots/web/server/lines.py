"""The lines on which browsers reach the page: as many as this machine has handles to spare for."""

import asyncio
from collections.abc import Callable

from core.ops import machine

MOST = 2000
SHARE = 4
"""The page has one in so many of the handles: the other platforms, the database and the videos
share this process."""


def bounded(
    make: Callable[[], asyncio.BaseProtocol], count: Callable[[], int]
) -> Callable[[], asyncio.BaseProtocol]:
    """What `make` gives for each line, as long as there are few enough (`count`). Where no handle
    is left at all, a listening socket wakes the process without end."""

    def one() -> asyncio.BaseProtocol:
        if count() < most(machine.handles()):
            return make()
        return asyncio.StreamReaderProtocol(asyncio.StreamReader(), _refuse)

    return one


def _refuse(_: asyncio.StreamReader, line: asyncio.StreamWriter) -> None:
    """A line too many ends before anything is said on it."""
    line.transport.abort()


def most(handles: int) -> int:
    """Lines at the same time, with so many handles (0: nobody knows how many)."""
    return min(MOST, max(1, handles // SHARE)) if handles else MOST
