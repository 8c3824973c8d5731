"""A fake Discord on real sockets, REST and gateway, that refuses what the real one refuses.

    async with FakeDiscord() as dc:
        adapter = connect(dc.environment, folder)  # and run it
        dc.slash("video", {"prompt": "make it move"}, [Photo()])
        await dc.wait_for(lambda: dc.bot_says())
        print(dc.transcript())

It enforces the first answer within 3 s (10062) and only once (40060), 15 minutes of token (50027),
five follow-ups for apps that only the user installed (40094), 2,000 characters, the size of files
(40005), rights (50001, 50013), the nonce and links that run out, hides messages from a bot without
the message content intent, and replays on RESUME what was sent meanwhile. `clock` moves its time
on. Every request and every answer is held against Discord's own OpenAPI file where that is at hand
(not with `checks = False`, for thousands of calls); what is found wrong is a violation, and leaving
the block raises if there was any."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import BodyPartReader, web

from tests.servers.discord import payloads, spec
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.people import People
from tests.servers.discord.rest import Rest
from tests.servers.discord.routes import ROUTES, Call, Done
from tests.servers.discord.world import (
    Channel,
    Clock,
    Guild,
    Interaction,
    Message,
    Person,
    Photo,
    Refusal,
    World,
)

__all__ = ["Call", "Channel", "FakeDiscord", "Guild", "Interaction", "Message", "Person", "Photo"]

TOKEN = "MTExMTExMTExMTExMTExMTEx.Gfake0.not-a-token-just-a-test-0123456789"
T = TypeVar("T")


@dataclass
class Fault:
    """What goes wrong with the next `times` calls of a route: an error, or a line cut before or
    after it was done."""

    route: str
    times: int
    refusal: Refusal | None = None
    done: bool = False
    seconds: float | None = None
    everywhere: bool = False
    page: str = ""
    until: asyncio.Event | None = None
    file: str = ""

    def meets(self, call: Call) -> bool:
        bears = not self.file or any(each.name.endswith(self.file) for each in call.files.values())
        return self.times > 0 and self.route in (call.route, "*") and bears

    async def waited(self, *, done: bool) -> bool:
        """Whether the call is to be broken now, before or after it was `done`; a held one waits
        here instead."""
        if done != self.done:
            return False
        if self.until is not None:
            await self.until.wait()
        return self.until is None


@dataclass
class Rate:
    """So many calls of a route in so many seconds, for each channel or token."""

    route: str
    count: int
    seconds: float
    taken: dict[str, list[float]] = field(default_factory=dict)

    def take(self, call: Call, now: float) -> dict[str, str]:
        """The headers that tell the library how to pace itself. Raises Refusal above the limit."""
        key = call.path.get("channel_id") or call.path.get("webhook_token") or ""
        window = self.taken[key] = [at for at in self.taken.get(key, []) if now - at < self.seconds]
        left = self.seconds - (now - window[0]) if window else self.seconds
        if len(window) >= self.count:
            raise Refusal(429, 0, "You are being rate limited.", retry_after=left)
        window.append(now)
        return {
            "X-RateLimit-Limit": str(self.count),
            "X-RateLimit-Remaining": str(self.count - len(window)),
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": f"bucket-{self.route}".replace(" ", ""),
        }


class FakeDiscord(People):
    """The server and everybody on it."""

    def __init__(self, *, token: str = TOKEN, shards: int = 1, intents: int = 0) -> None:
        self.token, self.shards = token, shards
        self.clock = Clock()
        self.world = World(token, self.clock)
        self.gateway = Gateway(self.world, intents)
        self.rest = Rest(self.world)
        self.requests: list[Call] = []
        self.faults: list[Fault] = []
        self.names_gateway = ""  # another gateway than its own
        self.fail_downloads = 0
        self.hold_downloads: asyncio.Event | None = None
        self.rates: list[Rate] = []
        self.checks = True
        self.settle()
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 31)
        for method, template in sorted(
            ROUTES, key=lambda route: route[1].count("{")
        ):  # @original before {message_id}
            app.router.add_route(method, f"/api/v10{template}", self._call(method, template))
        app.router.add_get("/api/v10/gateway/bot", self._where)
        app.router.add_get("/gateway/", self.gateway.enter)
        app.router.add_get(
            r"/{kind:(ephemeral-)?attachments}/{channel}/{file}/{name}", self._download
        )
        app.router.add_route("*", "/{rest:.*}", self._unknown)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.2
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        port = self._runner.addresses[0][1]
        self.rest.base = f"http://127.0.0.1:{port}"
        self.api_url, self.gateway_url = (
            f"{self.rest.base}/api/v10",
            f"ws://127.0.0.1:{port}/gateway/",
        )
        self.gateway.url = self.gateway_url
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.gateway.drop(1001)
        await self._runner.cleanup()
        assert error is not None or not self.world.violations, "\n".join(self.world.violations)

    @property
    def environment(self) -> dict[str, str]:
        """What the bot needs to find this server."""
        return {
            "DISCORD_BOT_TOKEN": self.token,
            "DISCORD_API_URL": self.api_url,
            "DISCORD_GATEWAY_URL": self.gateway_url,
        }

    @property
    def application_id(self) -> int:
        return self.world.bot.id

    # What a test asks for

    def refuse(
        self,
        route: str,
        status: int,
        code: int = 0,
        *,
        times: int = 1,
        seconds: float | None = None,
        everywhere: bool = False,
        file: str = "",
    ) -> None:
        """Answer the next calls of `POST /channels/{channel_id}/messages` and the like with an
        error.

        `seconds` is the pause that a 429 names, `everywhere` says that it is the global one.
        `file`: only calls with a file that is so called at its end."""
        refusal = Refusal(status, code, "refused by the test")
        self.faults.append(
            Fault(route, times, refusal, seconds=seconds, everywhere=everywhere, file=file)
        )

    def cut(self, route: str, *, times: int = 1, done: bool = True) -> None:
        """Drop the line instead of answering: after doing what was asked, or before."""
        self.faults.append(Fault(route, times, done=done))

    def answer_page(self, route: str, page: str, *, times: int = 1) -> None:
        """Answer the next calls with a page, as a proxy in between does."""
        self.faults.append(Fault(route, times, page=page))

    def hold(
        self, route: str, *, times: int = 1, done: bool = False, file: str = ""
    ) -> asyncio.Event:
        """Let the next calls of a route wait until the event is set: before they are done, or their
        answer after that.

        `file` means only calls that bring a file whose name ends so.
        """
        until = asyncio.Event()
        self.faults.append(Fault(route, times, done=done, until=until, file=file))
        return until

    def limit_rate(self, route: str, count: int, seconds: float) -> None:
        """Take at most so many calls of a route in so many seconds, for each channel; above,
        429."""
        self.rates.append(Rate(route, count, seconds))

    async def drop_gateway(self, code: int = 4000, *, forget: bool = False) -> None:
        """Close the gateway's connections; `forget`: they cannot be resumed, so that what happens
        meanwhile is lost."""
        await self.gateway.drop(code, forget=forget)

    async def wait_for(self, condition: Callable[[], T | None], seconds: float = 300.0) -> T:
        """What `condition` returns, once it is true; asked after each request, and at least every
        20 ms."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not (found := condition()):
            left = deadline - asyncio.get_running_loop().time()
            assert left > 0, f"in vain, after {seconds} s:\n{self._everything()}"
            self._changed.clear()
            with_limit = asyncio.wait_for(self._changed.wait(), min(left, 0.02))
            try:
                await with_limit
            except TimeoutError:
                continue
        return found

    def calls(self, route: str) -> list[Call]:
        """The requests of one route so far, such as `PATCH
        /channels/{channel_id}/messages/{message_id}`."""
        return [call for call in self.requests if call.route == route]

    def _everything(self) -> str:
        said = [
            f"#{channel.name or channel.id}\n{self.transcript(channel)}"
            for channel in self.world.channels.values()
        ]
        return "\n".join([*said, *(call.route for call in self.requests[-12:])])

    # HTTP

    def _call(self, method: str, template: str) -> Callable[[web.Request], Any]:
        async def handle(request: web.Request) -> web.Response:
            call = await self._read(request, method, template)
            answer = await answered(request, call)
            call.status = answer.status
            return answer

        async def answered(request: web.Request, call: Call) -> web.Response:
            self.requests.append(call)
            fault = next((fault for fault in self.faults if fault.meets(call)), None)
            if fault is not None:
                fault.times -= 1
            try:
                if fault is not None and await fault.waited(done=False):
                    return self._broken(request, fault)
                paced = self._paced(call)
                done = self._done(call)
                call.done = True
                if fault is not None and await fault.waited(done=True):
                    return self._broken(request, fault)
                return self._response(call, done, paced)
            except Refusal as refusal:
                return _error(refusal, refusal.more.get("retry_after"))
            except (LookupError, TypeError, ValueError) as problem:
                self.world.violations.append(f"{call.route} is not understood: {problem!r}")
                return _error(Refusal(400, 50035, "Invalid Form Body"))
            finally:
                self._changed.set()

        return handle

    def _done(self, call: Call) -> Done:
        done = self.rest.answer(call)
        for name, channel, data in done.events:
            guild = {"guild_id": str(channel.guild.id)} if channel.guild else {}
            if not channel.guild or channel.guild.inside:
                self.gateway.tell(name, channel, data | guild)
        return done

    def _broken(self, request: web.Request, fault: Fault) -> web.Response:
        if fault.page:
            return web.Response(text=fault.page, content_type="text/html")
        if fault.refusal is not None:
            return _error(fault.refusal, fault.seconds, everywhere=fault.everywhere)
        assert request.transport is not None
        request.transport.abort()
        raise ConnectionResetError("the test cut the line")

    def _paced(self, call: Call) -> dict[str, str]:
        now = asyncio.get_running_loop().time()
        return next((rate.take(call, now) for rate in self.rates if rate.route == call.route), {})

    def _response(self, call: Call, done: Done, headers: dict[str, str]) -> web.Response:
        if done.status == 204:
            return web.Response(status=204, headers=headers)
        if self.checks:
            kind = "application/json"
            found = spec.problems(
                call.method, call.template, "response", done.status, kind, done.value
            )
            self.world.violations += found
        return _json(done.value, done.status, headers)

    async def _read(self, request: web.Request, method: str, template: str) -> Call:
        body: Any = None
        files: dict[int, Photo] = {}
        kind = request.content_type
        raw = 0
        if kind == "multipart/form-data":
            body, files, raw = await _parts(request)
        elif request.can_read_body:
            data = await request.read()
            raw, body = len(data), json.loads(data) if data else None
        if self.checks and (body is not None or kind == "multipart/form-data"):
            checked = kind if kind == "multipart/form-data" else "application/json"
            self.world.violations += spec.problems(method, template, "request", 200, checked, body)
        authorised = request.headers.get("Authorization") == f"Bot {self.token}"
        path, query = dict(request.match_info), dict(request.query)
        return Call(method, template, path, query, body, files, raw, authorised, self.clock())

    async def _where(self, request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return _json(
            {
                "url": self.names_gateway or self.gateway_url,
                "shards": self.shards,
                "session_start_limit": limit,
            }
        )

    async def _download(self, request: web.Request) -> web.Response:
        if self.hold_downloads:
            await self.hold_downloads.wait()
        if self.fail_downloads:
            self.fail_downloads -= 1
            return web.Response(status=502)
        file = self.world.files.get(int(request.match_info["file"]))
        end, path = request.query.get("ex", "0"), request.rel_url.raw_path
        signed = re.fullmatch(r"[0-9a-f]+", end) and request.query.get("hm") == payloads.signature(
            path, int(end, 16)
        )
        if file is None or file.gone or not signed or int(end, 16) < self.clock():
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=file.photo.data, content_type=file.photo.mime)

    async def _unknown(self, request: web.Request) -> web.Response:
        self.world.violations.append(f"there is no {request.method} {request.path}")
        return _json({"message": "404: Not Found", "code": 0}, 404)


