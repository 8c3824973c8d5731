"""How the tests are handed out: rows of a table together, and what shares something in one
worker."""

from pathlib import Path

import pytest

from tests.spreading import GROUPS, WALKS, ByTable

ROOT = Path(__file__).parents[1]
PAGE, KILL = GROUPS["tests/page/"], GROUPS["tests/test_kill.py"]


@pytest.mark.parametrize(
    ("nodeid", "scope"),
    [
        ("tests/core/domain/test_x.py::test_a[b::c[d]-1]", "tests/core/domain/test_x.py::test_a"),
        ("tests/core/domain/test_x.py::test_b", "tests/core/domain/test_x.py::test_b"),
        ("tests/test_walk.py::test_a[1]", "tests/test_walk.py::test_a[1]"),
        (f"{WALKS[0]}::test_a[1]", f"{WALKS[0]}::test_a[1]"),
        ("tests/page/test_page.py::test_a[de]", PAGE),
        ("tests/page/test_status.py::test_b", PAGE),
        ("tests/test_kill.py::test_a[first]", KILL),
        ("tests/test_flood.py::test_a_burst_keeps", KILL),
        ("tests/test_flood.py::test_b", "tests/test_flood.py::test_b"),
    ],
)
def test_a_test_is_handed_out_with_those_it_belongs_to(nodeid: str, scope: str) -> None:
    assert ByTable._split_scope(ByTable.__new__(ByTable), nodeid) == scope


@pytest.mark.parametrize("begins", [*GROUPS, *WALKS])
def test_every_group_is_of_tests_that_are_there(begins: str) -> None:
    path, _, name = begins.partition("::")
    assert (ROOT / path).exists()
    assert not name or f"def {name}" in (ROOT / path).read_text(encoding="utf-8")
