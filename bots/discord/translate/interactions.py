"""Interaction -> Inbound: which command was chosen, or button pressed, and what that grants."""

from dataclasses import dataclass

import discord

from bots.discord.translate.files import Sent
from bots.discord.translate.places import above, address_of, opened_under, said_at
from bots.discord.translate.ticket import Grant
from core import sanitize as harmless
from core.domain.conversation import COMMAND_ROWS, Readers
from core.i18n import closest
from core.messages import (
    Address,
    Attachment,
    Called,
    Command,
    Inbound,
    Place,
    Pressed,
    Sender,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an interaction asks for, once its form is read: command, words, the job a button names,
    files, profile."""

    command: Command
    text: str = ""
    job: int | None = None
    files: tuple[Sent, ...] = ()
    skill: str = ""


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
            parent=above(interaction.channel),
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
        return Pressed(asked.command, words, asked.job, files)
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
    for_all = command is None or COMMAND_ROWS[command].readers is Readers.ALL
    return not for_all and not is_private(interaction)


def place_of(interaction: discord.Interaction) -> Address:
    """Where an interaction was used."""
    me = interaction.client.user
    above = opened_under(interaction.channel, me.id) if me else 0
    return address_of(interaction.guild_id, interaction.channel_id or 0, above)
