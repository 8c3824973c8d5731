"""A pattern that is compiled late is one that can be compiled, and is used as any other."""

import sys
from collections.abc import Iterator
from typing import Any

import core.runtime.engine  # noqa: F401 - imports all that has patterns
from core.patterns import Pattern


def found(kept: Any) -> Iterator[Pattern]:
    """The patterns in the value of a module's name."""
    if isinstance(kept, Pattern):
        yield kept
    elif isinstance(kept, tuple | list):
        for each in kept:
            yield from found(each)
    elif isinstance(kept, dict):
        yield from found([*kept.values()])


def test_every_pattern_can_be_compiled() -> None:
    modules = [module for name, module in sys.modules.items() if name.startswith("core.")]
    patterns = [it for module in modules for kept in vars(module).values() for it in found(kept)]
    assert len(patterns) > 100
    for pattern in patterns:
        pattern.search("2")


def test_a_pattern_is_used_as_any_other() -> None:
    letters = Pattern("a(b*)")
    looked = (letters.search("xab"), letters.match("xab", 1), letters.fullmatch("abb"))
    assert [it and it.span() for it in looked] == [(1, 3), (1, 3), (0, 3)]
    assert letters.search("xab", 2) is letters.match("xab", 1, 1) is letters.fullmatch("x") is None
    assert [it[1] for it in letters.finditer("a ab abb", 1)] == ["b", "bb"]
    assert letters.split("xaby") == ["x", "b", "y"]
    assert letters.sub("-", "a a", count=1) == "- a"
