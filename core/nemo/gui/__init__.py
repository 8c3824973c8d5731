"""The backend believes in a graphical editor: talk of buttons goes, content stays, the action is
done by us.

Text is taken apart into lines, sentences and clauses; each clause is content or button talk, in
English or Chinese. In doubt it is content: a sentence too many does less harm than one lost.
Source: docs/backend.md 12.3 and D36."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.nemo.gui.actions import GuiAction
from core.nemo.gui.clauses import Reading, reduced
from core.patterns import Pattern

__all__ = ["GuiAction", "Translated", "translate"]


@dataclass(frozen=True, slots=True)
class Translated:
    """Text without button talk ("" if nothing is left), and the actions in order, each once."""

    text: str
    actions: tuple[GuiAction, ...]


def translate(text: str) -> Translated:
    """Take button talk out of what the backend said. Text without any comes back as it was."""
    text = without_editor(text)
    reading = Reading()
    lines = [
        Line(line.mark, line.text, line.end, reduced(line.text, reading)) for line in split(text)
    ]
    if not reading.found:
        return Translated(text, ())
    return Translated(joined(without_idle_headings(lines)), tuple(dict.fromkeys(reading.actions)))


# Lines: their marks (bullets, numbers), and how they go together again when some have gone

_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_MARK = re.compile(
    r"[ \t]*+(?:(?:[-*•·▪◦–—>]|#{1,6})[ \t]++|\d{1,2}[.)．](?!\d)[ \t]*+|\d{1,2}、)*+"
)
_PAIRS = ("**", "`", '"')
_BRACKETS = tuple(zip("(（“「『[【", ")）”」』]】", strict=True))


@dataclass(frozen=True, slots=True)
class Line:
    """`mark` + `text` + `end` is the line as it was; `left` is what is left of the text, None if
    nothing changed."""

    mark: str
    text: str
    end: str
    left: str | None = None

    @property
    def gone(self) -> bool:
        """Nothing is left of it."""
        return self.left is not None and not self.left.strip()

    @property
    def heading(self) -> bool:
        """Announces what follows."""
        return self.text.rstrip(" *_").endswith((":", "："))


def split(text: str) -> list[Line]:
    """All lines; every kind of line end counts, also those that only Unicode knows."""
    found = []
    start = 0
    for match in [*_END.finditer(text), None]:
        stop = match.start() if match else len(text)
        mark = _MARK.match(text[start:stop])
        body = start + (mark.end() if mark else 0)
        found.append(Line(text[start:body], text[body:stop], match.group() if match else ""))
        start = match.end() if match else stop
    return found


def without_idle_headings(lines: Sequence[Line]) -> list[Line]:
    """A heading goes as well when all that it announced has gone."""
    left: list[Line] = []
    announced = 0  # lines that are still there since the last blank one
    gone = False  # whether the next written lines have all gone
    for line in reversed(lines):
        if line.heading and not line.gone and gone and not announced:
            left.append(Line(line.mark, line.text, line.end, ""))
            continue
        if line.gone:
            gone = True
        elif line.text.strip():
            announced, gone = announced + 1, False
        elif not gone:
            announced = 0
        left.append(line)
    return left[::-1]


def joined(lines: Sequence[Line]) -> str:
    """The text without the lines that have gone."""
    text = ""
    for line in lines:
        if line.gone or (not line.text.strip() and text.endswith("\n\n")):
            continue
        text += line.mark + (line.text if line.left is None else _balanced(line.left)) + line.end
    return text.strip()


def _balanced(text: str) -> str:
    """Marks that lost their other half to a cut go too."""
    for mark in _PAIRS:
        if text.count(mark) % 2:
            head, _, tail = text.rpartition(mark)
            text = head + tail
    for opening, closing in _BRACKETS:
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text.strip()


# Links that lead into the editor

VENDOR = r"(?:[\w-]+\.)*nemovideo\.(?:com|ai|io)"
MEDIA = Pattern(r"\.(?:mp4|mov|webm|gif|jpe?g|png|webp|mp3|wav|m4a)\b|/render-result/", re.I)
LINK = Pattern(
    r"\[(?P<words>[^\[\]\n]{1,200})\]\(\s*<?(?P<address>[^()\s<>]{1,500})>?[^()\n]{0,80}\)"
)
ADDRESS = Pattern(rf"https?://{VENDOR}(?:[/?#][^\s<>()（）\"'，。；！？]*)?", re.I)
OF_VENDOR = Pattern(rf"(?:https?://)?{VENDOR}(?:[/?#]|$)", re.I)
EDITOR = Pattern(
    r"\b(?:editor|timeline|workspace|studio|canvas|dashboard|project page|web app|"
    r"(?:your|the|this|open|view) project)\b|"
    r"编辑器|編輯器|编辑页|編輯頁|时间线|時間線|时间轴|時間軸|工作台|工作区|工作區|画布|畫布|项目页|項目頁|专案|控制台",
    re.I,
)
NAMED = Pattern(
    r"\b(?:editor|timeline|workspace|canvas)\b|编辑器|編輯器|时间线|時間線|画布|畫布", re.I
)
HAN = Pattern(r"[\u4e00-\u9fff]")


def without_editor(text: str) -> str:
    """The text with links into the editor as words that speak of it. Other links stay, and so do
    files."""
    if "://" not in text and "](" not in text:
        return text
    return ADDRESS.sub(_bare, LINK.sub(_linked, text))


def _linked(found: re.Match[str]) -> str:
    words, address = found["words"], found["address"]
    if MEDIA.search(address):
        return found[0]
    if not (OF_VENDOR.match(address) or EDITOR.search(words)):
        return found[0]
    if NAMED.search(words):
        return words
    return f"{words}的编辑器" if HAN.search(words) else f"{words} in the editor"


def _bare(found: re.Match[str]) -> str:
    address = found[0].rstrip(".,;:!?)")
    if MEDIA.search(address):
        return found[0]
    line = found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]
    return ("编辑器" if HAN.search(line) else "the editor") + found[0][len(address) :]
