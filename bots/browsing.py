"""Whether a person sits at this machine, and with a browser: then the page is opened for them."""

import asyncio
import os
import stat
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from bots.environment import say
from core.settings import Environment


def detached(source: TextIO | None = None) -> bool:
    """Whether nobody can type into the `source`, the process's own input, and nothing is piped in:
    no terminal is attached, and no input."""
    source = source or sys.stdin
    try:
        mode = os.fstat(source.fileno()).st_mode
    except (OSError, ValueError):
        return True
    return stat.S_ISCHR(mode) and not source.isatty()


def desktop(environment: Environment, platform: str = sys.platform) -> bool:
    """Whether a browser that is opened here is seen by who asked for it."""
    if environment.get("SSH_CONNECTION"):
        return False
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    return platform in ("darwin", "win32") or any(environment.get(name) for name in screens)


def wanted(environment: Environment, source: TextIO | None = None) -> bool:
    """Whether the sandbox is to be a page, since a chat in a terminal would end at once. A service
    that was given no token ends, so that its operator sees it."""
    service = bool(environment.get("INVOCATION_ID")) and not desktop(environment)
    return detached(source) and not service


def opening(environment: Environment) -> Callable[[str], None]:
    """Says where the page is, and opens it where that helps."""
    guarded = bool(environment.get("WEB_TOKEN"))

    def told(address: str) -> None:
        token = " The first time add ?token= and your WEB_TOKEN." if guarded else ""
        say(f"Open {address} in your browser.{token} Ctrl+C ends it.")
        if desktop(environment) and not guarded:
            with suppress(RuntimeError):
                asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)

    return told
