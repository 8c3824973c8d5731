"""Structured logs on structlog: one line an event, secrets struck out, the HTTP libraries kept
quiet."""

import base64
import contextlib
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any, TextIO, cast
from urllib.parse import unquote

import structlog
from structlog.typing import Processor

SECRETS = re.compile(
    r"nmv_[\w-]+|clm_[\w-]+|Bearer\s+\S+"
    r"|(?<=/login )\S+|(?<=/webhooks/)\d+/[\w-]+|(?<=/interactions/)\d+/[\w-]+"
    r"|aW50ZXJhY3Rpb24[\w=+/-]{20,}"  # a Discord interaction token: "interaction:…" in base64
    r"|\d{6,12}:[A-Za-z0-9_-]{30,}"  # a Telegram bot token, also inside /bot<token>/
    r"|[\w-]{23,32}\.[\w-]{6,7}\.[\w-]{27,}"  # a Discord bot token
)
QUIET = ("httpx", "httpcore", "telegram", "discord", "aiohttp", "aiosqlite", "PIL", "asyncio")


def strike_out(words: str) -> str:
    """The same words with anything that looks like a token replaced by stars."""
    return SECRETS.sub("***", words)


def credentials(value: str) -> list[str]:
    """What must not be printed of an address such as http://user:word@host: as written, and as it
    is sent."""
    found = re.findall(r"(?:://|^(?=[^/@]+:))([^\s/@]+(?:@[^\s/@]+)*)@", value)
    plain = [unquote(part) for part in found]
    return [
        *found,
        *plain,
        *(base64.b64encode(part.encode(errors="replace")).decode() for part in plain),
    ]


class _Sink:
    """Where lines go: without secrets, and without failing. A full disk or a closed pipe must not
    stop the bot."""

    def __init__(self, stream: TextIO, secrets: Iterable[str]) -> None:
        self._stream, self._secrets = stream, sorted(filter(None, secrets), key=len, reverse=True)

    def write(self, line: str) -> int:
        """Strikes out what looks like a secret, and the secrets that are known."""
        line = strike_out(line)
        for secret in self._secrets:
            line = line.replace(secret, "***")
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(line)
        return len(line)

    def flush(self) -> None:
        """As far as it goes."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()


def configure(
    level: str,
    form: str,
    secrets: Iterable[str] = (),
    *,
    libraries: bool = False,
    hear: Processor | None = None,
) -> None:
    """Set up logging for the process; `form` is console or json. Call once, before the first
    request.

    `secrets` never appear in a line, whatever they look like. `libraries` lets those of QUIET say
    all that `level` allows: every request and every statement, people's words included. `hear` is
    shown every event."""
    sink = _Sink(sys.stderr, secrets)
    _last_words(sink)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        *([hear] if hear else []),
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, _renderer(form)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, sink)),
        cache_logger_on_first_use=False,
    )
    _hear_libraries(sink, level, QUIET if not libraries else ())


def _renderer(form: str) -> Any:
    """What makes a line of an event."""
    if form == "json":
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _hear_libraries(sink: _Sink, level: str, quiet: Sequence[str]) -> None:
    """What libraries say comes along the same way; of those that shall be `quiet`, warnings."""
    handler = logging.StreamHandler(cast(TextIO, sink))
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING if name in quiet else logging.NOTSET)


def _last_words(sink: _Sink) -> None:
    """What ends the process is told without secrets as well: Python itself would print it as it
    is."""

    def tell(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sink.write("".join(traceback.format_exception(kind, error, trace)))
        sink.flush()

    sys.excepthook = tell
