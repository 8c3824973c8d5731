"""News go out: to whom, a few at a time, until nobody is left."""

from collections.abc import Sequence

from core.domain.capacity import Rank
from core.domain.operating import News, NewsState
from core.domain.operating.news import NEWS_AT_ONCE, announced, report
from core.messages import Address, Recipient
from core.store.statements import accounts, chats, news, operating, outbox, rows
from core.store.statements.database import Database, Row

OWED = f"SELECT COUNT(*) AS many FROM outbox WHERE rank = {Rank.NEWS:d} AND platform = ? AND id > 0"  # noqa: S608


def draft(db: Database, drafted: News, now: float) -> None:
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
    if row is None or news.sending(db) is not None:
        return
    db.execute("DELETE FROM news_to")
    sql = f"INSERT INTO news_to (platform, user, chat, thread) {operating.AUDIENCE}"
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
        outbox.drop(db, row["id"])


def spread(db: Database, now: float, platforms: Sequence[str]) -> bool:
    """Owe a few more of the news on their way, on these platforms; at their end, the admin's
    report. Whether any are on their way."""
    found = news.sending(db)
    if found is None:
        return False
    if any([_further(db, found, platform, now) for platform in platforms]):
        return True
    db.execute("DELETE FROM news_to")
    db.execute("UPDATE news SET state = ? WHERE key = ?", (NewsState.DONE, found.key))
    last = news.latest(db)
    if last is not None and (told := report(last)) is not None:
        outbox.add(db, told, now)
    return True


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
    chat = chats.load_chat(db, to["user"], address)
    who = accounts.code(db, to["user"], address.platform)
    if chat.news and not operating.is_banned(db, who):
        outbox.add(db, announced(found, Recipient(address, to["user"], chat.speaks)), now)
