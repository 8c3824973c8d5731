"""One bot account as the library has it: how it is asked, and by which connections."""

import logging
import os
from dataclasses import dataclass
from typing import Any

from telegram import Bot

from bots.telegram.delivery import Receipts
from bots.telegram.run.polling import Keeping
from bots.telegram.settings import Settings
from core.connections import Transport
from core.net import Proxies

LOUD = ("telegram.Bot", "telegram.request.BaseRequest")
"""Loggers that write what people said, or a stack for each hiccup; our own lines tell of both in a
sentence."""


@dataclass(frozen=True, slots=True)
class Account:
    """The bot, and its connections: to ask for updates, and for all else."""

    bot: Bot
    polling: Keeping
    request: Receipts

    async def close(self) -> None:
        """Close all connections."""
        await self.request.shutdown()
        await self.polling.shutdown()


def account(settings: Settings, proxies: Proxies) -> Account:
    """Made before any loop runs; nothing is connected yet."""
    # else the library warns whenever it raises RetryAfter
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    polling = Keeping(connect_timeout=15, pool_timeout=15, httpx_kwargs=_way(proxies, 2))
    request = Receipts(
        connect_timeout=15,
        read_timeout=30,
        write_timeout=30,
        pool_timeout=30,
        httpx_kwargs=_way(proxies, 64),
    )
    url = settings.telegram_api_url
    bot = Bot(
        settings.token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=request,
        get_updates_request=polling,
        local_mode=settings.telegram_local_mode,
    )
    return Account(bot, polling, request)


def _way(proxies: Proxies, connections: int) -> dict[str, Any]:
    """For httpx: by the proxies that we have chosen, never by those that it would find."""
    return {"transport": Transport(proxies, connections), "trust_env": False}
