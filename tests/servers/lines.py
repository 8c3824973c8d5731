"""A chat server that speaks JSON, one object a line, over plain TCP.

A bot keeps one connection open that begins with `{"do": "listen"}`: there it is told what people
do, and answers each with `{"confirm": id}`. What is not confirmed is told again to whoever listens
next. Everything else is one line and one answer a connection: `{"yes": …}` or `{"no": why}`. As a
real platform does, it refuses words and files that are too long and buttons with too much data, and
it knows a nonce that it has seen."""

import asyncio
import base64
import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

TEXT_LIMIT, FILE_LIMIT, DATA_LIMIT = 500, 2**20, 64
"""Characters, bytes of a file, bytes of a button's data."""
GROUP = "the-group"
Line = dict[str, Any]


@dataclass
class Post:
    """One message of the bot as it stands there now; `only` names who alone reads it."""

    id: str
    chat: str
    text: str
    rows: list[list[Line]]
    silent: bool = False
    only: str = ""
    reply: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    edits: int = 0


class Refused(Exception):
    """The answer is a no; the arguments go with it."""

    def __init__(self, why: str, **more: Any) -> None:
        super().__init__(why)
        self.answer = {"no": why, **more}


class LineServer:
    """The server; `says` and `presses` are what people do, `posts` what they see of the bot."""

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self.toasts: list[tuple[str, str]] = []
        self.busy: list[str] = []
        self.files: dict[str, bytes] = {}
        self.closed: set[str] = set()
        self.faults: list[Refused | None] = []
        self.confirmed: list[str] = []
        self._told: list[Line] = []
        self._nonces: dict[str, Post] = {}
        self._news = asyncio.Condition()
        self._working: set[asyncio.Task[None]] = set()
        self._open: set[asyncio.StreamWriter] = set()
        self._closing = False

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0, limit=2**24)
        host, port = self._server.sockets[0].getsockname()
        self.address = f"{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        for writer in self._open:
            writer.transport.abort()
        async with self._news:
            self._closing = True
            self._news.notify_all()
        await asyncio.gather(*self._working)

    # What people do

    async def says(
        self, text: str, file: bytes | None = None, *, user: str = "ann", chat: str = ""
    ) -> None:
        """One message, in the chat with the bot alone, or in another where the bot is named."""
        files = []
        if file is not None:
            id = f"f{len(self.files)}"
            files = [{"id": id, "name": "cat.jpg", "bytes": len(file)}]
            self.files[id] = file
        await self._tell(
            {"what": "said", "user": user, "chat": chat or user, "text": text, "files": files}
        )

    async def presses(self, label: str, *, user: str = "ann") -> None:
        """The newest button with this label that this person sees."""
        post, button = next(
            (post, button)
            for post in reversed(self.seen(user))
            for row in post.rows
            for button in row
            if button["label"] == label
        )
        pressed = {"what": "pressed", "user": user, "chat": post.chat, "text": label, "files": []}
        await self._tell(pressed | {"data": button["data"], "until": time.time() + 60.0})

    async def _tell(self, what: Line) -> None:
        async with self._news:
            self._told.append({"id": f"e{len(self._told)}", **what})
            self._news.notify_all()

    def seen(self, user: str = "ann") -> list[Post]:
        """What this person reads, in the own chat and in the group."""
        return [p for p in self.posts if p.chat in (user, GROUP) and p.only in ("", user)]

    # The server

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._working.add(task)
        self._open.add(writer)
        try:
            with suppress(OSError):
                asked = json.loads(await reader.readline() or b"{}")
                if asked.get("do") == "listen":
                    await self._listened(reader, writer)
                elif asked and (answer := self._answer(asked)) is not None:
                    writer.write(json.dumps(answer).encode() + b"\n")
                    await writer.drain()
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
            self._working.discard(task)
            self._open.discard(writer)

    async def _listened(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            async with self._news:
                await self._news.wait_for(lambda: self._closing or self._waiting())
            if self._closing:
                return
            event = self._waiting()[0]
            writer.write(json.dumps(event).encode() + b"\n")
            answer = await reader.readline()
            if not answer:
                return
            self.confirmed.append(json.loads(answer)["confirm"])

    def _waiting(self) -> list[Line]:
        return [event for event in self._told if event["id"] not in self.confirmed]

    def _answer(self, asked: Line) -> Line | None:
        """None: the line is cut after it was done."""
        fault = self.faults.pop(0) if self.faults and asked["do"] in ("post", "edit") else ...
        try:
            if isinstance(fault, Refused):
                raise fault
            if "rows" in asked:
                asked["rows"] = [[_button(*it) for it in row] for row in asked["rows"]]
            done = getattr(self, f"_{asked.pop('do')}")(**asked)
        except Refused as refused:
            return refused.answer
        return None if fault is None else {"yes": done}

    def _post(
        self,
        chat: str,
        text: str,
        rows: list[list[Line]],
        nonce: str,
        files: dict[str, str],
        **how: Any,
    ) -> str:
        self._check(chat, text, rows)
        if nonce in self._nonces:
            return self._nonces[nonce].id
        bodies = {name: base64.b64decode(body) for name, body in files.items()}
        if any(len(body) > FILE_LIMIT for body in bodies.values()):
            raise Refused("large", limit=FILE_LIMIT)
        post = Post(f"m{len(self.posts)}", chat, text, rows, files=bodies, **how)
        self.posts.append(post)
        self._nonces[nonce] = post
        return post.id

    def _edit(self, chat: str, id: str, text: str, rows: list[list[Line]]) -> str:
        self._check(chat, text, rows)
        post = next((post for post in self.posts if (post.chat, post.id) == (chat, id)), None)
        if post is None:
            raise Refused("no message")
        post.text, post.rows, post.edits = text, rows, post.edits + 1
        return id

    def _check(self, chat: str, text: str, rows: list[list[Line]]) -> None:
        if chat in self.closed:
            raise Refused("closed")
        data = [button.get("data", "") for row in rows for button in row]
        if len(text) > TEXT_LIMIT or any(len(each.encode()) > DATA_LIMIT for each in data):
            raise Refused("too long")

    def _toast(self, to: str, text: str) -> str:
        self.toasts.append((next(event["user"] for event in self._told if event["id"] == to), text))
        return ""

    def _typing(self, chat: str) -> str:
        self.busy.append(chat)
        return ""

    def _file(self, id: str) -> str:
        if id not in self.files:
            raise Refused("no file")
        return base64.b64encode(self.files[id]).decode()


def _button(label: str, page: str, data: str) -> Line:
    return {"label": label, "page": page, "data": data}
