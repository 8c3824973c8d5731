"""Any bytes at every way in, from recordings with a few bytes changed to pure noise: only our own
errors come out."""

import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.nemo.client.responses import LARGEST_EVENT
from core.nemo.stream import Reader
from core.nemo.stream.frames import LONGEST
from core.nemo.stream.reader import MOST
from core.nemo.values import dumps
from tests.fuzz import targets

pytestmark = pytest.mark.unmeasured  # measuring takes longer than the reading itself

ROOT = Path(__file__).parents[3]
RECORDINGS = [path.read_bytes() for path in sorted((ROOT / "tests" / "recordings").iterdir())]
TOKENS = [
    b"data:",
    b"data: ",
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\n",
    b": ping\n\n",
    b"event: heartbeat\n",
    b"id: 1\n",
    b"retry: 1\n",
]
TOKENS += [
    b'{"error": "x"}',
    b"\xe2\x80\xa8",
    b"\xc2\x85",
    b"\xff",
    b"\x00",
    b'{"code":1001}',
    b"[" * 200,
    b"\xf0\x9f",
]


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A recording of which some stretches are cut out, doubled, or replaced."""
    data = draw(st.sampled_from(RECORDINGS))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.integers(0, 40)))
        piece = draw(
            st.sampled_from(TOKENS) | st.binary(max_size=8) | st.just(data[start:stop] * 2)
        )
        data = data[:start] + piece + data[stop:]
    return bytes([draw(st.sampled_from([1, 2, 7, 64, 255]))]) + data


NOISE = st.lists(st.sampled_from(TOKENS) | st.binary(max_size=12), max_size=40).map(b"".join)
KEYS = st.sampled_from("t tt sg d m v name code data state draft token status output url".split())  # noqa: SIM905
LIKELY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner),
).map(dumps)


@settings(max_examples=100)
@given(spoilt() | NOISE)
@example(b"")
@example(b"\x01data")
@example(b"\x01data: {}")
@example(b"\xff" + b"data: " + b"[" * 5000)
def test_no_bytes_break_a_stream(data: bytes) -> None:
    targets.stream(data)


@settings(max_examples=100)
@given(
    st.binary(min_size=2, max_size=2),
    st.binary(max_size=60) | LIKELY_JSON | st.sampled_from(RECORDINGS),
)
@example(b"\x05\x00", b'{"data":{"state":{"draft":{"t":[{"sg":[{}]}]}}}}')
@example(b"\x05\x00", b"[" * 5000 + b"]" * 5000)
@example(b"\x00\x00", b'{"code":1' + b"0" * 5000 + b"}")
@example(b"\x06\x00", b'{"status":"completed","output":{"url":"https://\xed\xa0\x80"}}')
def test_no_bytes_break_an_answer(choice: bytes, body: bytes) -> None:
    targets.answer(choice + body)


@settings(max_examples=100)
@given(LIKELY_JSON, LIKELY_JSON)
@example(b'{"t":[{"tt":0,"sg":[{"d":1e400}]}]}', b'{"t":{"a":{"sg":{"b":{"d":-1}}}}}')
def test_no_drafts_break_their_description(before: bytes, after: bytes) -> None:
    targets.draft(before + b"\0" + after)


@settings(max_examples=100)
@given(
    st.binary(max_size=80)
    | st.text(max_size=80).map(lambda words: words.encode("utf-8", "replace"))
)
def test_no_words_break_the_router(said: bytes) -> None:
    targets.words(said)


def test_a_turn_of_any_length_takes_little_memory() -> None:
    reader = Reader()
    piece = dumps({"content": {"parts": [{"text": "x" * 1000}]}, "partial": True}).decode()
    tracemalloc.start()
    for number in range(5000):
        reader.feed("message", piece if number % 3 else piece.replace("true", "false"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40 * LONGEST
    assert len(reader.finish().text) <= LONGEST + 2 * MOST
    assert LARGEST_EVENT == 64 * 2**20, "the bound of one event, held by a test of the client"


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["stream", "-runs=1"]])
def test_the_search_is_a_command_of_its_own(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "tests.fuzz", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600
    )
    assert "Traceback" not in done.stderr
    if arguments != ["stream", "-runs=1"]:
        assert done.returncode == 2
        assert "atheris is not installed" in done.stderr or "choose a target" in done.stderr
