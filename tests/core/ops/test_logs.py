"""No token in a log line, whoever writes it."""

import contextlib
import errno
import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from core.ops.logs import QUIET, configure, credentials, strike_out


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leave the logging of the process as it was: the captured stream is closed after each test."""
    handlers, level = logging.root.handlers[:], logging.root.level
    levels = {name: logging.getLogger(name).level for name in QUIET}
    events = structlog.get_config()
    yield
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.configure(**events)
    logging.root.handlers[:], logging.root.level = handlers, level


TOKENS = [
    "nmv_usr_0123456789abcdefghijklmnopqrstuvwxyz-_ABC",
    "clm_abcdef",
    "Bearer abc.def",
    "123456789:AAF-abcdefghijklmnopqrstuvwxyz0123456",
    "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA.GabcDe.abcdefghijklmnopqrstuvwxyz0123456789AB",
]


@pytest.mark.parametrize("token", TOKENS)
def test_tokens_are_struck_out(token: str) -> None:
    assert token not in strike_out(f"GET https://api.example/bot{token}/getMe failed")
    assert token not in strike_out(f"({token})")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (
            "http://me:se%40cret@proxy.example:3128",
            ["me:se%40cret", "me:se@cret", "bWU6c2VAY3JldA=="],
        ),
        ("me:secret@proxy.example", ["me:secret", "me:secret", "bWU6c2VjcmV0"]),
        ("http://me:s@cret@proxy.example/x@y", ["me:s@cret", "me:s@cret", "bWU6c0BjcmV0"]),
        ("http://proxy.example:3128", []),
        ("me@mail.example", []),
        ("https://site.example/@me", []),
    ],
)
def test_credentials_in_addresses_are_found_as_written_and_as_sent(
    value: str, found: list[str]
) -> None:
    assert credentials(value) == found


@pytest.mark.parametrize("form", ["console", "json"])
@pytest.mark.parametrize("token", TOKENS)
def test_neither_our_log_nor_that_of_a_library_shows_one(
    form: str, token: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure("DEBUG", form)
    structlog.get_logger().info("called", url=f"https://x/{token}/y")
    try:
        raise ValueError(f"with {token} in it")
    except ValueError:
        structlog.get_logger().exception("broken")
        logging.getLogger("some.library").exception("broken %s", token)
    logging.getLogger("some.library").warning("saw %s", token)
    written = capsys.readouterr().err
    assert token not in written
    assert "called" in written
    assert "saw" in written


def test_the_http_libraries_are_quiet_even_when_we_are_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure("DEBUG", "json")
    for name in ("httpx", "httpcore", "telegram", "discord"):
        logging.getLogger(name).info("GET https://api.telegram.org/bot1:x/getMe")
    assert capsys.readouterr().err == ""


def test_json_lines_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", "json")
    structlog.get_logger().info("step", job=7)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["job"], line["level"]) == ("step", 7, "info")


def test_secrets_that_look_like_nothing_are_struck_out_as_well(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure("DEBUG", "console", ["correct horse battery", "correct horse"])
    structlog.get_logger().warning("settings", all={"key": ["correct horse battery"]})
    logging.getLogger("anything").error("with %s", "correct horse")
    written = capsys.readouterr().err
    assert "horse" not in written
    assert written.count("***") == 2


class FullDisk(io.StringIO):
    """Takes nothing."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_stream_that_fails_does_not_stop_the_bot() -> None:
    with contextlib.redirect_stderr(FullDisk()):
        configure("DEBUG", "json")
        structlog.get_logger().error("nobody reads this")
        logging.getLogger("anything").error("nor this")
