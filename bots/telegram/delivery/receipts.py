"""What Telegram has said to a post, as it said it: the library may stumble over an answer to what
is posted already."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from telegram.request import HTTPXRequest

from bots.telegram.translate import SCHEME
from core.adapter import Posted

ODD = (AttributeError, TypeError, LookupError, ValueError, ArithmeticError, RecursionError)
"""What an answer of an unforeseen shape leads to in the library, or in our reading of it."""
CLIPS = ("video", "animation", "document")


class Receipts(HTTPXRequest):
    """The library's own transport, which keeps the last answer for whoever asks in `noted`."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._kept: ContextVar[list[bytes] | None] = ContextVar("receipts", default=None)

    @contextmanager
    def noted(self) -> Iterator[list[bytes]]:
        """While this lasts, the answers to what this task sends are in the list, the last one
        last."""
        answers: list[bytes] = []
        token = self._kept.set(answers)
        try:
            yield answers
        finally:
            self._kept.reset(token)

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As in the library."""
        status, answer = await super().do_request(*args, **kwargs)
        if (kept := self._kept.get()) is not None:
            kept.append(answer)
        return status, answer


def posted(answers: list[bytes]) -> Posted | None:
    """The message that the last answer about one says is posted; None where none says so."""
    return next(filter(None, map(_posted, reversed(answers))), None)


def _posted(answer: bytes) -> Posted | None:
    try:
        told = json.loads(answer)
        result = told["result"] if told["ok"] is True else {}
        message = int(result["message_id"])
        clip = next((result[kind]["file_id"] for kind in CLIPS if kind in result), "")
    except ODD:
        return None
    return Posted(str(message), f"{SCHEME}{clip}" if clip else "")
