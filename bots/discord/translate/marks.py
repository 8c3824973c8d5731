"""Words and their spans -> Markdown as Discord reads it, with no other sign read as a mark."""

import re
from collections.abc import Sequence

from core.messages import Span, Style
from core.sanitize import STOP

MARKS = {Style.BOLD: "**", Style.ITALIC: "*", Style.STRUCK: "~~"}
READ = re.compile(
    r"(?P<link>https?://[^\s<>]+)"
    r"|(?P<sign>[\\_~|*`]|\[(?=[^\]\n]*\]\())"
    r"|^(?P<gap>[ \t]*)(?P<line>>{1,3}(?=\s)|#{1,3}(?=\s)|-#?(?=\s))",
    re.MULTILINE,
)
"""What Discord would read as a mark, and addresses, which stay as they are."""
TOKEN = re.compile(r"https?://[^\s<>]+|\\.|```\n?|`{1,2}|\*\*|\*|~~", re.DOTALL)


def marked(text: str, spans: Sequence[Span] = ()) -> str:
    """The text with its spans set apart, and all other signs shown as they are; links stay
    links."""
    fitting = [span for span in spans if 0 <= span.start < span.stop <= len(text)]
    return _written(text, 0, len(text), sorted(fitting, key=lambda it: (it.start, -it.stop)))


def _written(text: str, start: int, stop: int, spans: list[Span]) -> str:
    """From `start` to `stop`; spans that cross others are left out."""
    said = ""
    while spans:
        first, *others = spans
        inside = [span for span in others if span.stop <= first.stop]
        spans = [span for span in others if span.start >= first.stop]
        said += _plain(text, start, first.start)
        shown = _set_apart(text, first, inside)
        said += f"{STOP}{shown}" if said and said[-1] in "*~`" and said[-1] == shown[0] else shown
        start = first.stop
    return said + _plain(text, start, stop)


def _set_apart(text: str, span: Span, inside: list[Span]) -> str:
    raw = text[span.start : span.stop]
    match span.style:
        case Style.CODE:
            fence = "``" if "`" in raw else "`"
            return f"{fence} {raw} {fence}" if "`" in (raw[0], raw[-1]) else f"{fence}{raw}{fence}"
        case Style.BLOCK:
            return f"```\n{raw.replace('```', f'`{STOP}``')}\n```"
        case Style.QUOTE:
            return "> " + _written(text, span.start, span.stop, inside).replace("\n", "\n> ")
        case style:
            mark = MARKS[style]
            return f"{mark}{_written(text, span.start, span.stop, inside)}{mark}"


def _plain(text: str, start: int, stop: int) -> str:
    said = ""
    for found in READ.finditer(text, start, stop):
        said += text[start : found.start()]
        if found["link"]:
            said += found[0]
        else:
            said += f"{found['gap'] or ''}\\{found['sign'] or found['line']}"
        start = found.end()
    return said + text[start:stop]


def carried_over(parts: Sequence[str]) -> list[str]:
    """Parts of one text, each whole in itself: what was set apart at the end of one is so again
    at the beginning of the next."""
    found, open_marks = [], list[str]()
    for part in parts:
        begun = "".join(open_marks)
        for token in TOKEN.findall(part):
            _take(open_marks, token)
        found.append(begun + part + "".join(mark.strip() for mark in reversed(open_marks)))
    return found


def _take(open_marks: list[str], token: str) -> None:
    """Open or close what this sign opens or closes; in code nothing else counts."""
    code = next((mark for mark in open_marks if mark.startswith("`")), "")
    if token.startswith(("http", "\\")):
        return
    mark = "```\n" if token.startswith("```") else token
    if mark in open_marks:
        open_marks.remove(mark)
    elif not code:
        open_marks.append(mark)
