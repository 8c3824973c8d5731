"""The REST side of the fake Discord: what each route does, and what it refuses as the real one does."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.servers.discord import payloads
from tests.servers.discord.checks import check_choices, check_command, check_components, check_modal, check_text
from tests.servers.discord.payloads import Json
from tests.servers.discord.world import (
    AUTOCOMPLETE,
    COMPONENT,
    DM,
    EPHEMERAL,
    FIRST_ANSWER_SECONDS,
    FOLLOW_UPS,
    FORUM,
    LOADING,
    MODAL,
    NONCE_SECONDS,
    PUBLIC_THREAD,
    REQUEST_LIMIT,
    TOKEN_SECONDS,
    Channel,
    Interaction,
    Message,
    Photo,
    Refusal,
    World,
)

PONG, REPLY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, OPEN_MODAL = 1, 4, 5, 6, 7, 8, 9
ALLOWED_ANSWERS = {
    COMPONENT: {REPLY, DEFER, DEFER_UPDATE, UPDATE, OPEN_MODAL},
    MODAL: {REPLY, DEFER, DEFER_UPDATE, UPDATE},
    AUTOCOMPLETE: {CHOICES},
}
SLASH_ANSWERS = {REPLY, DEFER, OPEN_MODAL}


@dataclass
class Call:
    """One request as it arrived; `path` holds the values of the route's placeholders."""

    method: str
    template: str
    path: dict[str, str]
    query: dict[str, str]
    json: Any
    files: dict[int, Photo] = field(default_factory=dict)
    size: int = 0
    authorised: bool = False
    at: float = 0.0

    @property
    def route(self) -> str:
        return f"{self.method} {self.template}"


@dataclass
class Done:
    """What a route answers, and the events that it sets off at the gateway: (name, channel, payload)."""

    value: Any = None
    status: int = 200
    events: list[tuple[str, Channel, Json]] = field(default_factory=list)


Handler = Callable[["Rest", Call], Done]
ROUTES: dict[tuple[str, str], Handler] = {}
WITHOUT_TOKEN = ("/interactions/", "/webhooks/")


def route(method: str, template: str) -> Callable[[Handler], Handler]:
    def add(handler: Handler) -> Handler:
        ROUTES[method, template] = handler
        return handler

    return add


