"""Takes in what people ask: the first answer within a second, then the files to disk, then the
core, in that order."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import discord
import structlog

from bots.discord import translate
from bots.discord.commands import Use, read
from bots.discord.delivery import Files, Threads, Waiting
from bots.discord.run.answers import FirstAnswers, shut
from bots.discord.run.notes import Noted
from bots.discord.run.pending import Pending
from bots.discord.run.repeated import Repeated
from bots.discord.run.running import Running
from bots.discord.translate import Asked, Grant
from core.adapter import FileGone, Receive, Unsent
from core.domain import tokens
from core.domain.conversation import COMMAND_ROWS
from core.messages import Attachment, Command, Inbound

log = structlog.get_logger()


def may_cost(command: Command | None) -> bool:
    """Whether this is remembered also without files. All else is used once more in a moment, at no
    cost to anybody."""
    return command is not None and COMMAND_ROWS[command].paid


class Taking:
    """The desk at which every interaction and message is handed in; implements `commands.Desk`."""

    def __init__(
        self,
        files: Files,
        waiting: Waiting,
        threads: Threads,
        pending: Pending,
        clock: Callable[[], float],
    ) -> None:
        self._files, self._threads, self._pending = files, threads, pending
        self._clock, self._repeated = clock, Repeated(pending, clock)
        self._answers = FirstAnswers(waiting, clock)
        self._receive: Receive | None = None
        self._running: set[asyncio.Task[Any]] = set()

    def begin(self, receive: Receive) -> None:
        """From now on, what is taken in goes there."""
        self._receive = receive

    async def drain(self, seconds: float) -> None:
        """Let what is being taken in come to its end."""
        mine = asyncio.current_task()
        running = {task for task in self._running if task is not mine}
        if running:
            await asyncio.wait(running, timeout=seconds)

    # Interactions

    async def take(self, use: Use, asked: Asked) -> None:
        """Acknowledge, save the files, hand on. Without an acknowledgement in time it is taken in
        all the same."""
        with self.noted():
            noted = self._note_of(use, asked)
            grant = await self._first(use, asked, noted)
            if grant is None and use.extras.get("elsewhere"):
                await self._over(noted)
                return
            try:
                files = await self._files.keep(use.id, asked.files) if asked.files else ()
            except (FileGone, Unsent, OSError) as lost:
                log.warning("files could not be saved", use=use.id, error=str(lost))
                await self._answers.say(use, grant, "photo_lost")
                await self._over(noted)
                return
            if noted is not None and await self._is_again(noted, files):
                log.info("used again after the restart", use=use.id)
                await asyncio.gather(*map(self._files.release, files))
                asked, files = Asked(Command.STATUS), ()
            await self._hand_on(use, asked, files, grant, noted)

    async def _first(self, use: Use, asked: Asked, noted: Noted | None) -> Grant | None:
        """The note and the first answer, at the same time; what needs no note waits for no disk."""
        if noted is None:
            return await self._answers.acknowledge(use, asked)
        _, grant = await asyncio.gather(
            self._remember(noted), self._answers.acknowledge(use, asked)
        )
        return grant

    async def _over(self, noted: Noted | None) -> None:
        if noted is not None:
            await self._pending.done(noted.use)

    async def _is_again(self, noted: Noted, files: tuple[Attachment, ...]) -> bool:
        """Files are only read for that where the last process has left something."""
        if self._repeated.idle:
            return False
        return await self._repeated.is_again(noted, await self._files.prints(files))

    def _note_of(self, use: Use, asked: Asked) -> Noted | None:
        """What must not be lost with this process: a request. A secret is for the core to seal, and
        for no file."""
        if not (asked.files or may_cost(asked.command)) or tokens.token_in(asked.text):
            return None
        return Noted(
            use.id, translate.from_interaction(use, asked, (), None, self._clock()), asked.files
        )

    async def _remember(self, noted: Noted) -> None:
        try:
            await self._pending.note(noted)
        except OSError as full:  # then it is as safe as what is said without a file
            log.error("a command could not be noted", use=noted.use, error=type(full).__name__)

    async def resume(self) -> None:
        """Take in what the last process had answered and not handed on any more. What was, is known
        by its id."""
        left = await self._repeated.begin()
        try:
            for noted in left:
                await self._resume(noted)
                self._repeated.over([noted])
        finally:
            self._repeated.over(left)

    async def _resume(self, noted: Noted) -> None:
        assert self._receive is not None
        try:
            files = await self._files.keep(noted.use, noted.files)
        except (FileGone, Unsent, OSError) as lost:  # the words alone: the core asks for the photo
            log.warning(
                "files could not be saved after the restart", use=noted.use, error=str(lost)
            )
            files = ()
        prints = await self._files.prints(files)
        if self._repeated.is_itself(noted, prints):  # killed before the note was gone
            pass
        elif self._repeated.knows(noted, prints):  # killed again, over the same once more
            await asyncio.gather(*map(self._files.release, files))
        else:
            await self._receive(translate.with_files(noted.inbound, files))
            await self._repeated.took(noted, prints)
            log.info("taken in after the restart", use=noted.use)
        await self._pending.done(noted.use)

    async def _hand_on(
        self,
        use: Use,
        asked: Asked,
        files: tuple[Attachment, ...],
        grant: Grant | None,
        noted: Noted | None,
    ) -> None:
        assert self._receive is not None
        way = grant or shut(use, asked)
        inbound = self._placed(
            use, translate.from_interaction(use, asked, files, way, self._clock()), grant
        )
        try:
            await self._receive(inbound)
        except Exception:  # whatever the core's trouble is: nobody may be left before "thinking…"
            await self._answers.say(use, grant, "failed")
            await self._over(noted)
            raise
        await self._over(noted)

    def _placed(self, use: Use, inbound: Inbound, grant: Grant | None) -> Inbound:
        """A request in a channel may get a thread of its own, under the answer that says
        "thinking…" now."""
        if grant is None or not grant.answer or not (grant.original and grant.member):
            return inbound
        answer = int(grant.answer)
        placed = self._threads.place(use.client, use.channel, inbound, answer)
        if placed.ticket is None and inbound.ticket is not None:
            self._threads.answers(answer, grant, inbound.ticket)
        return placed

    async def open(self, use: Use, form: discord.ui.Modal) -> None:
        """Answer with a form."""
        await self._answers.open(use, form)

    async def excuse(self, use: Use, key: str) -> None:
        """Answer at once with a phrase, for the user's eyes only."""
        await self._answers.excuse(use, key)

    async def filled_in(self, use: Use) -> None:
        """A form came back, maybe one that was opened before a restart."""
        if use.type is not discord.InteractionType.modal_submit:
            return
        data: Mapping[str, Any] = use.data or {}
        asked = read(dict(data))
        if asked is None:
            await self.excuse(use, "old_button")
        else:
            await self.take(use, asked)

    def noted(self) -> Running:
        """Remembers the running task while the block lasts."""
        return Running(self._running)
