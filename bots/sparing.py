"""What libraries would import or read for nobody."""

import os
import sys
from importlib import import_module

DRAWING = ("rich", "pygments", "click")
DRAWERS = ("structlog", "httpx")
"""They take those in wherever they are installed: ninety modules, to draw what we write in plain
lines, and for a command line of their own."""
LISTS = ("SSL_CERT_FILE", "SSL_CERT_DIR")
"""Where OpenSSL looks for the list of authorities, where the operator says so."""


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


def import_without_authorities() -> None:
    """aiohttp reads the system's list twice while it is imported, for connections that say nothing
    of whom they trust. All of ours say it (core.net.certificates); any other trusts nobody."""
    if "aiohttp" in sys.modules:
        return
    named = {name: os.environ.get(name) for name in LISTS}
    os.environ.update(dict.fromkeys(LISTS, os.devnull))
    try:
        import_module("aiohttp")
    finally:
        for name, value in named.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
