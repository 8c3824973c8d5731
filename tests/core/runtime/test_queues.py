"""What goes on beside the requests survives a defect, and not many in a row."""

import errno

import pytest

from core.runtime.engine.queues import MOST, rounds


class Leave(BaseException):
    """The end of a test."""


async def test_a_defect_ends_nothing_and_what_went_well_begins_the_count_anew() -> None:
    done = list[int]()

    async def work() -> None:
        done.append(len(done))
        if len(done) > 3 * MOST:
            raise Leave
        if len(done) % (MOST - 1):
            raise ValueError("a bad row")

    with pytest.raises(Leave):
        await rounds("news", work, pause=0)


async def test_what_never_goes_well_ends_the_process_at_last() -> None:
    done = list[int]()

    async def work() -> None:
        done.append(len(done))
        raise ValueError("a bad row")

    with pytest.raises(ValueError, match="a bad row"):
        await rounds("news", work, pause=0)
    assert len(done) == MOST


async def test_that_a_machine_is_short_of_something_is_no_defect_however_long_it_takes() -> None:
    done = list[int]()

    async def work() -> None:
        done.append(len(done))
        if len(done) > 2 * MOST:
            raise Leave
        raise OSError(errno.EMFILE, "Too many open files")

    with pytest.raises(Leave):
        await rounds("sweep", work, pause=0)
