"""What requests of earlier versions had learnt is known in the records of today, whatever they were
at: rows that schema 6 has left at every step, and those that had ended."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from core.domain.requests import Job, Render, Secret, State, Step
from core.store.sqlite import SqliteStore
from core.store.statements import rows
from tests.test_store_files import SCHEMAS, earlier

MOVED = {
    "words": "wish.words",
    "lines": "wish.lines",
    "links": "wish.links",
    "resolution": "wish.resolution",
    "for_group": "wish.for_group",
    "payer": "connection.payer",
    "fresh": "connection.fresh",
    "connecting": "connection.announced",
    "renewed": "connection.renewed",
    "restarted": "connection.restarted",
    "session": "connection.session.id",
    "task": "connection.session.task",
    "bind": "connection.session.bind",
    "uploaded": "upload.done",
    "upload_tries": "upload.tries",
    "mark": "turn.snapshot.fingerprint",
    "before": "turn.snapshot.draft",
    "exported_before": "turn.snapshot.exportable",
    "heard": "turn.reply.words",
    "raw": "turn.reply.raw",
    "actions": "turn.reply.actions",
    "asking": "turn.reply.asking",
    "options": "turn.reply.options",
    "summary": "turn.changes.summary",
    "extras": "turn.changes.unrequested",
    "asked": "price.asked",
    "confirmed": "price.confirmed",
    "balance": "price.balance",
    "spent": "price.spent",
    "out_of_credits": "turn.out_of_credits",
    "failed": "turn.failed",
    "cut": "turn.cut",
    "draft": "export.draft",
    "pinned": "export.pinned",
    "timeline": "export.timeline",
    "render": "export.render.id",
    "renders": "export.render.number",
    "starts": "export.render.starts",
    "waited": "export.render.waited",
    "url": "export.url",
}
"""What is the same under another name. What had two meanings is looked at one by one."""


def bodies(path: Path) -> dict[int, dict[str, Any]]:
    with closing(sqlite3.connect(path)) as db:
        return {
            number: json.loads(body) for number, body in db.execute("SELECT id, body FROM jobs")
        }


def jobs(path: Path) -> dict[int, Job]:
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        return {row["id"]: rows.to_job(row) for row in db.execute("SELECT * FROM jobs")}


@pytest.fixture
async def known(tmp_path: Path) -> tuple[dict[int, dict[str, Any]], dict[int, Job]]:
    """The bodies that schema 6 has left, and the requests that are read from them now."""
    path = tmp_path / "bot.sqlite"
    earlier(SCHEMAS / "0006.sql", path)
    before = bodies(path)
    store = await SqliteStore.open(path)
    await store.close()
    return before, jobs(path)


def at(job: Job, place: str) -> Any:
    """The value there; None where its record is not there yet."""
    value: Any = job.progress
    for name in place.split("."):
        value = getattr(value, name) if value is not None else None
    return value


def test_rows_of_every_step_are_among_them(known: Any) -> None:
    _, now = known
    assert {job.step for job in now.values() if job.state is State.OPEN} == set(Step) - {
        Step.ABANDON,
        Step.RESTORE,
        Step.COPY,
        Step.COLLECT,
    }


def test_everything_that_was_learnt_is_known(known: Any) -> None:
    before, now = known
    assert set(before) == set(now)
    for number, body in before.items():
        for name, place in MOVED.items():
            old, new = body["facts"].get(name), at(now[number], place)
            new = list(new) if isinstance(new, tuple) else new
            assert (new or None) == (old or None), f"request {number}: {name}"
        assert [file.ref for file in now[number].progress.wish.files] == [
            file["ref"] for file in body["facts"]["files"]
        ]
        assert [part.name for part in now[number].progress.upload.parts] == [
            part["name"] for part in body["facts"]["parts"]
        ]


def test_the_job_itself_is_the_same_under_the_names_of_today(known: Any) -> None:
    before, now = known
    for number, body in before.items():
        job = now[number]
        assert (job.lock, job.notified_at, job.rewinds, job.plan, job.language) == (
            body["lane"],
            body["told"],
            body["backs"],
            body["plan"],
            body["language"],
        )
        assert job.step == {"mark": "snapshot", "settle": "check"}.get(body["step"], body["step"])
        assert job.expected == body["facts"].get("expected", 0.0)


@pytest.mark.parametrize(
    ("number", "upload", "render"), [(40, True, None), (45, False, True), (46, False, True)]
)
def test_what_may_have_arrived_is_doubted_in_its_own_phase(
    known: Any, number: int, upload: bool, render: bool | None
) -> None:
    progress = known[1][number].progress
    assert progress.upload.unconfirmed is upload
    assert (progress.export.render.unconfirmed if progress.export.render else None) is render


def test_looks_are_counted_on_in_the_phase_that_they_belong_to(known: Any) -> None:
    _, now = known
    assert [now[number].progress.turn.polls for number in (41, 44, 45, 47)] == [2, 3, 0, 0]
    assert now[45].progress.render == Render(
        now[45].progress.render.id, 1, starts=1, unconfirmed=True, polls=1, waited=10.0
    )
    assert (now[47].progress.render.polls, now[47].progress.render.number) == (1, 2)


def test_a_blocked_export_knows_its_page_and_has_no_link(known: Any) -> None:
    for number in (48, 50):
        export = known[1][number].progress.export
        assert export.registration == "https://nemovideo.com/register?bind=anon_3d"
        assert export.url == ""
    assert known[1][49].progress.export.registration is None
    assert known[1][49].video


def test_a_token_that_is_still_to_be_tried_is_there_and_none_besides(known: Any) -> None:
    before, now = known
    waiting = {number: job.secret for number, job in now.items() if job.secret}
    assert waiting == {number: Secret(before[number]["secret"]) for number in (6, 24)}
    assert "gAAAA" not in repr(waiting)


def test_a_paid_request_that_was_under_way_when_the_bot_was_killed_counts_its_claims(
    known: Any,
) -> None:
    assert (known[1][43].step, known[1][43].claims) == (Step.GENERATE, 2)


def test_a_request_whose_token_was_refused_returns_to_its_step(known: Any) -> None:
    connection = known[1][46].progress.connection
    assert (connection.resume, connection.payer) == (Step.RENDER, None)
