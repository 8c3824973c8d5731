"""The files that go with a database: those that a chat hands out only once, and what else the
adapters keep."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from bots.databases import Side
from bots.environment import WORK
from core.files import copy_private, open_private, private_folder
from core.messages import SPOOL
from core.runtime.engine.shelf import MOST, name

PIECE = 2**20


def folders(names: Iterable[str], old: Path, new: Path) -> Iterator[str]:
    """Copy the folders of these names, and say so; one that is there already is kept aside. Raises
    OSError."""
    if new.exists() and old.samefile(new):
        return
    for each in sorted(names):
        if not (old / each).is_dir():
            continue
        private_folder(new)
        if (new / each).exists():
            (new / each).rename(_aside(new / each))
        shutil.copytree(old / each, new / each)
        yield f"The files in {old / each} were copied to {new / each}."


def spooled(target: Side, folder: Path, names: Iterable[str]) -> None:
    """Where several processes share the database, they share these files too; a large one stays in
    the folder. Raises OSError."""
    places = {each: folder / each / "spool" for each in names} | {WORK: folder / WORK}
    for platform, place in places.items():
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            if path.is_file() and path.stat().st_size <= MOST:
                ref = path.name if platform == WORK else f"{SPOOL}{path.name}"
                target.put_file(name(platform, ref), _pieces(path))


def shared(source: Side, target: Side, folder: Path) -> None:
    """Those in the database; where one process will be alone, they go into its folder. Raises
    OSError."""
    for ref, pieces in source.files():
        if not target.put_file(ref, pieces):
            platform, _, own = ref.partition("/")
            with open_private(_place(folder, platform, own)) as file:
                file.writelines(pieces)


def large(old: Path, folder: Path, names: Iterable[str]) -> None:
    """Those in the folder that all processes have shared. Raises OSError."""
    for platform in names:
        for path in sorted(old.glob(f"{platform}-*")):
            own = path.name.removeprefix(f"{platform}-")
            copy_private(path, _place(folder, platform, own))


def _place(folder: Path, platform: str, own: str) -> Path:
    inside = folder / WORK if platform == WORK else folder / platform / "spool"
    return private_folder(inside) / Path(own.removeprefix(SPOOL)).name


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield file.read(PIECE)  # also of an empty one
        while piece := file.read(PIECE):
            yield piece


def _aside(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.aside-{number}") for number in range(1, 10_000))
    return next(each for each in names if not each.exists())
