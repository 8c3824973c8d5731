"""The copy of what is kept of somebody, with what their platform's adapter keeps by itself."""

import json
from dataclasses import replace

import structlog

from core import media
from core.adapter import Adapter, Keeping
from core.messages import Document, Outbound

log = structlog.get_logger()

PAUSE = 5.0
"""Seconds until the adapter is asked again whose disk was away."""


async def whole(adapter: Adapter, message: Outbound) -> Outbound:
    """A message that brings such a copy, with all of it. Raises Occupied where the adapter cannot
    tell just now: half a copy would be taken for the whole."""
    if not message.document or not isinstance(adapter, Keeping):
        return message
    try:
        theirs = await adapter.copy(message.user)
    except OSError as problem:
        log.warning("a chat could not be copied yet", error=type(problem).__name__)
        raise media.Occupied(PAUSE) from None
    kept = json.loads(message.document) | dict(theirs)
    return replace(message, media=Document(json.dumps(kept, ensure_ascii=False, indent=2)))
