"""Starts of the bot for a test run: forks of one process that has imported all of it and has read a
few words, for that is the greater part of a start and of a first wish.

Whoever plays for hours (`just kill` and its like) starts real ones; so do the tests of the start
itself, `tests/bots/test_main.py`.
"""

import asyncio
import gc
import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.domain.formatting import read_markdown
from core.domain.understanding import assign_photos, read
from core.nemo.gui import translate

WANTED = "TESTS_FORK_THE_BOT"
"""The variable that says so; tests/conftest.py sets it."""
IMPORTED = (
    *("bots.serving", "bots.commands", "bots.status.server", "bots.status.watching"),
    *("bots.telegram.run", "bots.discord.run", "core.store.sqlite"),
)
"""What a start imports sooner or later."""
READ = (
    'Make a 10 second video of these photos with upbeat music and the title "Hello".',
    "用这些照片做一个10秒的视频，配上轻快的音乐。",
)
"""Words of a wish, and of an answer of the service: what such are read with is the same for all."""
WRITES = os.O_WRONLY | os.O_APPEND | os.O_CREAT


class Fork:
    """A bot that was started, as `asyncio.subprocess.Process` has it."""

    def __init__(self, pid: int, source: "Source") -> None:
        self.pid = pid
        self._source, self._code = source, None
        self._handle, self._closed = os.pidfd_open(pid), False

    _code: int | None

    @property
    def returncode(self) -> int | None:
        """None as long as it runs."""
        if self._code is None and select.select([self._handle], [], [], 0)[0]:
            self._code = self._source.ask(ended=self.pid)
        return self._code

    def send_signal(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    async def wait(self) -> int:
        """Wait for its end; the exit code, below zero for a signal."""
        ended = asyncio.Event()
        if self.returncode is None:
            asyncio.get_running_loop().add_reader(self._handle, ended.set)
            try:
                await ended.wait()
            finally:
                asyncio.get_running_loop().remove_reader(self._handle)
        code = self.returncode
        assert code is not None
        if not self._closed:  # not before: somebody else may have seen the end first
            self._closed = True
            os.close(self._handle)
        return code


class Source:
    """The process that all is forked from."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.forking"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **request: object) -> int:
        """What it answers: the number of a process, or an exit code."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(request), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())

    def close(self) -> None:
        """End it; what was forked goes on."""
        self._process.communicate()


@cache
def source() -> Source:
    """One for all tests of this process."""
    return Source()


def available() -> bool:
    """Whether this run is to fork, and on this system."""
    return WANTED in os.environ


def close() -> None:
    """Where there is one."""
    if source.cache_info().currsize:
        source().close()
        source.cache_clear()


def started(
    arguments: tuple[str, ...], folder: Path, environment: Mapping[str, str], log: Path
) -> Fork:
    """`python -m bots` in that folder; what it prints is added to the log."""
    pid = source().ask(
        argv=["bots", *arguments], folder=str(folder), environment=dict(environment), log=str(log)
    )
    return Fork(pid, source())


def ran(
    arguments: tuple[str, ...], folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """`python -m bots` in that folder, until it ends; its input is closed."""
    with TemporaryDirectory() as kept:
        out, err = Path(kept) / "out", Path(kept) / "err"
        pid = source().ask(
            argv=["bots", *arguments],
            folder=str(folder),
            environment=dict(environment),
            log=str(out),
            errors=str(err),
        )
        code = source().ask(ended=pid)
        return subprocess.CompletedProcess(
            arguments, code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")
        )


def main() -> None:
    """Fork until nobody asks any more; each fork goes on as the bot."""
    for name in IMPORTED:
        import_module(name)
    _read()
    gc.freeze()
    with os.fdopen(os.dup(0)) as asked, os.fdopen(os.dup(1), "w") as answers:
        for line in asked:
            request = json.loads(line)
            if "ended" in request:
                answer = os.waitstatus_to_exitcode(os.waitpid(request["ended"], 0)[1])
            else:
                answer = os.fork()
            if not answer and "ended" not in request:
                break
            print(answer, file=answers, flush=True)
        else:
            return
    _become(request)
    import_module("bots.__main__").main()


def _read() -> None:
    """Patterns are compiled, and tables unpacked, with the first words that need them."""
    for words in READ:
        read(words, "")
        assign_photos(words, 2)
        translate(words)
        read_markdown(words)


def _become(request: dict[str, Any]) -> None:
    """All that tells one start from another."""
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv[:] = request["argv"]
    tempfile.tempdir = None  # that of TMPDIR, not of whoever asked first
    for path, flags, number in (
        (os.devnull, os.O_RDONLY, 0),
        (request["log"], WRITES, 1),
        (request.get("errors", request["log"]), WRITES, 2),
    ):
        handle = os.open(path, flags, 0o644)
        os.dup2(handle, number)
        os.close(handle)


if __name__ == "__main__":
    main()
