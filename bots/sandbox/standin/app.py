"""The web application: every route behind one door, and the stand-in that serves it on loopback."""

import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from bots.sandbox.standin import exports, projects, turns, uploads
from bots.sandbox.standin.calls import Call, counts, kept
from bots.sandbox.standin.faults import EVERYWHERE, Faults, UnknownFault
from bots.sandbox.standin.gate import Hung, Refused, misbehave
from bots.sandbox.standin.public import medium, page, result
from bots.sandbox.standin.stage import Options, Stage
from bots.sandbox.standin.world import Account, World

Handler = Callable[[Stage, web.Request, Call], Awaitable[web.StreamResponse]]
ROUTES: tuple[tuple[str, str, str, Handler], ...] = (
    ("token", "POST", "/api/auth/anonymous-token", projects.token),
    ("claim", "POST", "/api/auth/claim-token", projects.claim),
    ("session", "POST", "/api/tasks/me/with-session/nemo_agent", projects.session),
    ("upload", "POST", "/api/upload-video/nemo_agent/me/{session}", uploads.upload),
    ("turn", "POST", "/run_sse", turns.run_sse),
    ("state", "GET", "/api/state/nemo_agent/me/{session}/latest", projects.state),
    ("credits", "GET", "/api/credits/balance/simple", projects.credits),
    ("render", "POST", "/api/render/proxy/lambda", exports.start),
    ("poll", "GET", "/api/render/proxy/lambda/{render}", exports.poll),
    ("cancel", "POST", "/api/render/proxy/lambda/{render}/cancel", exports.cancel),
    ("download", "GET", "/api/render/proxy/{render}/download", exports.download),
)


class StandIn:
    """A backend for this machine.

    `faults` is set by code, by `POST /_control/faults` or by `[[fault:kind]]` in a prompt; `calls`
    are the requests so far. Options by keyword: see `Options`. `clock` gives seconds since the
    epoch, for expiry and quota."""

    def __init__(
        self,
        seed: int | None = 0,
        speed: float = 1.0,
        *,
        clock: Callable[[], float] = time.time,
        **options: Any,
    ) -> None:
        self.options = Options(seed=seed, speed=speed, **options)
        self.world = World(seed, clock, self.options.credits)
        self.faults = Faults()
        self.calls: list[Call] = []

    def add_token(self, token: str, credits: int = 1000) -> Account:
        """Make a token of a registered user known."""
        return self.world.admit(
            token, f"user_{len(self.world.accounts) + 1}", credits, anonymous=False
        )

    def forget_tokens(self) -> None:
        """From now on every token so far is refused with 1001."""
        for token in tuple(self.world.accounts):
            self.world.revoke(token)

    def forget_sessions(self) -> None:
        """From now on every session so far is gone."""
        self.world.sessions.clear()

    def asked(self, endpoint: str) -> list[Call]:
        """The requests to one endpoint."""
        return [call for call in self.calls if call.endpoint == endpoint]

    @asynccontextmanager
    async def serving(self, port: int = 0, host: str = "127.0.0.1") -> AsyncIterator[str]:
        """Serve until the block ends; gives the address. Videos and uploads live in a folder that
        goes with it."""
        with tempfile.TemporaryDirectory(prefix="standin-") as folder:
            pool = ThreadPoolExecutor(1, "render")
            stage = Stage(self.options, self.world, self.faults, Path(folder), pool)
            # a handler is cancelled when its client hangs up, as ASGI servers do
            runner = web.AppRunner(
                self._app(stage), handler_cancellation=True, access_log=None, shutdown_timeout=0.2
            )
            await runner.setup()
            try:
                site = web.TCPSite(runner, host, port)
                await site.start()
                yield f"http://{host}:{runner.addresses[0][1]}"
            finally:
                await stage.stop()
                await runner.cleanup()
                pool.shutdown()

    def _app(self, stage: Stage) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        for endpoint, method, path, handler in ROUTES:
            app.router.add_route(method, path, self._door(stage, endpoint, handler))
        app.router.add_get("/render-result/{file}", self._door(stage, "file", result))
        app.router.add_get("/media/{medium}/{file}", self._door(stage, "file", medium))
        for path in ("/workspace/claim", "/register"):
            app.router.add_get(path, page)
        app.router.add_get("/_control/calls", self._show_calls)
        app.router.add_route("*", "/_control/faults", self._change_faults)
        return app

    def _door(
        self, stage: Stage, endpoint: str, handler: Handler
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            call = Call(
                endpoint, request.method, request.path, kept(request.headers), self._label(request)
            )
            self.calls.append(call)
            try:
                response = await self._answer(stage, request, call, handler)
            except Refused as refused:
                await request.release()
                response = web.json_response(
                    refused.body, status=refused.status, headers=refused.headers
                )
            except Hung:
                if request.transport is not None:
                    request.transport.abort()
                response = web.Response(status=499)
            call.status = response.status
            return response

        return answer

    async def _answer(
        self, stage: Stage, request: web.Request, call: Call, handler: Handler
    ) -> web.StreamResponse:
        odd = stage.faults.take(call.endpoint, EVERYWHERE)
        call.facts["faults"] = [fault.kind for fault in odd]
        call.facts["drop"] = "drop" in call.facts["faults"]
        for fault in odd:
            if (answer := await misbehave(fault, request, stage.world)) is not None:
                return answer
        response = await handler(stage, request, call)
        if call.facts["drop"]:
            raise Hung
        return response

    def _label(self, request: web.Request) -> str:
        token = request.headers.get("Authorization", "").partition(" ")[2].strip()
        account = self.world.accounts.get(token)
        return account.label if account else "unknown" if token else ""

    async def _show_calls(self, request: web.Request) -> web.Response:
        overlaps = sum(call.facts.get("overlap", False) for call in self.calls)
        return web.json_response({**counts(self.calls), "overlaps": overlaps})

    async def _change_faults(self, request: web.Request) -> web.Response:
        if request.method == "DELETE":
            self.faults.clear()
        if request.method == "POST":
            sent = await request.json()
            try:
                for one in sent if isinstance(sent, list) else [sent]:
                    self.faults.set(one["endpoint"], one["kind"], one.get("times", 1))
            except (UnknownFault, KeyError, TypeError) as problem:
                return web.json_response({"error": str(problem)}, status=400)
        pending = [
            {
                "endpoint": fault.endpoint,
                "kind": fault.kind,
                "times": fault.times,
                "value": fault.value,
            }
            for fault in self.faults.pending()
        ]
        return web.json_response(pending)
