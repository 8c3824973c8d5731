"""The JSON in which Discord describes people, servers, channels, messages and interactions."""

import datetime
from typing import Any
from urllib.parse import quote

from tests.servers.discord.world import (
    COMPONENT,
    DM,
    FORUM,
    GROUP,
    LINK_SECONDS,
    MODAL,
    PUBLIC_THREAD,
    RIGHTS,
    SLASH,
    Attached,
    Channel,
    Guild,
    Interaction,
    Message,
    Person,
    World,
)

MANAGE_GUILD = 1 << 5
Json = dict[str, Any]


def user(person: Person) -> Json:
    return {
        "id": str(person.id),
        "username": person.name.lower(),
        "discriminator": "0",
        "global_name": None if person.bot else person.name,
        "avatar": None,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
        "bot": person.bot,
    }


def member(world: World, person: Person, channel: Channel | None = None) -> Json:
    found: Json = {
        "user": user(person),
        "roles": [],
        "joined_at": stamp(world.clock()),
        "deaf": False,
        "mute": False,
    }
    found |= {"flags": 0, "nick": None, "avatar": None, "banner": None, "pending": False}
    held = sum(RIGHTS.values()) | (MANAGE_GUILD if person.admin else 0)
    return found | ({"permissions": str(held)} if channel else {})


def guild(world: World, server: Guild) -> Json:
    """GUILD_CREATE."""
    inside = [channel for channel in world.channels.values() if channel.guild is server]
    everyone = {
        "id": str(server.id), "name": "@everyone", "permissions": str(sum(RIGHTS.values())),
        "position": 0,
        "color": 0, "colors": {"primary_color": 0}, "hoist": False, "managed": False,
        "mentionable": False, "flags": 0,
    }  # fmt: skip
    return {
        "id": str(server.id),
        "name": server.name,
        "owner_id": "1",
        "premium_tier": server.tier,
        "preferred_locale": "en-US",
        "features": [],
        "roles": [everyone, everyone | _role_of_bot(world)],
        "emojis": [],
        "stickers": [],
        "member_count": len(world.people),
        "members": [member(world, world.bot)],
        "channels": [channel_of(world, c) for c in inside if c.kind != PUBLIC_THREAD],
        "threads": [channel_of(world, c) for c in inside if c.kind == PUBLIC_THREAD],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "unavailable": False,
    }


def channel_of(world: World, channel: Channel) -> Json:
    last = max(
        (said.id for said in world.messages.values() if said.channel is channel), default=None
    )
    base: Json = {"id": str(channel.id), "type": channel.kind, "flags": 0}
    base |= {"last_message_id": str(last) if last else None}
    if channel.guild is None:
        more: Json = {"recipients": [user(person) for person in channel.people]}
        if channel.kind == GROUP:
            more |= {
                "name": channel.name or None,
                "icon": None,
                "owner_id": str(channel.people[0].id),
            }
        return base | more
    base |= {
        "guild_id": str(channel.guild.id),
        "name": channel.name,
        "permissions": str(world.permissions(channel)),
    }
    if channel.kind == PUBLIC_THREAD:
        metadata: dict[str, Any] = {
            "archived": channel.archived,
            "locked": channel.locked,
            "auto_archive_duration": 1440,
        }
        metadata["archive_timestamp"] = stamp(world.clock())
        return base | {
            "parent_id": str(channel.parent),
            "owner_id": str(channel.owner),
            "message_count": 0,
            "total_message_sent": 0,
            "member_count": 1,
            "thread_metadata": metadata,
        }
    refused = sum(bit for name, bit in RIGHTS.items() if name in channel.denied)
    overwrites = (
        [{"id": str(world.bot.id), "type": 1, "allow": "0", "deny": str(refused)}]
        if refused
        else []
    )
    forum: dict[str, Any] = {
        "available_tags": [],
        "default_reaction_emoji": None,
        "default_sort_order": None,
    }
    return (
        base
        | {"position": 0, "permission_overwrites": overwrites}
        | (forum if channel.kind == FORUM else {})
    )


def attachment(world: World, base: str, file: Attached) -> Json:
    """`base` is the address of the fake; the link is signed and runs out."""
    photo = file.photo
    url = link(world, base, file)
    found: Json = {
        "id": str(file.id),
        "filename": photo.name,
        "size": len(photo.data),
        "url": url,
        "proxy_url": url,
    }
    found |= (
        {"content_type": photo.mime, "ephemeral": True}
        if file.ephemeral
        else {"content_type": photo.mime}
    )
    return found | ({"width": photo.width, "height": photo.height} if photo.width else {})


def link(world: World, base: str, file: Attached) -> str:
    start = int(world.clock())
    kind = "ephemeral-attachments" if file.ephemeral else "attachments"
    end = start + int(LINK_SECONDS)
    path = f"/{kind}/{file.channel}/{file.id}/{quote(file.photo.name)}"
    return f"{base}{path}?ex={end:x}&is={start:x}&hm={signature(path, end)}&"


def signature(path: str, end: int) -> str:
    """Any change to path or end gives another one; it protects nothing, it only has to be
    checked."""
    return format(
        sum(ord(letter) * place for place, letter in enumerate(f"{path}{end}", 7))
        * 2654435761
        % 2**64,
        "x",
    )


