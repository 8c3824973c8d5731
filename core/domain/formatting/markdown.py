"""Reads the Markdown that a language model writes, and keeps of it what a chat can show.

Headings become bold, lists lines with bullets, tables lines; rules fall away, and a link stands
behind its words, so that it hides nowhere. What only looks like Markdown stays as it is."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from core.domain.formatting.rich import Rich
from core.messages import Span, Style

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LONGEST = 10_000
"""Characters that are read as Markdown; what follows is taken as it is."""
STYLES = {
    "strong": Style.BOLD,
    "em": Style.ITALIC,
    "s": Style.STRUCK,
    "heading": Style.BOLD,
    "blockquote": Style.QUOTE,
    "thead": Style.BOLD,
}
LEFT_OUT = ("lheading", "code", "html_block", "html_inline", "entity", "reference")
"""Rules that people write by chance: four spaces, a dash under a line, `<3`."""
ADDRESS = re.compile(r"https?://", re.IGNORECASE)
BULLET, CELLS = "• ", " · "


def read_markdown(source: str) -> Rich:
    """What the words say, and which of them are set apart. Never raises, whatever they hold."""
    head, rest = source[:LONGEST], source[LONGEST:]
    if rest:
        at = head.rfind("\n\n") + 1 or LONGEST
        head, rest = source[:at], source[at:]
    writer = _Writer(head.split("\n"))
    for token in _parser().parse(head):
        writer.block(token)
    return Rich(f"{writer.text}{rest}".rstrip(), tuple(writer.spans))


@cache
def _parser() -> "MarkdownIt":
    """The library is imported with the first words to be read."""
    from markdown_it import MarkdownIt

    from core.domain.formatting.marks import address, backslash, delimiters

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(LEFT_OUT)
    parser.inline.ruler.at("emphasis", delimiters)
    parser.inline.ruler.after("text", "address", address)
    parser.inline.ruler.before("escape", "backslash", backslash)
    return parser


@dataclass(slots=True)
class _Open:
    """A stretch that has begun, at a place that is known once its first line is; of a link, where
    it leads."""

    start: int | None = None
    address: str = ""


@dataclass(slots=True)
class _Writer:
    """What is written so far. `line` is the first of the `source` that is not, `mark` what the next
    line begins with, `depth` how many lists it is in, and `cell` the number of the next cell."""

    source: list[str]
    text: str = ""
    spans: list[Span] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    line: int = 0
    depth: int = 0
    mark: str = ""
    cell: int | None = None

    def block(self, token: "Token") -> None:
        """The next block, or the end of one."""
        match token.type:
            case "inline" if self.cell is not None:
                self._cell(token)
            case "inline":
                self._line(token)
                self._inline(token.children or [])
            case "fence" if token.content.strip():
                self._line(token)
                self._apart(len(self.text), token.content.strip("\n"), Style.BLOCK)
            case (
                "bullet_list_open"
                | "ordered_list_open"
                | "bullet_list_close"
                | "ordered_list_close"
            ):
                self.depth += token.nesting
            case "list_item_open":
                sign = BULLET if token.markup in "-*" else f"{token.info}{token.markup} "
                self.mark = "  " * (self.depth - 1) + sign
            case "list_item_close" if self.mark:
                self._line(token)  # a number, and nothing behind it
            case "tr_open":
                self._line(token)
                self.cell = 0
            case "tr_close":
                self.cell = None
            case _:
                self._bound(token, STYLES.get(token.type.rpartition("_")[0]))

    def _line(self, token: "Token") -> None:
        """Begin a line; where the source has an empty one before it, there is one here."""
        start, stop = token.map or (self.line, self.line)
        if self.text:
            apart = any(not line.strip(" \t>") for line in self.source[self.line : start])
            self.text += "\n\n" if apart else "\n"
        self.text += self.mark or "  " * self.depth
        self.line, self.mark = stop, ""
        for stretch in self.open:
            if stretch.start is None:
                stretch.start = len(self.text)

    def _cell(self, token: "Token") -> None:
        if not token.content:
            return
        self.text += CELLS if self.cell else ""
        self._inline(token.children or [])
        self.cell = 1

    def _inline(self, tokens: list["Token"]) -> None:
        for token in tokens:
            match token.type:
                case "softbreak" | "hardbreak":
                    self.text += "\n" + "  " * self.depth
                case "code_inline":
                    self._apart(len(self.text), token.content, Style.CODE)
                case "link_open":
                    self.open.append(_Open(len(self.text), str(token.attrs["href"])))
                case "link_close":
                    link = self.open.pop()
                    self._address(link.address, self.text[link.start :])
                case "image":
                    self.text += token.content
                    self._address(str(token.attrs["src"]), token.content)
                case _ if token.nesting:
                    self._bound(token, STYLES[token.type.rpartition("_")[0]])
                case _:
                    self.text += token.content

    def _bound(self, token: "Token", style: Style | None) -> None:
        """One end of a stretch. Marks around what has no letter are no marks: `(*_*)`."""
        if style is None or not token.nesting:
            return
        if token.nesting > 0:
            self.open.append(_Open(None if token.block else len(self.text)))
            return
        start = self.open.pop().start
        if start is None:
            return
        inside = self.text[start:]
        if not token.block and inside.isascii() and not any(map(str.isalnum, inside)):
            self.text = f"{self.text[:start]}{token.markup}{inside}{token.markup}"
            return
        self.text = self.text[:start]
        self._apart(start, inside, style)

    def _address(self, address: str, label: str) -> None:
        """Where a link leads, behind its words unless they say it themselves."""
        if ADDRESS.match(address) and not ADDRESS.match(label):
            self.text += f" ({address})" if label.strip() else address

    def _apart(self, start: int, words: str, style: Style) -> None:
        """Write words that are set apart, but for the space at their ends."""
        self.text += words
        begin = start + len(words) - len(words.lstrip())
        if words.strip():
            self.spans.append(Span(begin, begin + len(words.strip()), style))
