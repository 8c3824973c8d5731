"""The terminal as a chat: a path is an attachment, a line is a wish, a number presses a button."""

import shutil
import sys
from pathlib import Path

from bots.console.pipe import Pipe
from bots.console.script import Script, to_script
from bots.console.shape import wrapped
from bots.console.terminal import Terminal
from core.adapter import Adapter
from core.i18n import closest, text
from core.settings import Environment

__all__ = ["Pipe", "Script", "Terminal", "connect", "notice", "to_script"]


def connect(env: Environment, folder: Path) -> Adapter:
    """The chat on this process's standard input and output; `folder` keeps the history of typed
    lines.

    With a real terminal on both sides there is a prompt with line editing; otherwise lines are read
    as they come."""
    language = language_from(env)
    if sys.stdin.isatty() and sys.stdout.isatty() and env.get("TERM") != "dumb":
        return Terminal(folder, Path.cwd(), language)
    return Pipe(sys.stdin.fileno(), sys.stdout, Path.cwd(), language)


def notice(env: Environment) -> str:
    """The first words of the sandbox: one line, broken at words where a terminal is narrower."""
    words = text("console.sandbox", language_from(env))
    return (
        "\n".join(wrapped(words, shutil.get_terminal_size().columns))
        if sys.stdout.isatty()
        else words
    )


def language_from(env: Environment) -> str:
    """The catalogue language of the user's locale."""
    return closest(env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or "")