def message(
    world: World, base: str, said: Message, *, hidden: bool = False, nested: bool = False
) -> Json:
    """`hidden` empties what a bot without the message content intent does not get (Discord,
    "Message Content")."""
    found: Json = {
        "id": str(said.id),
        "channel_id": str(said.channel.id),
        "author": user(said.author),
        "content": "" if hidden else said.content,
        "attachments": [] if hidden else [attachment(world, base, file) for file in said.files],
        "components": [] if hidden else _numbered(said.components),
        "embeds": [] if hidden else [_embed(world, base, said, embed) for embed in said.embeds],
        "mentions": [user(person) for person in said.mentions],
        "mention_roles": [str(world.role_of_bot)] if said.names_role else [],
        "mention_everyone": False,
        "timestamp": stamp(said.at),
        "edited_timestamp": stamp(said.edited_at) if said.edited_at else None,
        "flags": said.flags,
        "pinned": False,
        "tts": False,
        "type": 19 if said.reply_to else 20 if said.asked_by and said.asked_by.kind == SLASH else 0,
    }
    if said.nonce:
        found["nonce"] = said.nonce
    if said.asked_by:
        found |= {"application_id": str(world.bot.id), "webhook_id": str(world.bot.id)}
        found["interaction_metadata"] = _metadata(said.asked_by)
    if said.reply_to:
        found["message_reference"] = _reference(said.reply_to) | {"type": 0}
        if not nested and not world.omits_answered:
            gone = said.reply_to.deleted
            found["referenced_message"] = (
                None if gone else message(world, base, said.reply_to, nested=True)
            )
    if said.forwarded:
        found["message_reference"] = _reference(said.forwarded) | {"type": 1}
        found["message_snapshots"] = (
            [] if hidden else [{"message": _snapshot(world, base, said.forwarded)}]
        )
    return found


def _role_of_bot(world: World) -> Json:
    """The role that a server has for the bot alone."""
    tags = {"bot_id": str(world.bot.id)}
    return {
        "id": str(world.role_of_bot),
        "name": world.bot.name,
        "managed": True,
        "permissions": "0",
        "tags": tags,
    }


def _embed(world: World, base: str, said: Message, embed: Json) -> Json:
    """As Discord gives it back: its pictures under their own links."""
    links = {f"attachment://{file.photo.name}": link(world, base, file) for file in said.pictures}
    shown = {
        part: {"url": links.get(embed[part]["url"], embed[part]["url"])}
        for part in ("thumbnail", "image")
        if embed.get(part)
    }
    return {"type": "rich"} | embed | shown


def _reference(said: Message) -> Json:
    found = {"message_id": str(said.id), "channel_id": str(said.channel.id)}
    return found | ({"guild_id": str(said.channel.guild.id)} if said.channel.guild else {})


def _snapshot(world: World, base: str, said: Message) -> Json:
    whole = message(world, base, said, nested=True)
    kept = (
        "content",
        "attachments",
        "embeds",
        "timestamp",
        "edited_timestamp",
        "flags",
        "mentions",
        "mention_roles",
    )
    return {name: whole[name] for name in (*kept, "type", "components")}


def _numbered(rows: list[Json]) -> list[Json]:
    """Discord gives every component an id."""
    found = []
    for place, row in enumerate(rows):
        parts = [
            part | {"id": 10 * place + number}
            for number, part in enumerate(row.get("components", []), 2)
        ]
        found.append(row | {"id": 10 * place + 1, "components": parts})
    return found


def _metadata(asked: Interaction) -> Json:
    found: Json = {"id": str(asked.id), "type": asked.kind, "user": user(asked.user)}
    found["authorizing_integration_owners"] = asked.owners
    if asked.kind == SLASH:
        found |= {"name": asked.data["name"], "command_type": asked.data["type"]}
    elif asked.kind == COMPONENT and asked.message:
        found["interacted_message_id"] = str(asked.message.id)
    elif asked.kind == MODAL:
        found["triggering_interaction_metadata"] = (
            _metadata(asked.opened_by) if asked.opened_by else None
        )
    return found


def interaction(world: World, base: str, asked: Interaction) -> Json:
    """INTERACTION_CREATE."""
    channel = asked.channel
    found: Json = {
        "id": str(asked.id),
        "application_id": str(world.bot.id),
        "type": asked.kind,
        "token": asked.token,
        "version": 1,
        "data": asked.data,
        "channel": channel_of(world, channel),
        "channel_id": str(channel.id),
        "locale": asked.locale,
        "entitlements": [],
        "attachment_size_limit": asked.limit,
        "authorizing_integration_owners": asked.owners,
        "context": 0 if channel.guild else 1 if channel.kind == DM else 2,
        "app_permissions": str(world.permissions(channel)),
    }
    if channel.guild:
        found["guild_id"] = str(channel.guild.id)
        found["guild"] = {"id": str(channel.guild.id), "locale": "en-US", "features": []}
        found["guild_locale"] = "en-US"
        found["member"] = member(world, asked.user, channel)
    else:
        found["user"] = user(asked.user)
    if asked.message:
        found["message"] = message(world, base, asked.message)
    return found


def own_guild(world: World, server: Guild) -> Json:
    """Of GET /users/@me/guilds."""
    return {
        "id": str(server.id),
        "name": server.name,
        "icon": None,
        "banner": None,
        "owner": False,
        "permissions": str(sum(bit for name, bit in RIGHTS.items() if name not in world.lacking)),
        "features": [],
    }


def application(world: World) -> Json:
    """GET /oauth2/applications/@me."""
    owner = next((person for person in world.people.values() if not person.bot), world.bot)
    return {
        "id": str(world.bot.id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user(owner),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
    }


def stamp(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat()
