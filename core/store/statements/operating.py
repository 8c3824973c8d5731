"""What those whom ADMINS names have done to the whole bot, and how it stands; and the news that
they send to everybody, a few at a time, until nobody is left."""

from collections.abc import Sequence

from core.domain.limits import Rank
from core.domain.operating import NEWS_AT_ONCE, News, NewsState, Overview, news_for, news_report
from core.domain.privacy import lifetime
from core.domain.requests import Step
from core.domain.spans import DAY
from core.messages import Address, Recipient
from core.store.database import Database, Row
from core.store.statements import accounts, ordering, outbox, rows
from core.store.statements.queue import FREE_PLANS, UNPAID

ENDED = (
    "SELECT state, COUNT(*) AS many, COALESCE(SUM(spent), 0.0) AS spent FROM jobs"
    " WHERE state != 'open' AND ended > ? GROUP BY state"
)
TOKENS = (
    "SELECT (SELECT COUNT(*) FROM accounts WHERE granted > ?)"
    " + (SELECT COUNT(*) FROM granted WHERE granted > ?) AS many"
)
GATHERS = f"(step = '{Step.GATHER}' AND plan NOT IN ({FREE_PLANS}))"
"""Whose photos are still coming: held by nothing yet, and asked for all the same."""
WAITING = f"SELECT COUNT(*) AS many FROM jobs WHERE state = 'open' AND ({UNPAID} OR {GATHERS})"  # noqa: S608
OWED = f"SELECT COUNT(*) AS many FROM outbox WHERE rank = {Rank.NEWS:d} AND platform = ? AND id > 0"  # noqa: S608
SENDING = ("SELECT * FROM news WHERE state = ?", NewsState.SENDING)
"""News on their way: one row at most."""
AUDIENCE = """
    SELECT platform, user, chat, thread FROM (
        SELECT platform, user, chat, thread,
            ROW_NUMBER() OVER (
                PARTITION BY platform, user ORDER BY updated DESC, chat, thread
            ) AS n,
            MIN(news) OVER (PARTITION BY platform, user) AS wanted,
            MAX(away) OVER (PARTITION BY platform, user) AS gone
        FROM chats WHERE private = 1
    ) AS direct WHERE n = 1 AND wanted = 1 AND gone = 0
"""
"""Everybody who has a direct chat and has not said no to news, in the one that was used last."""


def overview(db: Database, now: float) -> Overview:
    """How the bot stands."""
    ended = {row["state"]: row for row in rows.every(db, ENDED, now - DAY)}
    counted = {state: row["many"] for state, row in ended.items()}
    return Overview(
        done=counted.get("done", 0),
        failed=counted.get("failed", 0),
        stopped=counted.get("cancelled", 0),
        credits=round(sum(row["spent"] for row in ended.values())),
        tokens=tokens(db, now),
        waiting=_many(db, WAITING),
        banned=_many(db, "SELECT COUNT(*) AS many FROM bans"),
        under_way=_many(db, "SELECT COUNT(*) AS many FROM jobs WHERE state = 'open'"),
        owed=_many(db, "SELECT COUNT(*) AS many FROM outbox WHERE gone = 0"),
        people=_many(db, f"SELECT COUNT(*) AS many FROM ({AUDIENCE}) AS audience"),  # noqa: S608
        news=latest_news(db),
    )


def tokens(db: Database, now: float) -> int:
    """Free tokens that were handed to us of late."""
    since = now - lifetime("granted")
    return _many(db, TOKENS, since, since)


def _many(db: Database, sql: str, *params: float) -> int:
    row = rows.one(db, sql, *params)
    return int(row["many"]) if row else 0


def latest_news(db: Database) -> News | None:
    """The last that an admin has written."""
    row = rows.one(db, "SELECT * FROM news ORDER BY at DESC LIMIT 1")
    return _news(row) if row else None


def _news(row: Row) -> News:
    """News as they stand."""
    to = Address(row["platform"], row["chat"], row["thread"]) if row["chat"] else None
    state = NewsState(row["state"])
    counts = {name: row[name] for name in ("total", *outbox.Fate)}
    return News(row["key"], row["words"], to, row["user"], row["language"], state, **counts)


def draft_news(db: Database, drafted: News, now: float) -> None:
    """Keep news that an admin has yet to say yes to, in the place of those that are over."""
    db.execute("DELETE FROM news WHERE state != ?", (NewsState.SENDING,))
    to = drafted.to or Address("", "")
    db.execute(
        "INSERT INTO news (key, platform, user, chat, thread, language, words, state, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            drafted.key,
            to.platform,
            drafted.user,
            to.chat,
            to.thread,
            drafted.language,
            drafted.words,
            NewsState.DRAFT,
            now,
        ),
    )


def announce(db: Database, key: str) -> None:
    """A draft goes out, unless others are on their way."""
    row = rows.one(db, "SELECT 1 FROM news WHERE key = ? AND state = ?", key, NewsState.DRAFT)
    if row is None or rows.one(db, *SENDING) is not None:
        return
    db.execute("DELETE FROM news_to")
    sql = f"INSERT INTO news_to (platform, user, chat, thread) {AUDIENCE}"
    many = db.execute(sql).rowcount
    sql = "UPDATE news SET state = ?, total = ? WHERE key = ?"
    db.execute(sql, (NewsState.SENDING, many, key))


def hush(db: Database, key: str) -> None:
    """News go no further; what is just being posted is."""
    found = rows.one(db, "SELECT * FROM news WHERE key = ?", key)
    if found is None or found["state"] not in (NewsState.DRAFT, NewsState.SENDING):
        return
    db.execute("UPDATE news SET state = ? WHERE key = ?", (NewsState.STOPPED, key))
    db.execute("DELETE FROM news_to")
    waiting = f"SELECT id FROM outbox WHERE rank = {Rank.NEWS:d} AND claimed = 0"  # noqa: S608
    for row in rows.every(db, waiting):
        ordering.drop(db, row["id"])


def spread(db: Database, sending: Row, now: float, platforms: Sequence[str]) -> None:
    """Owe a few more of the news in this row, on these platforms; at their end, the admin's
    report."""
    found = _news(sending)
    if any([_further(db, found, platform, now) for platform in platforms]):
        return
    db.execute("DELETE FROM news_to")
    db.execute("UPDATE news SET state = ? WHERE key = ?", (NewsState.DONE, found.key))
    last = latest_news(db)
    if last is not None and (told := news_report(last)) is not None:
        outbox.add(db, told, now)


def _further(db: Database, found: News, platform: str, now: float) -> bool:
    """Whether any are still to go out on this platform, of which some are owed now."""
    row = rows.one(db, OWED, platform)
    owed = int(row["many"]) if row else 0
    sql = "SELECT * FROM news_to WHERE platform = ? AND user > '' ORDER BY user LIMIT ?"
    next_ = rows.every(db, sql, platform, max(NEWS_AT_ONCE - owed, 0))
    for each in next_:
        whom = (platform, each["user"])
        db.execute("DELETE FROM news_to WHERE platform = ? AND user = ?", whom)
        _owe(db, found, each, now)
    return bool(owed or next_)


def _owe(db: Database, found: News, to: Row, now: float) -> None:
    """One message, unless its reader has said no meanwhile, or is banned."""
    address = Address(to["platform"], to["chat"], to["thread"])
    chat = rows.load_chat(db, to["user"], address)
    who = accounts.code(db, to["user"], address.platform)
    if chat.news and not accounts.is_banned(db, who):
        outbox.add(db, news_for(found, Recipient(address, to["user"], chat.speaks)), now)
