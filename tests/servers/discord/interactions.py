"""Interactions on the fake Discord: one first answer within three seconds, then fifteen minutes of
token."""

from tests.servers.discord import payloads
from tests.servers.discord.checks import check_choices, check_modal
from tests.servers.discord.messages import Messages
from tests.servers.discord.payloads import Json
from tests.servers.discord.routes import Call, Done, route
from tests.servers.discord.world import (
    AUTOCOMPLETE,
    COMPONENT,
    EPHEMERAL,
    FIRST_ANSWER_SECONDS,
    FOLLOW_UPS,
    LOADING,
    MODAL,
    TOKEN_SECONDS,
    Channel,
    Interaction,
    Message,
    Refusal,
)

PONG, REPLY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, OPEN_MODAL = 1, 4, 5, 6, 7, 8, 9
ALLOWED_ANSWERS = {
    COMPONENT: {REPLY, DEFER, DEFER_UPDATE, UPDATE, OPEN_MODAL},
    MODAL: {REPLY, DEFER, DEFER_UPDATE, UPDATE},
    AUTOCOMPLETE: {CHOICES},
}
SLASH_ANSWERS = {REPLY, DEFER, OPEN_MODAL}


class Interactions(Messages):
    """The routes that an interaction's own token opens."""

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
            raise Refusal(
                400,
                50035,
                "Invalid Form Body",
                errors={"type": f"{kind} does not answer {asked.kind}"},
            )
        if kind in (DEFER_UPDATE, UPDATE) and asked.message is None:
            raise Refusal(
                400, 50035, "Invalid Form Body", errors={"type": "there is no message to update"}
            )
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
        message = Message(
            world.new_id(),
            asked.channel,
            world.bot,
            content,
            world.clock(),
            flags=flags,
            asked_by=asked,
        )
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
            found["resource"] = {
                "type": kind,
                "message": payloads.message(self.world, self.base, own),
            }
        return found

    def _living(self, call: Call) -> Interaction:
        """The interaction whose token stands in the path. After 15 minutes, or before a first
        answer, it is none."""
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
        if (
            found is None
            or found.deleted
            or (name and found.asked_by is not asked and found is not asked.original)
        ):
            raise Refusal(404, 10008, "Unknown Message")
        return asked, found

    @route("POST", "/webhooks/{webhook_id}/{webhook_token}")
    def follow_up(self, call: Call) -> Done:
        asked = self._living(call)
        if asked.original and asked.original.thinking and not asked.original.deleted:
            return self._filled(call, asked, asked.original)
        if asked.only_user_installed and asked.follow_ups >= FOLLOW_UPS:
            raise Refusal(
                400, 40094, "Maximum number of follow up messages reached for this interaction"
            )
        message = self._composed(call, asked.channel, asked.limit)
        message.asked_by = asked
        self._hide(message, asked)
        asked.follow_ups += 1
        return self._posted(message, call.json)

    def _filled(self, call: Call, asked: Interaction, original: Message) -> Done:
        """The first follow-up of a deferred answer takes its place, and stays as hidden or open as
        that was."""
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
