"""What is under way, so that the end can wait for it."""

import asyncio
from typing import Any


class Running:
    """A block whose task is remembered as long as it runs; around every message, so it is short."""

    __slots__ = ("_task", "_tasks")

    def __init__(self, tasks: set[asyncio.Task[Any]]) -> None:
        self._tasks, self._task = tasks, asyncio.current_task()

    def __enter__(self) -> None:
        assert self._task is not None
        self._tasks.add(self._task)

    def __exit__(self, *problem: object) -> None:
        assert self._task is not None
        self._tasks.discard(self._task)
