"""The terminal chat with a prompt: history, line editing, and statuses that are redrawn in place
above it."""

import time
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText, StyleAndTextTuples
from prompt_toolkit.history import FileHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.styles import Style

from bots.console import shape
from bots.console.chat import LEAVE, LEAVING, Chat
from core.adapter import Receive
from core.domain.conversation import Menu, command_menu
from core.domain.numbers import whole
from core.messages import Called, Command, Outbound

STYLE = Style.from_dict(
    {
        "mark": "bold ansicyan",
        "you": "bold",
        "choice": "ansicyan",
        "status": "ansiyellow",
        "faint": "ansibrightblack",
    }
)


class Terminal(Chat):
    """A chat with a prompt: history, line editing, completion of paths and commands. The status
    lives above it."""

    def __init__(
        self,
        keep: Path,
        folder: Path,
        language: str,
        source: Input | None = None,
        target: Output | None = None,
    ) -> None:
        super().__init__(folder, language)
        self._target = target
        keep.mkdir(parents=True, exist_ok=True)
        self._prompt: PromptSession[str] = PromptSession(
            self._above,
            history=FileHistory(str(keep / "history")),
            completer=_Completer(),
            complete_while_typing=False,
            erase_when_done=True,
            refresh_interval=0.2,
            style=STYLE,
            input=source,
            output=target,
        )

    async def run(self, receive: Receive) -> None:
        """Talk until the user leaves with /quit, Ctrl+D or Ctrl+C on an empty line."""
        with patch_stdout(raw=True):
            await self._note("console.intro")
            await receive(self._inbound(Called(Command.START)))
            async for line in self._lines():
                await self._echo(line)
                await self._say(line, receive)

    async def _lines(self) -> AsyncIterator[str]:
        warned = False
        while True:
            try:
                line = (await self._prompt.prompt_async(handle_sigint=False)).strip()
            except EOFError:
                line = LEAVING
            except KeyboardInterrupt:
                line = "" if self._prompt.default_buffer.text else LEAVING
            if line.lower() not in LEAVE:
                warned = False
                if line:
                    yield line
                continue
            if warned or not self.board.busy:
                return
            warned = True
            await self._note("console.still_busy")

    def _above(self) -> StyleAndTextTuples:
        """The running statuses, then the mark before the user's words."""
        shown: StyleAndTextTuples = [("", "\n")]
        spinner = shape.SPINNER[int(time.monotonic() * 8) % len(shape.SPINNER)]
        for status in self.board.running:
            choices = "  ".join(self.board.choices(status))
            words = shape.clipped(status.text, self._width() - len(choices) - 8)
            shown += [("class:status", f"{spinner} {words}"), ("class:choice", f"   {choices}\n")]
        return [*shown, ("class:mark", "› ")]

    def _width(self) -> int:
        return self._prompt.output.get_size().columns

    async def _echo(self, line: str) -> None:
        button = self.board.pressed(whole(line) or 0)
        pressed = f"   {button.label}" if button else ""
        await self._put(
            [
                ("", "\n"),
                ("class:mark", "› "),
                ("class:you", line),
                ("class:choice", f"{pressed}\n"),
            ]
        )

    async def _attached(self, names: str) -> None:
        await self._put([("class:faint", f"{shape.INDENT}📎 {names}\n")])

    async def _print(self, lines: list[str], choices: list[str]) -> None:
        width = self._width() - len(shape.INDENT) - 1
        shown: StyleAndTextTuples = [("", "\n")]
        for line in lines:
            shown += [("", f"{shape.INDENT}{piece}\n") for piece in shape.wrapped(line, width)]
        for line in choices:
            shown += [
                ("class:choice", f"{shape.INDENT}{piece}\n") for piece in shape.wrapped(line, width)
            ]
        await self._put(shown)

    async def _put(self, shown: StyleAndTextTuples) -> None:
        """Print above the prompt, which is taken away for the moment and drawn again."""
        await run_in_terminal(
            lambda: print_formatted_text(
                FormattedText(shown), style=STYLE, end="", output=self._target
            )
        )

    async def _redraw(self, message: Outbound) -> None:
        if self._prompt.app.is_running:
            self._prompt.app.invalidate()


class _Completer(Completer):
    """Commands at the start of a line, paths anywhere, on Tab."""

    def __init__(self) -> None:
        self._paths = PathCompleter(expanduser=True)

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        """Spaces in a completed path are escaped, as a shell would."""
        word = document.get_word_before_cursor(WORD=True)
        if word.startswith("/") and document.text_before_cursor.lstrip() == word:
            for command in command_menu(Menu.PRIVATE):
                if command.startswith(word[1:]):
                    yield Completion(f"/{command}", start_position=-len(word))
        for found in self._paths.get_completions(Document(word, len(word)), complete_event):
            yield Completion(
                found.text.replace(" ", "\\ "), found.start_position, display=found.display
            )
