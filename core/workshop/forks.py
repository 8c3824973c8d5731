"""Processes for one file each, forked from one that has imported what they need
(core.media.origin): a quarter of what a start from nothing takes.

Forks of one process lie in memory where all the others of it lie. So nothing is forked any more
from one of which a fork has crashed: who tries crafted files to find out where things lie begins
anew each time."""

import asyncio
import json
import socket
import weakref
from contextlib import suppress

from core.media import TooSlow, fork_ended
from core.workshop.running import PATIENCE, Running, start

IDLE = 60.0
"""Seconds without a file after which there is none any more: it takes some 25 MB."""
MOST = 500
"""Files after which another one takes its place."""
REAPED = 1.0
"""Seconds after which one is looked at again that was to end itself."""
CHUNK = 2**16
SIGKILL, SIGALRM, SIGXCPU = 9, 14, 24
LIMITS = (-SIGXCPU, -SIGKILL, -SIGALRM)
"""What a process has been ended by that has used up its time or its memory (as numbers: Windows
names none of them)."""


class Forks:
    """Forks one process a file, as many at a time as are asked for."""

    def __init__(self, idle: float = IDLE) -> None:
        self._idle = idle
        self._all: list[Running] = []
        weakref.finalize(self, _end, self._all)

    async def run(self, seconds: float, *words: str) -> tuple[int, bytes]:
        """How it has ended, as `Popen.returncode`, and what it said. Raises TooSlow, or OSError
        where no process can be started."""
        try:
            async with asyncio.timeout(seconds):
                for _ in range(2):  # the one to fork from may have been ended, by somebody else
                    if (found := await self._asked(words)) is not None:
                        return found
        except TimeoutError:
            raise TooSlow("takes too long to convert") from None
        return -SIGKILL, b""

    async def close(self) -> None:
        """Nothing is left of it."""
        await asyncio.to_thread(_end, self._all)

    async def _asked(self, words: tuple[str, ...]) -> tuple[int, bytes] | None:
        origin = self._origin()
        origin.asked, origin.forks = origin.asked + 1, origin.forks + 1
        try:
            return await _forked(origin, words)
        finally:
            origin.forks -= 1
            self._rest(origin)

    def _origin(self) -> Running:
        """The one to ask, which may only now be started."""
        self._all[:] = [each for each in self._all if each.process.returncode is None]
        for each in self._all:
            if not each.last and each.asked < MOST:
                if each.ending is not None:
                    each.ending.cancel()
                return each
        self._all.append(start())
        return self._all[-1]

    def _rest(self, origin: Running) -> None:
        if origin.forks:
            return
        if origin.last or origin.asked >= MOST:
            _let_go(origin)
        else:
            loop = asyncio.get_running_loop()
            origin.ending = loop.call_later(self._idle, _let_go, origin)


async def _forked(origin: Running, words: tuple[str, ...]) -> tuple[int, bytes] | None:
    """How it has ended, and what it said; None where the one to fork from has ended."""
    ours, theirs = socket.socketpair()
    with ours:
        ours.setblocking(False)
        with theirs, suppress(BrokenPipeError, ConnectionResetError):
            request = json.dumps(words).encode()
            socket.send_fds(origin.control, [request], [theirs.fileno()])
        try:
            said = await _heard(ours)
        except asyncio.CancelledError:
            await _call_off(origin, ours)
            raise
    ended = fork_ended(said)
    if ended is None:
        await asyncio.to_thread(origin.kill)
        return (1, b"") if origin.process.returncode == 1 else None
    answer, code = ended
    origin.last = origin.last or (code < 0 and code not in LIMITS)
    return code, answer


async def _heard(answer: socket.socket) -> bytes:
    loop, parts = asyncio.get_running_loop(), list[bytes]()
    with suppress(ConnectionResetError):
        while part := await loop.sock_recv(answer, CHUNK):
            parts.append(part)
    return b"".join(parts)


async def _call_off(origin: Running, answer: socket.socket) -> None:
    """Nobody wants the answer any more, and the fork is gone with that."""
    with suppress(OSError):
        answer.shutdown(socket.SHUT_WR)
    try:
        async with asyncio.timeout(0.0 if origin.lost else PATIENCE):
            await _heard(answer)
    except TimeoutError:
        await asyncio.to_thread(origin.kill)


def _let_go(origin: Running) -> None:
    origin.end()
    reap(origin)


def reap(origin: Running, pause: float = REAPED) -> None:
    """Look for the end of one that was told to end itself until it has, however long that takes: it
    stays in the system's list of processes until somebody has."""
    if origin.process.poll() is None:
        with suppress(RuntimeError):  # no loop any more
            asyncio.get_running_loop().call_later(pause, reap, origin, pause)


def _end(all_there_are: list[Running]) -> None:
    for each in all_there_are:
        each.gone()
