"""Message -> Inbound: what somebody said, where, and whether the bot is meant."""

import re
from dataclasses import replace
from functools import lru_cache

import discord

from bots import codec
from bots.discord.translate.files import again, files_of
from bots.discord.translate.places import above, address_of, opened_under, said_at, server_of
from core.messages import (
    ABOUT_SOMEBODY,
    Amended,
    Attachment,
    Called,
    Command,
    Heard,
    Inbound,
    Place,
    Said,
    Sender,
)

SAID = (discord.MessageType.default, discord.MessageType.reply)
"""What people write. All else that arrives as a message is a note of the service, such as
"pinned"."""


def from_message(message: discord.Message, me: int) -> Inbound | None:
    """What a message says, or None where the bot is not meant. `me` is the bot's own id.

    Without the message content intent, Discord empties whatever does not mention the bot: there is
    nothing to miss."""
    guild = server_of(message)
    private = guild is None
    if message.author.bot or message.webhook_id or message.type not in SAID:
        return None
    if not private and not mentions(message, me):
        return None
    author = message.author
    admin = isinstance(author, discord.Member) and author.guild_permissions.manage_guild
    channel = message.channel
    return Inbound(
        f"dc:m:{message.id}",
        _sender(author.id, admin),
        _place(guild, channel.id, opened_under(channel, me), above(channel)),
        _said(message, me, private=private),
        order=message.id,
        at=said_at(message.id),
        message=str(message.id),
        answers=_answered(message),
    )


@lru_cache(maxsize=1024)
def _sender(author: int, admin: bool) -> Sender:
    """Who writes several times, and where, is made into a record once."""
    return Sender(str(author), admin=admin)


@lru_cache(maxsize=1024)
def _place(guild: int | None, channel: int, opened: int, parent: str) -> Place:
    place = address_of(guild, channel, opened)
    return Place(place, guild is None, space=str(guild or ""), parent=parent)


def _said(message: discord.Message, me: int, *, private: bool) -> Said | Called:
    """The words; or the command that they begin with, which means the same typed as chosen.

    An unknown one is words like any others: a path begins like that too."""
    words, files = without_mention(message.content, me), again(message, files_of(message))
    typed = codec.called(words)
    if typed is not None and typed.command is not None:
        rest = _whom(message, typed.rest) if typed.command in ABOUT_SOMEBODY else typed.rest
        return Called(typed.command, rest, files)
    by_name = private or re.search(rf"<@!?{me}>", message.content)
    return Said(
        words,
        files,
        Heard.DIRECT if by_name or not replies(message, me) else Heard.REPLY,
        unusable=bool(message.stickers or message.poll or message.message_snapshots),
    )


def _whom(message: discord.Message, rest: str) -> str:
    """The id of the person that a command is about, which is written; else that of who wrote what
    it answers."""
    answered = message.reference.resolved if message.reference else None
    known = isinstance(answered, discord.Message) and not rest.strip()
    return str(answered.author.id) if known and isinstance(answered, discord.Message) else rest


def from_edit(message: discord.Message, me: int) -> Inbound | None:
    """What a message says since its author has changed it, or None where that is not meant for the
    bot.

    A link that unfolds counts as a change at Discord as well, and is none. Of commands only /login
    counts here: what stands behind it is no wish, and must not be read as one.
    """
    said = from_message(message, me) if message.edited_at else None
    if said is None or message.edited_at is None:
        return None
    key = f"dc:e:{message.id}:{message.edited_at.timestamp():.3f}"
    login = "/login " if said.command is Command.LOGIN else ""
    return replace(said, id=key, happened=Amended(f"{login}{said.text}"))


def replies(message: discord.Message, me: int) -> bool:
    """Whether it answers a message of ours."""
    found = message.reference.resolved if message.reference else None
    return isinstance(found, discord.Message) and found.author.id == me


def _answered(message: discord.Message) -> str:
    """The message that this one answers, whoever wrote it: the core knows which are ours."""
    reference = message.reference if message.type is discord.MessageType.reply else None
    return str(reference.message_id or "") if reference is not None else ""


def mentions(message: discord.Message, me: int) -> bool:
    """Whether the bot is named, or answered with the ring on; an answer without words or files says
    nothing."""
    named = any(person.id == me for person in message.mentions)
    return named and bool(message.content or files_of(message) or message.reference)


def unreadable(message: discord.Message, me: int) -> bool:
    """A reply to an answer of ours that Discord shows us empty: it counts as a mention only under
    ordinary messages."""
    replied = message.reference.resolved if message.reference else None
    return (
        server_of(message) is not None
        and not message.author.bot
        and isinstance(replied, discord.Message)
        and replied.author.id == me
        and replied.interaction_metadata is not None
        and not message.content
        and not message.attachments
    )


def names_the_role(message: discord.Message, me: int) -> bool:
    """Whether the bot's own role is mentioned in its place, which has the same name: such a message
    comes empty."""
    named = any(role.tags is not None and role.tags.bot_id == me for role in message.role_mentions)
    empty = not (message.content or message.attachments)
    return named and empty and server_of(message) is not None and not message.author.bot


def reply_not_shown(message: discord.Message) -> int:
    """The message that this one answers where Discord has not sent it along; else 0."""
    answered = message.reference if message.type is discord.MessageType.reply else None
    return (answered.message_id or 0) if answered is not None and answered.resolved is None else 0


def replied_to(message: discord.Message, me: int) -> discord.Message | None:
    """The message of somebody that this one answers; not our own clips, which the talk is about."""
    found = message.reference.resolved if message.reference else None
    return found if isinstance(found, discord.Message) and found.author.id != me else None


def with_files(inbound: Inbound, files: tuple[Attachment, ...]) -> Inbound:
    """The same with more files."""
    return inbound.with_files(inbound.attachments + files)


def without_mention(text: str, me: int) -> str:
    """The words without the bot's name in them."""
    if not any(sign in text for sign in ("<@", "  ", "\t")):  # nearly always: two searches less
        return text.strip()
    return re.sub(r"[ \t]{2,}", " ", re.sub(rf"<@!?{me}>", " ", text)).strip()
