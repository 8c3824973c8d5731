"""Keeps the menus and descriptions as they should be, and asks Telegram about them rarely.

What was set last is remembered as hashes in the bot's own folder, beside the database and not in
it: the store knows no platform, and hashes that are lost cost one comparison of everything."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bots.telegram.commands import OF, NotYet, Shown, withdraw
from core.files import open_private, private_folder

log = structlog.get_logger()

FRESH_SECONDS = 30 * 24 * 3600.0
"""After so long it is compared once more, in case somebody has changed it elsewhere."""

ALL = "all of it"
"""The name under which it is remembered that everything of one version was set."""
Memory = dict[str, tuple[str, float]]
"""By the name of what is shown: the hash of what was set, and when (seconds since the epoch)."""


class Menus:
    """`folder` is the adapter's own; `pause` in seconds lies between two looks at what is due."""

    def __init__(self, bot: Bot, folder: Path, clock: Callable[[], float], pause: float) -> None:
        self._bot, self._file, self._clock, self._pause = bot, folder / "menus.json", clock, pause

    async def keep(
        self, account: int, version: Callable[[], str], made: Callable[[], Sequence[Shown]]
    ) -> None:
        """Set what is due of what is `made`, now and later, until cancelled; none of that is made
        where all of this `version` is known to be set. Nothing depends on it: trouble is only
        noted."""
        while True:
            try:
                await self._look(account, await asyncio.to_thread(version), made)
            except (TelegramError, OSError) as error:
                log.warning(
                    "the command menu could not be set; it is tried again later",
                    error=type(error).__name__,
                )
            await asyncio.sleep(self._pause)

    async def _look(self, account: int, version: str, made: Callable[[], Sequence[Shown]]) -> None:
        known = await asyncio.to_thread(recalled, self._file)
        mark = _hashed([account, version])
        if _stands(known.get(ALL), mark, self._clock()):
            return
        shown, whole = made(), True
        for each in due(shown, known, account, self._clock()):
            try:
                await each.put(self._bot)
            except NotYet:
                whole = False
                continue
            known[each.name] = (digest(each, account), self._clock())
            await asyncio.to_thread(_remember, self._file, known)
        for name in over(shown, known):
            await withdraw(self._bot, name)
            del known[name]
            await asyncio.to_thread(_remember, self._file, known)
        if whole:
            known[ALL] = (mark, min(known[each.name][1] for each in shown))
            await asyncio.to_thread(_remember, self._file, known)


def due(shown: Sequence[Shown], known: Memory, account: int, now: float) -> list[Shown]:
    """What this account does not show yet, or was not compared for long."""
    return [each for each in shown if not _stands(known.get(each.name), digest(each, account), now)]


def _stands(found: tuple[str, float] | None, mark: str, now: float) -> bool:
    """Whether just this was set, and not long ago."""
    return found is not None and found[0] == mark and 0 <= now - found[1] < FRESH_SECONDS


def over(shown: Sequence[Shown], known: Memory) -> list[str]:
    """The menus that were set for somebody whom ADMINS names no more."""
    still = {each.name for each in shown}
    return [name for name in known if name.startswith(OF) and name not in still]


def digest(shown: Shown, account: int) -> str:
    """What tells one version of it from the next."""
    return _hashed([account, shown.name, shown.words])


def _hashed(told: object) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def recalled(file: Path) -> Memory:
    """What was set; nothing where the file is not there, or not ours. Raises OSError."""
    try:
        found = json.loads(file.read_bytes())
        return {str(name): (str(mark), float(at)) for name, (mark, at) in found.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def _remember(file: Path, known: Memory) -> None:
    private_folder(file.parent)
    with open_private(file) as out:
        out.write(json.dumps(known).encode())
