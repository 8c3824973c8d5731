"""What is known of a request whose record cannot be read: the columns that stand beside it."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from core.bodies import Unreadable
from core.domain.requests import (
    Connection,
    Job,
    Payer,
    Plan,
    Price,
    Progress,
    Snapshot,
    State,
    Step,
    TurnProgress,
    Wish,
)
from core.messages import Address
from core.store.database import Database, Row
from core.store.statements import rows


def known_job(db: Database, row: Row) -> Job:
    """The job, as far as it can be read: for who asks about it, or ends it. It must not be carried
    on like that."""
    try:
        return rows.to_job(row)
    except Unreadable:
        return remains(db, row)


def readable(found: Iterable[Row]) -> Iterator[Job]:
    """Those that can be read."""
    for row in found:
        with suppress(Unreadable):
            yield rows.to_job(row)


def remains(db: Database, row: Row) -> Job:
    """The job without its record, in the language of its chat."""
    address = Address(row["platform"], row["chat"], row["thread"])
    chat = rows.load_chat(db, row["user"], address)
    return Job(
        id=row["id"],
        lock=row["lock"],
        user=row["user"],
        address=address,
        plan=Plan(row["plan"]) if row["plan"] in set(Plan) else Plan.MAKE,
        step=Step(row["step"]) if row["step"] in set(Step) else Step.GATHER,
        progress=_learnt(row),
        language=chat.language or chat.spoken,
        state=State(row["state"]) if row["state"] in set(State) else State.FAILED,
        claims=row["claims"],
        version=row["version"],
        due=row["due"],
        created=row["created"],
        notified_at=row["notified_at"],
        cancelled=bool(row["cancelled"]),
        private=not row["space"],
        clip=row["clip"],
        space=row["space"],
        why=row["why"],
    )


def _learnt(row: Row) -> Progress:
    """As core.store.statements.rows.beside has written it."""
    payer = Payer(row["payer"]) if row["payer"] in set(Payer) else None
    return Progress(
        wish=Wish(reel=row["reel"]),
        connection=Connection(payer=payer),
        price=Price(spent=row["spent"]),
        turn=TurnProgress(snapshot=Snapshot("") if row["sent"] else None),
    )
