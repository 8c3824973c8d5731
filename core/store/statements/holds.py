"""Pauses that a platform asks for, of one chat or of all: on disk, since a restart must not begin
to ask again.

They stand in `meta`, as `held/telegram/123`, or as `held/telegram` for all chats. That of a chat
counts in when its messages are ready (`ordering`), that of a platform where its messages are
claimed: nothing is put off, so a pause costs the same however much is owed. A pause of all does not
outlast a restart: it is a matter of seconds, and a mistake in it would silence everybody."""

from core.messages import Address
from core.store.statements import rows
from core.store.statements.database import Database

PREFIX = "held/"


def hold(db: Database, address: Address, until: float, *, everywhere: bool) -> None:
    """Nothing goes to this chat, or to any of its platform, before `until`."""
    name = name_of(address.platform, "" if everywhere else address.chat)
    if until > _until(db, name):
        rows.keep_value(db, name, str(until))


def name_of(platform: str, chat: str = "") -> str:
    """Where in `meta` it stands until when nothing goes to this chat, or to any of this
    platform."""
    return f"{PREFIX}{platform}/{chat}" if chat else f"{PREFIX}{platform}"


def _until(db: Database, name: str) -> float:
    return float(rows.value(db, name) or 0.0)


def all_of_them(db: Database) -> dict[str, float]:
    """Where the pauses are that are remembered (a platform, or one with a chat behind a slash),
    and until when each is. Nobody is paused for long, so they are few."""
    sql = "SELECT name, value FROM meta WHERE name > ? AND name < ? ORDER BY name"
    found = rows.every(db, sql, PREFIX, "held0")
    return {row["name"].removeprefix(PREFIX): float(row["value"]) for row in found}


def held_chats(db: Database) -> list[tuple[str, str]]:
    """The chats that have a pause of their own, with their platforms."""
    parts = (where.partition("/") for where in all_of_them(db))
    return [(platform, chat) for platform, slash, chat in parts if slash]


def over(db: Database, address: Address, now: float) -> None:
    """Something has arrived in this chat: a pause of its own that has ended leaves no trace of
    it."""
    name = name_of(address.platform, address.chat)
    if 0.0 < _until(db, name) <= now:
        rows.drop_value(db, name)


def sweep(db: Database, now: float) -> int:
    """Forget pauses that are over, all of them at once: none is left for another piece."""
    for where, until in all_of_them(db).items():
        if until < now:
            rows.drop_value(db, f"{PREFIX}{where}")
    return 0


def open_up(db: Database) -> None:
    """Forget what holds a whole platform."""
    for where in all_of_them(db):
        if "/" not in where:
            rows.drop_value(db, f"{PREFIX}{where}")


def forget(db: Database) -> None:
    """Forget all of them: the clock they were set by was wrong."""
    sweep(db, float("inf"))
