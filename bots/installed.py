"""Whether Python and the libraries are there: asked before the first of them is imported, and
without any of them."""

import sys
from importlib.util import find_spec

OLDEST = (3, 11)
NEEDED = (
    "aiohttp", "aiohttp_socks", "aiosqlite", "babel", "certifi", "cryptography", "discord",
    "dotenv", "filelock", "filetype", "httpx", "httpx_sse", "jinja2", "markdown_it",
    "msgspec", "PIL", "pillow_heif", "platformdirs", "prometheus_client", "prompt_toolkit",
    "rich", "stamina",
    "structlog", "telegram", "typer", "yaml",
)  # fmt: skip
"""By the names that are imported; wherever they come from (a virtual environment, PYTHONPATH, a
.pth file)."""

WRONG = 2
REMEDY = "Install them into the Python that runs the bot: python -m pip install -r requirements.txt"


def problem(version: "tuple[int, int]", needed: "tuple[str, ...]" = NEEDED) -> str:
    """The sentence for the operator; empty where all is there."""
    if version < OLDEST:
        return "Python %d.%d is too old: the bot needs %d.%d or newer." % (version + OLDEST)  # noqa: UP031 - for the old one
    missing = [name for name in needed if not _is_there(name)]
    return "Libraries are missing: " + ", ".join(missing) + ". " + REMEDY if missing else ""


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ValueError:  # a module that was made by hand
        return name in sys.modules


def check() -> None:
    """End the process with one sentence where something is missing."""
    sentence = problem(sys.version_info[:2])
    if sentence:
        sys.stderr.write(sentence + "\n")
        raise SystemExit(WRONG)
