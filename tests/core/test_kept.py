"""What pure modules compute once and keep is what they would compute anew, whoever asked first.

It is also how their lines are tried whichever test of a worker came first: a walk may have filled
them all, untraced."""

import importlib
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from core.domain.limits.capacity import Capacity
from core.domain.understanding.keywords import KEYWORDS
from core.domain.understanding.model import CLASSES, MODEL
from core.i18n import LANGUAGES
from tests.pure import ROOT, pure_files


def _kept() -> Iterator[Callable[..., Any]]:
    """The functions of pure modules that keep what they gave back."""
    files = {
        file
        for named in pure_files()
        for file in (Path(named).parent.rglob("*.py") if named.endswith("*") else (Path(named),))
    }
    for file in sorted(files):
        path = file.relative_to(ROOT).with_suffix("").parts
        name = ".".join(path[:-1] if path[-1] == "__init__" else path)
        module = importlib.import_module(name)
        for found in vars(module).values():
            if hasattr(found, "cache_clear") and found.__module__ == name:
                yield found


ASKED: dict[str, Sequence[Any]] = {
    "language": LANGUAGES,
    "intent": tuple(KEYWORDS),
    "lines": ("it is the last one\nthe missing one",),
    "words": ("version {n}|the {n}. version",),
    "text": ("the same for TikTok", "switch to German"),
    "handles": (0, 8, 1024),
    "wanted": (Capacity(turns=3, uploads=2, deliveries=2), Capacity(10_000, 32, 8)),
    "word": ("", "version", "unversioned", "我的视频"),
    "spoken": ("de", "en", "zh"),
    "author": (7, 8),
    "admin": (False, True),
    "guild": (None, 5),
    "channel": (3, 4),
    "opened": (0, 6),
    "parent": ("", "3"),
    "path": (CLASSES, MODEL),
    "proposed": (("turn this into a 10-second video", "how much is it?"),),
}
"""Values of what they are asked with, by its name."""
ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def _shown(value: object) -> str:
    """Where a library's objects know no other equality."""
    return ADDRESS.sub("", repr(value))


@pytest.mark.parametrize("kept", list(_kept()), ids=lambda it: f"{it.__module__}.{it.__name__}")
def test_what_is_kept_is_what_is_computed_anew(kept: Any) -> None:
    names = list(inspect.signature(kept).parameters)
    for given in product(*(ASKED[name] for name in names)):
        anew, before = kept.__wrapped__(*given), kept(*given)
        assert anew == before or _shown(anew) == _shown(before)
