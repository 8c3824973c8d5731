"""The page's adapter on its own server, with one tab open."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

from tests.bots.platform import Platform, Seen, Trait, at_work
from tests.bots.web.browser import Tab, adapter, tab

ALONE = "each visitor has one chat, and nobody else is in it"
OWN = "the page is the adapter's own: nothing lies in between"


class AtPage(Platform):
    """One visitor."""

    lacks: ClassVar[Mapping[Trait, str]] = {
        Trait.GROUP: ALONE,
        Trait.DISCREET: ALONE,
        Trait.REPLY: ALONE,
        Trait.PAUSES: OWN,
        Trait.CUTS: OWN,
        Trait.CLOSING: "who closes the page finds the chat when they come again",
        Trait.DELETING: "nothing can be deleted but all, by /forget",
        Trait.FORGETTING: "a nonce is kept as long as its message",
    }
    tab: Tab

    def __init__(self, folder: Path) -> None:
        self.address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        super().__init__(adapter(folder / "web", self.address.set_result), folder)
        self._confirmed = 0
        self._saying: set[asyncio.Task[None]] = set()
        self._files: dict[str, bytes] = {}

    async def say(self, words: str, picture: bytes | None = None, *, group: bool = False) -> None:
        """A picture is brought first."""
        refs = [await self.tab.brings(picture)] if picture is not None else []

        async def said() -> None:
            await self.tab.says(words, *refs)
            self._confirmed += 1

        self._saying.add(asyncio.create_task(said()))

    async def press(self, label: str) -> None:
        """In the only chat."""
        await self.tab.presses(label)

    def shown(self) -> list[Seen]:
        """What stands in the tab."""
        return [self._seen(it) for it in self.tab.shown.values() if it["from"] == "bot"]

    def toasts(self) -> list[str]:
        """What has appeared in the tab."""
        return self.tab.toasts

    def busy(self) -> bool:
        """By the last that was told."""
        return bool(self.tab.working and self.tab.working[-1])

    def confirmed(self) -> int:
        """What was answered with 202."""
        return self._confirmed

    async def bring(self) -> None:
        """Fetch what the messages name, as a page does when it shows them."""
        for message in list(self.tab.shown.values()):
            for part in (message["video"], message["document"]):
                src = part["src"] if part else ""
                if src and src not in self._files:
                    _, self._files[src], _ = await self.tab.get(src)

    async def reads(self, part: str) -> Seen:
        """With its files."""
        await super().reads(part)
        await self.bring()
        return await super().reads(part)

    def _seen(self, it: dict[str, Any]) -> Seen:
        buttons = [button for row in it["buttons"] for button in row]
        status = it["status"] or {"phase": "", "steps": [], "percent": "", "left": ""}
        card = (status["phase"], *(step["label"] for step in status["steps"]))
        text = it["text"].encode("utf-16-le")
        bold = [span for span in it["spans"] if span["kind"] == "bold"]
        return Seen(
            "\n".join(filter(None, (it["text"], *card, str(status["percent"]), status["left"]))),
            tuple(button["label"] for button in buttons),
            tuple(button["url"] for button in buttons if button["url"]),
            self._file(it["video"]),
            self._file(it["document"]),
            it["silent"],
            it["answers"] or "",
            tuple(text[2 * at["from"] : 2 * at["to"]].decode("utf-16-le") for at in bold),
        )

    def _file(self, part: dict[str, Any] | None) -> bytes | None:
        return self._files.get(part["src"]) if part else None


@asynccontextmanager
async def platform(folder: Path) -> AsyncIterator[Platform]:
    """An adapter that serves, and a tab that listens."""
    async with at_work(AtPage(folder)) as here:
        assert isinstance(here, AtPage)
        async with tab(await here.address) as here.tab, here.tab.listening():
            yield here
            here.open.set()
            await asyncio.gather(*here._saying)
