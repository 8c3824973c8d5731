"""Tells ADMINS in their chats what is wrong, once, and once more when it is over.

It goes out directly and not by the outbox: where the database takes no writes, that must be told as
well. What was told is kept in a file, so that a restart does not tell it again."""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import structlog

from bots.databases import Buried, StoreBroken
from bots.status.budgets import NEAR, UP, known, low
from bots.status.state import Status
from core.adapter import Adapter, DeliveryError
from core.files import Unreadable, contents, open_private
from core.i18n import closest, text
from core.messages import Address, Outbound, Recipient, Words
from core.ops.alarms import Alarm, Rising, alarms

log = structlog.get_logger()

EVERY = 30.0
"""Seconds between two looks."""
FILE = "alarms.json"
FOR_ALL = ("database", "quota", NEAR, UP)
"""Troubles that are the same for all processes on a database; a disk, a platform that is not heard
and what is logged are each one's own."""


@dataclass(frozen=True, slots=True)
class Admin:
    """Where one of them is told, and in which language."""

    address: Address
    user: str
    language: str


async def _alone() -> bool:
    return True


@dataclass
class Watch:
    """`free_tokens` says whether people get free ones at all; `admins` are the ids of the setting
    (`telegram:1` or `1`). `leads` says whether it is this one of several processes on one database
    that tells what is the same for all; it raises where the database is away."""

    status: Status
    adapters: Mapping[str, Adapter]
    admins: Iterable[str]
    free_tokens: bool
    free_disk: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free
    rising: Rising = field(default_factory=Rising)
    leads: Callable[[], Awaitable[bool]] = _alone
    _leading: bool = False

    async def run(self, every: float = EVERY) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(every)
            try:
                await self.look()
            except Exception:  # the guard of this loop: a defect here must not silence what follows
                log.exception("a defect in looking for trouble")

    async def look(self) -> None:
        """Look once, and tell what is new. Raises nothing that a platform or a disk may do."""
        now, folder = self.status.clock(), self.status.folder
        self.rising.look(self.status.counted(), now)
        found, signs = await self.status.signs()
        told = await asyncio.to_thread(_told, folder / FILE)
        present = alarms(
            signs,
            free_disk=await asyncio.to_thread(self.free_disk, folder),
            tokens=found.tokens if self.free_tokens else None,
            rising=self.rising,
            now=now,
            low=low(self.status.limits, found, now) if signs.writable else known(told),
        )
        if not await self._is_told_here():
            present = _own(present, told)
        began = [alarm for alarm in present - told if await self._tell("alarm.began", alarm)]
        over = [alarm for alarm in told - present if await self._tell("alarm.over", alarm)]
        if began or over:
            kept = (told - set(over)) | set(began)
            await asyncio.to_thread(_keep, folder / FILE, kept)

    async def _is_told_here(self) -> bool:
        """What is the same for all processes; while the database is away, by whoever did it
        before."""
        try:
            async with asyncio.timeout(self.status.write_seconds):
                self._leading = await self.leads()
        except (Buried, StoreBroken, TimeoutError):
            log.warning("nobody knows who tells the admins")
        return self._leading

    async def _tell(self, how: str, alarm: Alarm) -> bool:
        """Whether anybody has it now; where nobody can be reached it is tried again."""
        reached = [await self._reached(admin, how, alarm) for admin in await self._addresses()]
        return any(reached)

    async def _reached(self, admin: Admin, how: str, alarm: Alarm) -> bool:
        said = text(f"alarm.{alarm.name}", admin.language, what=alarm.what)
        words = Words(text(how, admin.language, said=said))
        message = Outbound(Recipient(admin.address, admin.user), words)
        try:
            await self.adapters[admin.address.platform].send(message, None, uuid4().hex[:25])
        except (DeliveryError, OSError) as problem:
            log.warning("an admin could not be told", error=type(problem).__name__)
            return False
        return True

    async def _addresses(self) -> list[Admin]:
        """Their direct chats with the bot; on Telegram that of a person is called as the person."""
        known: dict[tuple[str, str], tuple[str, str]] = {}
        try:
            known = await asyncio.to_thread(self.status.database.direct_chats, self.admins)
        except StoreBroken:
            log.warning("the chats of the admins cannot be read")
        found = []
        for name in self.admins:
            platform, _, user = name.rpartition(":")
            for each in [platform] if platform else self.adapters:
                chat, language = known.get((each, user), (user if each == "telegram" else "", ""))
                if each in self.adapters and chat:
                    found.append(Admin(Address(each, chat), user, closest(language)))
        return found


def _own(present: frozenset[Alarm], told: frozenset[Alarm]) -> frozenset[Alarm]:
    """What another process tells stays as it was told here."""
    own = {alarm for alarm in present if alarm.name not in FOR_ALL}
    return frozenset(own | {alarm for alarm in told if alarm.name in FOR_ALL})


def _told(file: Path) -> frozenset[Alarm]:
    try:
        return frozenset(Alarm(*each) for each in json.loads(contents(file)))
    except (FileNotFoundError, Unreadable, ValueError, TypeError):
        return frozenset()


def _keep(file: Path, told: frozenset[Alarm]) -> None:
    try:
        with open_private(file) as out:
            out.write(json.dumps([[each.name, each.what] for each in told]).encode())
    except OSError as problem:  # a full disk is among what is told
        log.warning("what was told to the admins is not kept", error=type(problem).__name__)
