"""Sums of the charges, as triggers keep them: what a person, a group and the whole bot have spent
and hold costs the same to know however much it is."""

from core.domain.budgets import Held, Span, Used, begins
from core.domain.spans import DAY
from core.store.statements import rows
from core.store.statements.database import Database

QUARTER = 900
"""Seconds; a day begins at a quarter of an hour wherever the bot runs."""
WHOSE = "whose = ? AND platform = ? AND name = ?"
_SPENT = f"""
    SELECT COALESCE(SUM(credits), 0) FROM (
        SELECT credits FROM spent_sums WHERE {WHOSE} AND span = {QUARTER} AND at >= ? AND at < ?
        UNION ALL
        SELECT credits FROM spent_sums WHERE {WHOSE} AND span = {DAY:.0f} AND at >= ?
    ) AS pieces
"""  # noqa: S608 (numbers of ours)
"""By quarters of an hour up to the next midnight of UTC, and by days from there on."""
NUMBER = "CAST(? AS INTEGER)"
USUAL = f"CASE plan WHEN 'edit' THEN {NUMBER} ELSE {NUMBER} END"
_HELD = f"""
    SELECT COALESCE(SUM(credits + unknown * {USUAL}), 0) FROM held_sums
    WHERE {WHOSE} AND held >= ?
"""  # noqa: S608 (text of ours)
USED = f"SELECT ({_HELD}) AS held, ({_SPENT}) AS day, ({_SPENT}) AS month"
OWN = f"SELECT COALESCE(credits, {USUAL}) AS own FROM charges WHERE job = ? AND held >= ?"  # noqa: S608

UNKNOWN = """
    SELECT COALESCE(SUM(unknown), 0) - (
        SELECT COUNT(*) FROM charges WHERE job = ? AND held = ? AND credits IS NULL
    ) AS others FROM held_sums WHERE whose = 'bot' AND platform = '' AND name = '' AND held = ?
"""


def unknown(db: Database, held: Held, but: int) -> int:
    """Requests that hold credits so, nobody knows how many; without one of them."""
    row = rows.one(db, UNKNOWN, but, held, held)
    return int(row["others"]) if row is not None else 0


class Look:
    """As of one moment; of what is held, `least` and more, but for that of one request. `make` and
    `edit` are what such requests usually cost."""

    def __init__(
        self, db: Database, now: float, least: Held, but: int, make: int, edit: int
    ) -> None:
        self._db, self._least, self._costs = db, least, (edit, make)
        quarters = (int(begins(span, now)) // QUARTER * QUARTER for span in Span)
        self._since = [(first, -(-first // int(DAY)) * int(DAY)) for first in quarters]
        own = rows.one(db, OWN, *self._costs, but, least) if but else None
        self._own = round(own["own"]) if own is not None else 0

    def used(self, whose: str, platform: str = "", name: str = "") -> Used:
        """By a "user" (their code), a "group" or the "bot", in this day and month."""
        which = (whose, platform, name)
        pieces = [(*which, first, midnight, *which, midnight) for first, midnight in self._since]
        row = rows.one(self._db, USED, *self._costs, *which, self._least, *pieces[0], *pieces[1])
        assert row is not None, "sums are always there"
        held = round(row["held"]) - self._own
        return Used(round(row["day"]) + held, round(row["month"]) + held)
