"""The terminal as a chat: a path is an attachment, a line is a wish, a number presses a button."""

import shutil
import sys
from pathlib import Path

from core.adapter import Adapter
from core.i18n import closest, text
from core.settings import Environment


def connect(env: Environment, folder: Path) -> Adapter:
    """The chat on this process's standard input and output; `folder` keeps the history of typed
    lines.

    With a real terminal on both sides there is a prompt with line editing; otherwise lines are read
    as they come."""
    language = language_from(env)
    if sys.stdin.isatty() and sys.stdout.isatty() and env.get("TERM") != "dumb":
        from bots.console.terminal import Terminal  # what it is made of is not for servers

        return Terminal(folder, Path.cwd(), language)
    from bots.console.pipe import Pipe

    return Pipe(sys.stdin.fileno(), sys.stdout, Path.cwd(), language)


def notice(env: Environment) -> str:
    """The first words of the sandbox: one line, broken at words where a terminal is narrower."""
    words = text("console.sandbox", language_from(env))
    if not sys.stdout.isatty():
        return words
    from bots.console.shape import wrapped

    return "\n".join(wrapped(words, shutil.get_terminal_size().columns))


def language_from(env: Environment) -> str:
    """The catalogue language of the user's locale."""
    return closest(env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or "")
