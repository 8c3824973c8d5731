"""Rows to dataclasses and back: requests, accounts, chats and what admins of groups have set, as
JSON bodies with the columns that SQL looks at standing beside them. Single values by their names:
times, marks and notes that are no rows of anything else."""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar, get_args

import structlog

from core.bodies import Body, Unreadable
from core.domain.conversation import Chat
from core.domain.gathering import Bundle
from core.domain.limits import Space
from core.domain.operating import Pause
from core.domain.requests import Account, Job, Plan, State, Step
from core.messages import Address, Attachment, Manner, Media, Outbound
from core.store.database import Database, Row

W = TypeVar("W", bound=StrEnum)

log = structlog.get_logger()

JOB = Body[Job](Job)
BUNDLE = Body[Bundle](Bundle)
CHAT = Body[Chat](Chat)
MESSAGE = Body[Outbound](Outbound, media=get_args(Media), manner=get_args(Manner))
SPACE = Body[Space](Space)
FILE = Body[Attachment](Attachment)
PAUSE = "paused"
"""How the pause is called among the single values."""
_CHAT = "user = ? AND platform = ? AND chat = ? AND thread = ?"
LAST = 2**63 - 1
"""No row has a number behind it."""


def text(body: Body[Any], value: object) -> str:
    """The JSON of a dataclass. Token fields are sealed before they come here."""
    return body.text(value)


def body(job: Job) -> str:
    """The JSON of a job without its bundle, which has a column of its own."""
    return JOB.text(replace(job, bundle=Bundle()))


def beside(job: Job) -> tuple[int, float | None, str, str, int]:
    """What is counted and sought of a job, as it stands beside its body: whether its paid turn has
    been sent, or is about to be; what it cost, and who pays; why it has failed; its group reel."""
    progress = job.progress
    payer = progress.connection.payer or ""
    sent = int(progress.turn.snapshot is not None)
    return sent, progress.price.spent, payer, job.why, progress.wish.reel


def rewrite(db: Database, id: int, changed: Callable[[Job], Job]) -> None:
    """The body of a job, if it is there and can be read, with what changes nothing that stands
    beside it."""
    row = one(db, "SELECT * FROM jobs WHERE id = ?", id)
    if row is None:
        return
    with suppress(Unreadable):
        text = body(changed(to_job(row)))
        db.execute("UPDATE jobs SET body = ? WHERE id = ?", (text, id))


def to_job(row: Row) -> Job:
    """A job; what SQL keeps in columns of its own wins over the body. Raises Unreadable."""
    return replace(
        JOB.read(row["body"]),
        id=row["id"],
        lock=row["lock"],
        plan=_word(Plan, row["plan"]),
        space=row["space"],
        bundle=BUNDLE.read(row["bundle"]),
        step=_word(Step, row["step"]),
        state=_word(State, row["state"]),
        due=row["due"],
        notified_at=row["notified_at"],
        version=row["version"],
        claims=row["claims"],
        cancelled=bool(row["cancelled"]),
        clip=row["clip"],
        address=Address(row["platform"], row["chat"], row["thread"]),
    )


def _word(kind: type[W], value: str) -> W:
    try:
        return kind(value)
    except ValueError:
        raise Unreadable(f"no {kind.__name__}") from None


def moved(job: Job, row: Row) -> Job:
    """A job where its row has it: its chat may have moved meanwhile."""
    address = Address(row["platform"], row["chat"], row["thread"])
    return replace(job, lock=row["lock"], space=row["space"], address=address)


def taken_on(job: Job, row: Row) -> Job:
    """A job that was written a moment ago, and taken up again; what people and others write of it
    is as the row has it."""
    return replace(
        moved(job, row),
        bundle=BUNDLE.read(row["bundle"]),
        notified_at=max(row["notified_at"], job.notified_at),
        version=row["version"] + 1,
        claims=1,
        clip=row["clip"],
    )


