"""A line to Postgres that can be cut at one moment: after a word has gone through, before its
answer comes back."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

SOCKET = ".s.PGSQL.5432"


class Line:
    """`address` leads through it. `cut_after` is the word, None for a line that holds; it is cut
    once, and for good where it `stays`. `refused` counts who did not get through."""

    def __init__(self, address: str, folder: Path) -> None:
        there = urlsplit(address)
        self._there = str(Path(parse_qs(there.query)["host"][0]) / SOCKET)
        self.address = address.replace(there.query, f"host={folder}")
        self.cut_after: bytes | None = None
        self.stays = False
        self.cuts = self.refused = 0
        self._down = False
        self._lines: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / SOCKET))
        self._door.listen()
        self._begin(self._serve)

    def down(self) -> None:
        """Nothing goes through, and nobody gets through any more."""
        self._down = True
        for line in list(self._lines):
            _end(line)

    def up(self) -> None:
        """As before."""
        self._down = False

    def close(self) -> None:
        """No more calls."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for line in self._lines:
            _end(line)
        for thread in self._threads:
            thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            if self._down:
                self.refused += 1
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            far.connect(self._there)
            self._lines += near, far
            self._begin(self._there_way, near, far)
            self._begin(_back_way, far, near)

    def _begin(self, work: Callable[..., None], *lines: socket.socket) -> None:
        thread = threading.Thread(target=work, args=lines, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _there_way(self, near: socket.socket, far: socket.socket) -> None:
        while data := _got(near):
            if self.cut_after is not None and self.cut_after in data:
                self.cut_after, self.cuts, self._down = None, self.cuts + 1, self.stays
                _end(near)  # nobody hears the answer
            with suppress(OSError):
                far.sendall(data)
        _end(far)
        near.close()


def _back_way(far: socket.socket, near: socket.socket) -> None:
    while data := _got(far):
        with suppress(OSError):
            near.sendall(data)
    _end(near)
    far.close()


def _got(line: socket.socket) -> bytes:
    try:
        return line.recv(65536)
    except OSError:
        return b""


def _end(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


@contextmanager
def cutting(address: str, folder: Path) -> Iterator[Line]:
    """Its folder's path has to be short: it is the name of a socket."""
    line = Line(address, folder)
    try:
        yield line
    finally:
        line.close()
