"""A process to fork from, as it is seen from here: started, and ended with all it has forked."""

import os
import signal
import socket
import subprocess
from asyncio import TimerHandle
from contextlib import suppress
from dataclasses import dataclass
from subprocess import DEVNULL

from core.workshop.python import command, environment

PATIENCE = 5.0
"""Seconds for a process to be gone that has been told to."""


@dataclass(eq=False)
class Running:
    """`control` is where it is asked; it was `asked` so often, and has so many `forks` now. `last`:
    nothing more is asked of it."""

    control: socket.socket
    process: subprocess.Popen[bytes]
    asked: int = 0
    forks: int = 0
    last: bool = False
    ending: TimerHandle | None = None

    @property
    def lost(self) -> bool:
        """Whether it has ended without being told to: it says nothing but that."""
        try:
            return not self.control.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def end(self) -> None:
        """It ends itself, and whatever it has forked: soon."""
        self.last = True
        self.control.close()

    def gone(self) -> None:
        """As `end`, and wait for it."""
        self.end()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        self.kill()

    def kill(self) -> None:
        """End it at once with whatever it has forked, also where it cannot do that any more."""
        self.end()
        if self.process.returncode is None:  # as long as nobody has asked, its number is its own
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def start() -> Running:
    """Raises OSError where no process can be started."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - our own Python, and words of our own
                command("origin"),
                env=environment(),
                stdin=theirs.fileno(),
                stdout=DEVNULL,
                stderr=DEVNULL,
                start_new_session=True,  # a group of its own, so that all of it can be ended
            )
    except BaseException:
        ours.close()
        raise
    ours.setblocking(False)
    return Running(ours, process)
