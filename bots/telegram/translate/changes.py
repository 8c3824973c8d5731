"""What changes about a chat: its address, and whether the bot is let in."""

from telegram import (
    ChatMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
)
from telegram.constants import ChatMemberStatus, ChatType

from bots.telegram.translate.people import PLATFORM, STAND_INS
from bots.telegram.translate.places import space_of, user_of
from core.messages import (
    Address,
    Inbound,
    Moved,
    Place,
    Presence,
    Sender,
)


def moved(key: str, message: Message) -> Inbound:
    """A group became a supergroup: told in the old chat, in the new one, or in both."""
    old, new = (
        message.migrate_from_chat_id or message.chat.id,
        message.migrate_to_chat_id or message.chat.id,
    )
    place = Place(Address(PLATFORM, str(old)), private=False, space=str(old))
    return Inbound(key, Sender(user_of(message)), place, Moved(Address(PLATFORM, str(new))))


def admitted(key: str, change: ChatMemberUpdated) -> Inbound | None:
    """Blocked, thrown out, or let in; other changes, such as new rights, say nothing to people."""
    before, after = _inside(change.old_chat_member), _inside(change.new_chat_member)
    if before == after:
        return None
    user = change.from_user
    return Inbound(
        key,
        Sender(str(user.id), language=user.language_code or "", masked=user.id in STAND_INS),
        Place(
            Address(PLATFORM, str(change.chat.id)),
            private=change.chat.type == ChatType.PRIVATE,
            space=space_of(change.chat),
        ),
        Presence(after),
    )


def _inside(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
