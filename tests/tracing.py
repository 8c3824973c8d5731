"""What coverage looks at while the suite runs: the product as it is imported, and the tests that
hold single modules.

Traced, Python takes twice as long; what pytest does around a short test takes longer than the
test. `no_cover` of pytest-cov 7 does nothing under xdist.
"""

import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from inspect import iscoroutinefunction
from typing import Any

import pytest
import xdist

import bots
import core
from tests import shares

MEASURED = ("tests/core/", "tests/bots/", "tests/test_store")
"""Where the tests are that hold single modules; the others go through all of them once more."""

Tracers = tuple[Any, Any]
NOTHING: Tracers = (None, None)
ALWAYS = {"event_loop_policy", "_nothing_is_left_from_before_the_change"}
"""Fixtures of every test, which call nothing of the product."""
TRACERS = pytest.StashKey[Tracers]()
"""What traces the run, in its own thread and in those it starts."""


@contextmanager
def _traced_by(tracers: Tracers) -> Generator[Tracers]:
    """What traced before, which is put back afterwards. Python refuses it to two threads at once,
    so that nothing is changed that can stay."""
    before = sys.gettrace(), threading.gettrace()
    if tracers == before:
        yield before
        return
    sys.settrace(tracers[0])
    threading.settrace(tracers[1])
    try:
        yield before
    finally:
        sys.settrace(before[0])
        threading.settrace(before[1])


def _tracers(item: pytest.Item) -> Tracers:
    """Not those of a walk, nor of a test by chance: what that finds differs from run to run."""
    by_chance = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    unmeasured = item.get_closest_marker("unmeasured") is not None or by_chance
    if unmeasured or not item.nodeid.startswith(MEASURED):
        return NOTHING
    return item.config.stash.get(TRACERS, NOTHING)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Whoever only hands out the tests measures nothing of them."""
    if xdist.is_xdist_controller(session):
        sys.settrace(None)
        threading.settrace(None)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Trace the modules of the product as they are imported, and no reading of tests."""
    with shares.leaving_bytecode():
        if sys.gettrace() is not None:
            shares.import_packages(core, bots)
        with _traced_by(NOTHING):
            shares.import_tests(session.config)
            return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Trace nothing between the tests."""
    with _traced_by(NOTHING) as tracers:
        session.config.stash[TRACERS] = tracers
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Trace a test that may start threads from its beginning to its end."""
    with _traced_by(NOTHING if _is_short(item) else _tracers(item)):
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Trace of any other the call alone: what pytest does around it takes longer."""
    if not _is_short(pyfuncitem):
        return (yield)
    with _traced_by(_tracers(pyfuncitem)):
        return (yield)


def _is_short(item: pytest.Item) -> bool:
    """Whether it needs nothing but its row."""
    names = set(getattr(item, "fixturenames", ()))
    rows = getattr(getattr(item, "callspec", None), "params", {})
    plain = isinstance(item, pytest.Function) and not iscoroutinefunction(item.function)
    return plain and names - set(rows) <= ALWAYS
