"""The process that others are forked from, one a file: what becomes of a file when one of them is
killed, and of them when there is nothing more to do."""

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from core.media import DamagedFile, TooSlow
from core.workshop import Workshop
from core.workshop.forks import Forks, reap
from core.workshop.running import Running, start
from tests.core.workshop.test_workshop import children, decoding, origins, prepared, processes
from tests.process import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="none is forked elsewhere")


async def stopped(source: Path, workshop: Workshop) -> tuple[asyncio.Task[str], int]:
    """A conversion in the middle of its work, and the number of its process, which stands still."""
    before = children()
    working = asyncio.create_task(prepared(source, workshop))
    await until(lambda: [it for it in children() if it not in before and decoding(it)])
    (fork,) = (it for it in children() if it not in before)
    os.kill(fork, signal.SIGSTOP)
    return working, fork


@pytest_asyncio.fixture(autouse=True)
async def _none_of_others() -> None:
    """What other tests have kept here is taken from them: they would start another."""
    for origin in origins():
        with suppress(ProcessLookupError):
            os.killpg(origin, signal.SIGKILL)
    await until(lambda: not origins())


def small(path: Path) -> Path:
    """Another picture in the same place."""
    Image.new("RGB", (8, 8)).save(path.with_suffix(".small"), "TIFF")
    return path.with_suffix(".small").replace(path)


def gone(process: int) -> bool:
    """Whether it has ended; whose child it was may still have to hear of it."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


async def test_files_share_what_they_are_forked_from_and_nothing_else(slow: Path) -> None:
    workshop = Workshop(at_once=2)
    (slow.parent / "b").mkdir()
    other = Path(shutil.copy(slow, slow.parent / "b"))
    working = [(await stopped(slow, workshop))[0]]
    (origin,) = origins()
    for word in (signal.SIGTERM, signal.SIGINT):  # that is for the bot alone to hear
        os.kill(origin, word)
    working.append((await stopped(other, workshop))[0])
    assert origins() == [origin]
    for child in children():
        opened = {str(each.readlink()) for each in Path(f"/proc/{child}/fd").iterdir()}
        assert {each for each in opened if not each.startswith(("/dev/null", "socket:"))} <= {
            str(slow),
            str(other),
        }
        assert sum(each.startswith("socket:") for each in opened) == 1
    for each in working:
        each.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    assert not children()


async def test_after_a_crash_the_next_file_is_decoded_where_nothing_lies_as_it_did(
    slow: Path,
) -> None:
    workshop = Workshop()
    working, fork = await stopped(slow, workshop)
    first = origins()
    os.kill(
        fork, signal.SIGKILL
    )  # as by its limit of memory: that says nothing of where things are
    with pytest.raises(TooSlow, match="limits"):
        await working
    working, fork = await stopped(slow, workshop)
    assert origins() == first
    os.kill(fork, signal.SIGSEGV)
    os.kill(fork, signal.SIGCONT)
    with pytest.raises(DamagedFile, match="crashed"):
        await working
    assert await prepared(small(slow), workshop) == "7-1.jpg"
    assert not {*origins()} & {*first}


async def test_a_file_whose_origin_is_killed_is_decoded_once_more(slow: Path) -> None:
    workshop = Workshop()
    working, fork = await stopped(slow, workshop)
    (first,) = origins()
    os.kill(first, signal.SIGKILL)
    small(slow)  # what is said now of the large one is not heard
    os.kill(fork, signal.SIGCONT)
    assert await working == "7-1.jpg"
    await until(partial(gone, fork))
    assert first not in origins()


async def test_a_file_that_kills_its_origins_is_given_up(slow: Path) -> None:
    workshop = Workshop()
    working = asyncio.create_task(prepared(slow, workshop))
    for _ in range(2):
        await until(children)
        fork, (origin,) = children()[0], origins()
        os.kill(origin, signal.SIGKILL)
        os.kill(fork, signal.SIGKILL)
        await until(partial(gone, fork))
    with pytest.raises(TooSlow):
        await working


async def test_what_runs_when_the_origin_and_its_time_are_gone_is_ended(slow: Path) -> None:
    working, fork = await stopped(slow, Workshop())
    (origin,) = origins()
    os.kill(origin, signal.SIGKILL)
    await until(partial(gone, origin))
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await until(lambda: gone(fork))


BOT = """
import asyncio, sys
from pathlib import Path
from core.workshop import Workshop
source = Path(sys.argv[1])
asyncio.run(Workshop().prepare(source, source.parent, "7-1"))
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
async def test_nothing_is_left_when_the_bot_ends(slow: Path, end: signal.Signals) -> None:
    bot = subprocess.Popen(  # noqa: ASYNC220 - its end is waited for in a thread
        [sys.executable, "-c", BOT, str(slow)], stderr=subprocess.DEVNULL
    )
    try:

        def below(parents: list[int]) -> list[int]:
            return [it for it, (of, _) in processes().items() if of in parents]

        await until(lambda: any(map(decoding, below(below([bot.pid])))))
        left = below([bot.pid]) + below(below([bot.pid]))
        os.kill(left[1], signal.SIGSTOP)
        bot.send_signal(end)
        await asyncio.to_thread(bot.wait)
        await until(lambda: all(map(gone, left)))
    finally:
        bot.kill()
        bot.wait()


