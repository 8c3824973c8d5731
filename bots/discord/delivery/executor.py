"""Goes through the ways of a message: asks Discord, and lets the plan say what comes next."""

from collections.abc import Callable
from dataclasses import replace

import structlog

from bots.discord.delivery.errors import translated
from bots.discord.delivery.planning import (
    Blocked,
    Course,
    Disliked,
    Done,
    Failed,
    Kind,
    Scene,
    State,
    TooBig,
    asked,
    begin,
    is_filled_with,
    is_there,
    post,
    posted,
    reads,
    refused,
    taken,
    unknown_answer,
)
from bots.discord.delivery.rights import Hints
from bots.discord.delivery.transport import Transport
from bots.discord.delivery.waiting import Waiting
from bots.discord.translate import Grant, Handle
from core.adapter import Gone, Refused, Unsent

log = structlog.get_logger()


class Executor:
    """One message after the other; what is remembered between them is in `waiting` and `hints`.

    `known` brings a scene up to date: the rights that the bot is known to lack."""

    def __init__(
        self,
        transport: Transport,
        waiting: Waiting,
        hints: Hints,
        known: Callable[[Scene], Scene],
    ) -> None:
        self._transport, self._waiting, self._hints = transport, waiting, hints
        self._known = known

    async def send(self, scene: Scene) -> Handle | None:
        """Post or edit, and return what is there now; None where a line came too late.

        Raises Gone where every way is closed, Refused where less may find its way, NoSuchMessage
        where nothing can be edited."""
        there = await self._look(scene)
        if there is not None:
            return there
        if scene.grant is not None:
            scene = replace(scene, filled=self._waiting.filled(scene.grant))
        state = begin(scene)
        if isinstance(state, Course) and (grant := taken(state)) is not None:
            self._waiting.fill(grant, scene.until)
        while isinstance(state, Course):
            state = await self._step(state)
        return self._ended(scene, state)

    async def _step(self, course: Course) -> State:
        """One thing asked of Discord. Where the line failed, the next try may fill in the deferred
        answer once more."""
        scene = course.scene
        try:
            handle = await self._transport.ask(scene, post(course))
        except (Blocked, TooBig, Disliked, Refused) as refusal:
            log.debug("refused", way=post(course).way.kind, why=str(refusal))
            return refused(replace(course, scene=self._known(scene)), refusal)
        except Unsent:
            if course.ways[0].kind is Kind.ORIGINAL and scene.grant:
                self._waiting.fill(scene.grant, scene.until, filled=False)
            raise
        return posted(course, handle)

    def _ended(self, scene: Scene, end: Done | Failed) -> Handle | None:
        if isinstance(end, Failed):
            if isinstance(end.error, Gone):
                where, user = scene.here.channel, scene.message.user
                log.warning("no way to answer", channel=where, user=user, closed=str(end.error))
            raise end.error
        if end.told is not None:
            self._hints.told(end.told)
        return end.handle

    # What may be there already

    async def _look(self, scene: Scene) -> Handle | None:
        grant = unknown_answer(scene)
        there = await self._look_at_answer(scene, grant) if grant else None
        return there or (await self._look_in_channel(scene) if reads(scene) else None)

    async def _look_at_answer(self, scene: Scene, grant: Grant) -> Handle | None:
        """After a restart: see whether the answer still says "thinking…", or holds these very words
        already."""
        try:
            message, handle = await self._transport.answer_of(grant)
        except (Blocked, TooBig, Disliked, Refused):
            self._waiting.fill(grant, scene.until)
            return None
        self._waiting.fill(grant, scene.until, filled=not message.flags.loading)
        attached = bool(message.attachments)
        return handle if is_filled_with(scene, message.content, attached=attached) else None

    async def _look_in_channel(self, scene: Scene) -> Handle | None:
        """After a cut: see whether the channel has this very answer already."""
        channel = scene.here.channel
        try:
            with translated(repeatable=True):
                async for there in self._transport.own_messages(channel, scene.guild, asked(scene)):
                    answered = str(there.reference.message_id) if there.reference else ""
                    files = tuple(file.filename for file in there.attachments)
                    if is_there(scene, there.content, answered, files):
                        return Handle(str(channel), str(there.id))
        except (Blocked, TooBig, Disliked, Refused):
            return None
        return None