async def _parts(request: web.Request) -> tuple[Any, dict[int, Photo], int]:
    body: Any = {}
    files: dict[int, Photo] = {}
    size = 0
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        data = bytes(await part.read())
        size += len(data)
        named = re.fullmatch(r"files\[(\d)\]", part.name or "")
        if part.name == "payload_json":
            body = json.loads(data)
        elif named:
            mime = (
                "video/mp4"
                if (part.filename or "").endswith(".mp4")
                else "application/octet-stream"
            )
            files[int(named[1])] = Photo(part.filename or "unnamed", data, mime, None, None)
    return body, files, size


def _json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """The library decodes an answer only if its type is exactly this, without a charset."""
    more = {"Content-Type": "application/json"} | (headers or {})
    return web.Response(body=json.dumps(value).encode(), status=status, headers=more)


def _error(
    refusal: Refusal, seconds: float | None = None, *, everywhere: bool = False
) -> web.Response:
    found = {"message": refusal.message, "code": refusal.code, **refusal.more}
    if refusal.status != 429 or seconds is None:
        return _json(found, refusal.status)
    headers = {"Via": "1.1 google", "Retry-After": str(seconds)}
    if everywhere:
        headers |= {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
    return _json(found | {"retry_after": seconds, "global": everywhere}, 429, headers)
