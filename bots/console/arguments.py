"""What is said to `try` on the command line: photos, lines, and where the film goes; looked at
before it begins."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bots.console.lines import MEDIA, Find, find_in
from core.files import reason_of
from core.settings import WrongSetting

PATHLIKE = re.compile(r"[./\\]")
BEGINS_AS_PATH = re.compile(r"[~/.]|[A-Za-z]:\\")


@dataclass(frozen=True, slots=True)
class Walk:
    """What is said: the photos with the first line, then line by line. Without photos a sample is
    made."""

    photos: tuple[Path, ...] = ()
    lines: tuple[str, ...] = ()


def to_walk(arguments: Sequence[str], folder: Path) -> Walk:
    """Arguments that are files of `folder` or anywhere are photos. Each other one is a line; bare
    words are one line where nothing was quoted. Raises WrongSetting for what was meant as a file,
    or as an option, and is none."""
    find = find_in(folder)
    files = {argument: find(argument) for argument in arguments if PATHLIKE.search(argument)}
    photos = tuple(path for path in files.values() if path is not None)
    said = [
        argument.strip()
        for argument in arguments
        if files.get(argument) is None and argument.strip()
    ]
    for path in photos:
        if not os.access(path, os.R_OK):
            raise WrongSetting(f"{path} cannot be read by this user. Name a photo that can.")
    for argument in said:
        _check(argument, folder, find)
    return Walk(photos, joined(said))


def _check(argument: str, folder: Path, find: Find) -> None:
    named = BEGINS_AS_PATH.match(argument) or not re.search(r"\s|://", argument)
    if MEDIA.search(argument) and named:
        raise WrongSetting(f"I can't find {argument}. Check the path.")
    if (
        argument.startswith("-")
        and len(argument) > 1
        and find(argument) is None
        and not re.search(r"\s", argument)
    ):
        raise WrongSetting(
            f"{argument} is no option of try, and no file. Its options: --out FILE, --help"
        )
    if PATHLIKE.search(argument) and named and _is_folder(folder, argument):
        raise WrongSetting(
            f"{argument} is a folder. Name the photos in it, such as "
            f"{argument.rstrip('/')}/photo.jpg"
        )


def _is_folder(folder: Path, argument: str) -> bool:
    try:
        return (folder / Path(argument).expanduser()).is_dir()
    except (OSError, ValueError, RuntimeError):
        return False


def joined(arguments: Sequence[str]) -> tuple[str, ...]:
    """One line for each argument where any of them was quoted; bare words alone are one line."""
    if any(re.search(r"\s", argument) for argument in arguments):
        return tuple(arguments)
    lines: list[str] = []
    bare = False
    for argument in arguments:
        before, bare = bare, bool(re.fullmatch(r"[!-~]+", argument))
        if before and bare:
            lines[-1] += f" {argument}"
        else:
            lines.append(argument)
    return tuple(lines)


def check_out(out: Path) -> None:
    """Whether a film can be saved there, before one is made. Raises WrongSetting."""
    problem = _problem(out)
    if problem:
        raise WrongSetting(
            f"--out cannot be used: {out}: {problem}. Example: --out films/beach.mp4"
        )


def _problem(out: Path) -> str:
    try:
        if out.is_dir():
            return "it is a folder, and must be a file"
        if out.exists() and not (out.is_file() or out.is_char_device()):
            return "it is no plain file"
        if out.exists():
            return "" if os.access(out, os.W_OK) else "this user may not write it"
        place = next(folder for folder in out.absolute().parents if folder.exists())
    except OSError as problem:
        return reason_of(problem)
    if not place.is_dir():
        return f"{place} is no folder"
    return "" if os.access(place, os.W_OK | os.X_OK) else f"this user may not write into {place}"
