"""The soak's measuring notices what grows, and nothing else."""

import mmap
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from tests.soak.measuring import MEGABYTE, Sample, growth, sample


@pytest.fixture
def held() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def watched(database: Path, leak: Callable[[int], object]) -> list[Sample]:
    """A run of ten looks at this very process, in which something happens between two of them."""
    samples = []
    for number in range(10):
        samples.append(replace(sample(os.getpid(), database), at=float(number)))
        leak(number)
    return samples


def kept(held: ExitStack, name: str, database: Path) -> Callable[[int], object]:
    """A leak of one kind."""
    stop = threading.Event()
    held.callback(stop.set)

    def memory(_: int) -> None:
        """Three parts of a hundred, of the system and not out of what this process has left
        over."""
        size = max(6 * MEGABYTE, sample(os.getpid(), database).memory * 3 // 100)
        pages = held.enter_context(mmap.mmap(-1, size))
        pages.write(b"x" * size)

    def thread(_: int) -> None:
        started = threading.Thread(target=stop.wait)
        held.callback(started.join)
        held.callback(stop.set)
        started.start()

    return {
        "memory": memory,
        "files": lambda number: [held.enter_context(Path(os.devnull).open("rb")) for _ in range(2)],
        "threads": thread,
        "database": lambda number: database.write_bytes(bytes((number + 1) * MEGABYTE // 5)),
    }[name]


@pytest.mark.parametrize("name", ["memory", "files", "threads", "database"])
def test_what_grows_is_noticed(tmp_path: Path, held: ExitStack, name: str) -> None:
    samples = watched(tmp_path / "bot.sqlite", kept(held, name, tmp_path / "bot.sqlite"))
    assert [line.split()[0] for line in growth(samples)] == [name]


def test_what_comes_and_goes_is_no_growth(tmp_path: Path) -> None:
    assert growth(watched(tmp_path / "bot.sqlite", lambda number: bytearray(MEGABYTE))) == []
