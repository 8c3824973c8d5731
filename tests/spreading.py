"""Which tests are handed to a worker together: the rows of a table, for they are short."""

import pytest
from xdist.scheduler import LoadGroupScheduling

from tests.tracing import MEASURED


class ByTable(LoadGroupScheduling):  # type: ignore[misc]  # xdist has no types
    """As `--dist loadgroup`, which hands out each row by itself and counts all that it has handed
    out at each: with twelve thousand of them this takes ten seconds."""

    def _split_scope(self, nodeid: str) -> str:
        scope: str = super()._split_scope(nodeid)
        return scope.partition("[")[0] if scope.startswith(MEASURED) else scope


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByTable | None:
    """For the whole suite as pyproject.toml has it; another `--dist` is what it always is."""
    return ByTable(config, log) if config.getvalue("dist") == "loadgroup" else None
