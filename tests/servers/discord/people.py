"""What people do on the fake Discord: use commands and menus, write, press, fill in forms; and what
they then see."""

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from tests.servers.discord import payloads
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.rest import Rest
from tests.servers.discord.world import (
    AUTOCOMPLETE,
    COMPONENT,
    DM,
    FILE_LIMIT,
    FORUM,
    GROUP,
    GUILD_LIMITS,
    LOADING,
    MODAL,
    PUBLIC_THREAD,
    SLASH,
    TEXT,
    TOKEN_SECONDS,
    Attached,
    Channel,
    Guild,
    Interaction,
    Message,
    Person,
    Photo,
    World,
)

ATTACHMENT = 11
KINDS: Mapping[str, int] = {"chat": 1, "user": 2, "message": 3}


class People:
    """One server with one channel, and two people in it; more can be made."""

    world: World
    gateway: Gateway
    rest: Rest

    def settle(self) -> None:
        """The world as every test finds it."""
        self.guild = self.world.new_guild("A server")
        self.general = self.world.new_channel(TEXT, "general", guild=self.guild)
        self.asker = self.world.new_person("Asker")
        self.onlooker = self.world.new_person("Onlooker")
        self.dm = self.world.dm_of(self.asker)

    # Places

    def thread(self, parent: Channel, name: str = "a thread") -> Channel:
        thread = self.world.new_channel(PUBLIC_THREAD, name, guild=parent.guild, parent=parent.id)
        self.gateway.tell("THREAD_CREATE", thread, payloads.channel_of(self.world, thread))
        return thread

    def forum(self, name: str = "questions") -> Channel:
        forum = self.world.new_channel(FORUM, name, guild=self.guild)
        self.gateway.tell("CHANNEL_CREATE", forum, payloads.channel_of(self.world, forum))
        return forum

    def foreign(self, name: str = "elsewhere") -> Channel:
        """A channel of a server where the bot is not a member."""
        return self.world.new_channel(TEXT, name, guild=self.world.new_guild(name, inside=False))

    def group(self) -> Channel:
        """A group chat of people; a bot can never be in one."""
        return self.world.new_channel(GROUP, "friends", people=(self.asker, self.onlooker))

    def forbid(self, channel: Channel, *rights: str) -> None:
        """Take rights in a channel away from the bot, and tell it so."""
        channel.denied |= set(rights)
        if channel.guild and channel.guild.inside:
            self.gateway.tell("CHANNEL_UPDATE", channel, payloads.channel_of(self.world, channel))

    # Commands and menus

    def slash(
        self,
        name: str,
        options: Mapping[str, Any] | None = None,
        photos: Sequence[Photo] = (),
        *,
        user: Person | None = None,
        channel: Channel | None = None,
        locale: str = "en-US",
        installed: str = "guild",
        limit: int | None = None,
    ) -> Interaction:
        """Use a slash command as it is registered; `photos` fill its attachment options in
        order."""
        user, channel = user or self.asker, channel or self.general
        command = self._registered(name, "chat", channel, installed)
        kept = [self.world.keep(photo, channel, ephemeral=True) for photo in photos]
        slots = [
            option["name"] for option in command.get("options", []) if option["type"] == ATTACHMENT
        ]
        assert len(kept) <= len(slots), f"/{name} takes {len(slots)} files"
        values = dict(options or {}) | {
            slot: str(file.id) for slot, file in zip(slots, kept, strict=False)
        }
        data = self._called(command) | {"options": self._options(command, values)}
        if kept:
            data["resolved"] = self._resolved(kept)
        return self._uses(SLASH, data, user, channel, locale, installed, limit)

    def types(self, name: str, option: str, words: str, **more: Any) -> Interaction:
        """Type into an option that completes; the answer is in `choices`."""
        command = self._registered(name, "chat", self.general, "guild")
        focused = next(found for found in command["options"] if found["name"] == option)
        assert focused.get("autocomplete"), f"{option} of /{name} does not complete"
        data = self._called(command) | {
            "options": [{"type": 3, "name": option, "value": words, "focused": True}]
        }
        return self._uses(
            AUTOCOMPLETE, data, self.asker, self.general, more.get("locale", "en-US"), "guild", None
        )

    def menu(
        self,
        name: str,
        message: Message,
        *,
        user: Person | None = None,
        locale: str = "en-US",
        installed: str = "guild",
        limit: int | None = None,
    ) -> Interaction:
        """Apps ▸ name, on a message. The command gets the whole message, whoever wrote it."""
        command = self._registered(name, "message", message.channel, installed)
        whole = payloads.message(self.world, self.rest.base, message)
        data = self._called(command) | {
            "target_id": str(message.id),
            "resolved": {"messages": {str(message.id): whole}},
        }
        return self._uses(
            SLASH, data, user or self.asker, message.channel, locale, installed, limit
        )

    def _registered(self, name: str, kind: str, channel: Channel, installed: str) -> payloads.Json:
        command = next(
            (c for c in self.world.commands if c["name"] == name and c["type"] == KINDS[kind]),
            None,
        )
        assert command is not None, (
            f"{name!r} is not registered; there are {[c['name'] for c in self.world.commands]}"
        )
        place = 0 if channel.guild else 1 if channel.kind == DM else 2
        assert place in (command.get("contexts") or (0, 1)), f"{name} cannot be used here"
        wanted = {"guild": 0, "user": 1}[installed]
        assert wanted in (command.get("integration_types") or (0,)), (
            f"{name} cannot be installed so"
        )
        return command

    def _called(self, command: payloads.Json) -> payloads.Json:
        return {"id": command["id"], "name": command["name"], "type": command["type"]}

    def _options(self, command: payloads.Json, values: Mapping[str, Any]) -> list[payloads.Json]:
        known = {option["name"]: option for option in command.get("options", [])}
        for name, value in values.items():
            assert name in known, f"/{command['name']} has no option {name}"
            allowed = [choice["value"] for choice in known[name].get("choices", [])]
            assert not allowed or value in allowed, f"{name} must be one of {allowed}"
        missing = [
            name for name, option in known.items() if option.get("required") and name not in values
        ]
        assert not missing, f"/{command['name']} needs {missing}"
        return [
            {"type": known[name]["type"], "name": name, "value": value}
            for name, value in values.items()
        ]

    def _resolved(self, kept: Sequence[Attached]) -> payloads.Json:
        return {
            "attachments": {
                str(file.id): payloads.attachment(self.world, self.rest.base, file) for file in kept
            }
        }

    # Buttons and forms

    def presses(
        self,
        message: Message,
        button: str,
        *,
        user: Person | None = None,
        locale: str = "en-US",
        installed: str = "guild",
        limit: int | None = None,
    ) -> Interaction:
        """Press the button with this label or custom id."""
        found = next(
            (
                each
                for each in message.buttons
                if button in (each.get("label"), each.get("custom_id"))
            ),
            None,
        )
        assert found is not None, f"no button {button!r} among {message.labels}"
        data = {"custom_id": found["custom_id"], "component_type": 2, "id": 1}
        return self._uses(
            COMPONENT,
            data,
            user or self.asker,
            message.channel,
            locale,
            installed,
            limit,
            message=message,
        )

    def submits(
        self,
        opened: Interaction,
        values: Mapping[str, str] | None = None,
        photos: Sequence[Photo] = (),
    ) -> Interaction:
        """Fill in the form that an interaction opened; `values` by custom id of the field."""
        modal = opened.modal
        assert modal is not None, "no form was opened"
        kept = [self.world.keep(photo, opened.channel, ephemeral=True) for photo in photos]
        given, parts = dict(values or {}), []
        for label in modal["components"]:
            field = label["component"]
            filled: payloads.Json = {"type": field["type"], "custom_id": field["custom_id"]}
            if field["type"] == 19:
                assert len(kept) <= field.get("max_values", 1), "too many files for this form"
                assert len(kept) >= field.get(
                    "min_values", 1 if field.get("required", True) else 0
                ), "a file is missing"
                filled["values"] = [str(file.id) for file in kept]
            elif field["type"] == 3:
                chosen = given.pop(field["custom_id"], "")
                filled["values"] = [chosen] if chosen else []
                assert all(
                    value in {option["value"] for option in field["options"]}
                    for value in filled["values"]
                ), f"{chosen} is not among the options"
            else:
                filled["value"] = given.pop(field["custom_id"], field.get("value", ""))
                assert filled["value"] or not field.get("required", True), (
                    f"{field['custom_id']} must be filled in"
                )
            parts.append({"type": 18, "component": filled})
        assert not given, f"the form has no {list(given)}"
        data = {"custom_id": modal["custom_id"], "components": parts}
        if kept:
            data["resolved"] = self._resolved(kept)
        installed = "user" if opened.only_user_installed else "guild"
        sent = (opened.user, opened.channel, opened.locale, installed, opened.limit, opened.message)
        return self._uses(MODAL, data, *sent, opened_by=opened)

    def _uses(
        self,
        kind: int,
        data: payloads.Json,
        user: Person,
        channel: Channel,
        locale: str,
        installed: str,
        limit: int | None,
        message: Message | None = None,
        opened_by: Interaction | None = None,
    ) -> Interaction:
        owners = (
            {"1": str(user.id)}
            if installed == "user"
            else {"0": str(channel.guild.id if channel.guild else 0)}
        )
        asked = Interaction(
            id=self.world.new_id(),
            token="aW50ZXJhY3Rpb24" + secrets.token_urlsafe(60),
            kind=kind,
            user=user,
            channel=channel,
            at=self.world.clock(),
            data=data,
            locale=locale,
            limit=limit or (GUILD_LIMITS[channel.guild.tier] if channel.guild else FILE_LIMIT),
            owners=owners,
            message=message,
            opened_by=opened_by,
        )
        self.world.interactions[asked.token] = asked
        self.gateway.tell(
            "INTERACTION_CREATE", channel, payloads.interaction(self.world, self.rest.base, asked)
        )
        return asked

    # Writing

    def says(
        self,
        text: str = "",
        photos: Sequence[Photo] = (),
        *,
        user: Person | None = None,
        channel: Channel | None = None,
        mention: bool = False,
        reply_to: Message | None = None,
        ping: bool = True,
        forwards: Message | None = None,
        heard: bool = True,
    ) -> Message:
        """Write a message; `mention` names the bot first. `heard=False`: while the bot is away."""
        user, channel = user or self.asker, channel or self.general
        if mention:
            text = f"<@{self.world.bot.id}> {text}"
        files = [self.world.keep(photo, channel) for photo in photos]
        message = Message(
            self.world.new_id(), channel, user, text, self.world.clock(), stored=files
        )
        message.reply_to, message.forwarded = reply_to, forwards
        self.world.add(message)
        self.rest.ring(message, {})
        message.pings.clear()  # only what the bot rings for is of interest
        # A reply rings the bot only where its message is an ordinary one
        # (discord/discord-api-docs#5395).
        if reply_to and ping and reply_to.author is self.world.bot and not reply_to.asked_by:
            message.mentions.append(self.world.bot)
        if heard:
            self._tell("MESSAGE_CREATE", message)
        return message

    def edits(self, message: Message, text: str) -> None:
        message.before.append(message.content)
        message.content, message.edited_at = text, self.world.clock()
        self._tell("MESSAGE_UPDATE", message)

    def unfolds(self, message: Message) -> None:
        """A link in it shows its picture now."""
        self._tell("MESSAGE_UPDATE", message)

    def names_role(self, text: str, photos: Sequence[Photo] = ()) -> Message:
        """Write a message that mentions the bot's own role, which has its name, and not the bot."""
        message = self.says(text, photos, heard=False)
        message.names_role = True
        self._tell("MESSAGE_CREATE", message)
        return message

    def deletes(self, message: Message) -> None:
        message.deleted = True
        gone = {"id": str(message.id), "channel_id": str(message.channel.id)}
        guild = {"guild_id": str(message.channel.guild.id)} if message.channel.guild else {}
        self.gateway.tell("MESSAGE_DELETE", message.channel, gone | guild)

    def _tell(self, event: str, message: Message) -> None:
        channel = message.channel
        if channel.kind == GROUP or (channel.guild and not channel.guild.inside):
            return
        if channel.guild and "view_channel" in self.world.denied(channel):
            return
        data = payloads.message(
            self.world, self.rest.base, message, hidden=self.rest.hides(message)
        )
        if channel.guild:
            data |= {
                "guild_id": str(channel.guild.id),
                "member": payloads.member(self.world, message.author),
            }
        self.gateway.tell(event, channel, data)

    # Seeing

    def sees(self, channel: Channel | None = None, user: Person | None = None) -> list[Message]:
        """The messages of a channel in order, as `user` sees them; without one, with everybody's
        private answers."""
        return self.world.shown(channel or self.general, user)

    def bot_says(self, channel: Channel | None = None, user: Person | None = None) -> list[Message]:
        """Those of the bot alone."""
        return [message for message in self.sees(channel, user) if message.author is self.world.bot]

    def transcript(self, channel: Channel | None = None, user: Person | None = None) -> str:
        """The channel as text: who said what to whom, files, buttons, and whether it rang."""
        return "\n".join(self._line(message) for message in self.sees(channel, user))

    def _line(self, message: Message) -> str:
        notes = [f"only {message.only_for.name} sees this"] if message.only_for else []
        notes += ["edited"] if message.edited else []
        notes += ["silent"] if message.silent else []
        notes += [f"rings for {self.world.people[person].name}" for person in sorted(message.pings)]
        words = self._readable(message)
        files = "".join(f" 📎{file.photo.name}" for file in message.files)
        buttons = "".join(f" [{label}]" for label in message.labels)
        aside = f" ({', '.join(notes)})" if notes else ""
        pictures = "".join(f" 🖼{file.photo.name}" for file in message.pictures)
        card = "".join(f"\n    | {line}" for line in message.card.splitlines())
        return f"{message.author.name}{aside}: {words}{files}{pictures}{buttons}{card}"

    def _readable(self, message: Message) -> str:
        if message.flags & LOADING:
            asked = message.asked_by
            over = asked is not None and self.world.clock() - asked.at > TOKEN_SECONDS
            return (
                "The application did not respond" if over else f"{message.author.name} is thinking…"
            )
        names = {str(person.id): person.name for person in self.world.people.values()}
        return re.sub(r"<@!?(\d+)>", lambda found: f"@{names.get(found[1], '?')}", message.content)

    def joined(self, guild: Guild) -> None:
        """The bot is let into a server."""
        guild.inside = True
        data = json.loads(json.dumps(payloads.guild(self.world, guild)))
        del data["unavailable"]
        self.gateway.tell("GUILD_CREATE", self._one_of(guild), data)

    def lost(self, guild: Guild) -> None:
        """The service itself has lost sight of a server: nothing is told of it until it is
        `found`."""
        guild.available = False
        self.gateway.tell(
            "GUILD_DELETE", self._one_of(guild), {"id": str(guild.id), "unavailable": True}
        )

    def found(self, guild: Guild) -> None:
        """The server is there again."""
        guild.available = True
        self.gateway.tell("GUILD_CREATE", self._one_of(guild), payloads.guild(self.world, guild))

    def _one_of(self, guild: Guild) -> Channel | None:
        return next(
            (channel for channel in self.world.channels.values() if channel.guild is guild), None
        )
