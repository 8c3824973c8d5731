"""Settings of the whole suite: no test may fail because the machine was busy, and the longest come
first."""

import os
import shutil
import sys
import threading
from collections.abc import Generator
from functools import partial
from tempfile import mkdtemp

import pillow_heif
import pytest
import structlog
from hypothesis import settings

from tests.backend import FOLDER
from tests.servers import postgres
from tests.stores import place as place

# a look into what nobody thought of, and another one at every run; the search for it is `just fuzz`
settings.register_profile("suite", deadline=None, max_examples=60)
settings.load_profile("suite")
pillow_heif.register_heif_opener()  # the tests save photos as phones do


def pytest_configure(config: pytest.Config) -> None:
    """Make the marks of this suite known, and let exceptions be logged plainly: drawn with all the
    values in every frame, as structlog does by itself, one took two seconds."""
    shown = structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback
    )
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], shown])
    if FOLDER not in os.environ:  # the workers have it from who began the run
        os.environ[FOLDER] = mkdtemp(prefix="films-")
        os.environ[postgres.FOLDER] = mkdtemp(prefix="postgres-")
        for folder in (os.environ[FOLDER], os.environ[postgres.FOLDER]):
            config.add_cleanup(partial(shutil.rmtree, folder, ignore_errors=True))
    config.addinivalue_line(
        "markers", "unmeasured: runs without the tracing of coverage, which takes longer than it"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What has to run one after the other begins at once, beside all the rest; else everybody would
    wait for it."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


MEASURED = ("tests/core/", "tests/bots/", "tests/test_store")
"""Where the tests are that hold single modules; the others go through all of them once more."""


def _measured(item: pytest.Item) -> bool:
    return item.get_closest_marker("unmeasured") is None and item.nodeid.startswith(MEASURED)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Trace the tests that hold single modules and no walk: traced, it takes twice as long.

    The mark `no_cover` of pytest-cov 7 does nothing under xdist.
    """
    if _measured(item):
        return (yield)
    tracers = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)  # it takes None back as well
    try:
        return (yield)
    finally:
        sys.settrace(tracers[0])
        threading.settrace(tracers[1])
