"""Update -> Inbound: what somebody said or pressed, where, and whether the bot is meant."""

from dataclasses import replace

from telegram import (
    CallbackQuery,
    Message,
    Update,
)
from telegram.constants import ChatType

from bots import codec
from bots.telegram.translate.attachments import attachments
from bots.telegram.translate.changes import admitted, moved
from bots.telegram.translate.meant import (
    Me,
    answered,
    is_forwarded,
    quoted_files,
    read,
    replies_to,
    without_mention,
)
from bots.telegram.translate.people import PLATFORM
from bots.telegram.translate.places import (
    address_of,
    is_human,
    is_masked,
    place_of,
    space_of,
    user_of,
)
from core.messages import (
    Address,
    Album,
    Amended,
    Button,
    Called,
    Command,
    Happened,
    Heard,
    Inbound,
    Place,
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


def to_inbound(update: Update, me: Me, now: float) -> Inbound | None:
    """What the update says, or None where it says nothing to us. `now` in seconds since the
    epoch."""
    key = f"tg:{me.id}:{update.update_id}"
    if update.callback_query:
        return _pressed(key, update.callback_query, now)
    if update.my_chat_member:
        return admitted(key, update.my_chat_member)
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
        return moved(key, message)
    if not is_human(message) or not any(getattr(message, kind) for kind in CONTENT):
        return None
    private = message.chat.type == ChatType.PRIVATE
    own = not is_forwarded(message)
    command, words, addressed = (
        read(message, me, private) if own else (None, "", private or replies_to(message, me))
    )
    files = attachments(message)
    if not addressed and not (files and message.media_group_id):
        # the talk of others; only items of an album may still turn out to be meant, by another item
        return None
    album = Album(message.media_group_id) if message.media_group_id else None
    quoted = files + (quoted_files(message, me) if addressed else ())
    if command is not None:
        return _enveloped(key, message, Called(command, words, quoted, album))
    named = private or (own and without_mention(message, me)[1])
    heard = (Heard.DIRECT if named else Heard.REPLY) if addressed else Heard.OVERHEARD
    unusable = not files and not (own and message.text)
    return _enveloped(key, message, Said(words, quoted, heard, album, unusable))


def _enveloped(key: str, message: Message, happened: Happened) -> Inbound:
    private, masked = message.chat.type == ChatType.PRIVATE, is_masked(message)
    return Inbound(
        key,
        Sender(
            user_of(message),
            language=(message.from_user and message.from_user.language_code) or "",
            admin=bool(message.sender_chat and message.sender_chat.id == message.chat.id),
            masked=masked,
        ),
        Place(
            address_of(message),
            private,
            space=space_of(message.chat),
            aside=None if private or masked else Address(PLATFORM, user_of(message)),
        ),
        happened,
        order=message.message_id,
        at=message.date.timestamp(),
        message=str(message.message_id),
        answers=answered(message),
    )


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
            address_of(query.message)
            if isinstance(query.message, Message)
            else place_of(query.message.chat),
            private,
            space=space_of(query.message.chat),
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
