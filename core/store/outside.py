"""What is looked up in a database, or done to it, beside the bots that run on it: by a connection
of its own, in one transaction each."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager

from core.domain.limits import Charged, Held
from core.domain.operating import Operation, Overview, Pause
from core.domain.spans import DAY
from core.store.database import Database
from core.store.moving import refusal
from core.store.port import StoreBroken
from core.store.statements import (
    Figures,
    all_figures,
    charged,
    direct_chats,
    every,
    operate,
    overview,
    pause,
)


class Outside(ABC):
    """One database. All of it raises StoreBroken."""

    @abstractmethod
    def is_there(self) -> bool:
        """Whether a bot has ever begun on it."""

    @abstractmethod
    def is_in_use(self) -> bool:
        """Whether a bot runs on it just now."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[Database]:
        """One moment of it, for all that the block reads; nothing can be changed."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Database]:
        """A transaction that is kept when the block ends well."""

    def figures(self, now: float, *, since: float = 30 * DAY, most: int = 50) -> Figures:
        """What is there at present; of ended requests the last `since` seconds, and at most so many
        rows of each list."""
        with self.reading() as db:
            return all_figures(db, now, since=since, most=most)

    def open_elsewhere(self, platforms: Collection[str]) -> bool:
        """Whether requests are under way on any other platform than these."""
        with self.reading() as db:
            found = every(db, "SELECT DISTINCT platform FROM jobs WHERE state = 'open'")
            return any(row["platform"] not in platforms for row in found)

    def direct_chats(self, names: Iterable[str]) -> dict[tuple[str, str], tuple[str, str]]:
        """The direct chats of these people (`telegram:1` or `1`): by platform and user the chat,
        and the language that was spoken there."""
        with self.reading() as db:
            return direct_chats(db, names)

    def operated(self, operation: Operation, now: float) -> None:
        """Do it; a bot that runs takes it up within seconds."""
        with self.writing() as db:
            _check(db)
            operate(db, operation, now)

    def standing(self, now: float) -> tuple[Pause | None, Overview]:
        """How the bot stands, and whether it is paused."""
        with self.writing() as db:
            return pause(db), overview(db, now)

    def spent(self, platform: str, user: str, now: float) -> Charged:
        """What has been spent of the operator's credits, by this person and by all."""
        with self.writing() as db:
            return charged(db, platform, user, "", now, least=Held.WAITING)


def _check(db: Database) -> None:
    if why := refusal(db):
        raise StoreBroken(why)
