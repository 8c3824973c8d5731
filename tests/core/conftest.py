"""A mutation run starts each change from a process that has read all sentences before: what is
loaded once is loaded anew there, by the changed code."""

import os
import sys

import pytest

LOADED_ONCE = "core.domain.understanding"


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_left_from_before_the_change() -> None:
    if not os.environ.get("MUTANT_UNDER_TEST", "").startswith(LOADED_ONCE):
        return
    for name, module in list(sys.modules.items()):
        if name.startswith(LOADED_ONCE):
            for loaded in list(vars(module).values()):
                forget = getattr(loaded, "cache_clear", None)
                if forget is not None:
                    forget()
