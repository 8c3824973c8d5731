"""A fake Telegram Bot API server on a real socket that refuses what the real one refuses.

    async with FakeTelegram() as telegram:
        environment = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
        telegram.user_sends("make it move", photo=photograph())
        await telegram.wait_for(lambda: telegram.said())
        print(telegram.transcript())

Every request, every answer and every update is held against the machine-readable Bot API where that
file is at hand. What the real server would swallow silently, and what the fake does not understand,
is a violation: leaving the block raises if there was any."""

import asyncio
import contextlib
import re
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from aiohttp import BodyPartReader, ClientError, ClientSession, web

from tests.servers.telegram.methods import METHODS, _allow
from tests.servers.telegram.people import USER, People, Seen, photograph
from tests.servers.telegram.spec import problems_of_request
from tests.servers.telegram.world import BOT_ID, BOT_NAME, Form, Refused, Upload, World

__all__ = ["BOT_ID", "BOT_NAME", "USER", "FakeTelegram", "People", "Request", "Seen", "photograph"]

TOKEN = f"{BOT_ID}:AAE-fake-token-for-tests-0123456789"
T = TypeVar("T")


@dataclass(frozen=True)
class Request:
    """One call as it arrived; `values` are the plain texts of the form, `files` its uploaded
    parts."""

    method: str
    values: dict[str, str]
    files: dict[str, Upload]
    at: float = 0.0


@dataclass
class Fault:
    """What goes wrong with the next `times` calls of `method` (in `chat`, if one is named)."""

    method: str
    times: int
    chat: int | None = None
    refusal: Refused | None = None
    before: bool = False
    after: bool = False
    hang: bool = False
    raw: tuple[int, str] | None = None

    def meets(self, method: str, form: Form) -> bool:
        here = self.chat is None or form.text("chat_id") == str(self.chat)
        return self.times > 0 and self.method in (method, "*") and here


class Dropped(Exception):
    """The line is cut instead of an answer."""


