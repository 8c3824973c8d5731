"""Which tests are handed to one worker together: the rows of a table, for they are short, and what
has to run one after the other."""

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.tracing import MEASURED

BOTS = "bots killed side by side would wait for one another's cores"
SOURCES = "all sources are read once"
GROUPS = {
    "tests/page/": "one browser serves them all",
    "tests/test_store_plans.py": "one database with all in it serves them all",
    "tests/core/test_i18n.py::test_every_key_in_the_code_exists": SOURCES,
    "tests/core/test_i18n.py::test_every_call_fills_the_placeholders": SOURCES,
    "tests/test_kill.py": BOTS,
    "tests/test_outages.py": BOTS,
    "tests/test_flood.py::test_a_burst": BOTS,
    "tests/test_roles.py::test_what_a_process_had": BOTS,
}
"""How the ids of tests begin that go to one worker, and why. The mark `xdist_group` of xdist 3.8
does nothing under pytest 9.2."""

WALKS = ("tests/core/runtime/test_faults.py",)
"""Tables whose rows take long: these are handed out one by one."""


def group(nodeid: str) -> str:
    """The group of a test that has one."""
    return next((why for begins, why in GROUPS.items() if nodeid.startswith(begins)), "")


class ByTable(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Handed out by itself, each of twelve thousand rows would have all those before it counted
    once more: this took ten seconds."""

    def _split_scope(self, nodeid: str) -> str:
        short = nodeid.startswith(MEASURED) and not nodeid.startswith(WALKS)
        return group(nodeid) or (nodeid.partition("[")[0] if short else nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByTable | None:
    """For the whole suite as pyproject.toml has it; another `--dist` is what it always is."""
    return ByTable(config, log) if config.getvalue("dist") == "loadscope" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What has to run one after the other begins at once, beside all the rest; else everybody would
    wait for it."""
    items.sort(key=lambda item: not group(item.nodeid))
