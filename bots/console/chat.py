"""What every terminal chat does: reads lines into Inbounds, keeps the board, fetches and saves
files."""

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from bots.console import files, shape
from bots.console.board import QUIET_SECONDS, Board
from bots.console.lines import Spoken, find_in, read
from core.adapter import Receive
from core.domain.understanding import (
    language_of,
)
from core.i18n import text
from core.messages import (
    Address,
    Attachment,
    Called,
    Gallery,
    Happened,
    Inbound,
    Outbound,
    Place,
    Pressed,
    Said,
    Sender,
    Video,
)

LARGEST = 2**31
USER = "terminal"
ADDRESS = Address("console", "terminal")
LEAVING = "/quit"
LEAVE = {LEAVING, "/exit", "quit", "exit", "/q"}


class Chat:
    """One conversation in a terminal. `folder` is where paths begin and clips are saved."""

    platform = "console"
    edit_seconds = 0.3
    largest_upload = largest_download = LARGEST
    repeatable = False

    def __init__(self, folder: Path, language: str, quiet: float = QUIET_SECONDS) -> None:
        self.board = Board(quiet)
        self._folder, self._language = folder, language
        self._find = find_in(folder)
        self._messages = 0
        self._heard: dict[str, set[str]] = {}
        self._changed = asyncio.Event()

    async def fetch(self, attachment: Attachment, folder: Path) -> Path:
        """A copy of the file on this computer. Raises FileGone."""
        return await files.fetch(attachment, folder)

    async def send(
        self, message: Outbound, edit: str | None, nonce: str, *, again: bool = False
    ) -> str:
        """Show a message: print it, or redraw its status."""
        self._language = language_of(message.text) or self._language
        if self.board.show(message):
            saved = [
                *await self._clip(message.video),
                *await self._pictured(message.gallery),
                *await self._documented(message.document),
            ]
            await self._print([message.text, *saved], self.board.choices(message))
        else:
            await self._redraw(message)
        self._changed.set()
        if edit is None:
            self._messages += 1
        return edit or f"c{self._messages}"

    async def until_quiet(self) -> None:
        """Return when every answer has come and nothing more is to be expected."""
        while True:
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), self.board.patience())
            except TimeoutError:
                return

    async def _print(self, lines: list[str], choices: list[str]) -> None:
        raise NotImplementedError

    async def _redraw(self, message: Outbound) -> None:
        raise NotImplementedError

    def _news(self, message: Outbound) -> str:
        """The paragraphs of a status that are new: where nothing is redrawn, each is worth a line
        once."""
        if not message.working:
            return ""
        heard = self._heard.setdefault(message.slot, set())
        news = {shape.coarse(words): words for words in message.text.split("\n\n")}
        fresh = [words for key, words in news.items() if key not in heard]
        heard.update(news)
        return "\n\n".join(fresh)

    async def _note(self, key: str, **params: object) -> None:
        await self._print([text(key, self._language, **params)], [])

    async def _clip(self, video: Video | None) -> list[str]:
        """Where the clip is: beside the user, or behind its link."""
        if video is None or not video.path:
            return [video.url] if video and video.url else []
        try:
            saved = await self._saved(video)
        except OSError:
            return [text("console.not_saved", self._language), *filter(None, (video.url,))]
        return [text("console.saved", self._language, path=saved)]

    async def _saved(self, video: Video) -> str:
        """Save the clip beside the user; its path as they read it. Raises OSError."""
        return f"./{(await files.save(video, self._folder)).name}"

    async def _pictured(self, gallery: Gallery | None) -> list[str]:
        """Where the picture in place of a film is; others only stand beside what is said
        anyhow."""
        if gallery is None or gallery.first or not gallery.path:
            return []
        picture = Video("", gallery.name, gallery.path)
        try:
            saved = await files.save(picture, self._folder)
        except OSError:
            return []
        return [text("console.saved", self._language, path=f"./{saved.name}")]

    async def _documented(self, document: str) -> list[str]:
        """Save the copy of what is kept."""
        if not document:
            return []
        try:
            saved = await files.save_document(document, self._folder)
        except OSError:
            return [document]
        return [text("console.saved", self._language, path=f"./{saved.name}")]

    async def _say(self, line: str, receive: Receive, photos: tuple[Path, ...] = ()) -> None:
        """Hand one typed line to the core, or answer at once where only the terminal can."""
        spoken = read(line, self._find)
        spoken = replace(spoken, files=photos + spoken.files)
        button = self.board.pressed(spoken.number) if spoken.number else None
        if spoken.unknown:
            await self._note("console.unknown_command", command=spoken.unknown)
        elif spoken.missing and not spoken.files:
            await self._note("console.not_found", name=spoken.missing[0])
        elif button is not None and button.command is not None:
            await self._press(Pressed(button.command, button.text, button.job), receive)
        elif spoken.words or spoken.files or spoken.command:
            await self._hand_in(spoken, receive)

    async def _press(self, pressed: Pressed, receive: Receive) -> None:
        self.board.said()
        await receive(self._inbound(pressed))

    async def _hand_in(self, spoken: Spoken, receive: Receive) -> None:
        attachments = tuple([files.to_attachment(path) for path in spoken.files])
        if attachments:
            names = ", ".join(
                f"{file.name} ({shape.size(file.bytes or 0)})" for file in attachments
            )
            await self._attached(names)
        self.board.said()
        await receive(self._inbound(_said(spoken, attachments)))

    async def _attached(self, names: str) -> None:
        """Show that paths were understood as files; a pipe needs no telling."""

    def _inbound(self, happened: Happened) -> Inbound:
        return Inbound(
            f"console:{uuid4().hex}",
            Sender(USER, language=self._language),
            Place(ADDRESS),
            happened,
            order=time.monotonic_ns(),
        )


def _said(spoken: Spoken, files: tuple[Attachment, ...]) -> Said | Called:
    if spoken.command is None:
        return Said(spoken.words, files)
    return Called(spoken.command, spoken.words, files)
