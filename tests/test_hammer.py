"""The hammer in short: nothing is wrong, and each planted fault is found."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.hammer.running import PLANTS, hammered
from tests.servers import postgres


@pytest.fixture
def address() -> str:
    return postgres.server()


def seeds() -> Iterator[int]:
    return iter(range(1, 30))


def test_what_one_of_four_does_no_other_does_as_well(address: str) -> None:
    with postgres.database(address) as url:
        ledger = asyncio.run(hammered(url, 40, 1))
    assert not ledger.wrong
    assert ledger.steps > 40
    assert sum(ledger.posted.values()) > 40


@pytest.mark.parametrize("plant", PLANTS)
def test_each_planted_fault_is_found(address: str, plant: str) -> None:
    def shows(seed: int) -> bool:
        with postgres.database(address) as url:
            return bool(asyncio.run(hammered(url, 40, seed, plant=plant)).wrong)

    assert any(shows(seed) for seed in seeds())
