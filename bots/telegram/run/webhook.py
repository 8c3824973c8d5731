"""Lets Telegram call us: an endpoint of our own that says 200 only when the update is stored."""

import asyncio
import hmac
import json
import os
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from telegram import Bot

from bots.telegram.run.polling import ALLOWED, Poller, Take, readable
from bots.telegram.settings import Settings
from core.settings import WrongSetting

log = structlog.get_logger()

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 2**20
"""Bytes of one update; real ones have a few thousand."""


class Webhook:
    """`port` is the one it really listens on, once it does.

    `patience`: seconds for a body to arrive; whoever sends it drop by drop must not hold a
    connection for ever."""

    def __init__(self, bot: Bot, settings: Settings, patience: float) -> None:
        self._bot, self._settings, self._patience = bot, settings, patience
        self._secret = settings.webhook_secret.encode()
        self.port = 0

    async def run(self, take: Take, poller: Poller) -> None:
        """Listen, tell Telegram where, and serve until cancelled. The webhook stays set: updates
        wait meanwhile."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(
            urlsplit(self._settings.telegram_webhook_url).path or "/", self._answer(take)
        )
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await self._listen(runner)
            self.port = runner.addresses[0][1]
            await poller.persist(self._register)
            log.info("Telegram calls this bot", port=self.port)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _listen(self, runner: web.AppRunner) -> None:
        """Raises WrongSetting where the address is taken, or none of this machine's."""
        host, port = self._settings.telegram_webhook_host, self._settings.port
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as problem:
            number = problem.errno or 0
            why = os.strerror(number).lower() if number > 0 else "there is no such host"
            raise WrongSetting(
                f"PORT or TELEGRAM_WEBHOOK_HOST cannot be used: the bot cannot listen on {host} "
                f"port {port} ({why})."
                " Example: PORT=8081"
            ) from None

    async def _register(self) -> bool:
        return await self._bot.set_webhook(
            self._settings.telegram_webhook_url,
            allowed_updates=ALLOWED,
            drop_pending_updates=False,
            secret_token=self._settings.webhook_secret,
        )

    def _answer(self, take: Take) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            """403 for strangers; anything but 200 makes Telegram deliver the update again."""
            if not hmac.compare_digest(
                request.headers.get(HEADER, "").encode(errors="replace"), self._secret
            ):
                return web.Response(status=403)
            if request.content_type != "application/json":
                return web.Response(status=415)
            try:
                async with asyncio.timeout(self._patience):
                    raw = json.loads(await request.read())
            except TimeoutError:
                return web.Response(status=408)
            except (ValueError, RecursionError):
                raw = None
            if not isinstance(raw, dict):
                return web.Response(status=400)
            update = readable(raw, self._bot)
            if update is not None:
                await take(update)
            return web.Response()

        return answer
