"""Update -> Inbound: what somebody said or pressed, where, and whether the bot is meant."""

import re
from dataclasses import dataclass, replace

from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    MessageOriginUser,
    Update,
)
from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType

from bots import codec
from bots.telegram.translate.attachments import attachments
from bots.telegram.translate.outbound import GENERAL
from bots.telegram.translate.people import PLATFORM, STAND_INS
from core.domain import tokens
from core.messages import (
    Address,
    Album,
    Amended,
    Attachment,
    Button,
    Called,
    Command,
    Happened,
    Heard,
    Inbound,
    Moved,
    Place,
    Presence,
    Pressed,
    Said,
    Sender,
    Ticket,
)

ANSWERABLE_SECONDS = 15.0
"""How long the press of a button can be answered with a toast: in practice longer, but nobody waits
for it."""

CONTENT = (
    "text", "photo", "animation", "video", "video_note", "voice", "audio", "document", "sticker",
    "contact", "location",
    "venue", "poll", "dice", "game", "story", "paid_media", "checklist",
)  # fmt: skip
"""What people send. All else that arrives as a message is a note of the service, such as
"pinned"."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account; `username` without the @."""

    id: int
    username: str


def to_inbound(update: Update, me: Me, now: float) -> Inbound | None:
    """What the update says, or None where it says nothing to us. `now` in seconds since the
    epoch."""
    key = f"tg:{me.id}:{update.update_id}"
    if update.callback_query:
        return _pressed(key, update.callback_query, now)
    if update.my_chat_member:
        return _admitted(key, update.my_chat_member)
    if update.edited_message:
        said = _said(key, update.edited_message, me)
        return _edited(said) if said else None
    return _said(key, update.message, me) if update.message else None


def in_part(inbound: Inbound) -> Inbound:
    """The item of an album of which the platform shows no other."""
    match inbound.happened:
        case Said(album=Album() as album) | Called(album=Album() as album):
            part = replace(inbound.happened, album=replace(album, partial=True))
            return replace(inbound, happened=part)
    return inbound


def _edited(said: Inbound) -> Inbound:
    """Of commands only /login counts here: what stands behind it is no wish, and must not be read
    as one."""
    login = "/login " if said.command is Command.LOGIN else ""
    return replace(said, happened=Amended(f"{login}{said.text}"))


def _said(key: str, message: Message, me: Me) -> Inbound | None:
    if message.migrate_to_chat_id or message.migrate_from_chat_id:
        return _moved(key, message)
    if not _human(message) or not any(getattr(message, kind) for kind in CONTENT):
        return None
    private = message.chat.type == ChatType.PRIVATE
    own = not _forwarded(message)
    command, words, addressed = (
        _read(message, me, private) if own else (None, "", private or _replies_to(message, me))
    )
    files = attachments(message)
    if not addressed and not (files and message.media_group_id):
        # the talk of others; only items of an album may still turn out to be meant, by another item
        return None
    album = Album(message.media_group_id) if message.media_group_id else None
    quoted = files + (_quoted(message, me) if addressed else ())
    if command is not None:
        return _enveloped(key, message, Called(command, words, quoted, album))
    named = private or (own and _without_mention(message, me)[1])
    heard = (Heard.DIRECT if named else Heard.REPLY) if addressed else Heard.OVERHEARD
    unusable = not files and not (own and message.text)
    return _enveloped(key, message, Said(words, quoted, heard, album, unusable))


def _enveloped(key: str, message: Message, happened: Happened) -> Inbound:
    private, masked = message.chat.type == ChatType.PRIVATE, _masked(message)
    return Inbound(
        key,
        Sender(
            _user(message),
            language=(message.from_user and message.from_user.language_code) or "",
            admin=bool(message.sender_chat and message.sender_chat.id == message.chat.id),
            masked=masked,
        ),
        Place(
            _address(message),
            private,
            space=_space(message.chat),
            aside=None if private or masked else Address(PLATFORM, _user(message)),
        ),
        happened,
        order=message.message_id,
        at=message.date.timestamp(),
        message=str(message.message_id),
        answers=_answered(message),
    )


def _forwarded(message: Message) -> bool:
    """Whether these are somebody else's words: its photo counts as sent, but nobody asked for what
    its caption says.

    A token is taken as ours to hide, whoever wrote it.
    """
    origin = message.forward_origin
    own = isinstance(origin, MessageOriginUser) and origin.sender_user == message.from_user
    return (
        origin is not None and not own and not tokens.found(message.text or message.caption or "")
    )