class Rest:
    """All routes over one world; `base` is the address under which the fake serves files."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.base = ""

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
        return Done(payloads.user(self.world.bot) | {"mfa_enabled": False, "locale": "en-US", "verified": True})

    @route("GET", "/oauth2/applications/@me")
    def application(self, call: Call) -> Done:
        return Done(payloads.application(self.world))

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
        shown = [] if "read_message_history" in self.world.denied(channel) else self.world.shown(channel)
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
        if call.files:
            world.need(channel, "attach_files")
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
        if channel.archived:
            raise Refusal(400, 50083, "Thread is archived")
        return self._changed(call, message, self.world.upload_limit(channel))

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
                raise Refusal(400, 50035, "Invalid Form Body", errors={"message_reference": "Unknown message"})
            return
        message.reply_to = found

    # Interactions

    @route("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
    def first_answer(self, call: Call) -> Done:
        world = self.world
        asked = world.interactions.get(call.path["interaction_token"])
        if asked is None or asked.id != int(call.path["interaction_id"]):
            raise Refusal(404, 10062, "Unknown interaction")
        if asked.answered:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        if world.clock() - asked.at > FIRST_ANSWER_SECONDS:
            raise Refusal(404, 10062, "Unknown interaction")
        kind = call.json["type"]
        if kind not in ALLOWED_ANSWERS.get(asked.kind, SLASH_ANSWERS):
            raise Refusal(400, 50035, "Invalid Form Body", errors={"type": f"{kind} does not answer {asked.kind}"})
        if kind in (DEFER_UPDATE, UPDATE) and asked.message is None:
            raise Refusal(400, 50035, "Invalid Form Body", errors={"type": "there is no message to update"})
        events = self._answer(call, asked, kind)
        asked.answer, asked.answered_at = kind, world.clock()
        if call.query.get("with_response") not in ("1", "true"):
            return Done(status=204, events=events)
        return Done(self._callback(asked, kind), events=events)

    def _answer(self, call: Call, asked: Interaction, kind: int) -> list[tuple[str, Channel, Json]]:
        body = {**call.json, "json": None}.get("data") or {}
        inner = Call(call.method, call.template, call.path, call.query, body, call.files)
        if kind == CHOICES:
            asked.choices = check_choices(body.get("choices", []))
        elif kind == OPEN_MODAL:
            asked.modal = check_modal(body)
        elif kind in (DEFER_UPDATE, UPDATE):
            asked.original = asked.message
            if kind == UPDATE and asked.message:
                return self._changed(inner, asked.message, asked.limit).events
        elif kind == DEFER:
            if body.get("flags", 0) & ~EPHEMERAL:
                raise Refusal(400, 50035, "Invalid Form Body", errors={"flags": "only EPHEMERAL"})
            asked.original = self._original(asked, "", body.get("flags", 0) | LOADING)
        else:
            message = self._composed(inner, asked.channel, asked.limit)
            message.asked_by, asked.original = asked, message
            self._hide(message, asked)
            return self._posted(message, body).events
        return []

    def _original(self, asked: Interaction, content: str, flags: int) -> Message:
        world = self.world
        message = Message(world.new_id(), asked.channel, world.bot, content, world.clock(), flags=flags, asked_by=asked)
        self._hide(message, asked)
        return world.add(message)

    def _hide(self, message: Message, asked: Interaction) -> None:
        if message.flags & EPHEMERAL:
            message.only_for = asked.user

    def _callback(self, asked: Interaction, kind: int) -> Json:
        own = asked.original if kind in (REPLY, DEFER) else None
        found: Json = {"interaction": {"id": str(asked.id), "type": asked.kind}}
        if own:
            found["interaction"] |= {
                "response_message_id": str(own.id),
                "response_message_loading": own.thinking,
                "response_message_ephemeral": own.ephemeral,
            }
        if own and kind == REPLY:
            found["resource"] = {"type": kind, "message": payloads.message(self.world, self.base, own)}
        return found

    def _living(self, call: Call) -> Interaction:
        """The interaction whose token stands in the path. After 15 minutes, or before a first answer, it is none."""
        asked = self.world.interactions.get(call.path["webhook_token"])
        if asked is None or int(call.path["webhook_id"]) != self.world.bot.id or not asked.answered:
            raise Refusal(404, 10015, "Unknown Webhook")
        if self.world.clock() - asked.at > TOKEN_SECONDS:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        return asked

    def _of(self, call: Call) -> tuple[Interaction, Message]:
        asked = self._living(call)
        name = call.path.get("message_id")
        found = self.world.messages.get(int(name)) if name else asked.original
        if found is None or found.deleted or (name and found.asked_by is not asked and found is not asked.original):
            raise Refusal(404, 10008, "Unknown Message")
        return asked, found

    @route("POST", "/webhooks/{webhook_id}/{webhook_token}")
    def follow_up(self, call: Call) -> Done:
        asked = self._living(call)
        if asked.original and asked.original.thinking and not asked.original.deleted:
            return self._filled(call, asked, asked.original)
        if asked.only_user_installed and asked.follow_ups >= FOLLOW_UPS:
            raise Refusal(400, 40094, "Maximum number of follow up messages reached for this interaction")
        message = self._composed(call, asked.channel, asked.limit)
        message.asked_by = asked
        self._hide(message, asked)
        asked.follow_ups += 1
        return self._posted(message, call.json)

    def _filled(self, call: Call, asked: Interaction, original: Message) -> Done:
        """The first follow-up of a deferred answer takes its place, and stays as hidden or open as that was."""
        call.json = {**call.json, "flags": original.flags & EPHEMERAL}
        return self._changed(call, original, asked.limit)

    @route("GET", "/webhooks/{webhook_id}/{webhook_token}/messages/@original")
    @route("GET", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}")
    def read_own(self, call: Call) -> Done:
        return Done(payloads.message(self.world, self.base, self._of(call)[1]))

    @route("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original")
    @route("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}")
    def edit_own(self, call: Call) -> Done:
        asked, message = self._of(call)
        return self._changed(call, message, asked.limit)

    @route("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/@original")
    @route("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}")
    def delete_own(self, call: Call) -> Done:
        message = self._of(call)[1]
        message.deleted = True
        return Done(status=204)

    # What every message goes through

    def _composed(self, call: Call, channel: Channel, limit: int) -> Message:
        world, body = self.world, call.json
        content = body.get("content") or ""
        check_text(content)
        check_components(body.get("components") or [])
        self._check_files(call, limit)
        if not content and not call.files:
            raise Refusal(400, 50006, "Cannot send an empty message")
        message = Message(world.new_id(), channel, world.bot, content, world.clock())
        message.flags = body.get("flags") or 0
        message.components = body.get("components") or []
        message.files = [world.keep(photo, channel) for _, photo in sorted(call.files.items())]
        return message

    def _posted(self, message: Message, body: Json) -> Done:
        self.world.add(message)
        self.ring(message, body)
        event = [] if message.ephemeral else [("MESSAGE_CREATE", message.channel, self._seen(message))]
        return Done(self._seen(message), events=event)

    def _changed(self, call: Call, message: Message, limit: int) -> Done:
        world, body = self.world, call.json
        if body.get("content") is not None:
            check_text(body["content"])
        check_components(body.get("components") or [])
        self._check_files(call, limit)
        if not message.thinking:
            message.before.append(message.content)
            message.edited_at = world.clock()
        message.flags &= ~LOADING
        if "content" in body:
            message.content = body["content"] or ""
        if "components" in body:
            message.components = body["components"] or []
        if "attachments" in body or call.files:
            kept = {str(entry["id"]) for entry in body.get("attachments") or []}
            message.files = [file for file in message.files if str(file.id) in kept]
            message.files += [world.keep(photo, message.channel) for _, photo in sorted(call.files.items())]
        if not (message.content or message.files):
            raise Refusal(400, 50006, "Cannot send an empty message")
        event = [] if message.ephemeral else [("MESSAGE_UPDATE", message.channel, self._seen(message))]
        return Done(self._seen(message), events=event)

    def _check_files(self, call: Call, limit: int) -> None:
        named = {str(entry["id"]) for entry in call.json.get("attachments") or []}
        if any(str(index) not in named for index in call.files):
            raise Refusal(400, 50035, "Invalid Form Body", errors={"attachments": "a file that nothing refers to"})
        if len(call.files) > 10:
            raise Refusal(400, 50035, "Invalid Form Body", errors={"attachments": "more than 10"})
        if any(len(photo.data) > limit for photo in call.files.values()):
            raise Refusal(413, 40005, "Request entity too large")

    def ring(self, message: Message, body: Json) -> None:
        """Who is pinged: mentions as far as `allowed_mentions` lets them, who is replied to, and the other in a DM."""
        allowed = body.get("allowed_mentions")
        named = {int(found) for found in re.findall(r"<@!?(\d+)>", message.content)} & self.world.people.keys()
        message.mentions = [self.world.people[person] for person in sorted(named)]
        listed = {int(person) for person in (allowed or {}).get("users", [])}
        rung = named if allowed is None or "users" in allowed.get("parse", []) else named & listed
        if message.reply_to and (allowed is None or allowed.get("replied_user", False)):
            rung = rung | {message.reply_to.author.id}
        if message.channel.kind == DM:
            rung = rung | {person.id for person in message.channel.people}
        message.pings = set() if message.silent or message.ephemeral else rung - {self.world.bot.id}

    def _seen(self, message: Message) -> Json:
        return payloads.message(self.world, self.base, message, hidden=self.hides(message))

    def hides(self, message: Message) -> bool:
        """Whether a bot without the message content intent gets this message empty."""
        own = message.author is self.world.bot or message.channel.kind == DM
        return not own and self.world.bot not in message.mentions
