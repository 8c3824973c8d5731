"""The adapter of tests/adapters/lines.py on its server."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar

from core.adapter import Adapter
from tests.adapters.lines import connect
from tests.bots.platform import Platform, Seen, Trait, at_work
from tests.servers.lines import GROUP, LineServer, Post, Refused


class AtLines(Platform):
    """Ann, in her own chat and in the group."""

    lacks: ClassVar[Mapping[Trait, str]] = {
        Trait.SPANS: "all words are alike",
        Trait.CARDS: "a message is words; they say the same",
        Trait.FORGETTING: "it is known for ever",
    }

    def __init__(self, server: LineServer, adapter: Adapter, folder: Path) -> None:
        super().__init__(adapter, folder)
        self._server = server

    async def say(self, words: str, picture: bytes | None = None, *, group: bool = False) -> None:
        """Whatever is said in the group is meant for the bot."""
        await self._server.says(words, picture, chat=GROUP if group else "")

    async def press(self, label: str) -> None:
        """Wherever it is."""
        await self._server.presses(label)

    def shown(self) -> list[Seen]:
        """All that Ann reads."""
        return [_seen(post) for post in self._server.seen("ann")]

    def overheard(self) -> list[Seen]:
        """What Bob reads."""
        return [_seen(post) for post in self._server.seen("bob")]

    def toasts(self) -> list[str]:
        """Those of Ann."""
        return [words for user, words in self._server.toasts if user == "ann"]

    def busy(self) -> bool:
        """In any chat."""
        return bool(self._server.busy)

    def pause(self, seconds: float) -> None:
        """For the chat."""
        self._server.faults.append(Refused("wait", seconds=seconds))

    def cut(self) -> None:
        """After it was posted."""
        self._server.faults.append(None)

    def close(self) -> None:
        """Ann shuts her chat."""
        self._server.closed.add("ann")

    def delete(self, words: str) -> None:
        """For everybody."""
        self._server.posts = [post for post in self._server.posts if words not in post.text]

    def confirmed(self) -> int:
        """Told no more."""
        return len(self._server.confirmed)


def _seen(post: Post) -> Seen:
    buttons = [button for row in post.rows for button in row]
    return Seen(
        text=post.text,
        labels=tuple(button["label"] for button in buttons),
        pages=tuple(button["page"] for button in buttons if button["page"]),
        video=post.files.get("video.mp4"),
        document=post.files.get("data.json"),
        silent=post.silent,
        reply_to=post.reply,
    )


@asynccontextmanager
async def platform(folder: Path) -> AsyncIterator[Platform]:
    """An adapter that listens."""
    async with LineServer() as server:
        adapter = connect({"LINES_SERVER": server.address}, folder)
        assert adapter is not None
        async with at_work(AtLines(server, adapter, folder)) as here:
            yield here
