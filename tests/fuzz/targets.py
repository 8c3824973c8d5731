"""The ways in: stream bytes, answers, drafts, words and files. Each function takes bytes and fails
by an assertion."""

import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx

from core.domain.understanding import (
    asks_for_video,
    intent_by_keywords,
    joins_project,
    links_in,
    needs_photo,
    resolution_asked,
)
from core.domain.understanding.assigning import each, one_of
from core.domain.understanding.wishes import extends_project
from core.media import Condition, MediaError, condition, geometry, ogg, recognise, tiff
from core.media.boxes import MOST_SECONDS
from core.nemo import gui, wire
from core.nemo.client.beside import Beside
from core.nemo.client.responses import listen, translated
from core.nemo.draft.state import State, read_state
from core.nemo.draft.timeline import changes, summary
from core.nemo.draft.tracks import tracks
from core.nemo.errors import NemoError, Trouble
from core.nemo.stream import Reader
from core.nemo.stream.frames import LONGEST
from core.nemo.values import dumps, loads

NOW = 1_800_000_000.0
CALLS = (
    "token",
    "session",
    "upload",
    "turn",
    "credits",
    "state",
    "render",
    "poll",
    "claim",
    "render-cancel",
)
STATUSES = (
    200,
    200,
    200,
    201,
    204,
    302,
    400,
    401,
    402,
    403,
    404,
    408,
    413,
    422,
    425,
    429,
    500,
    502,
    503,
)
Result = TypeVar("Result")


def stream(data: bytes) -> None:
    """The body of a turn: the first byte says in how large pieces the others arrive."""
    size, body = (data[0] or 1, data[1:]) if data else (1, b"")
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    reader = Reader()
    with suppress(NemoError):
        _at_once(_heard(pieces, reader))
    end = reader.finish()
    assert len(end.text) <= LONGEST + 2 * len(end.text.split("\n\n"))
    end.text.encode()
    assert end.visible is bool(end.text or end.status_texts)
    said = gui.translate(end.text)
    assert len(said.text) <= len(end.text) + 1


class _Pieces(httpx.AsyncByteStream):
    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece


async def _heard(pieces: list[bytes], reader: Reader) -> None:
    response = httpx.Response(
        200, headers={"Content-Type": "text/event-stream"}, stream=_Pieces(pieces)
    )
    with translated("turn"):
        async for said in listen(response, reader, lambda: None, Beside().slim):
            said.text.encode()


def _at_once(work: Coroutine[Any, Any, Result]) -> Result:
    """Run what never waits for anything; an event loop for each input would cost more than the
    work."""
    try:
        while True:
            work.send(None)
    except StopIteration as end:
        value: Result = end.value
        return value
    work.close()
    raise AssertionError("it waited for something")


def answer(data: bytes) -> None:
    """A plain answer: the first two bytes choose the call and the status."""
    call = CALLS[data[0] % len(CALLS)] if data else "state"
    status = STATUSES[data[1] % len(STATUSES)] if len(data) > 1 else 200
    headers = {"retry-after": data[2:6].decode("latin-1")}
    found = _deciphered(call, status, headers, data[2:])
    if isinstance(found, NemoError):
        assert str(found)
        assert not found.bind or found.bind.startswith("anon_")
        return
    _read(found)
    assert dumps(loads(dumps(found))) == dumps(found), "what was read goes out as it came"


def _deciphered(
    call: str, status: int, headers: Mapping[str, str], body: bytes
) -> dict[str, Any] | NemoError:
    try:
        return wire.decipher(call, status, headers, body)
    except NemoError as error:
        return error


def _read(found: Mapping[str, object]) -> None:
    assert 0 <= wire.read_render(found).progress <= 100
    for read in (wire.read_session, wire.read_credits, read_state):
        try:
            seen = read(found)
        except Trouble:
            continue
        if isinstance(seen, State):
            assert len(seen.fingerprint) == 64
            _described(seen.draft, seen.draft)
    for timed in (wire.read_grant, wire.read_claim):
        try:
            assert timed(found, NOW).expires > NOW
        except Trouble:
            continue


def draft(data: bytes) -> None:
    """Two drafts, one before and one after an edit, divided by a zero byte."""
    before, _, after = data.partition(b"\0")
    _described(_json(before), _json(after))


def _json(data: bytes) -> object:
    try:
        return loads(data)
    except ValueError:
        return None


def _described(before: object, after: object) -> None:
    for language in ("en", "zh"):
        lines = summary(after, language).splitlines()
        assert all(line.strip() for line in lines)
        assert all(changes(before, after, language))
        assert changes(after, after, language) == ()
    for track in tracks(after):
        assert 0 <= track.start_ms <= track.end_ms


def words(data: bytes) -> None:
    """What somebody, or the backend, says."""
    said = data.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode()
    intent_by_keywords(said, False)
    for question in (asks_for_video, needs_photo, extends_project, each, joins_project):
        assert question(said) in (True, False)
    assert one_of(said) == " ".join(one_of(said).split())
    assert resolution_asked(said) in ("", "480p", "720p", "1080p")
    found, rest = links_in(said)
    assert all(link.lower().startswith("http") for link in found)
    assert found or rest == said
    gui.translate(said).text.encode()


def file(data: bytes) -> None:
    """A file of somebody's, or what was handed out as a finished video."""
    with tempfile.NamedTemporaryFile() as kept:
        kept.write(data)
        kept.flush()
        path = Path(kept.name)
        with suppress(MediaError):
            assert recognise(path).mime
        seen = geometry(path)
        assert 0 <= seen.seconds <= MOST_SECONDS
        assert 0 <= seen.width <= 65535
        assert 0 <= seen.height <= 65535
        assert condition(path) in Condition
        assert ogg.seconds(path) >= 0
        assert 0 <= tiff.main_page(path) < tiff.MOST_DIRECTORIES
        assert tiff.raw_kind(path).isalnum() or not tiff.raw_kind(path)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "stream": stream,
    "answer": answer,
    "draft": draft,
    "words": words,
    "file": file,
}
