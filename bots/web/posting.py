"""Posts what the bot says: into the journal, with the files that go with it, and to open tabs."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bots.web import translate
from bots.web.journal import Item, Journal
from bots.web.shelf import Shelf
from bots.web.streams import Streams
from core.adapter import NoSuchMessage
from core.messages import Outbound

MIMES = {".gif": "image/gif"}


class Posting:
    """One for all visitors."""

    def __init__(
        self, journal: Journal, shelf: Shelf, streams: Streams, clock: Callable[[], float]
    ) -> None:
        self._journal, self._shelf = journal, shelf
        self._streams, self._clock = streams, clock

    async def post(self, message: Outbound, edit: str | None, nonce: str) -> str:
        """The id of what is there now; the same nonce once more is the same message. Raises
        NoSuchMessage, sqlite3.Error or OSError."""
        user = message.address.chat
        if edit is not None and message.over:
            await self._journal.take_away(user, _number(edit))
            posted = edit
        else:
            items = await self._items(message)
            try:
                posted, used = await self._written(message, edit, nonce, items)
            except BaseException:
                await self._shelf.remove(item.place for item in items)
                raise
            if not used:
                await self._shelf.remove(item.place for item in items)
        language = translate.chosen_language(message)
        if language and language != await self._journal.language(user):
            await self._journal.speak(user, language)  # the page speaks as its chat does
        self._streams.passing(user, "here", {"working": await self._journal.working(user)})
        return posted

    async def _written(
        self, message: Outbound, edit: str | None, nonce: str, items: list[Item]
    ) -> tuple[str, bool]:
        """With whether the files are used: they are not where the message was there already."""
        user, journal = message.address.chat, self._journal
        body = translate.body_of(message, {item.sort: item.mime for item in items})
        if edit is None:
            number, new = await journal.posted(user, nonce, body, items, working=message.working)
            return f"m{number}", new
        if not await journal.change(user, _number(edit), body, items, working=message.working):
            raise NoSuchMessage(edit)
        return edit, True

    async def _items(self, message: Outbound) -> list[Item]:
        """The files that go with a message, kept here: the engine's own go soon."""
        user, items = message.address.chat, []

        def item(sort: str, mime: str, kept: tuple[str, int], name: str = "") -> Item:
            return Item(0, user, kept[0], sort, name or sort, mime, kept[1], None, 0.0)

        if message.video and message.video.path:
            film = Path(message.video.path)
            kept = await self._shelf.copied(film)
            gone = await self._journal.make_room(user, kept[1], self._shelf.space.each)
            await self._shelf.remove(gone)
            items.append(item("film", MIMES.get(film.suffix, "video/mp4"), kept))
        if message.gallery and message.gallery.path:
            picture = await self._shelf.copied(Path(message.gallery.path))
            items.append(item("picture", "image/jpeg", picture))
        if message.document:
            text = await self._shelf.written(message.document)
            items.append(item("document", "application/json", text, translate.DOCUMENT))
        return items


def _number(message: str) -> int:
    """0, which is none, for what is no id of ours."""
    with suppress(ValueError):
        return int(message.removeprefix("m"))
    return 0
