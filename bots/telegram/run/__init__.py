"""The Telegram adapter: takes updates in by polling or webhook, and hands everything else to
delivery."""

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from telegram import Bot, ChatMember, Update
from telegram.error import TelegramError

from bots.telegram.commands import SPOKEN, all_shown
from bots.telegram.delivery import Delivery
from bots.telegram.delivery.pacing import Pacing
from bots.telegram.delivery.receipts import Receipts
from bots.telegram.run.menus import Menus
from bots.telegram.run.polling import ODD, Keeping, Pace, Poller
from bots.telegram.settings import Settings
from bots.telegram.translate import (
    CAPTION_LIMIT,
    DOWNLOAD_LIMIT,
    TEXT_LIMIT,
    Me,
    in_part,
    to_inbound,
)
from core.adapter import DeliveryError, Flooded, Receive
from core.clock import SteadyClock
from core.i18n import closest, text
from core.messages import Attachment, Command, Inbound, Outbound, Recipient, Words
from core.net.proxies import DIRECT, Proxies
from core.net.proxies.transport import Transport

if TYPE_CHECKING:
    from bots.telegram.run.webhook import Webhook

log = structlog.get_logger()

PARTING_SECONDS = 15.0
"""How long the end of `run` waits for messages that are just being sent: cut off, they would be in
doubt."""

NONSENSE = tuple(kind for kind in ODD if kind is not OSError)
"""The same from `receive`, but for what a disk does: that passes, and Telegram then delivers once
more."""

LOUD = ("telegram.Bot", "telegram.request.BaseRequest")
"""Loggers that write what people said, or a stack for each hiccup; our own lines tell of both in a
sentence."""


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
        os.environ.setdefault(
            "PTB_TIMEDELTA", "true"
        )  # else the library warns whenever it raises RetryAfter
        for name in LOUD:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._settings, self._pace, self._clock = settings, pace or Pace(), clock or SteadyClock()
        self._polling = Keeping(connect_timeout=15, pool_timeout=15, httpx_kwargs=_way(proxies, 2))
        self._request = Receipts(
            connect_timeout=15,
            read_timeout=30,
            write_timeout=30,
            pool_timeout=30,
            httpx_kwargs=_way(proxies, 64),
        )
        url = settings.telegram_api_url
        self._bot = Bot(
            settings.token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=self._request,
            get_updates_request=self._polling,
            local_mode=settings.telegram_local_mode,
        )
        pacing = Pacing(self._clock, self._pace.group_edit, apart=self._pace.apart)
        self._delivery = Delivery(
            self._bot, self._request, folder, pacing, self._pace.action, self._pace.answer, proxies
        )
        self.largest_upload = self._delivery.largest_upload
        self.largest_download = 0 if settings.telegram_local_mode else DOWNLOAD_LIMIT
        self.admins = admins
        self._menus = Menus(self._bot, folder, self._clock, self._pace.menus)
        self._sending: set[asyncio.Task[object]] = set()
        self._poller: Poller | None = None
        self._administered: dict[str, bool] = {}

    @cached_property
    def webhook(self) -> "Webhook":
        """What Telegram calls; it brings a web server along, so it is imported where it is used."""
        from bots.telegram.run.webhook import Webhook

        return Webhook(self._bot, self._settings, self._pace.body)

    async def run(self, receive: Receive) -> None:
        """Take in updates until cancelled. Raises WrongSetting where Telegram does not accept the
        token."""
        await self._request.initialize()
        await self._polling.initialize()
        poller = self._poller = Poller(self._bot, self._polling, self._pace, self._clock)
        registering: asyncio.Task[None] | None = None
        try:
            account = await poller.persist(self._bot.get_me)
            me = Me(account.id, account.username or "", self.admins)
            reads_all = bool(account.can_read_all_group_messages)
            shown = all_shown(self.menus, self.admins)
            registering = asyncio.create_task(self._menus.keep(account.id, shown))

            async def take(update: Update) -> None:
                await self._take(update, me, reads_all, receive)

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
        await self._request.initialize()
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
        await self._request.shutdown()
        await self._polling.shutdown()

    async def _take(self, update: Update, me: Me, reads_all: bool, receive: Receive) -> None:
        if update.callback_query:
            self._delivery.answers.expect(update.callback_query.id)
        if update.my_chat_member:
            self._administered.pop(str(update.my_chat_member.chat.id), None)
        try:
            inbound = to_inbound(update, me, self._clock())
        except ODD as error:  # the library reads half of an odd update
            log.error(
                "an update makes no sense and is left out",
                update=update.update_id,
                error=type(error).__name__,
            )
            return
        if inbound is None:
            return
        if not reads_all and inbound.album and await self._is_member_only(inbound, me.id):
            inbound = in_part(inbound)  # privacy mode shows only the item that mentions the bot
        if inbound.command is Command.SETTINGS and not inbound.sender.admin:
            admin = await self._administers(inbound.place.space, int(inbound.user)) is True
            inbound = replace(inbound, sender=replace(inbound.sender, admin=admin))
        try:
            await receive(inbound)
        except NONSENSE:
            log.exception(
                "a defect: an update cannot be taken in and is left out", update=update.update_id
            )
            await self._excuse(inbound)

    async def _excuse(self, inbound: Inbound) -> None:
        """Nobody is left in silence, and the same update must not end one start after the other."""
        if inbound.addressed:
            words = text("telegram.failed", closest(inbound.sender.language))
            with suppress(DeliveryError):
                to = Recipient(inbound.address, ticket=inbound.ticket)
                await self._delivery.send(Outbound(to, Words(words)), None)

    async def _is_member_only(self, inbound: Inbound, me: int) -> bool:
        """Whether the bot is surely no administrator of this group; administrators see everything
        (bots FAQ)."""
        if inbound.place.space not in self._administered:
            rights = await self._administers(inbound.place.space, me)
            if rights is None:
                return False  # in a private chat, or not to be found out: then nothing is claimed
            self._administered[inbound.place.space] = rights
        return not self._administered[inbound.place.space]

    async def _administers(self, space: str, user: int) -> bool | None:
        """None where there is no group, or where Telegram does not say."""
        if not space:
            return None
        try:
            member = await self._bot.get_chat_member(space, user)
        except TelegramError:
            return None
        return member.status in (ChatMember.ADMINISTRATOR, ChatMember.OWNER)


def _way(proxies: Proxies, connections: int) -> dict[str, Any]:
    """For httpx: by the proxies that we have chosen, never by those that it would find."""
    return {"transport": Transport(proxies, connections), "trust_env": False}
