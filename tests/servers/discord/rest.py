"""The REST side of the fake Discord: what the bot's token opens, and what is refused as the real
one refuses it."""

from tests.servers.discord import payloads
from tests.servers.discord.checks import check_command
from tests.servers.discord.interactions import Interactions
from tests.servers.discord.payloads import Json
from tests.servers.discord.routes import ROUTES, WITHOUT_TOKEN, Call, Done, route
from tests.servers.discord.world import (
    DM,
    FORUM,
    NONCE_SECONDS,
    PUBLIC_THREAD,
    REQUEST_LIMIT,
    TEXT,
    Channel,
    Message,
    Refusal,
)


class Rest(Interactions):
    """All routes over one world."""

    def answer(self, call: Call) -> Done:
        """Do what is asked. Raises Refusal."""
        if not call.template.startswith(WITHOUT_TOKEN) and not call.authorised:
            raise Refusal(401, 0, "401: Unauthorized")
        if call.size > REQUEST_LIMIT:
            raise Refusal(413, 40005, "Request entity too large")
        return ROUTES[call.method, call.template](self, call)

    # The bot itself

    @route("GET", "/users/@me")
    def me(self, call: Call) -> Done:
        return Done(
            payloads.user(self.world.bot)
            | {"mfa_enabled": False, "locale": "en-US", "verified": True}
        )

    @route("GET", "/oauth2/applications/@me")
    def application(self, call: Call) -> Done:
        return Done(payloads.application(self.world))

    @route("GET", "/applications/@me")
    def own_application(self, call: Call) -> Done:
        whole = payloads.application(self.world)
        return Done(whole | {"integration_types_config": self.world.installable})

    @route("GET", "/users/@me/guilds")
    def guilds(self, call: Call) -> Done:
        inside = [guild for guild in self.world.guilds.values() if guild.inside]
        return Done([payloads.own_guild(self.world, guild) for guild in inside])

    @route("GET", "/applications/{application_id}/commands")
    def commands(self, call: Call) -> Done:
        return Done(self.world.commands)

    @route("PUT", "/applications/{application_id}/commands")
    def sync(self, call: Call) -> Done:
        """Replace all commands."""
        for kind, most in ((1, 100), (2, 15), (3, 15)):
            if sum(command.get("type", 1) == kind for command in call.json) > most:
                raise Refusal(400, 30032, "Maximum number of application commands reached")
        for command in call.json:
            check_command(command)
        world = self.world
        extra = {"application_id": str(world.bot.id), "version": "1"}
        world.commands = [self._kept(command) | extra for command in call.json]
        world.syncs += 1
        return Done(world.commands)

    def _kept(self, command: Json) -> Json:
        """A command as Discord gives it back."""
        rights = command.get("default_member_permissions")
        whole = {"description": "", "type": 1} | command | {"id": str(self.world.new_id())}
        return whole | {"default_member_permissions": None if rights is None else str(rights)}

    # Channels

    @route("POST", "/users/@me/channels")
    def open_dm(self, call: Call) -> Done:
        person = self.world.people.get(int(call.json["recipient_id"]))
        if person is None or person.bot:
            raise Refusal(400, 50033, "Invalid Recipient(s)")
        return Done(payloads.channel_of(self.world, self.world.dm_of(person)))

    @route("POST", "/channels/{channel_id}/typing")
    def type(self, call: Call) -> Done:
        channel = self._writable(call)
        channel.typing.append(self.world.clock())
        return Done(status=204)

    @route("GET", "/channels/{channel_id}/messages")
    def history(self, call: Call) -> Done:
        channel = self.world.place(int(call.path["channel_id"]))
        self.world.reach(channel)
        shown = (
            []
            if "read_message_history" in self.world.denied(channel)
            else self.world.shown(channel)
        )
        shown = [message for message in shown if not message.ephemeral]
        limit = int(call.query.get("limit", 50))
        if "after" in call.query:
            shown = [message for message in shown if message.id > int(call.query["after"])][:limit]
        else:
            shown = shown[-limit:]
        return Done([self._seen(message) for message in reversed(shown)])

    @route("GET", "/channels/{channel_id}/messages/{message_id}")
    def read(self, call: Call) -> Done:
        channel = self.world.place(int(call.path["channel_id"]))
        self.world.reach(channel)
        if "read_message_history" in self.world.denied(channel):
            raise Refusal(403, 50001, "Missing Access")
        return Done(self._seen(self.world.find(channel.id, int(call.path["message_id"]))))

    @route("POST", "/channels/{channel_id}/messages")
    def post(self, call: Call) -> Done:
        channel, world, body = self._writable(call), self.world, call.json
        self._need_parts(call, channel)
        nonce = str(body["nonce"]) if body.get("nonce") is not None else None
        if nonce and len(nonce) > 25:
            raise Refusal(400, 50035, "Invalid Form Body", errors={"nonce": "longer than 25"})
        earlier, at = world.nonces.get((channel.id, nonce or ""), (None, 0.0))
        if earlier and body.get("enforce_nonce") and world.clock() - at < NONCE_SECONDS:
            return Done(self._seen(earlier))
        message = self._composed(call, channel, world.upload_limit(channel))
        message.nonce = nonce
        self._refer(message, body.get("message_reference"))
        if nonce:
            world.nonces[channel.id, nonce] = (message, world.clock())
        channel.archived = False
        return self._posted(message, call.json)

    @route("PATCH", "/channels/{channel_id}/messages/{message_id}")
    def edit(self, call: Call) -> Done:
        channel = self.world.place(int(call.path["channel_id"]))
        self.world.reach(channel)
        message = self.world.find(channel.id, int(call.path["message_id"]))
        if message.author is not self.world.bot:
            raise Refusal(403, 50005, "Cannot edit a message authored by another user")
        self._need_parts(call, channel)
        if channel.archived:
            raise Refusal(400, 50083, "Thread is archived")
        return self._changed(call, message, self.world.upload_limit(channel))

    @route("DELETE", "/channels/{channel_id}/messages/{message_id}")
    def delete(self, call: Call) -> Done:
        """One's own message, whatever rights the bot has besides."""
        channel = self.world.place(int(call.path["channel_id"]))
        self.world.reach(channel)
        message = self.world.find(channel.id, int(call.path["message_id"]))
        if message.author is not self.world.bot:
            raise Refusal(403, 50013, "Missing Permissions")
        message.deleted = True
        return Done(status=204)

    @route("POST", "/channels/{channel_id}/messages/{message_id}/threads")
    def start_thread(self, call: Call) -> Done:
        """A thread under a message has that message's id; there is one at most."""
        world, channel = self.world, self.world.place(int(call.path["channel_id"]))
        world.need(channel, "create_public_threads")
        message = world.find(channel.id, int(call.path["message_id"]))
        if channel.kind != TEXT:
            raise Refusal(400, 50024, "Cannot execute action on this channel type")
        if message.thinking:
            raise Refusal(400, 50021, "Cannot execute action on a system message")
        if message.id in world.channels:
            raise Refusal(400, 160004, "A thread has already been created for this message")
        name = call.json["name"]
        thread = world.new_channel(
            PUBLIC_THREAD,
            name,
            id=message.id,
            guild=channel.guild,
            parent=channel.id,
            owner=world.bot.id,
        )
        seen = payloads.channel_of(world, thread)
        return Done(seen, 201, events=[("THREAD_CREATE", thread, seen | {"newly_created": True})])

    def _need_parts(self, call: Call, channel: Channel) -> None:
        """The rights that files and embeds need; direct messages need none."""
        if call.files:
            self.world.need(channel, "attach_files")
        if call.json.get("embeds"):
            self.world.need(channel, "embed_links")

    def _writable(self, call: Call) -> Channel:
        """The channel, if the bot may write there."""
        channel = self.world.place(int(call.path["channel_id"]))
        thread = channel.kind == PUBLIC_THREAD
        self.world.need(channel, "send_messages_in_threads" if thread else "send_messages")
        if channel.kind == FORUM:
            raise Refusal(400, 50008, "Cannot send messages in a non-text channel")
        if channel.locked:
            raise Refusal(403, 160005, "Thread is locked")
        if channel.kind == DM and not channel.people[0].open:
            raise Refusal(403, 50007, "Cannot send messages to this user")
        return channel

    def _refer(self, message: Message, reference: Json | None) -> None:
        if reference is None:
            return
        if "read_message_history" in self.world.denied(message.channel):
            raise Refusal(403, 160002, "Cannot reply without permission to read message history")
        found = self.world.messages.get(int(reference["message_id"]))
        if found is None or found.deleted or found.channel is not message.channel:
            if reference.get("fail_if_not_exists", True):
                raise Refusal(
                    400, 50035, "Invalid Form Body", errors={"message_reference": "Unknown message"}
                )
            return
        message.reply_to = found
