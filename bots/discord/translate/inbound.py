"""Message or Interaction -> Inbound: what somebody said or pressed, where, and whether the bot is
meant."""

import re
from dataclasses import dataclass, replace

import discord

from bots import codec
from bots.discord.translate.files import Sent, again, files_of
from bots.discord.translate.ticket import Grant
from core import sanitize as harmless
from core.domain.conversation.commands import ROWS, Readers
from core.i18n import closest
from core.messages import (
    Address,
    Amended,
    Attachment,
    Called,
    Command,
    Heard,
    Inbound,
    Place,
    Pressed,
    Said,
    Sender,
)

PLATFORM = "discord"

SAID = (discord.MessageType.default, discord.MessageType.reply)
"""What people write. All else that arrives as a message is a note of the service, such as
"pinned"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an interaction asks for, once its form is read: command, words, the job a button names,
    files, profile."""

    command: Command
    text: str = ""
    job: int | None = None
    files: tuple[Sent, ...] = ()
    skill: str = ""


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
    return Inbound(
        f"dc:m:{message.id}",
        Sender(str(author.id), admin=admin),
        Place(
            address_of(guild, message.channel.id, _opened_under(message.channel, me)),
            private,
            space=str(guild or ""),
            parent=_above(message.channel),
        ),
        _said(message, me, private=private),
        order=message.id,
        at=said_at(message.id),
        message=str(message.id),
        answers=_answered(message),
    )


def _said(message: discord.Message, me: int, *, private: bool) -> Said | Called:
    """The words; or the command that they begin with, which means the same typed as chosen.

    An unknown one is words like any others: a path begins like that too."""
    words, files = without_mention(message.content, me), again(message, files_of(message))
    typed = codec.called(words)
    if typed is not None and typed.command is not None:
        return Called(typed.command, typed.rest, files)
    by_name = private or re.search(rf"<@!?{me}>", message.content)
    return Said(
        words,
        files,
        Heard.REPLY if _replies(message, me) and not by_name else Heard.DIRECT,
        unusable=bool(message.stickers or message.poll or message.message_snapshots),
    )


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


def said_at(snowflake: int) -> float:
    """When Discord gave a message or an interaction its id, in seconds since the epoch."""
    return discord.utils.snowflake_time(snowflake).timestamp()


def _replies(message: discord.Message, me: int) -> bool:
    """Whether it answers a message of ours."""
    found = message.reference.resolved if message.reference else None
    return isinstance(found, discord.Message) and found.author.id == me


def _answered(message: discord.Message) -> str:
    """The message that this one answers, whoever wrote it: the core knows which are ours."""
    reference = message.reference if message.type is discord.MessageType.reply else None
    return str(reference.message_id or "") if reference is not None else ""


def server_of(message: discord.Message) -> int | None:
    """The id of the server, also where the library does not know it yet: talk in one never passes
    for a direct chat."""
    if message.guild is not None:
        return message.guild.id
    return getattr(message.channel, "guild_id", None)


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
    return re.sub(r"[ \t]{2,}", " ", re.sub(rf"<@!?{me}>", " ", text)).strip()


def from_interaction(
    interaction: discord.Interaction,
    asked: Asked,
    files: tuple[Attachment, ...],
    grant: Grant | None,
    now: float,
) -> Inbound:
    """What an interaction asks; `grant` is None where it came too late to be answered as one."""
    admin = interaction.guild_id is not None and interaction.permissions.manage_guild
    return Inbound(
        f"dc:i:{interaction.id}",
        Sender(str(interaction.user.id), language=interaction.locale.value, admin=admin),
        Place(
            place_of(interaction),
            is_private(interaction),
            space=str(interaction.guild_id or ""),
            parent=_above(interaction.channel),
        ),
        _happened(interaction, asked, files),
        order=interaction.id,
        at=said_at(interaction.id),
        ticket=grant.ticket(now) if grant else None,
    )


def _happened(
    interaction: discord.Interaction, asked: Asked, files: tuple[Attachment, ...]
) -> Pressed | Called:
    """A button, or the form behind one; else a slash command, whose form came in place of
    options."""
    words = harmless.words(asked.text)
    if asked.job is not None or interaction.type is discord.InteractionType.component:
        return Pressed(asked.command, words, asked.job)
    return Called(asked.command, words, files, skill=asked.skill)


def to_grant_of(
    interaction: discord.Interaction, *, original: bool, hidden: bool, answer: str
) -> Grant:
    """What this interaction grants. Pressing a button under a hidden message keeps the answers
    hidden too."""
    return Grant(
        interaction=str(interaction.id),
        application=str(interaction.application_id),
        token=interaction.token,
        original=original,
        hidden=hidden,
        member=is_private(interaction) or interaction.is_guild_integration(),
        limit=interaction.filesize_limit,
        language=closest(interaction.locale.value),
        answer="" if hidden else answer,
    )


def is_private(interaction: discord.Interaction) -> bool:
    """Whether only the user and the bot read here: not so in a group, or in a chat with another
    person."""
    return interaction.guild_id is None and not interaction.context.private_channel


def hides(interaction: discord.Interaction, command: Command | None) -> bool:
    """Whether the first answer to this command is for the user's eyes only."""
    for_all = command is None or ROWS[command].readers is Readers.ALL
    return not for_all and not is_private(interaction)


def place_of(interaction: discord.Interaction) -> Address:
    """Where an interaction was used."""
    me = interaction.client.user
    above = _opened_under(interaction.channel, me.id) if me else 0
    return address_of(interaction.guild_id, interaction.channel_id or 0, above)


def address_of(guild: int | None, channel: int, above: int = 0) -> Address:
    """The chat is the channel; threads and posts are channels of their own.

    The server stands in `thread`: so a restarted bot can tell a direct chat from a channel without
    asking. For a thread that the bot opens for a request the channel `above` it follows, so that an
    answer finds a way also where the thread cannot be opened."""
    place = f"{guild}/{above}" if above else str(guild)
    return Address(PLATFORM, str(channel), place if guild else "")


def guild_of(address: Address) -> int | None:
    """The server of an address, None for direct chats and groups."""
    return int(address.thread.partition("/")[0]) if address.thread else None


def parent_of(address: Address) -> int:
    """The channel above a thread that the bot opens for a request, 0 anywhere else."""
    return int(address.thread.partition("/")[2] or 0)


def _above(channel: object) -> str:
    """The channel that a thread or post hangs under, empty anywhere else."""
    return str(channel.parent_id) if isinstance(channel, discord.Thread) else ""


def _opened_under(channel: object, me: int) -> int:
    """The same for a thread that the bot itself has opened."""
    return (
        channel.parent_id if isinstance(channel, discord.Thread) and channel.owner_id == me else 0
    )
