"""What libraries would import for nobody."""

import sys
from importlib import import_module

DRAWING = ("rich", "pygments", "click")
DRAWERS = ("structlog", "httpx")
"""They take those in wherever they are installed: ninety modules, to draw what we write in plain
lines, and for a command line of their own."""


def import_without_drawing() -> None:
    """The help of our command line imports the same later, and finds it."""
    if any(name in sys.modules for name in (*DRAWING, *DRAWERS)):
        return
    sys.modules.update(dict.fromkeys(DRAWING))  # type: ignore[arg-type] # None: Python's own way to say that it is not there
    try:
        for name in DRAWERS:
            import_module(name)
    finally:
        for name in DRAWING:
            del sys.modules[name]
