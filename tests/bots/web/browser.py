"""A tab of a browser, as far as it talks to the page's server: cookies, events, what is posted."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp

from bots.web.run import Web
from bots.web.settings import Settings
from bots.web.shelf import USUAL, Space
from core.settings import read
from core.vault import Vault
from tests.process import until

KEYS = Vault([b"w" * 32])


def adapter(
    folder: Path,
    tell: Any,
    clock: Callable[[], float] | None = None,
    space: Space = USUAL,
    **variables: str,
) -> Web:
    """The page on a free port of this machine."""
    settings = read(Settings, {"WEB_PORT": "0", **variables})
    return Web(settings, folder, lambda: KEYS, tell, clock, space)


@dataclass
class Tab:
    """One tab at `address`, with the cookies of its `session`. `shown` are the messages by their
    ids, as a page keeps them."""

    address: str
    session: aiohttp.ClientSession
    shown: dict[str, dict[str, Any]] = field(default_factory=dict)
    toasts: list[str] = field(default_factory=list)
    working: list[bool] = field(default_factory=list)
    events: list[tuple[str, str]] = field(default_factory=list)
    last: int = 0

    async def get(self, path: str, **headers: str) -> tuple[int, bytes, Mapping[str, str]]:
        """Status, body and headers."""
        async with self.session.get(f"{self.address}{path}", headers=headers) as answer:
            return answer.status, await answer.read(), answer.headers

    async def post(
        self, path: str, what: Any = None, method: str = "POST", **more: Any
    ) -> tuple[int, Any]:
        """Status and JSON; as the page itself would send it, unless told otherwise."""
        headers = {"Origin": self.address, "X-Requested-With": "page", **more}
        sent = {"data": what} if isinstance(what, bytes) else {"json": what}
        async with self.session.request(
            method, f"{self.address}{path}", headers=headers, **sent
        ) as answer:
            body = await answer.read()
            return answer.status, json.loads(body) if body else None

    async def says(self, text: str, *files: str, key: str = "") -> str:
        """One message; its id once it is confirmed."""
        what = {"text": text, "files": files, "answers": None, "id": key or uuid4().hex}
        status, body = await self.post("/api/messages", what)
        assert status == 202, body
        return str(body["id"])

    async def brings(self, body: bytes, name: str = "cat.jpg") -> str:
        """One file; its reference."""
        status, answer = await self.post(f"/api/files?name={name}", body)
        assert status == 201, answer
        return str(answer["ref"])

    async def presses(self, label: str) -> int:
        """The newest button with this label; the status."""
        found = [
            (message["id"], button["data"])
            for message in self.shown.values()
            for row in message["buttons"]
            for button in row
            if button["label"] == label
        ]
        message, data = found[-1]
        status, _ = await self.post(
            "/api/press", {"message": message, "data": data, "id": uuid4().hex}
        )
        return status

    async def load(self) -> None:
        """The whole chat, as after a reload."""
        status, body, _ = await self.get("/api/log")
        assert status == 200
        log = json.loads(body)
        self.last = log["last"]
        self.shown = {message["id"]: message for message in log["messages"]}

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Tab"]:
        """With events from what was last seen on."""
        began = asyncio.Event()
        task = asyncio.create_task(self._listen(began))
        await began.wait()
        try:
            yield self
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _listen(self, began: asyncio.Event) -> None:
        timeout = aiohttp.ClientTimeout(total=None)
        headers = {"Last-Event-ID": str(self.last)}
        url = f"{self.address}/api/events?after=0"
        async with self.session.get(url, headers=headers, timeout=timeout) as answer:
            assert answer.status == 200
            began.set()
            event = ""
            async for raw in answer.content:
                name, _, value = raw.decode().rstrip("\n").partition(": ")
                match name:
                    case "id":
                        self.last = int(value)
                    case "event":
                        event = value
                    case "data":
                        await self._happens(event, json.loads(value))

    async def _happens(self, event: str, data: dict[str, Any]) -> None:
        self.events.append((event, str(data.get("id", ""))))
        match event:
            case "message":
                self.shown[data["id"]] = data
            case "gone":
                self.shown.pop(data["id"], None)
            case "toast":
                self.toasts.append(data["text"])
            case "here":
                self.working.append(data["working"])
            case "reset":
                await self.load()

    async def reads(self, part: str) -> dict[str, Any]:
        """The first message of the bot that holds these words."""

        def found() -> list[dict[str, Any]]:
            return [it for it in self.shown.values() if it["from"] == "bot" and part in it["text"]]

        await until(found)
        return found()[0]


@asynccontextmanager
async def tab(
    address: str, path: str = "/", visitor: str = "", **headers: str
) -> AsyncIterator[Tab]:
    """One who has opened the page: the `visitor` whose cookie that is, or somebody new."""
    cookies = {"visitor": visitor} if visitor else {}
    address = address.rstrip("/")
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar, cookies=cookies) as session:
        here = Tab(address, session)
        status, _, _ = await here.get(path, **headers)
        assert status == 200
        yield here
