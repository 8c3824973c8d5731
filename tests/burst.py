"""`python -m tests.burst`: a thousand people speak at once, and then as many have videos made with
turns of a minute; prints how fast the bot wrote and what a crowd waits for, exits 1 above the
limits."""

import argparse
import asyncio
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from tests import crowd
from tests.process import Scene, scene, until
from tests.servers.telegram import Request

WORDS, ANSWER = "upload", "📷 Send the photo here"
GROUP = -1000000000900
"""A group in which some of the people speak, all at once."""

WINDOW = 5.0
"""Seconds; in one alone, what a busy machine delays would count as a burst."""
SENDS = ("sendMessage", "sendVideo", "sendDocument", "editMessageText", "editMessageCaption")
FREE = ("/interactions/", "/webhooks/")
INVALID = (401, 403, 429)


@dataclass
class Figures:
    """The most that came in one window, a second, and what must not be."""

    people: int
    seconds: float = 0.0
    telegram: float = 0.0
    discord: float = 0.0
    nearest: float = 0.0
    group: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(
            (
                f"{self.people} people at once, all answered after {self.seconds:.0f} s",
                f"Telegram: at most {self.telegram:.1f} a second (30), {self.nearest:.2f} s "
                "apart in a chat (1),"
                f" {self.group} a minute in a group (20)",
                f"Discord: at most {self.discord:.1f} a second (50), {self.refused} refused",
                *self.wrong,
            )
        )


async def run(people: int, folder: Path, patience: float = 300.0) -> Figures:
    """Let half of them speak on Telegram, twice each, and half on Discord, and watch what the bot
    does."""
    async with scene(folder, discord=True, LOG_LEVEL="WARNING") as here:
        here.discord.checks = False
        here.telegram.add_group(GROUP)
        names = [here.discord.world.new_person(f"Person {number}") for number in range(people // 2)]
        await here.up()
        begun, since = time.monotonic(), len(here.discord.requests)
        for number, name in enumerate(names):
            for _ in range(2 if number % 10 == 0 else 1):
                here.telegram.user_sends(WORDS, user=10_000 + number)
            here.discord.says(WORDS, user=name, channel=here.discord.world.dm_of(name))
        for number in range(12):
            here.telegram.user_sends(
                f"/help@{here.telegram.world.bot['username']}", user=10_000 + number, chat=GROUP
            )
        await until(
            lambda: _answered(here) >= len(names) + -(-len(names) // 10) + len(names), patience
        )
        await asyncio.sleep(1.0)
        return _judged(here, people, time.monotonic() - begun, since)


def _answered(here: Scene) -> int:
    posts = [
        post
        for post in here.telegram.world.posts.values()
        if post.by_bot and post.words.startswith(ANSWER)
    ]
    messages = here.discord.world.messages.values()
    return len(posts) + sum(
        ANSWER in said.content for said in messages if said.author is here.discord.world.bot
    )


def _judged(here: Scene, people: int, seconds: float, since: int) -> Figures:
    sends = [request for request in here.telegram.requests if request.method in SENDS]
    asked = [call for call in here.discord.requests[since:] if not call.template.startswith(FREE)]
    found = Figures(
        people,
        seconds,
        telegram=most(_times(sends), WINDOW) / WINDOW,
        discord=most([call.at for call in asked], WINDOW) / WINDOW,
        nearest=min(_gaps(sends), default=99.0),
        group=most(_times(r for r in sends if r.values["chat_id"] == str(GROUP)), 60.0),
        refused=sum(call.status in INVALID for call in asked),
    )
    found.wrong += ["Telegram is written to too fast"] * (found.telegram > 30)
    found.wrong += ["a chat on Telegram is written to too fast"] * (
        found.nearest < 0.9
    )  # the way there varies
    found.wrong += ["a group on Telegram is written to too fast"] * (found.group > 20)
    found.wrong += ["Discord is asked too fast"] * (found.discord > 50)
    found.wrong += ["Discord had to refuse"] * (found.refused > 0)
    return found


def _times(sends: Iterable[Request]) -> list[float]:
    return [request.at for request in sends]


def _gaps(sends: Sequence[Request]) -> list[float]:
    """Seconds between two messages in one private chat."""
    chats: dict[str, list[float]] = {}
    for request in sends:
        if request.method.startswith("send") and not request.values["chat_id"].startswith("-"):
            chats.setdefault(request.values["chat_id"], []).append(request.at)
    return [
        later - earlier
        for times in chats.values()
        for earlier, later in zip(times, times[1:], strict=False)  # noqa: RUF007
    ]


def most(times: Sequence[float], window: float) -> int:
    """The most of them in any window of so many seconds."""
    ordered, first, found = sorted(times), 0, 0
    for place, at in enumerate(ordered):
        while ordered[first] <= at - window:
            first += 1
        found = max(found, place - first + 1)
    return found


def main() -> int:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m tests.burst", description=__doc__)
    options.add_argument("--people", type=int, default=1000)
    options.add_argument("--turn", type=float, default=60.0, help="seconds of a turn; 0: no videos")
    options.add_argument("--only-turns", action="store_true", help="leave out the words")
    given = options.parse_args()
    wrong: list[str] = []
    if not given.only_turns:
        with TemporaryDirectory(prefix="burst-") as folder:
            figures = asyncio.run(run(given.people, Path(folder)))
        typer.echo(str(figures))
        wrong += figures.wrong
    if given.turn:
        together = asyncio.run(crowd.run(given.people, given.turn))
        typer.echo(str(together))
        wrong += together.wrong
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
