"""Structured logs on structlog: one line an event, secrets struck out, the HTTP libraries kept quiet."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRETS = re.compile(
    r"nmv_usr_[\w-]+|clm_[\w-]+|Bearer\s+\S+"
    r"|\d{6,12}:[A-Za-z0-9_-]{30,}"  # a Telegram bot token, also inside /bot<token>/
    r"|[\w-]{23,32}\.[\w-]{6,7}\.[\w-]{27,}"  # a Discord bot token
)
QUIET = ("httpx", "httpcore", "telegram", "discord", "aiohttp", "aiosqlite", "PIL", "asyncio")


def strike_out(words: str) -> str:
    """The same words with anything that looks like a token replaced by stars."""
    return SECRETS.sub("***", words)


def _redact(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = strike_out(value)
    return event


class _Redacting(logging.Formatter):
    """Strikes out the whole finished line, tracebacks included: exceptions of HTTP libraries carry URLs."""

    def format(self, record: logging.LogRecord) -> str:
        return strike_out(super().format(record))


def configure(level: str, form: str) -> None:
    """Set up logging for the process; `form` is console or json. Call once, before the first request."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redact,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
