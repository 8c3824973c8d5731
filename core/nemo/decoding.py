"""The process in which large JSON is read, so that one person's draft of megabytes does not make
all others wait.

`python -m core.nemo.decoding TASK ARGUMENT…` is that process: it takes texts from its standard
input, gives back one line of JSON and one text, and ends. Whoever wants it done is
core.nemo.client.beside."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import BinaryIO

from core.nemo import draft
from core.nemo.errors import NemoError
from core.nemo.stream import slim_frame

SECONDS = 90.0
MEGABYTES = 2048
"""Of address space; 16 MB of the worst JSON take about 1 GB."""


def encoded(text: str) -> bytes:
    """A text as it goes to the process, whatever it holds."""
    return text.encode(errors="surrogatepass")


def decoded(text: bytes) -> str:
    """The same back."""
    return text.decode(errors="surrogatepass")


def _read(language: str, texts: list[bytes]) -> tuple[object, str]:
    try:
        found = draft.digested(texts[0], {}, 200, "", language)
    except NemoError:
        return {"refused": True}, ""
    return asdict(found) | {"text": ""}, found.text


def _differences(language: str, texts: list[bytes]) -> tuple[object, str]:
    return asdict(draft.differences(decoded(texts[0]), decoded(texts[1]), language)), ""


def _timeline(language: str, texts: list[bytes]) -> tuple[object, str]:
    return {}, draft.timeline_of(decoded(texts[0]), language)


def _outline(language: str, texts: list[bytes]) -> tuple[object, str]:
    return {}, draft.outline_of(decoded(texts[0]), language)


def _slim(_: str, texts: list[bytes]) -> tuple[object, str]:
    return {}, slim_frame(decoded(texts[0]))


def bounded(megabytes: int, seconds: float) -> None:
    """Memory and processor time have an end, where the system knows such limits; and the others
    come first."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, megabytes * 2**20),
        (resource.RLIMIT_CPU, round(seconds)),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(5)


TASKS: Mapping[str, Callable[[str, list[bytes]], tuple[object, str]]] = {
    "read": _read,
    "differences": _differences,
    "timeline": _timeline,
    "outline": _outline,
    "slim": _slim,
}


def texts_in(given: BinaryIO) -> list[bytes]:
    """The texts, each behind its length."""
    found = []
    while length := given.read(8):
        found.append(given.read(int.from_bytes(length)))
    return found


def main(task: str, language: str = "en") -> None:
    """Do one task."""
    bounded(MEGABYTES, SECONDS)
    said, text = TASKS[task](language, texts_in(sys.stdin.buffer))
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + encoded(text))


if __name__ == "__main__":
    main(*sys.argv[1:])
