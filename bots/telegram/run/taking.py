"""Takes in updates: what is odd is left out, who administers a group is asked, and a defect leaves
nobody in silence."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import structlog
from telegram import Bot, ChatMember, Update
from telegram.error import TelegramError

from bots.telegram.delivery import Delivery
from bots.telegram.run.polling import ODD
from bots.telegram.translate import Me, in_part, to_inbound
from core.adapter import DeliveryError, Receive
from core.i18n import closest, text
from core.messages import Command, Inbound, Outbound, Recipient, Words

log = structlog.get_logger()

NONSENSE = tuple(kind for kind in ODD if kind is not OSError)
"""What an odd update may lead to in `receive`, but for what a disk does: that passes, and Telegram
then delivers once more."""


class Taking:
    """What comes by one bot account."""

    def __init__(self, bot: Bot, delivery: Delivery, clock: Callable[[], float]) -> None:
        self._bot, self._delivery, self._clock = bot, delivery, clock
        self._administered: dict[str, bool] = {}

    async def take(self, update: Update, me: Me, reads_all: bool, receive: Receive) -> None:
        """Hand an update on. What a disk does to `receive` is raised: Telegram then delivers once
        more."""
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