async def test_where_there_is_nothing_to_do_there_is_no_process(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    forks = Forks(idle=0.0)
    for _ in range(2):
        code, said = await forks.run(60, "thumbnail", "1536", "60", str(tmp_path / "a.png"))
        assert (code, said[:2]) == (0, b"\xff\xd8")
        await until(lambda: not origins())  # nor what is left of one


async def test_who_is_done_with_a_workshop_leaves_no_process(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    async with Workshop() as workshop:
        await workshop.thumbnail(tmp_path / "a.png")
        assert len(origins()) == 1
    assert not origins()


@pytest.fixture
def origin() -> Running:
    return start()


async def test_one_that_takes_long_to_end_does_not_stay_in_the_list(origin: Running) -> None:
    os.kill(origin.process.pid, signal.SIGSTOP)
    origin.end()
    reap(origin, 0.0)
    for _ in range(3):
        await asyncio.sleep(0)
    assert origin.process.returncode is None
    os.kill(origin.process.pid, signal.SIGCONT)
    await until(lambda: origin.process.returncode is not None)


async def test_one_that_hangs_is_ended_with_all_its_forks(origin: Running) -> None:
    os.kill(origin.process.pid, signal.SIGSTOP)
    await asyncio.to_thread(origin.kill)
    assert gone(origin.process.pid)


AT_ONCE = """
import select, signal, socket
from core.media.origin import Origin
signal.signal(signal.SIGCHLD, lambda *_: None)
origin = Origin(socket.socket(fileno=0))
origin._asked()
select.select([origin._ended], [], [])
print("ended", flush=True)
select.select([*origin._forks.values()], [], [])
origin.serve()
"""
"""Hears in one look that a fork has ended, and that nobody wants its answer any more."""


async def test_one_that_ends_as_its_time_is_up_takes_no_other_with_it() -> None:
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with control, theirs:
        command = [sys.executable, "-c", AT_ONCE]
        origin = subprocess.Popen(command, stdin=theirs.fileno(), stdout=subprocess.PIPE)  # noqa: ASYNC220
        theirs.close()
        with asked(control) as first, asked(control) as other:
            assert origin.stdout is not None
            assert await asyncio.to_thread(origin.stdout.readline) == b"ended\n"
            first.shutdown(socket.SHUT_WR)
            assert b"errno" in await asyncio.to_thread(other.recv, 1000)
    with origin:
        assert await asyncio.to_thread(origin.wait) == 0


def asked(control: socket.socket) -> socket.socket:
    """The socket on which the answer comes."""
    ours, theirs = socket.socketpair()
    with theirs:
        words = json.dumps(["thumbnail", "1536", "60", "/nowhere/a.png"]).encode()
        socket.send_fds(control, [words], [theirs.fileno()])
    return ours