@dataclass
class FakeTelegram(People):
    """`privacy`: as most bots are set up, groups show it only what is meant for it. `local`: a Bot
    API server of the operator's own, which hands out paths below that folder. `upload_limit` in
    bytes can be made small for a test."""

    privacy: bool = True
    local: Path | None = None
    upload_limit: int = 50 * 1024 * 1024
    token: str = TOKEN
    webhook_door: str = ""
    requests: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world = World(self.token, self.privacy, self.upload_limit)
        if self.local:
            self.world.download_limit = None
        self.faults: list[Fault] = []
        self.webhook_answers: list[int] = []
        self._closing = False

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 31)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._pushing = asyncio.create_task(self._push_to_webhook())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing = True
        self.world.changed()
        self._pushing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._pushing
        await self._runner.cleanup()
        assert error is not None or not self.world.violations, "\n".join(self.world.violations)

    # What a test asks for

    def refuse(
        self,
        method: str,
        code: int,
        description: str,
        *,
        times: int = 1,
        chat: int | None = None,
        **parameters: int,
    ) -> None:
        """Answer the next calls with an error; `parameters` are retry_after (s) or
        migrate_to_chat_id."""
        self.faults.append(
            Fault(method, times, chat, refusal=Refused(code, description, **parameters))
        )

    def drop(self, method: str, *, times: int = 1, done: bool = True) -> None:
        """Cut the line instead of answering, after doing what was asked, or before."""
        self.faults.append(Fault(method, times, before=not done, after=done))

    def hang(self, method: str, *, times: int = 1, done: bool = False) -> None:
        """Take the next calls and never answer; `done`: after doing what was asked."""
        self.faults.append(Fault(method, times, hang=True, after=done))

    def answer_raw(self, method: str, status: int, body: str, *, times: int = 1) -> None:
        """Answer the next calls with something that is not the Bot API's JSON, as a proxy in
        between does."""
        self.faults.append(Fault(method, times, raw=(status, body)))

    def calls(self, method: str) -> list[Request]:
        """The calls of one method so far."""
        return [request for request in self.requests if request.method == method]

    def confirmed(self) -> list[int]:
        """The ids of the updates that the bot has confirmed."""
        return [update.id for update in self.world.updates if update.confirmed]

    async def wait_for(self, condition: Callable[[], T | None], seconds: float = 300.0) -> T:
        """Wait until the condition holds, and return its value. Fails with what is in the chats."""
        try:
            async with asyncio.timeout(seconds):
                while not (value := condition()):
                    await self.world.news.wait(0.02)
                return value
        except TimeoutError:
            chats = "\n".join(f"chat {chat}:\n{self.transcript(chat)}" for chat in self.world.chats)
            methods = [request.method for request in self.requests]
            raise AssertionError(f"not within {seconds} s\n{chats}\nrequests: {methods}") from None

    # The server

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            well_formed = re.fullmatch(r"\d+:[\w-]{35}", request.match_info["token"])
            return _no(Refused(401, "Unauthorized") if well_formed else Refused(404, "Not Found"))
        method = request.match_info["method"]
        form = await _form(request)
        self.requests.append(Request(method, dict(form.values), dict(form.files), time.time()))
        self.world.changed()
        try:
            fault = next((fault for fault in self.faults if fault.meets(method, form)), None)
            result = await (
                self._answer(method, form)
                if fault is None
                else self._misbehave(fault, method, form)
            )
        except Refused as refusal:
            return _no(refusal)
        except Dropped:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if isinstance(result, web.Response):
            return result
        return web.json_response({"ok": True, "result": result})

    async def _answer(self, method: str, form: Form) -> Any:
        if problems := problems_of_request(method, form.values, form.files):
            self.world.violations += problems
            raise Refused(400, f"Bad Request: {problems[0]}")
        if method == "getUpdates":
            return await self._get_updates(form)
        if method not in METHODS:
            self.world.violations.append(f"the fake does not know {method}")
            raise Refused(404, "Not Found")
        result = METHODS[method](self.world, form)
        if method == "getFile" and self.local:
            return self._kept_on_disk(result)
        return result

    async def _misbehave(self, fault: Fault, method: str, form: Form) -> Any:
        fault.times -= 1
        if fault.refusal:
            raise fault.refusal
        if fault.before:
            raise Dropped
        if fault.hang:
            if fault.after:
                await self._answer(method, form)
            while not self._closing:
                await self.world.news.wait(1)
            raise Dropped
        if fault.raw:
            return web.Response(status=fault.raw[0], text=fault.raw[1], content_type="text/html")
        await self._answer(method, form)
        raise Dropped

    async def _get_updates(self, form: Form) -> Any:
        """Long polling: a higher offset confirms what lies below it; a second poller throws out the
        first."""
        if self.world.webhook["url"]:
            words = (
                "can't use getUpdates method while webhook is active; use deleteWebhook to "
                "delete the webhook first"
            )
            raise Refused(409, f"Conflict: {words}")
        offset, limit = form.number("offset") or 0, form.number("limit") or 100
        _allow(self.world, form)
        for update in self.world.updates:
            update.confirmed = update.confirmed or update.id < offset
        self.world.polls += 1
        self.world.changed()
        mine = self.world.polls
        deadline = asyncio.get_running_loop().time() + (form.number("timeout") or 0)
        while not self._closing:
            if self.world.polls != mine:
                words = (
                    "terminated by other getUpdates request; make sure that only one bot "
                    "instance is running"
                )
                raise Refused(409, f"Conflict: {words}")
            waiting = [update.shown() for update in self.world.updates if not update.confirmed]
            left = deadline - asyncio.get_running_loop().time()
            if waiting or left <= 0:
                return waiting[:limit]
            await self.world.news.wait(left)
        raise Dropped

    async def _download(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(Request("(download)", {"path": request.match_info["path"]}, {}))
        file = next(
            (f for f in self.world.files.values() if f.path == request.match_info["path"]), None
        )
        if request.match_info["token"] != self.token or file is None or self.local:
            return web.Response(status=404)
        fault = next((fault for fault in self.faults if fault.meets("(download)", Form({}))), None)
        if fault is None:
            return web.Response(body=file.data, content_type="application/octet-stream")
        fault.times -= 1
        if fault.refusal:
            return web.Response(status=fault.refusal.code)
        answer = web.StreamResponse(headers={"Content-Length": str(len(file.data))})
        await answer.prepare(request)
        await answer.write(file.data[: len(file.data) // 2])
        assert request.transport is not None
        request.transport.abort()
        return answer

    def _kept_on_disk(self, result: dict[str, Any]) -> dict[str, Any]:
        assert self.local is not None
        path = self.local / result["file_path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.world.files[result["file_id"]].data)
        return result | {"file_path": str(path)}

    async def _push_to_webhook(self) -> None:
        """Post the waiting updates one by one, each again until it is answered with 200.

        `webhook_door` is where the operator's proxy for the public address leads to, such as
        http://127.0.0.1:8443."""
        async with ClientSession() as session:
            while not self._closing:
                update = next((u for u in self.world.updates if not u.confirmed), None)
                if not (self.world.webhook["url"] and self.webhook_door and update):
                    await self.world.news.wait(1)
                    continue
                with contextlib.suppress(ClientError):
                    status = await self._push(session, update.shown())
                    self.webhook_answers.append(status)
                    update.confirmed = status == 200
                await self.world.news.wait(0 if update.confirmed else 0.05)

    async def _push(self, session: ClientSession, update: dict[str, Any]) -> int:
        address = self.webhook_door + urlsplit(self.world.webhook["url"]).path
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.world.webhook["secret"]}
        async with session.post(address, json=update, headers=headers) as answer:
            return answer.status


def _no(refusal: Refused) -> web.Response:
    body = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.code)


async def _form(request: web.Request) -> Form:
    if not request.content_type.startswith("multipart/"):
        return Form(
            {name: str(value) for name, value in (await request.post()).items()}
            | dict(request.query)
        )
    values: dict[str, str] = {}
    files: dict[str, Upload] = {}
    async for part in _parts(request):
        data = bytes(await part.read())
        if part.filename is None:
            values[part.name or ""] = data.decode()
        else:
            files[part.name or ""] = Upload(
                part.filename, part.headers.get("Content-Type", ""), data
            )
    return Form(values, files)


async def _parts(request: web.Request) -> AsyncIterator[BodyPartReader]:
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        yield part
