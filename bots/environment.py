"""What the machine hands to the process: its variables, those of .env, and streams that can print
anything."""

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from core.files import Unreadable, contents, decoded, reason_of
from core.settings import Environment, WrongSetting

FILE = Path(".env")
WORK = "work"
"""The engine's folder for files on their way (core.runtime.engine.runtime)."""
LARGEST_LIST = 2**24
"""Bytes of certificates."""


def variables(file: Path = FILE, own: Mapping[str, str] | None = None) -> Environment:
    """Those of the file, which may be missing, below those of the process. Raises WrongSetting."""
    return {**written(file), **(os.environ if own is None else own)}


def written(file: Path) -> dict[str, str]:
    """The variables of a file such as .env; none where it is not there. Raises WrongSetting naming
    file and line."""
    try:
        text = decoded(contents(file))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except Unreadable as problem:
        raise WrongSetting(
            f"{file} cannot be used: {problem}. Save it as text in UTF-8, like .env.example, "
            "readable for this user."
        ) from None
    for binding in parse_stream(io.StringIO(text)):
        if binding.error:
            blank = re.match(r"\s*", binding.original.string)
            line = binding.original.line + (blank[0].count("\n") if blank else 0)
            raise WrongSetting(
                f"{file}, line {line} cannot be used: write NAME=value, and close every quote."
            )
    return {
        name: value
        for name, value in dotenv_values(stream=io.StringIO(text)).items()
        if value is not None
    }


@contextmanager
def told(what: str) -> Iterator[None]:
    """What the system refuses in the block becomes one sentence. Raises WrongSetting."""
    try:
        yield
    except OSError as problem:
        where = os.fsdecode(problem.filename) if isinstance(problem.filename, str | bytes) else what
        raise WrongSetting(f"{where} cannot be used: {reason_of(problem)}.") from None


def check_certificates() -> None:
    """Whether HTTPS has authorities to trust: told at the start, and not at the first request.
    Raises WrongSetting."""
    from core.connections import trusted_certificates  # not what asks only for variables

    try:
        if own := os.environ.get("SSL_CERT_FILE"):
            contents(Path(own), LARGEST_LIST)
        trusted_certificates()
    except (OSError, Unreadable):  # what is no certificate is an OSError as well
        raise WrongSetting(
            "SSL_CERT_FILE cannot be used: it must name a file of certificates (PEM) that this "
            "user may read."
            " Example: SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"
        ) from None


def check_folders(folder: Path, names: Iterable[str]) -> None:
    """Whether the folders beside the database, where they are there already, can be used. Raises
    WrongSetting.

    A first start by another user leaves some that are only needed much later.
    """
    for path in (folder, *(folder / name for name in (*names, WORK))):
        if os.path.lexists(path) and not (
            path.is_dir() and os.access(path, os.R_OK | os.W_OK | os.X_OK)
        ):
            raise WrongSetting(
                f"{path} cannot be used: it must be a folder that this user may write into."
                " Run the bot as the user that its data belongs to."
            )


def open_streams() -> None:
    """Streams that are there, and that no sign can break: a terminal or pipe may know fewer signs
    than people use."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process
        elif isinstance(stream, io.TextIOWrapper) and mode == "w":
            stream.reconfigure(errors="replace" if name == "stdout" else "backslashreplace")


def say(line: str, *, error: bool = False) -> None:
    """Print a line for the operator at once."""
    print(line, file=sys.stderr if error else sys.stdout, flush=True)


def close_streams() -> None:
    """What nobody reads any more is let go of, without a word about it at the very end."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
