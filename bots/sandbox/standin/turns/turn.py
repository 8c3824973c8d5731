"""One run of the agent: what it costs, and its beats as they are played."""

import asyncio
from dataclasses import replace

from aiohttp import web

from bots.sandbox.samples import sample_photo
from bots.sandbox.standin import director, events, script
from bots.sandbox.standin.director import Medium
from bots.sandbox.standin.events import Beat
from bots.sandbox.standin.faults import Fault
from bots.sandbox.standin.gate import (
    Hung,
)
from bots.sandbox.standin.recalling import Change, Recalled
from bots.sandbox.standin.stage import Stage
from bots.sandbox.standin.turns.stream import opened
from bots.sandbox.standin.uploads import picture_size
from bots.sandbox.standin.wishes import Wishes
from bots.sandbox.standin.world import Session


class Turn:
    """One run of the agent; it belongs to the session, not to the line it is heard on."""

    def __init__(
        self,
        stage: Stage,
        session: Session,
        wanted: Recalled,
        wishes: Wishes,
        spoilt: tuple[Fault, ...],
        origin: str,
    ) -> None:
        self._stage, self._session, self._wanted, self._wishes = stage, session, wanted, wishes
        self._faults, self._origin = spoilt, origin
        kinds = {fault.kind for fault in spoilt}
        self._two_stage = "two-stage" in kinds or (
            stage.options.two_stage and "one-stage" not in kinds
        )
        self._lasting = "outlives-hang-up" in kinds
        options, self.kind = stage.options, director.decide(self._project(), wishes)
        self.cost = script.priced(self.kind, options.generation_cost, options.edit_cost)
        self._line: web.StreamResponse | None = None
        self._request: web.Request | None = None

    def _project(self) -> director.Project:
        """What there is to work on, without the changes that were taken back."""
        return replace(self._session.project(), draft=self._wanted.draft)

    async def play(self, request: web.Request | None) -> web.StreamResponse:
        """Run to the end; without a request all the work is done unheard, and then the line
        drops."""
        self._request = request
        self._line = await opened(request) if request is not None else None
        run = self._stage.start(self._run())
        try:
            await asyncio.shield(run)
        except asyncio.CancelledError:
            # the client hung up: a plain ADK server then cancels the run
            if not self._lasting or self._stage.closing:
                run.cancel()
            raise
        if self._line is None:
            raise Hung
        return self._line

    async def _run(self) -> None:
        session, account = self._session, self._session.account
        session.running += 1
        account.frozen += self.cost
        before = self._wanted.draft
        try:
            plan, beats = await self._prepared()
            for beat in beats:
                await self._stage.pause(beat.pause)
                await asyncio.sleep(beat.wait)
                if beat.draft is not None:
                    session.draft = beat.draft
                    session.fresh -= plan.used
                    session.analyses = {
                        medium.id: {"summary": medium.name} for medium in session.media
                    }
                await self._send(beat)
            if script.works(beats):
                account.credits -= self.cost
            session.turns += 1
            if session.draft != before:
                made = Change(self._wanted.words, before, session.draft)
                session.changes = (*self._wanted.changes, made)
        finally:
            session.running -= 1
            account.frozen -= self.cost

    async def _prepared(self) -> tuple[director.Plan, script.Beats]:
        world = self._stage.world
        if self.kind is director.Kind.GENERATE:
            for scene in director.scenes(self._project(), self._wishes):
                await self._invent(scene)
        words = self._wanted.words
        plan = director.plan(self._project(), self._wishes, words, self._two_stage)
        invocation = f"e-{world.uuid()}"
        beats = script.perform(plan, invocation, lambda: f"adk-{world.uuid()}")
        language = "zh" if self._wishes.language == "zh" else "en"
        turn = script.Turn(plan, invocation, language, world.clock())
        return plan, script.spoil(beats, self._faults, turn)

    async def _invent(self, scene: int) -> None:
        """Take a picture for a wish that came without any."""
        ident = self._stage.world.hexadecimal(12)
        size = picture_size(self._stage, upright=self._wishes.aspect == "9:16")
        path = self._stage.folder / f"{ident}.jpg"
        path.write_bytes(await asyncio.to_thread(sample_photo, scene, size))
        subject = (self._wishes.subject or "scene").replace(" ", "-")
        number = sum(medium.generated for medium in self._session.media) + 1
        url = f"{self._origin}/media/{ident}/{path.name}"
        medium = Medium(ident, f"{subject}-{number}.jpg", "image", url, *size, generated=True)
        self._stage.world.add_medium(self._session, medium, path)

    async def _send(self, beat: Beat) -> None:
        if self._line is None:
            return
        data = beat.raw
        if beat.event is not None:
            data = events.encode(beat.event, self._stage.world.uuid(), self._stage.world.clock())
        if beat.unfinished:
            data = data.rstrip(b"\n") + b"\n"
        try:
            if beat.cut:
                await self._cut(data)
            elif data:
                await self._line.write(data)
        except ConnectionError:
            self._line = None

    async def _cut(self, data: bytes) -> None:
        """Half of the event, then the line is gone; what remains of the turn goes on unheard."""
        assert self._line is not None
        assert self._request is not None
        await self._line.write(data[: len(data) // 2])
        self._lasting, self._line = True, None
        if self._request.transport is not None:
            self._request.transport.close()
