"""The process that others are forked from, one for each file: it has imported what decodes, and
sees no byte of a stranger's.

It is asked on its standard input, a socket: JSON with what `core.media.decoding.main` takes, and
with it the socket on which the fork answers. Behind the answer stands how the fork has ended. Where
nobody wants the answer any more the fork is ended; where nobody is there any more, all are."""

import gc
import json
import os
import selectors
import signal
import socket
from contextlib import suppress
from importlib import import_module

from core.media import decoding
from core.media.decoding import COPYING, ENDED, MARK, NO_PROCESS

LONGEST_REQUEST = 2**18
MORE = 2**10
"""Bytes that are read of what nobody should have sent."""

ALWAYS = (
    *("core.media.pictures", "PIL.JpegImagePlugin", "PIL.PngImagePlugin", "PIL.WebPImagePlugin"),
    *("PIL.GifImagePlugin", "PIL.BmpImagePlugin", "PIL.PpmImagePlugin", "pillow_heif"),
)
"""Pillow imports some of its own for any picture, whatever it is."""
SOMETIMES = {
    "still": ("av", "core.media.stills"),
    COPYING: ("av", "core.media.copies"),
    "sheet": ("core.media.sheets",),
}
"""What a work needs besides: imported when it is first asked for, since most never are."""


class Origin:
    """Forks for as long as somebody asks."""

    def __init__(self, control: socket.socket) -> None:
        self._control, self._forks = control, dict[int, socket.socket]()
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ)
        ended, self._ended = socket.socketpair()
        for end in (ended, self._ended):
            end.setblocking(False)
        signal.set_wakeup_fd(ended.detach(), warn_on_full_buffer=False)
        self._selector.register(self._ended, selectors.EVENT_READ)

    def serve(self) -> None:
        """Until the other end is gone; whatever runs then is ended."""
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._control:
                    if not self._asked():
                        self._end_all()
                        return
                elif key.fileobj is self._ended:
                    self._reap()
                else:
                    self._unwanted(key.data)

    def _asked(self) -> bool:
        request, handles, _, _ = socket.recv_fds(self._control, LONGEST_REQUEST, 1)
        if not request:
            return False
        if not handles:  # it could not be handed over: whoever waits sees the end of it
            return True
        answer, words = socket.socket(fileno=handles[0]), json.loads(request)
        _import(*SOMETIMES.get(words[0], ()))
        try:
            fork = os.fork()
        except OSError:
            _say(answer, NO_PROCESS)
            return True
        if not fork:
            _become(answer, words)
        self._forks[fork] = answer
        self._selector.register(answer, selectors.EVENT_READ, fork)
        return True

    def _unwanted(self, fork: int) -> None:
        """Nothing is said on that side but that it has ended. The fork may have ended by itself as
        well: both were heard in one look."""
        if (answer := self._forks.get(fork)) is None:
            return
        with suppress(ConnectionError):
            if answer.recv(MORE):
                return
        self._selector.unregister(answer)
        os.kill(fork, signal.SIGKILL)

    def _reap(self) -> None:
        with suppress(BlockingIOError):
            while self._ended.recv(MORE):
                pass
        while self._forks:
            fork, status = os.waitpid(-1, os.WNOHANG)
            if not fork:
                return
            answer = self._forks.pop(fork)
            with suppress(KeyError):  # not wanted any more
                self._selector.unregister(answer)
            _say(answer, os.waitstatus_to_exitcode(status))

    def _end_all(self) -> None:
        for fork in self._forks:
            os.kill(fork, signal.SIGKILL)
        for fork in self._forks:
            os.waitpid(fork, 0)


def _say(answer: socket.socket, code: int) -> None:
    with answer, suppress(OSError):
        answer.sendall(ENDED.pack(MARK, code))


def _become(answer: socket.socket, words: list[str]) -> None:
    """The process of one file: of all that was open it keeps where it answers."""
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(answer.fileno(), 1)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        decoding.main(*words)
    finally:
        os._exit(1)  # as Python ends itself where something is not there, or not whole


def _import(*names: str) -> None:
    """What is not there is missed by whoever needs it."""
    for name in names:
        with suppress(ImportError):
            import_module(name)
    gc.freeze()


def main() -> None:
    """What tells the bot to end is none of our business: it comes to us by the bot."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    _import(*ALWAYS)
    Origin(socket.socket(fileno=0)).serve()
    os._exit(0)
