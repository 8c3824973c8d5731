"""The workers import the same, each from another place on."""

import sys

import pytest

from tests.shares import from_own_share, leaving_bytecode

NAMES = [f"module_{number}" for number in range(10)]


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 16])
def test_every_worker_imports_all_and_together_they_begin_everywhere(workers: int) -> None:
    found = [from_own_share(NAMES, worker, workers) for worker in range(workers)]
    assert all(sorted(each) == NAMES for each in found)
    begun = {name for each in found for name in each[: -(-len(NAMES) // workers)]}
    assert begun == set(NAMES)


def test_whether_bytecode_is_written_is_as_before_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for before in (True, False):
        monkeypatch.setattr(sys, "dont_write_bytecode", before)
        with leaving_bytecode():
            assert not sys.dont_write_bytecode
        assert sys.dont_write_bytecode is before
