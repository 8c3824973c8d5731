"""A copy of a file that lies on this machine, for adapters whose people's files do."""

import asyncio
from pathlib import Path

from core.adapter import FileGone
from core.files import copy_private
from core.ops import machine


async def copied(source: Path, target: Path) -> Path:
    """The copy at `target`, whole or not there. Raises FileGone, and the OSError of a machine that
    is short of something."""
    try:
        return await asyncio.to_thread(copy_private, source, target)
    except OSError as problem:
        await asyncio.to_thread(target.unlink, missing_ok=True)
        if machine.short(problem):
            raise
        raise FileGone(type(problem).__name__) from None
