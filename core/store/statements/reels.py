"""Group reels: the photos that people add stand here alone, each under who added it, and go with
the reel, or with them."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from core.domain import reels
from core.domain.gathering import Item
from core.domain.reels import Reel, Reeled, Share
from core.domain.requests import Job, Plan, State, Step
from core.messages import Attachment, Command, Heard, Inbound, Outbound, Single
from core.store.database import Database, Row
from core.store.statements import outbox, records, rows
from core.store.statements.remains import known_job


def about(
    db: Database, inbound: Inbound, subject: Job | None, open_here: Iterable[Job]
) -> Reel | None:
    """The reel that a message is about: that of its button, or of what it answers; of the command,
    the one that this person has open here. Words of theirs that answer a message of the bot which
    is not known are supposed to be about it as well, if it is the only one."""
    theirs = [job for job in open_here if job.plan is Plan.REEL]
    if inbound.command is Command.REEL and inbound.job is None:
        subject = next(iter(theirs), None)
    elif subject is None and _answers_something(inbound) and len(theirs) == 1:
        return replace(load(db, theirs[0]), supposed=True)
    return load(db, subject) if subject is not None and subject.plan is Plan.REEL else None


def _answers_something(inbound: Inbound) -> bool:
    return bool(inbound.answers and inbound.text) and inbound.heard is Heard.REPLY


def load(db: Database, job: Job) -> Reel:
    """The reel with its photos, in the order in which they came."""
    found = rows.every(db, "SELECT user, body FROM shares WHERE job = ? ORDER BY id", job.id)
    shares = tuple(Share(row["user"], rows.FILE.read(row["body"])) for row in found)
    return Reel(job, shares, making(db, job) is not None)


def making(db: Database, reel: Job) -> Row | None:
    """The request for the video of this reel that is under way."""
    sql = "SELECT * FROM jobs WHERE state = 'open' AND platform = ? AND user = ? AND reel = ?"
    return rows.one(db, sql, reel.address.platform, reel.user, reel.id)


def write(db: Database, reeled: Reeled, inbound: Inbound, begun: int, now: float) -> None:
    """More photos, or other words; `begun` is the reel that starts with them."""
    reel = reeled.job or begun
    for share in reeled.shares:
        db.execute(
            "INSERT INTO shares (job, mark, platform, user, at, body)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                reel,
                share.mark,
                inbound.address.platform,
                share.user,
                now,
                rows.text(rows.FILE, share.file),
            ),
        )
    if reeled.words is not None:
        rows.rewrite(db, reel, partial(_reworded, words=reeled.words))


def _reworded(reel: Job, words: str) -> Job:
    wish = replace(reel.progress.wish, words=words)
    return replace(reel, progress=replace(reel.progress, wish=wish))


def filled(db: Database, job: Job) -> Job:
    """The request for the video of a reel with its photos, which it has for this step alone."""
    if not job.progress.wish.reel:
        return job
    found = rows.every(
        db, "SELECT id, body FROM shares WHERE job = ? ORDER BY id", job.progress.wish.reel
    )
    items = tuple(Item(row["id"], rows.FILE.read(row["body"])) for row in found)
    return replace(job, bundle=replace(job.bundle, items=items))


def ended(db: Database, job: Job, now: float) -> None:
    """What the end of a request means for a reel: it is over with its video, or open again without
    one."""
    if job.state is State.OPEN:
        return
    if job.plan is Plan.REEL:
        _drop(db, job)
    if not job.progress.wish.reel:
        return
    row = rows.one(db, "SELECT * FROM jobs WHERE id = ?", job.progress.wish.reel)
    if row is None:
        return
    reel = load(db, known_job(db, row))
    if job.state is State.DONE or job.progress.upload.done:
        over = replace(reel.job, state=State.DONE)
        db.execute(OVER, (now, over.id))
        _drop(db, over)
        _tell(db, reels.posted(replace(reel, job=over)), now)
    elif reel.open:
        if job.state is State.FAILED and job.step is Step.BRING:
            _leave_out(db, reel.job, job.progress.upload.sources)
            reel = load(db, reel.job)
        _tell(db, reels.posted(reel), now)


OVER = """
    UPDATE jobs SET state = 'done', ended = ?, waits = 0, claimed = 0, version = version + 1
    WHERE id = ?
"""
"""A step that looks at the reel at this moment finds another version: what it comes to is nothing
any more."""


def _leave_out(db: Database, reel: Job, brought: Iterable[int]) -> None:
    """The photo that could not be fetched or read: with it there would never be a video."""
    found = rows.every(db, "SELECT id FROM shares WHERE job = ? ORDER BY id", reel.id)
    bad = next((row["id"] for row in found if row["id"] not in brought), None)
    db.execute("DELETE FROM shares WHERE id = ?", (bad,))


def _tell(db: Database, post: Outbound, now: float) -> None:
    outbox.add(db, post, now, post.job)


def _drop(db: Database, reel: Job) -> None:
    """Its photos are of no use any more."""
    found = rows.every(db, "SELECT body FROM shares WHERE job = ?", reel.id)
    files: list[Attachment] = [rows.FILE.read(row["body"]) for row in found]
    db.execute("DELETE FROM shares WHERE job = ?", (reel.id,))
    if files:
        records.note_files(db, reel.address.platform, (), files)


def forgotten(db: Database, inbound: Inbound, now: float) -> None:
    """Somebody wants to be forgotten: their photos go out of every reel that is not made yet, and
    the reels that they have opened end."""
    user, platform = inbound.user, inbound.address.platform
    sql = "SELECT * FROM jobs WHERE plan = 'reel' AND state = 'open' AND platform = ? AND user = ?"
    for row in list(rows.every(db, sql, platform, user)):
        _end_for_good(db, known_job(db, row), now)
    sql = (
        "SELECT DISTINCT jobs.* FROM jobs JOIN shares ON shares.job = jobs.id"
        " WHERE shares.platform = ? AND shares.user = ?"
    )
    for row in list(rows.every(db, sql, platform, user)):
        _without(db, known_job(db, row), inbound, now)


def _end_for_good(db: Database, reel: Job, now: float) -> None:
    """The words are nobody's: they outlive what is erased of its opener."""
    _drop(db, reel)
    said = reels.closed(reel, "reel.closed")
    to = replace(said.to, user="", reply_to="")
    post = replace(said, to=to, about=None, manner=Single(silent=True))
    outbox.add(db, post, now)


def _without(db: Database, reel: Job, inbound: Inbound, now: float) -> None:
    """The reel without this person's photos, also where its video is about to be made of them: each
    step of that looks anew at what is there."""
    theirs = "job = ? AND platform = ? AND user = ?"
    params = (reel.id, inbound.address.platform, inbound.user)
    found = rows.every(db, f"SELECT body FROM shares WHERE {theirs}", *params)  # noqa: S608
    files = [rows.FILE.read(row["body"]) for row in found]
    db.execute(f"DELETE FROM shares WHERE {theirs}", params)  # noqa: S608
    under_way = making(db, reel)
    video = [known_job(db, under_way)] if under_way else []
    records.note_files(db, reel.address.platform, video, files)
    _tell(db, reels.posted(load(db, reel)), now)