def to_account(row: Row) -> Account:
    """An account; its tokens stay sealed."""
    names = ("user", "client_id", "token", "expires", "granted", "anonymous", "own")
    return Account(**{name: row[name] for name in names})


def load_chat(db: Database, user: str, address: Address) -> Chat:
    """The chat as last written, or a new one. If it cannot be read it begins anew, with what stands
    beside its record: else its person would never be answered again."""
    row = one(db, f"SELECT * FROM chats WHERE {_CHAT}", user, *where(address))  # noqa: S608 (text of ours, here and below)
    if row is None:
        return Chat(user=user, address=address)
    try:
        return _read_chat(row)
    except Unreadable as problem:
        log.error(
            "a chat cannot be read: it begins anew", platform=address.platform, field=problem.field
        )
        anew = _chat_beside(row)
        sql = f"UPDATE chats SET body = ?, holds = 0 WHERE {_CHAT}"  # noqa: S608
        db.execute(sql, (text(CHAT, anew), user, *where(address)))
        return anew


def to_chat(row: Row) -> Chat:
    """A chat; what can be known of it where it cannot be read."""
    try:
        return _read_chat(row)
    except Unreadable:
        return _chat_beside(row)


def _read_chat(row: Row) -> Chat:
    chat: Chat = CHAT.read(row["body"])
    address = Address(row["platform"], row["chat"], row["thread"])
    return chat if chat.address == address else replace(chat, address=address)


def _chat_beside(row: Row) -> Chat:
    """Whoever has chosen no language hears English until they speak again."""
    return Chat(
        user=row["user"],
        address=Address(row["platform"], row["chat"], row["thread"]),
        language=row["language"],
        private=bool(row["private"]),
        news=bool(row["news"]),
        away=bool(row["away"]),
    )


def save_chat(db: Database, chat: Chat, now: float) -> None:
    """Write a chat."""
    beside = (chat.private, chat.news, chat.away, chat.language, bool(chat.kept or chat.wish))
    db.execute(
        "INSERT INTO chats"
        " (user, platform, chat, thread, body, updated, private, news, away, language, holds)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (platform, user, chat, thread)"
        " DO UPDATE SET body = excluded.body, updated = excluded.updated,"
        " private = excluded.private, news = excluded.news, away = excluded.away,"
        " language = excluded.language, holds = excluded.holds",
        (chat.user, *where(chat.address), text(CHAT, chat), now, *beside),
    )


def space_of(db: Database, platform: str, space: str) -> Space:
    """What the admins of a group have set; nothing in private."""
    if not space:
        return Space()
    row = one(db, "SELECT body FROM spaces WHERE platform = ? AND space = ?", platform, space)
    found: Space = SPACE.read(row["body"]) if row else Space()
    return found


def pause(db: Database) -> Pause | None:
    """Since when the bot is being looked after, if it is."""
    found = value(db, PAUSE)
    return Pause(**json.loads(found)) if found is not None else None


def one(db: Database, sql: str, *params: Any) -> Row | None:
    """The first row, or None."""
    return next(iter(every(db, sql, *params)), None)


def every(db: Database, sql: str, *params: Any) -> Iterable[Row]:
    """All rows, in one go: each call of the library is a way to its thread and back."""
    return db.execute(sql, params).fetchall()


def where(address: Address) -> tuple[str, str, str]:
    """An address as three parameters."""
    return address.platform, address.chat, address.thread


def value(db: Database, name: str) -> str | None:
    """A single value, None where there is none."""
    row = one(db, "SELECT value FROM meta WHERE name = ?", name)
    return str(row["value"]) if row else None


def keep_value(db: Database, name: str, value: str) -> None:
    """A single value, in the place of what was there."""
    db.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def drop_value(db: Database, name: str) -> None:
    """A single value is of no use any more."""
    db.execute("DELETE FROM meta WHERE name = ?", (name,))
