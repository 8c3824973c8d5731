"""Who says something, and where."""

from telegram import (
    Chat,
    Message,
)
from telegram.constants import ChatType

from bots.telegram.translate.outbound import GENERAL
from bots.telegram.translate.people import PLATFORM, STAND_INS
from core.messages import (
    Address,
)


def is_masked(message: Message) -> bool:
    """Whether Telegram hides who writes: `sender_chat` is a name that many may share, and never a
    person's."""
    return bool(message.sender_chat) or bool(
        message.from_user and message.from_user.id in STAND_INS
    )


def is_human(message: Message) -> bool:
    """A person, whether under their own name or another; not another bot, not a channel's echo."""
    if message.is_automatic_forward:
        return False
    return bool(message.sender_chat or (message.from_user and not message.from_user.is_bot))


def user_of(message: Message) -> str:
    """The id of who writes, or in whose name."""
    sender = message.sender_chat or message.from_user
    return str(sender.id) if sender else ""


def address_of(message: Message) -> Address:
    """`message_thread_id` outside a topic is only a chain of replies, and posting to it fails."""
    if message.is_topic_message and message.message_thread_id:
        return Address(PLATFORM, str(message.chat.id), str(message.message_thread_id))
    return place_of(message.chat)


def space_of(chat: Chat) -> str:
    """The group, "" in private."""
    return "" if chat.type == ChatType.PRIVATE else str(chat.id)


def place_of(chat: Chat) -> Address:
    """The chat itself: in one with topics the general one."""
    general = chat.is_forum and chat.type == ChatType.SUPERGROUP
    return Address(PLATFORM, str(chat.id), GENERAL if general else "")
