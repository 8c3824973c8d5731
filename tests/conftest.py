"""Settings of the whole suite: no test may fail because the machine was busy, and the longest come
first."""

import gc
import os
import shutil
from collections.abc import Generator
from functools import partial
from tempfile import mkdtemp

import pillow_heif
import pytest
import structlog
from hypothesis import settings

from tests import forking, spreading, tracing
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
    config.pluginmanager.register(tracing)
    config.pluginmanager.register(spreading)
    if FOLDER not in os.environ:  # the workers have it from who began the run
        os.environ[FOLDER] = mkdtemp(prefix="films-")
        os.environ[postgres.FOLDER] = mkdtemp(prefix="postgres-")
        for folder in (os.environ[FOLDER], os.environ[postgres.FOLDER]):
            config.add_cleanup(partial(shutil.rmtree, folder, ignore_errors=True))
    if hasattr(os, "pidfd_open"):
        os.environ[forking.WANTED] = "1"
        config.add_cleanup(forking.close)
    config.addinivalue_line(
        "markers", "unmeasured: runs without the tracing of coverage, which takes longer than it"
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests are no garbage, and are not to be looked through for any."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
