"""The status port: /healthz, /readyz, /metrics, and the operator's page at /."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bots.databases import Figures, StoreBroken
from bots.status import budgets
from bots.status.access import COOKIE_SECONDS
from bots.status.page import page
from bots.status.settings import Settings
from bots.status.state import Status
from bots.status.summary import ages
from core.ops.alarms import FREE_TOKENS
from core.ops.readiness import troubles

log = structlog.get_logger()
COOKIE = "status"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
REFUSED = "Make a link with: python -m bots stats --link"


class Server:
    """The routes."""

    def __init__(self, status: Status) -> None:
        self._status = status

    def app(self) -> web.Application:
        """The application, ready to serve."""
        app = web.Application(client_max_size=0)
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._metrics)
        app.router.add_get("/", self._page)
        return app

    async def _health(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n", headers=HEADERS)

    async def _ready(self, _: web.Request) -> web.Response:
        figures, signs = await self._status.signs()
        found, paused = troubles(signs, self._status.clock()), figures.paused is not None
        body = {"ready": not found, "troubles": found, "paused": paused}
        return web.json_response(body, status=503 if found else 200, headers=HEADERS)

    async def _metrics(self, _: web.Request) -> web.Response:
        meter, status = self._status.meter, self._status
        with suppress(StoreBroken):  # then they stand as they were
            self._show(await status.figures())
        heard = {(name,): status.clock() - at for name, at in status.heard().items() if at}
        meter.show("bot_platform_silence_seconds", "Since its last sign", heard, "platform")
        body = generate_latest(meter.registry)
        return web.Response(body=body, headers=HEADERS | {"Content-Type": CONTENT_TYPE_LATEST})

    def _show(self, found: Figures) -> None:
        meter, status = self._status.meter, self._status
        words, job = ages(found, status.clock())
        steps: dict[tuple[str, ...], float] = {(p, s): float(n) for p, s, n in found.steps}
        meter.show("bot_in_flight", "Requests under way", steps, "plan", "step")
        meter.show("bot_outbox", "Messages owed", {(): found.owed})
        meter.show("bot_outbox_age_seconds", "Since the oldest was due", {(): words})
        meter.show("bot_queue_age_seconds", "Since the oldest step was due", {(): job})
        left = {(): float(max(FREE_TOKENS - found.tokens, 0))}
        meter.show("bot_free_tokens_left", "Of about ten in seven days", left)
        credits = budgets.left(status.limits, found, status.clock())
        meter.show("bot_budget_left", "Credits of NEMO_TOKEN", credits, "span")

    async def _page(self, request: web.Request) -> web.Response:
        status, now = self._status, self._status.clock()
        if token := request.query.get("token"):
            if not await asyncio.to_thread(status.access.use, token, now):
                raise web.HTTPForbidden(text=REFUSED, headers=HEADERS)
            answer = web.Response(status=303, headers=HEADERS | {"Location": "/"})
            cookie = await asyncio.to_thread(status.access.token, "cookie", now)
            answer.set_cookie(
                COOKIE, cookie, max_age=int(COOKIE_SECONDS), httponly=True, samesite="Strict"
            )
            return answer
        cookie = request.cookies.get(COOKIE, "")
        if not await asyncio.to_thread(status.access.fits, "cookie", cookie, now):
            raise web.HTTPForbidden(text=REFUSED, headers=HEADERS)
        return web.Response(text=await self._drawn(), content_type="text/html", headers=HEADERS)

    async def _drawn(self) -> str:
        status = self._status
        found, signs = await status.signs()
        return await asyncio.to_thread(
            page,
            found,
            status.clock(),
            troubles=troubles(signs, status.clock()),
            troubled=status.counted(),
            platforms=sorted(status.heard()),
            first_seen=tuple(status.meter.first_words),
            begun=status.begun,
            version=status.version,
        )


@asynccontextmanager
async def serving(settings: Settings, status: Status) -> AsyncIterator[str]:
    """Serve until the block ends; gives the address, "" where there is none to be had: the bot goes
    on without."""
    if settings.status_port is None:
        yield ""
        return
    runner = web.AppRunner(Server(status).app(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    address = ""
    try:
        try:
            await web.TCPSite(runner, settings.status_host, settings.status_port).start()
            port = runner.addresses[0][1]
            address = f"http://{settings.status_host}:{port}"
            log.info("status", address=address)
        except OSError as problem:
            log.warning(
                "the status port cannot be used, and the bot goes on without it",
                port=settings.status_port,
                error=problem.strerror or type(problem).__name__,
            )
        yield address
    finally:
        await runner.cleanup()
