"""The look of messages in a terminal: words wrapped at its width, links whole."""

import re

from prompt_toolkit.utils import get_cwidth

INDENT = "  "
PIECES = re.compile(
    r"[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef]+|\s+"
)
NEVER_FIRST = set("，。！？：；、）”’》」")
OPENING = re.compile(r"[（“‘《「]+$")
SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


def wrapped(words: str, width: int) -> list[str]:
    """Lines of at most `width` columns where there are spaces to break at; a line with a link stays
    whole."""
    return [piece for line in words.split("\n") for piece in _wrapped(line, max(20, width))]


def _wrapped(line: str, width: int) -> list[str]:
    """Breaks at spaces and beside wide characters, of which Chinese has no others."""
    if get_cwidth(line) <= width or "://" in line:
        return [line]
    lines = [""]
    for piece in PIECES.findall(line):
        if (
            lines[-1]
            and get_cwidth(lines[-1] + piece.rstrip()) > width
            and piece not in NEVER_FIRST
        ):
            lines.append(opened[0] if (opened := OPENING.search(lines[-1])) else "")
            lines[-2] = OPENING.sub("", lines[-2])
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def clipped(words: str, width: int) -> str:
    """The last line of some words, cut at the right edge: what a status shows."""
    line = words.strip().split("\n")[-1]
    if get_cwidth(line) <= width:
        return line
    while line and get_cwidth(line) > width - 1:
        line = line[:-1]
    return f"{line}…"


def coarse(words: str) -> str:
    """A status with its percentage in quarters: without a line that is redrawn only these steps are
    worth a new one."""
    return re.sub(r"(\d+) ?%", lambda found: f"{int(found[1]) // 25 * 25}%", words)


def size(count: int) -> str:
    """Bytes as people read them."""
    return (
        f"{count / 1_048_576:.1f} MB" if count >= 104_858 else f"{max(1, round(count / 1024))} kB"
    )
