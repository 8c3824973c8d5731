"""Through which modules a photo goes until its video is there."""

import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from tests.measures.shape import SOURCES

Steps = set[tuple[str, str]]
"""From which module of ours into which; from "" where a library calls."""


async def walk() -> Steps:
    """What ran between a photo with words and its video, as steps from module to module."""
    from tests.world import photo, world  # a bot is not needed for counting lines

    passed: Steps = set()
    with TemporaryDirectory() as folder, Watched(passed):
        async with world(Path(folder)) as here:
            passed.clear()  # what ran at the start is on no way; its threads are watched from there
            await here.adapter.says("Turn this photo into a 2-second video", photo())
            await here.adapter.result()
            return set(passed)


def told(steps: Steps) -> str:
    """The modules of a walk, those first that lead on to others, and how many there are."""
    all_ = {module for _, module in steps}
    leading = {module for module, _ in steps} & all_
    packages = {module.rpartition(".")[0] for module in all_}
    lines_ = [*sorted(leading), "", *sorted(all_ - leading), ""]
    count = f"{len(all_)} modules in {len(packages)} packages, of which {len(leading)} lead on"
    return "\n".join((*lines_, count)) + "\n"


class Watched:
    """Tells of each step into a module of ours, on every thread that begins while it is entered."""

    def __init__(self, passed: Steps) -> None:
        self._passed = passed

    def __enter__(self) -> None:
        threading.setprofile(self._saw)
        sys.setprofile(self._saw)

    def __exit__(self, *problem: object) -> None:
        sys.setprofile(None)
        threading.setprofile(None)

    def _saw(self, frame: FrameType, event: str, argument: object) -> None:
        name = _ours(frame)
        if event != "call" or not name:
            return
        above = frame.f_back
        while above is not None and not _ours(above):
            above = above.f_back
        before = _ours(above) if above is not None else ""
        if before != name:
            self._passed.add((before, name))


def _ours(frame: FrameType) -> str:
    name = str(frame.f_globals.get("__name__", ""))
    return name if name.split(".")[0] in SOURCES and ".standin" not in name else ""
