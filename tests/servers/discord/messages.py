"""What every message of the bot goes through: limits, files, edits, and for whom it rings."""

import re

from tests.servers.discord import payloads
from tests.servers.discord.checks import check_components, check_embeds, check_text
from tests.servers.discord.payloads import Json
from tests.servers.discord.routes import Call, Done
from tests.servers.discord.world import DM, LOADING, Attached, Channel, Message, Refusal, World


class Messages:
    """Messages over one world; `base` is the address under which the fake serves files."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.base = ""

    def _composed(self, call: Call, channel: Channel, limit: int) -> Message:
        world, body = self.world, call.json
        content = body.get("content") or ""
        check_text(content)
        check_components(body.get("components") or [])
        self._check_files(call, limit)
        embeds = body.get("embeds") or []
        if not content and not call.files and not embeds:
            raise Refusal(400, 50006, "Cannot send an empty message")
        message = Message(world.new_id(), channel, world.bot, content, world.clock())
        message.flags = body.get("flags") or 0
        message.components = body.get("components") or []
        message.stored = self._described(call, channel)
        message.embeds = embeds
        self._check_embeds(message)
        return message

    def _posted(self, message: Message, body: Json) -> Done:
        self.world.add(message)
        self.ring(message, body)
        event = (
            [] if message.ephemeral else [("MESSAGE_CREATE", message.channel, self._seen(message))]
        )
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
            message.stored = [file for file in message.stored if str(file.id) in kept]
            message.stored += self._described(call, message.channel)
        if "embeds" in body:
            message.embeds = body["embeds"] or []
        self._check_embeds(message)
        if not (message.content or message.stored or message.embeds):
            raise Refusal(400, 50006, "Cannot send an empty message")
        event = (
            [] if message.ephemeral else [("MESSAGE_UPDATE", message.channel, self._seen(message))]
        )
        return Done(self._seen(message), events=event)

    def _check_embeds(self, message: Message) -> None:
        check_embeds(message.embeds, [file.photo.name for file in message.stored])

    def _described(self, call: Call, channel: Channel) -> list[Attached]:
        """The files of a call, each with what is said of it."""
        said = {
            str(entry["id"]): entry.get("description") or ""
            for entry in call.json.get("attachments") or []
        }
        kept = []
        for index, photo in sorted(call.files.items()):
            file = self.world.keep(photo, channel)
            file.description = said.get(str(index), "")
            kept.append(file)
        return kept

    def _check_files(self, call: Call, limit: int) -> None:
        named = {str(entry["id"]) for entry in call.json.get("attachments") or []}
        if any(str(index) not in named for index in call.files):
            raise Refusal(
                400,
                50035,
                "Invalid Form Body",
                errors={"attachments": "a file that nothing refers to"},
            )
        described = [entry.get("description") or "" for entry in call.json.get("attachments") or []]
        if any(len(said) > 1024 for said in described):
            raise Refusal(400, 50035, "Invalid Form Body", errors={"attachments": "description"})
        if len(call.files) > 10:
            raise Refusal(400, 50035, "Invalid Form Body", errors={"attachments": "more than 10"})
        if any(len(photo.data) > limit for photo in call.files.values()):
            raise Refusal(413, 40005, "Request entity too large")

    def ring(self, message: Message, body: Json) -> None:
        """Who is pinged: mentions as far as `allowed_mentions` lets them, who is replied to, and
        the other in a DM."""
        allowed = body.get("allowed_mentions")
        named = {
            int(found) for found in re.findall(r"<@!?(\d+)>", message.content)
        } & self.world.people.keys()
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
