"""The benchmarks in miniature: that their code runs, never how fast."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import growth, pace
from benchmarks.__main__ import NAMES, main
from benchmarks.backend import Backend
from benchmarks.counting import Counted, read
from benchmarks.measuring import SHORT
from benchmarks.people import Plan, follow
from benchmarks.report import MARK, Figure, Table, on_page
from benchmarks.request import SETTINGS


def test_a_table_says_what_is_met() -> None:
    told = str(
        Table(
            "Things",
            (
                Figure("few enough", 2, "ms", 2),
                Figure("too many", 3, "ms", 2, spread=(2.5, 4)),
                Figure("enough", 2, goal=2, least=True),
                Figure("no goal", 1234567.0),
            ),
        )
    )
    rows = [line.split("|") for line in told.splitlines()[4:]]
    assert [row[4].strip() for row in rows] == ["met", "not met", "met", ""]
    assert [row[2].strip() for row in rows] == [
        "2.00 ms",
        "3.00 ms (2.50–4.00)",
        "2.00",
        "1,234,567",
    ]


def test_the_tables_of_a_page_are_written_from_what_was_found() -> None:
    found = {"pace": Table("Pace", (Figure("late", 1.0, "s", 2.0, spread=(0.5, 1.5)),)).as_json()}
    page = on_page(f"before\n{MARK}old\n{MARK}after\n", found, ["request", "pace"])
    assert page == on_page(page, found, NAMES)
    assert page.startswith("before\n")
    assert page.endswith(f"{MARK}after\n")
    assert "| late | 1.00 s (0.50–1.50) | ≤ 2.00 s | met |" in page
    assert "old" not in page


def test_there_is_a_module_for_every_name(capsys: pytest.CaptureFixture[str]) -> None:
    for name in NAMES:
        assert Path("benchmarks", f"{name}.py").exists()
    with pytest.raises(SystemExit):
        main(["nothing-of-this-name"])
    assert "nothing-of-this-name" in capsys.readouterr().err


@pytest.mark.parametrize("mix", growth.MIXES)
async def test_a_store_is_filled_with_each_mix_and_every_call_is_timed(mix: str) -> None:
    found = await growth.measured(mix, 3, 1)
    assert set(found) == {
        "take in", "take in, history", "take in, group", "claim", "commit", "next due",
        "claim a post", "posted", "next post due", "remind",
    }  # fmt: skip


async def test_people_get_their_videos_from_a_backend_that_costs_nothing() -> None:
    backend = Backend()
    async with backend.serving() as url:
        settings = SETTINGS | {"GATHER_SECONDS": "0.05"}
        took = await follow(Plan(url, 2, warm=0, settings=settings))
    assert took["lost"] == 0
    assert backend.calls["turn"] == 2


async def test_renders_are_followed_by_a_calculation() -> None:
    table = await pace.run(SHORT)
    assert {figure.met for figure in table.figures} <= {True, None}


def test_the_dearest_call_of_each_mix_is_drawn() -> None:
    from benchmarks import plots  # its library is large, and each worker reads all tests

    found = plots.dearest({"few: claim": [(10, 1.0), (20, 5.0)], "few: commit": [(10, 2.0)]})
    assert found == {"few": [(10, 2.0), (20, 5.0)]}


def test_transactions_are_counted_where_another_process_reads_them(tmp_path: Path) -> None:
    connect = sqlite3.connect
    try:
        Counted(tmp_path / "counts").begin()
        with closing(sqlite3.connect(tmp_path / "rows", isolation_level=None)) as db:
            for sql in ("CREATE TABLE t (n)", "INSERT INTO t VALUES (1)", "SELECT * FROM t"):
                db.execute("BEGIN")
                db.execute(sql)
                db.execute("COMMIT")
    finally:
        setattr(sqlite3, "connect", connect)  # noqa: B010
    assert read(tmp_path / "counts") == (3, 1)
