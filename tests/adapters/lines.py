"""A chat platform in one file: JSON lines over plain TCP, served by tests/servers/lines.py.

`BOTS=tests.adapters.lines` starts it, and nothing else knows of it."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bots import codec
from core import adapter as port
from core import messages as m
from core.settings import Environment

TOKEN = "LINES_SERVER"  # host:port
LIMIT = 500
PROBLEMS = {"closed": port.Gone, "no message": port.NoSuchMessage, "no file": port.FileGone}


def connect(env: Environment, folder: Path) -> port.Adapter | None:
    """The adapter, or None where no server is named; touches no network."""
    return Lines(env[TOKEN]) if env.get(TOKEN) else None


class Lines:
    """One bot account; implements core.adapter.Adapter."""

    platform, edit_seconds, repeatable = "lines", 0.0, True  # by the nonce
    largest_upload, largest_download, text_limit, caption_limit = 2**20, 0, LIMIT, LIMIT

    def __init__(self, server: str) -> None:
        self._server = server.rpartition(":")[::2]

    async def run(self, receive: port.Receive) -> None:
        """Listen, and listen anew where the line breaks."""
        while True:
            try:
                async with connection(self._server) as (reader, writer):
                    writer.write(b'{"do": "listen"}\n')
                    while line := await reader.readline():
                        event = json.loads(line)
                        await receive(to_inbound(event))
                        writer.write(json.dumps({"confirm": event["id"]}).encode() + b"\n")
            except OSError:
                await asyncio.sleep(1.0)

    async def send(
        self, message: m.Outbound, edit: str | None, nonce: str, *, again: bool = False
    ) -> str:
        """See core.adapter."""
        chat, ticket = message.address.chat, message.ticket
        if message.toast:
            to = {"to": ticket.value if ticket else "", "text": message.text}
            return await self._ask("toast", to) if ticket else ""
        if message.working:
            await self._ask("typing", {"chat": chat})
        files = {"data.json": message.document.encode()} if message.document else {}
        if message.video and message.video.path:
            files["video.mp4"] = await asyncio.to_thread(Path(message.video.path).read_bytes)
        rows = [[(b.label, b.url, codec.to_data(b)) for b in row] for row in message.buttons]
        words = message.text if len(message.text) <= LIMIT else f"{message.text[: LIMIT - 1]}…"
        what: dict[str, Any] = {"chat": chat, "text": words, "rows": rows}
        if edit and not files:
            return await self._ask("edit", what | {"id": edit})
        what["files"] = {name: base64.b64encode(body).decode() for name, body in files.items()}
        what |= {"silent": message.silent, "reply": message.reply_to, "nonce": nonce}
        what["only"] = message.user if message.discreet else ""
        return await self._ask("post", what)

    async def fetch(self, attachment: m.Attachment, folder: Path) -> Path:
        """See core.adapter."""
        body = await self._ask("file", {"id": attachment.ref.removeprefix("lines:")})
        await asyncio.to_thread((folder / "file").write_bytes, base64.b64decode(body))
        return folder / "file"

    async def _ask(self, do: str, what: dict[str, Any]) -> str:
        """One line, one answer. Raises a DeliveryError."""
        try:
            async with connection(self._server) as (reader, writer):
                writer.write(json.dumps({"do": do, **what}).encode() + b"\n")
                answer = json.loads(await reader.readline())
        except (OSError, ValueError):
            raise port.Unclear("the line broke") from None
        if "yes" in answer:
            return str(answer["yes"])
        if answer["no"] == "wait":
            raise port.Flooded(answer["seconds"])
        raise PROBLEMS.get(answer["no"], port.Refused)(answer["no"])


@asynccontextmanager
async def connection(server: tuple[str, str]) -> AsyncIterator[Any]:
    """One line. Raises OSError."""
    reader, writer = await asyncio.open_connection(*server, limit=2**24)
    try:
        yield reader, writer
    finally:
        writer.close()


def to_inbound(event: dict[str, Any]) -> m.Inbound:
    """What somebody said, called or pressed."""
    chat, user, words, ticket = event["chat"], event["user"], event["text"], None
    files = tuple(m.Attachment(f"lines:{it['id']}", it["name"]) for it in event["files"])
    happened: m.Said | m.Called | m.Pressed = m.Said(words, files)
    if event["what"] == "pressed":
        ticket = m.Ticket(event["id"], event["until"])
        button = codec.from_data(event["data"], words)
        if button and button.command:
            happened = m.Pressed(button.command, button.text, button.job)
    elif called := codec.called(words):
        happened = m.Called(called.command or m.Command.HELP, called.rest, files)
    place = m.Place(m.Address("lines", chat), private=chat == user)
    told = m.Inbound(f"lines:{event['id']}", m.Sender(user), place, happened, message=event["id"])
    return replace(told, ticket=ticket)
