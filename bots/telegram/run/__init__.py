"""The Telegram adapter: takes updates in by polling or webhook, and hands everything else to
delivery."""

import asyncio
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from telegram import Update

from bots.telegram.commands import SPOKEN, all_shown, version
from bots.telegram.delivery import Delivery, Pacing
from bots.telegram.run.account import account
from bots.telegram.run.menus import Menus
from bots.telegram.run.polling import Pace, Poller
from bots.telegram.run.taking import Taking
from bots.telegram.settings import Settings
from bots.telegram.translate import CAPTION_LIMIT, DOWNLOAD_LIMIT, TEXT_LIMIT, Me
from core.adapter import Flooded, Receive
from core.clock import SteadyClock
from core.messages import Attachment, Outbound
from core.net import DIRECT, Proxies

if TYPE_CHECKING:
    from bots.telegram.run.webhook import Webhook

PARTING_SECONDS = 15.0
"""How long the end of `run` waits for messages that are just being sent: cut off, they would be in
doubt."""


class Telegram:
    """One bot account; implements core.adapter.Adapter. `folder` is a private one, for files that
    live for one call."""

    platform: str = "telegram"
    edit_seconds: float = 3.0
    repeatable: bool = False  # the Bot API has no key that would make a second send a repetition
    largest_upload: int
    largest_download: int
    text_limit: int = TEXT_LIMIT
    caption_limit: int = CAPTION_LIMIT
    menus: Sequence[str] = SPOKEN  # the catalogues whose command menus and descriptions are set

    def __init__(
        self, settings: Settings, folder: Path, pace: Pace | None = None, clock: Callable[[],
        float] | None = None,
        proxies: Proxies = DIRECT,
        admins: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self._settings, self._pace, self._clock = settings, pace or Pace(), clock or SteadyClock()
        self._account = account(settings, proxies)
        bot = self._account.bot
        pacing = Pacing(self._clock, self._pace.group_edit, apart=self._pace.apart)
        self._delivery = Delivery(
            *(bot, self._account.request, folder, pacing, self._pace.action, self._pace.answer),
            proxies,
        )
        self._taking = Taking(bot, self._delivery, self._clock)
        self.largest_upload = self._delivery.largest_upload
        self.largest_download = 0 if settings.telegram_local_mode else DOWNLOAD_LIMIT
        self.admins = admins
        self._menus = Menus(bot, folder, self._clock, self._pace.menus)
        self._sending: set[asyncio.Task[object]] = set()
        self._poller: Poller | None = None

    @cached_property
    def webhook(self) -> "Webhook":
        """What Telegram calls; it brings a web server along, so it is imported where it is used."""
        from bots.telegram.run.webhook import Webhook

        return Webhook(self._account.bot, self._settings, self._pace.body)

    async def run(self, receive: Receive) -> None:
        """Take in updates until cancelled. Raises WrongSetting where Telegram does not accept the
        token."""
        bot, polling = self._account.bot, self._account.polling
        await self._account.request.initialize()
        await polling.initialize()
        poller = self._poller = Poller(bot, polling, self._pace, self._clock)
        registering: asyncio.Task[None] | None = None
        try:
            mine = await poller.persist(bot.get_me)
            me = Me(mine.id, mine.username or "", self.admins)
            reads_all = bool(mine.can_read_all_group_messages)
            registering = asyncio.create_task(
                self._menus.keep(
                    mine.id,
                    partial(version, self.menus, self.admins),
                    partial(all_shown, self.menus, self.admins),
                )
            )

            async def take(update: Update) -> None:
                await self._taking.take(update, me, reads_all, receive)

            await (
                self.webhook.run(take, poller)
                if self._settings.telegram_webhook_url
                else poller.run(take)
            )
        finally:
            if registering:
                registering.cancel()
                await asyncio.gather(registering, return_exceptions=True)
            await self.close()

    async def attach(self) -> None:
        """See core.adapter.Attachable."""
        await self._account.request.initialize()
        try:
            await asyncio.Event().wait()
        finally:
            await self.close()

    @property
    def anywhere(self) -> bool:
        """With a webhook the balancer in front says to whom an update goes."""
        return bool(self._settings.telegram_webhook_url)

    @property
    def heard(self) -> float:
        """When Telegram last answered. With a webhook it is Telegram that calls, whenever there is
        something: there silence says nothing."""
        if self._poller is None or not self._poller.answered:
            return 0.0
        return self._clock() if self._settings.telegram_webhook_url else self._poller.answered

    async def send(
        self, message: Outbound, edit: str | None, nonce: str, *, again: bool = False
    ) -> str:
        """See core.adapter. The nonce has no use here, nor can Telegram be asked what is there."""
        task = asyncio.current_task()
        assert task is not None
        self._sending.add(task)
        try:
            return await self._delivery.send(message, edit)
        finally:
            self._sending.discard(task)

    def held(self, message: Outbound, edit: str | None) -> Flooded | None:
        """See core.adapter.Paced."""
        return self._delivery.held(message, edit)

    async def fetch(self, attachment: Attachment, folder: Path) -> Path:
        """See core.adapter."""
        return await self._delivery.fetch(attachment, folder)

    async def close(self) -> None:
        """Let what is being sent finish, then close all connections; `run` does this at its end."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=PARTING_SECONDS)
        await self._delivery.close()
        await self._account.close()
