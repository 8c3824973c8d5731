"""Take in: one message from a platform, cleaned, its secrets sealed, decided on and stored, or
turned away; and what has been refused to whom lately."""

from asyncio import Event
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from threading import Lock
from typing import get_args

import structlog

from core import sanitize as harmless
from core.bodies import Body
from core.domain import tokens
from core.domain.conversation import Chat, Context, Decision, decide, lookup
from core.domain.limits import REPEATED_SECONDS, is_outsider
from core.domain.operating import estranged
from core.messages import OPERATING, SPOOL, Command, Happened, Inbound, Moved
from core.runtime.engine.runtime import Runtime
from core.runtime.engine.tidying import clear_away, clear_files
from core.store import Remembered

log = structlog.get_logger()

INBOUND = Body[Inbound](Inbound, happened=get_args(Happened))


def cleaned(inbound: Inbound) -> Inbound:
    """The same without what cannot be seen in its words and names: it would deceive readers, or
    break the store.

    Raises ValueError for what is no Inbound at all, before any of it is on disk, where it would
    fail at every reading."""
    files = tuple(
        replace(
            file,
            name=harmless.name(tokens.without_tokens(file.name)),
            mime=harmless.name(file.mime),
        )
        for file in inbound.attachments
    )
    inbound = inbound.worded(harmless.words(inbound.text)).with_files(files)
    if INBOUND.read(INBOUND.text(inbound)) != inbound:
        raise ValueError("it is not read as it was written")
    return inbound


class Intake:
    """The way in of one process; it remembers what it has refused to whom.

    `operated` is set when somebody has used a command of the operator's. `forgotten` are users
    whose last answers leave traces until the next sweep."""

    def __init__(self, runtime: Runtime, operated: Event, forgotten: set[str]) -> None:
        self._runtime, self._told = runtime, Told()
        self._operated, self._forgotten = operated, forgotten

    async def receive(self, inbound: Inbound) -> None:
        """Take in one message (write 1). Returns when it is on disk; the same id is taken in
        once."""
        await self.shelve(inbound)
        taken = await self.take_in(inbound)
        if inbound.command is Command.FORGET:
            self._forgotten.add(inbound.user)
            await clear_away(self._runtime)
        elif inbound.command is Command.LOGOUT:
            await self._runtime.store.settle()
        elif any(file.ref.startswith(SPOOL) for file in inbound.attachments):
            await clear_files(self._runtime)
        if inbound.command in OPERATING:
            self._operated.set()
        log.info(
            "taken in" if taken else "seen before, or not for us",
            id=inbound.id,
            files=len(inbound.attachments),
        )

    async def shelve(self, inbound: Inbound) -> None:
        """What is on this disk alone is put where every process finds it, before it is spoken
        of."""
        shelf = self._runtime.shelf
        if shelf is not None and not is_outsider(inbound, self._runtime.settings):
            await shelf.keep(inbound)

    async def take_in(self, inbound: Inbound) -> bool:
        """Write 1. False where this message was taken in before, or is not for us."""
        runtime, now = self._runtime, self._runtime.clock()
        if isinstance(inbound.happened, Moved):
            await runtime.store.move(inbound.address, inbound.happened.to)
            return True
        inbound = self._sealed(cleaned(inbound))
        if inbound.command in OPERATING:
            inbound = estranged(inbound, runtime.settings)
        if is_outsider(inbound, runtime.settings):
            await self._turn_away(inbound, now)
            return False
        noted = False  # the store may ask more than once

        def think(known: Remembered) -> Decision:
            """Noted at once: the next of the same write must know of it."""
            nonlocal noted
            decision = self._decided(known, inbound, now)
            if not noted:
                self._note(inbound, decision, now)
            noted = True
            return decision

        needed = replace(lookup(inbound), charged=runtime.settings.nemo_token is not None)
        return await runtime.store.take_in(inbound, think, now, needed)

    async def _turn_away(self, inbound: Inbound, now: float) -> None:
        """Somebody whom the operator has left out: told so a few times, and nothing of what they
        send is kept."""
        if inbound.sender.masked or not inbound.addressed:
            return
        asked = inbound.saying(inbound.text)
        decision = self._decided(Remembered(Chat(inbound.user, inbound.address)), asked, now)
        self._note(inbound, decision, now)
        for post in decision.posts:
            await self._runtime.store.post(post, now)

    def _decided(self, known: Remembered, inbound: Inbound, now: float) -> Decision:
        runtime, adapter = self._runtime, self._runtime.adapters.get(inbound.address.platform)
        context = Context(
            chat=known.chat,
            skills=runtime.skills,
            presets=runtime.presets,
            settings=runtime.settings,
            open=known.open,
            named=known.named,
            answered=known.answered,
            past=known.past,
            versions=known.versions,
            histories=known.histories,
            space=known.space,
            spent=known.spent,
            waiting=known.waiting,
            owed=known.owed,
            reel=known.reel,
            pause=known.pause,
            banned=known.banned,
            overview=known.overview,
            charged=known.charged,
            refused=self._told.lately(_who(inbound), now),
            largest_download=adapter.largest_download if adapter else 0,
        )
        return decide(context, inbound, now)

    def _note(self, inbound: Inbound, decision: Decision, now: float) -> None:
        if decision.refused and decision.posts:
            self._told.note(_who(inbound), decision.refused, now)

    def _sealed(self, inbound: Inbound) -> Inbound:
        """The same with its secrets sealed: what is stored comes from here."""
        seal, ticket = self._runtime.vault.seal, inbound.ticket
        if ticket is not None and ticket.secret:
            inbound = replace(inbound, ticket=replace(ticket, secret=seal(ticket.secret)))
        return tokens.token_sealed(inbound, seal)


def _who(inbound: Inbound) -> str:
    return f"{inbound.address.platform}/{inbound.user}"


PEOPLE = 10_000
"""Of whom so much is remembered; of more, those who were refused last."""
MOST = 64
"""Refusals that are remembered of one person: more than anybody is told."""


class Told:
    """Times of refusals by person and reason. Times are seconds since the epoch. Asked and told on
    the store's thread and on the loop's."""

    def __init__(self, people: int = PEOPLE) -> None:
        self._people = people
        self._told: dict[str, list[tuple[float, str]]] = {}
        self._turn = Lock()

    def lately(self, who: str, now: float) -> Mapping[str, int]:
        """How often this person was told each reason in the last minutes."""
        with self._turn:
            return Counter(
                reason for at, reason in self._told.get(who, []) if at > now - REPEATED_SECONDS
            )

    def note(self, who: str, reason: str, now: float) -> None:
        """It was said once more."""
        with self._turn:
            lately = [
                (at, said) for at, said in self._told.pop(who, []) if at > now - REPEATED_SECONDS
            ]
            self._told[who] = [*lately, (now, reason)][
                -MOST:
            ]  # at the end: who is quiet is forgotten first
            while len(self._told) > self._people:
                del self._told[next(iter(self._told))]
