"""What a typed line means: attachments by their paths, a command, the number of a button, and the
words left over."""

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bots import codec
from core.messages import OPERATING, Command

Find = Callable[[str], Path | None]
"""The absolute path of an existing file, or None."""

SHELL_WORD = re.compile(r"""(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+""")
MOST_SPACES = 12
"""Unquoted spaces that a path may hold."""
MEDIA = re.compile(
    r"\.(?:jpe?g|jfif|png|gif|webp|hei[cf]|avif|bmp|tiff?|mp4|mov|avi|webm|mkv|mp3|wav|m4a|aac|ogg|opus)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line, read. `missing` names what looks like the path of a picture or clip and is none."""

    words: str = ""
    files: tuple[Path, ...] = ()
    command: Command | None = None
    unknown: str = ""
    number: int | None = None
    missing: tuple[str, ...] = ()


def read(line: str, find: Find) -> Spoken:
    """Read a line. A path may be quoted, escaped, dragged in as file:// address, begin with ~ or
    hold spaces."""
    line = line.strip()
    if re.fullmatch(r"\[?\d{1,2}\]?", line):
        return Spoken(words=line, number=int(line.strip("[]")))
    called = codec.called(line)
    if called and find(line.split()[0]) is None:
        if called.command is None or called.command in OPERATING:
            return Spoken(unknown=f"/{called.name}")
        rest = read_words(called.rest, find)
        return Spoken(rest.words, rest.files, called.command, missing=rest.missing)
    return read_words(line, find)


def read_words(line: str, find: Find) -> Spoken:
    """The files of a line and the words without them."""
    words: list[str] = []
    files: list[Path] = []
    missing: list[str] = []
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        taken, path = _file_at(line, at, find)
        if path is None:
            taken = re.compile(r"\S+").match(line, at)[0]  # type: ignore[index]
            if MEDIA.search(taken.strip("\"',;")) and not taken.startswith(("http://", "https://")):
                missing.append(taken.strip("\"',;"))
            words.append(taken)
        elif path not in files:
            files.append(path)
        at += len(taken)
    return Spoken(" ".join(words), tuple(files), missing=tuple(missing))


def find_in(folder: Path) -> Find:
    """Looks up paths as a shell in `folder` would."""

    def find(name: str) -> Path | None:
        try:
            path = (folder / Path(name).expanduser()).resolve()
            return path if path.is_file() else None
        except (OSError, ValueError, RuntimeError):  # too long, a null byte, no such user
            return None

    return find


def _file_at(line: str, at: int, find: Find) -> tuple[str, Path | None]:
    """The longest piece of the line from here that is a file, and that file."""
    quoted = SHELL_WORD.match(line, at)
    pieces = [quoted[0]] if quoted else []
    if re.match(r"[~/.]|[A-Za-z]:\\", line[at:]):
        pieces += _longer(line, at)
    else:
        pieces.append(re.compile(r"\S+").match(line, at)[0])  # type: ignore[index]
    for piece in sorted(set(pieces), key=len, reverse=True):
        for cut in (piece, piece.rstrip(",;")):
            for name in _names(cut):
                path = find(name)
                if path is not None:
                    return piece, path
    return "", None


def _longer(line: str, at: int) -> Iterator[str]:
    """From here to each of the next spaces: a pasted path may hold some."""
    ends = [match.end() for match in re.compile(r"\S+").finditer(line, at)]
    yield from (line[at:end] for end in ends[: MOST_SPACES + 1])


def _names(piece: str) -> Iterator[str]:
    """What a piece may mean as a path. A bare word without a dot or slash is a word, whatever lies
    in the folder."""
    if piece.lower().startswith("file://"):
        yield unquote(urlsplit(piece).path)
        return
    for name in (piece, piece.strip("\"'"), _unescaped(piece)):
        if name and re.search(r"[./\\]", name):
            yield name


def _unescaped(piece: str) -> str:
    try:
        names = shlex.split(piece)
    except ValueError:  # a lone quote
        return ""
    return names[0] if len(names) == 1 else ""
