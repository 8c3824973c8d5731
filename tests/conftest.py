"""Settings of the whole suite: no test may fail because the machine was busy, and the longest come first."""

import pytest
from hypothesis import settings

settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What has to run one after the other begins at once, beside all the rest; else everybody would wait for it."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)
