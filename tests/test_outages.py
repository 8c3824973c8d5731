"""A few cells of the fault matrix; `python -m tests.faults` tries all of them."""

from pathlib import Path

from tests.faults.line import State
from tests.faults.matrix import Cell, endured, stage

CHOSEN = (
    Cell("backend", State.RESETTING, "stream"),
    Cell("telegram", State.NONSENSE, "upload"),
    Cell("discord", State.REFUSING, "delivery"),
)


async def test_the_bot_endures(tmp_path: Path) -> None:
    async with stage(tmp_path / "here") as on:
        wrong = [
            words for number, cell in enumerate(CHOSEN) for words in await endured(on, cell, number)
        ]
        assert wrong == []
