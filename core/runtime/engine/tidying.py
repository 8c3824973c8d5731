"""Deletes files that nobody needs any more: of ended jobs, of erased users, and what a killed
process has left."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import structlog

from core.adapter import Keeping
from core.domain.numbers import whole
from core.domain.privacy import lifetime
from core.messages import SPOOL
from core.runtime.engine.runtime import Runtime, delete, delete_copies
from core.runtime.engine.shelf import NOT_NOW
from core.store import Held, Litter

BESIDE_THE_SHELF = 3600.0
"""Seconds for which a file that all can reach lies on one disk as well: whom another process erases
is erased here within that time."""
log = structlog.get_logger()


async def clear_away(runtime: Runtime) -> None:
    """Delete the files of users who were erased, and then the last traces in the database
    itself."""
    await clear_files(runtime)
    await runtime.store.settle()


async def clear_files(runtime: Runtime) -> None:
    """Delete the files of users who were erased, and those that came with a message and were not
    taken."""
    for litter in await runtime.store.litter():
        await asyncio.to_thread(_clear, runtime, litter)
        if not await _off_the_shelf(runtime, litter):
            continue
        if await _forgotten(runtime, litter):
            await runtime.store.cleared(litter)


async def _off_the_shelf(runtime: Runtime, litter: Litter) -> bool:
    """What all processes could reach; False where that is to be tried again."""
    if runtime.shelf is None:
        return True
    refs = [ref for ref in litter.refs if ref.startswith(SPOOL)]
    try:
        await runtime.shelf.drop(litter.platform, refs)
    except NOT_NOW as problem:
        log.warning("files could not be deleted yet", problem=str(problem))
        return False
    return True


async def _forgotten(runtime: Runtime, litter: Litter) -> bool:
    """Let a platform that keeps chats by itself erase whom we have erased; False where that is to
    be tried again, or done by another process, which has the platform: nothing may stay only
    because a disk was away."""
    adapter = runtime.adapters.get(litter.platform)
    if adapter is None and runtime.shared is not None:
        return False
    if litter.user and adapter is not None and isinstance(adapter, Keeping):
        try:
            await adapter.forget(litter.user, litter.at)
        except OSError as problem:
            log.warning("a chat could not be erased yet", error=type(problem).__name__)
            return False
    return True


def _clear(runtime: Runtime, litter: Litter) -> None:
    for job in litter.jobs:
        delete_copies(runtime, job)
    for ref in litter.refs:
        if ref.startswith(SPOOL):
            delete(runtime.folder / litter.platform / "spool" / Path(ref.removeprefix(SPOOL)).name)


async def sweep_files(runtime: Runtime) -> None:
    """Delete what is older than photos may be kept for and that nobody names any more."""
    held, kept = await runtime.store.held(), lifetime("photos")
    if runtime.shelf is not None:
        with suppress(*NOT_NOW):  # it is swept again
            await runtime.shelf.sweep(kept, held.refs)
        kept = BESIDE_THE_SHELF
    await asyncio.to_thread(_sweep, runtime, held, time.time() - kept)


def _sweep(runtime: Runtime, held: Held, oldest: float) -> None:
    """By the age on disk, which is the system's clock and not ours: a file that has just come is
    not named yet."""
    for path in _nameless(runtime, held):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                delete(path)


def _nameless(runtime: Runtime, held: Held) -> Iterator[Path]:
    for copy in runtime.work.glob("*"):
        number = copy.name.partition("-")[0]
        if whole(number) not in held.jobs:
            yield copy
    for platform in runtime.adapters:
        for spooled in (runtime.folder / platform / "spool").glob("*"):
            if f"{SPOOL}{spooled.name}" not in held.refs:
                yield spooled
