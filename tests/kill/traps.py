"""Traps: a request of the bot is caught at the stand-in or at Telegram, before it is done, after
it, or as answered."""

import asyncio
import signal
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

from bots.sandbox.standin.calls import Call
from bots.sandbox.standin.faults import EVERYWHERE, Fault, Faults
from tests.process import LONG, Scene, until

DISCORD = {
    "answer": "POST /interactions/{interaction_id}/{interaction_token}/callback",
    "original": "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
    "post": "POST /channels/{channel_id}/messages",
    "edit": "PATCH /channels/{channel_id}/messages/{message_id}",
    "follow-up": "POST /webhooks/{webhook_id}/{webhook_token}",
}
"""Requests to Discord by a short name."""

HELD = 0.15
"""Seconds for which a request is held, so that a frozen bot cannot see the answer."""


class Phase(StrEnum):
    """How far a request has come when the bot is killed."""

    ASKED = "asked"
    """It has arrived, and nothing was done yet."""
    DONE = "done"
    """All was done; the answer never reached the bot."""
    ANSWERED = "answered"
    """The answer has just left."""
    LOST = "lost"
    """In the middle of a turn's stream; the run ends with its line."""
    LASTING = "lasting"
    """The same, but the run goes on to its end."""


@dataclass(frozen=True)
class Boundary:
    """The `nth` request of one kind that a wish leads to; Telegram's have a capital letter in the
    name, or brackets."""

    where: str
    phase: Phase
    nth: int = 1

    def __str__(self) -> str:
        return f"{self.where}{self.nth if self.nth > 1 else ''}-{self.phase}"

    @property
    def at_telegram(self) -> bool:
        return self.where != self.where.lower() or self.where.startswith("(")


class Watched(Faults):
    """The stand-in's faults, which also catch one request and hold it for a while before its
    work."""

    def __init__(self, calls: list[Call]) -> None:
        super().__init__()
        self._calls, self._endpoint, self._left, self._hold = calls, "", 0, 0.0
        self.caught: asyncio.Future[Call] | None = None

    def catch(self, endpoint: str, nth: int, hold: float) -> asyncio.Future[Call]:
        """The nth request from now on, once it has come."""
        self._endpoint, self._left, self._hold = endpoint, nth, hold
        self.caught = asyncio.get_running_loop().create_future()
        return self.caught

    def take(self, endpoint: str, kinds: Iterable[str]) -> tuple[Fault, ...]:
        """The door asks for EVERYWHERE first, once a request."""
        taken = super().take(endpoint, kinds)
        if kinds is not EVERYWHERE or endpoint != self._endpoint:
            return taken
        self._left -= 1
        if self._left or self.caught is None or self.caught.done():
            return taken
        self.caught.set_result(self._calls[-1])
        return (*taken, Fault(endpoint, "delay", value=str(self._hold))) if self._hold else taken


async def strike(scene: Scene, boundary: Boundary, say: Callable[[], object]) -> None:
    """Let somebody `say` a wish, and kill the bot at the boundary."""
    async with asyncio.timeout(LONG):
        if boundary.where == "getUpdates":
            await _at_updates(scene, boundary.phase, say)
        elif boundary.where in DISCORD:
            await _at_discord(scene, boundary, say)
        elif boundary.at_telegram:
            await _at_telegram(scene, boundary, say)
        else:
            await _at_standin(scene, boundary, say)
    await scene.bot.kill()
    scene.telegram.faults.clear()
    if boundary.where in DISCORD:
        scene.discord.faults.clear()


async def _at_updates(scene: Scene, phase: Phase, say: Callable[[], object]) -> None:
    match phase:
        case Phase.ASKED:  # the updates are on the line to a bot that will never read them
            scene.bot.signal(signal.SIGSTOP)
            say()
            await asyncio.sleep(0.05)
        case (
            Phase.DONE
        ):  # stored and well on its way, but not confirmed: Telegram will send it again
            scene.telegram.hang("getUpdates")
            turns = _answered_turns(scene)
            say()
            await until(lambda: _answered_turns(scene) > turns)
        case _:  # the bot has it and cannot store it yet: it must not be confirmed
            with closing(sqlite3.connect(scene.database, isolation_level=None)) as db:
                db.execute("BEGIN IMMEDIATE")
                say()
                await asyncio.sleep(0.2)
                await scene.bot.kill()


def _answered_turns(scene: Scene) -> int:
    """Paid requests that the stand-in has carried out: one that is only asked is lost by a kill."""
    return sum(call.status is not None for call in scene.standin.asked("turn"))


async def _at_telegram(scene: Scene, boundary: Boundary, say: Callable[[], object]) -> None:
    telegram, method = scene.telegram, boundary.where
    before = len(telegram.calls(method))
    if boundary.phase is not Phase.ANSWERED:
        telegram.hang(method, done=boundary.phase is Phase.DONE)
    say()
    await telegram.wait_for(lambda: len(telegram.calls(method)) >= before + boundary.nth, LONG)


async def _at_discord(scene: Scene, boundary: Boundary, say: Callable[[], object]) -> None:
    discord, route = scene.discord, DISCORD[boundary.where]
    before = len(discord.calls(route))
    if boundary.phase is not Phase.ANSWERED:
        discord.hold(route, done=boundary.phase is Phase.DONE)
    say()
    await discord.wait_for(lambda: len(discord.calls(route)) >= before + boundary.nth, LONG)
    if boundary.phase is not Phase.ASKED:
        await discord.wait_for(lambda: discord.calls(route)[before].done, LONG)


async def _at_standin(scene: Scene, boundary: Boundary, say: Callable[[], object]) -> None:
    watched = scene.standin.faults
    assert isinstance(watched, Watched)
    match boundary.phase:
        case Phase.LOST | Phase.LASTING:
            lasting = ("outlives-hang-up",) if boundary.phase is Phase.LASTING else ()
            for kind in ("silence:0.6", *lasting):
                watched.set("turn", kind)
            caught = watched.catch("turn", 1, 0.0)
            say()
            await until(lambda: _heard(caught))
            await asyncio.sleep(0.1)
        case phase:
            holds = {Phase.ASKED: 30.0, Phase.DONE: HELD, Phase.ANSWERED: 0.0}
            caught = watched.catch(boundary.where, boundary.nth, holds[phase])
            say()
            call = await caught
            if phase is Phase.DONE:
                await asyncio.sleep(HELD / 2)  # the body of an upload is still on its way
                scene.bot.signal(signal.SIGSTOP)
            if phase is not Phase.ASKED:
                await until(lambda: call.status is not None)


def _heard(caught: asyncio.Future[Call]) -> bool:
    """Whether the caught turn has got as far as its words."""
    return caught.done() and "words" in caught.result().facts