def _read(message: Message, me: Me, private: bool) -> tuple[Command | None, str, bool]:
    """Command, the words without command and mention, and whether the bot is meant."""
    words, mentioned = _without_mention(message, me)
    called = codec.called(words)
    if called is None:
        return None, words, private or mentioned or _replies_to(message, me)
    named = called.bot.lower()
    if named not in ("", me.username.lower()) and not private:
        return None, words, False
    if called.command is not None:
        return called.command, called.rest, True
    if tokens.found(words):
        return (
            None,
            words,
            private or bool(named) or mentioned,
        )  # "/loginnmv_usr_…": the core knows what it is
    if private or named or mentioned:
        return (
            Command.HELP,
            "",
            True,
        )  # a command that is not ours: showing what there is helps most
    return None, words, False


def _without_mention(message: Message, me: Me) -> tuple[str, bool]:
    words = message.text or message.caption or ""
    kinds: list[str | None] = [MessageEntityType.MENTION, MessageEntityType.TEXT_MENTION]
    found = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    ours = [
        text
        for entity, text in found.items()
        if (entity.user.id == me.id if entity.user else text.lower() == f"@{me.username.lower()}")
    ]
    for text in ours:
        words = words.replace(text, " ", 1)
    return (re.sub(r"[ \t]{2,}", " ", words).strip() if ours else words.strip()), bool(ours)


def _replies_to(message: Message, me: Me) -> bool:
    """In a topic every plain message "replies" to the note that opened the topic: that one does not
    count."""
    replied = message.reply_to_message
    return bool(
        replied
        and replied.from_user
        and replied.from_user.id == me.id
        and not replied.forum_topic_created
    )


def _answered(message: Message) -> str:
    """The message that this one answers, whoever wrote it: the core knows which are ours."""
    return str(message.reply_to_message.message_id) if message.reply_to_message else ""


def _quoted(message: Message, me: Me) -> tuple[Attachment, ...]:
    """The photo that the message replies to, whoever posted it; but not our own clips, which the
    talk is about."""
    if message.reply_to_message:
        return () if _replies_to(message, me) else attachments(message.reply_to_message)
    quoted = message.external_reply
    ours = (
        quoted
        and isinstance(quoted.origin, MessageOriginUser)
        and quoted.origin.sender_user.id == me.id
    )
    return attachments(quoted) if quoted and not ours else ()


def _pressed(key: str, query: CallbackQuery, now: float) -> Inbound | None:
    if query.message is None or query.data is None:
        return None
    label = _label(query)
    button = codec.from_data(query.data, label) or Button(label)
    user, private = str(query.from_user.id), query.message.chat.type == ChatType.PRIVATE
    return Inbound(
        key,
        Sender(user, language=query.from_user.language_code or ""),
        Place(
            _address(query.message)
            if isinstance(query.message, Message)
            else _place(query.message.chat),
            private,
            space=_space(query.message.chat),
            aside=None if private else Address(PLATFORM, user),
        ),
        Pressed(button.command, button.text, button.job) if button.command else Said(button.text),
        order=query.message.message_id,
        message=str(query.message.message_id),
        ticket=Ticket(query.id, now + ANSWERABLE_SECONDS),
    )


def _label(query: CallbackQuery) -> str:
    """What the pressed button says; empty under a message so old that Telegram no longer shows
    it."""
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    rows = markup.inline_keyboard if markup else ()
    return next(
        (button.text for row in rows for button in row if button.callback_data == query.data), ""
    )


def _moved(key: str, message: Message) -> Inbound:
    """A group became a supergroup: told in the old chat, in the new one, or in both."""
    old, new = (
        message.migrate_from_chat_id or message.chat.id,
        message.migrate_to_chat_id or message.chat.id,
    )
    place = Place(Address(PLATFORM, str(old)), private=False, space=str(old))
    return Inbound(key, Sender(_user(message)), place, Moved(Address(PLATFORM, str(new))))


def _admitted(key: str, change: ChatMemberUpdated) -> Inbound | None:
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
            space=_space(change.chat),
        ),
        Presence(after),
    )


def _inside(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


def _masked(message: Message) -> bool:
    """Whether Telegram hides who writes: `sender_chat` is a name that many may share, and never a
    person's."""
    return bool(message.sender_chat) or bool(
        message.from_user and message.from_user.id in STAND_INS
    )


def _human(message: Message) -> bool:
    """A person, whether under their own name or another; not another bot, not a channel's echo."""
    if message.is_automatic_forward:
        return False
    return bool(message.sender_chat or (message.from_user and not message.from_user.is_bot))


def _user(message: Message) -> str:
    sender = message.sender_chat or message.from_user
    return str(sender.id) if sender else ""


def _address(message: Message) -> Address:
    """`message_thread_id` outside a topic is only a chain of replies, and posting to it fails."""
    if message.is_topic_message and message.message_thread_id:
        return Address(PLATFORM, str(message.chat.id), str(message.message_thread_id))
    return _place(message.chat)


def _space(chat: Chat) -> str:
    return "" if chat.type == ChatType.PRIVATE else str(chat.id)


def _place(chat: Chat) -> Address:
    general = chat.is_forum and chat.type == ChatType.SUPERGROUP
    return Address(PLATFORM, str(chat.id), GENERAL if general else "")
