"""What one person does in the long run: says two things and a wish, waits, and speaks again where
nobody heard it."""

import asyncio
import time
from dataclasses import dataclass, field

from tests.kill.counting import Wish, offered
from tests.kill.groups import InGroup
from tests.kill.people import OnDiscord, Person, Read, taken
from tests.process import Scene

FIRST, SECOND = ("upload", "📷 Send the photo here"), ("who are you", "🤖 I'm a bot that turns")
"""Words that are answered at once, and how the answers begin: said before each wish, to see that
order is kept."""
AGAIN = "🔁 Again"
HEARING = 5.0
"""Seconds of a bot that listens after which somebody whom a platform has not delivered says it
again, as people do."""
LOOK = 0.15


@dataclass(frozen=True)
class Press:
    """A press of Again, heard or not: one that seems lost may be taken in after a while.

    `job` is the bot's number of the request that the button names, 0 for the one that its reader
    waits for."""

    name: str
    job: int = 0


@dataclass
class Round:
    """What one person has said in one go, by its kind: "1", "2" or "wish"; the names are the bot's
    (see Person).

    `presses` are those of Again meanwhile, also under what was said about an earlier wish. `deaf`
    says that the platform did not deliver the wish. `seen` counts the offers to run a wish again
    that have been read, and pressed, by now; `copies` the GIFs that were asked for. `answered` is
    how many seconds the first words waited for their answer, where somebody looks."""

    wish: Wish
    person: Person
    names: dict[str, str] = field(default_factory=dict)
    presses: list[Press] = field(default_factory=list)
    silent: bool = False
    deaf: bool = False
    seen: int = 0
    copies: int = 0
    answered: float = 0.0


@dataclass
class Stage:
    """Where the rounds are played: `patience` is how many seconds of a running bot are silence, and
    so a loss.

    `caught_up` demands that a message is answered although the bot was away when Discord delivered
    it. `lived` counts the seconds for which the bot has listened to people: between two kills there
    may be none."""

    here: Scene
    rounds: list[Round]
    over: asyncio.Event
    patience: float
    caught_up: bool = False
    lived: float = 0.0
    watching: list[asyncio.Task[None]] = field(default_factory=list)

    async def age(self) -> None:
        """Count the seconds, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            self.lived += LOOK * self.here.listens

    async def open(self) -> None:
        """Wait until the bot is there, or all is over."""
        while not (self.here.listens or self.over.is_set()):  # noqa: ASYNC110 - a poll of a fake has no event
            await asyncio.sleep(LOOK)

    def sure(self, name: str, person: Person) -> bool:
        """Whether the platform sees to it, whatever happens, that the bot gets to know this.

        A direct chat on Discord can only be read once the bot knows of it: it is listed nowhere.
        """
        if isinstance(person, OnDiscord) and person.direct and not self._known(person):
            return False
        return not name or (self.caught_up and name.startswith("dc:m:"))

    def _known(self, person: Person) -> bool:
        """Whether the bot has ever taken in a word of theirs."""
        said = [name for one in self.rounds if one.person is person for name in one.names.values()]
        return bool(taken(self.here.look, said))


async def live(stage: Stage, person: Person) -> None:
    """Round after round until it is over; somebody left in silence says no more."""
    number = 0
    while not stage.over.is_set():
        number += 1
        if isinstance(person, OnDiscord) and number % 4:
            await stage.open()  # few write to a bot that is shown as offline
        mine = Round(
            Wish(person.id, f"K{person.id % 1_000_000}n{number}z"),
            person,
            seen=len(offered(person.reads())),
        )
        stage.rounds.append(mine)
        if not isinstance(person, InGroup) and not (
            isinstance(person, OnDiscord) and person.uses_commands
        ):
            answers = _answers(person)
            mine.names |= {
                kind: person.says(words) for kind, (words, _) in (("1", FIRST), ("2", SECOND))
            }
            if not isinstance(person, OnDiscord):  # there nobody keeps them for who is away
                stage.watching.append(asyncio.create_task(_timed(stage, mine, answers)))
        mine.names["wish"] = person.wishes(mine.wish.words)
        if not await _heard(stage, mine.names["wish"], person):
            mine.deaf = True
            continue
        while not mine.silent and not await _done(stage, mine):
            continue
        if isinstance(person, InGroup) and not mine.silent:
            mine.silent = not await _copied(stage, mine, person)
        if mine.silent:
            return


def _answers(person: Person) -> int:
    return sum(read.text.startswith(FIRST[1]) for read in person.reads())


async def _timed(stage: Stage, mine: Round, before: int) -> None:
    """How long the first words wait for their answer."""
    at = time.monotonic()
    while _answers(mine.person) <= before and not stage.over.is_set():  # noqa: ASYNC110 - as above
        await asyncio.sleep(LOOK)
    mine.answered = time.monotonic() - at


async def _done(stage: Stage, mine: Round) -> bool:
    """Wait for the video (True), or for the offer to run the wish again, and press it once; or for
    too long."""
    end = stage.lived + stage.patience
    while len(found := offered(reads := mine.person.reads())) <= mine.seen:
        if arrived(reads, mine.wish):
            return True
        if stage.lived > end:
            mine.silent = True
            return False
        await asyncio.sleep(LOOK)
    job = mine.person.job_under(found[-1], AGAIN) if isinstance(mine.person, OnDiscord) else 0
    name = mine.person.presses(found[-1], AGAIN)
    mine.presses.append(Press(name, job))
    if await _heard(stage, name, mine.person):
        mine.seen = len(found)
    return False


async def _copied(stage: Stage, mine: Round, person: InGroup) -> bool:
    """Whether the GIF of a film comes in time."""
    film = next(read for read in person.reads() if read.video and mine.wish.mark in read.text)
    before, end = person.gifs, stage.lived + stage.patience
    person.asks_for_gif(film)
    mine.copies += 1
    while person.gifs <= before:
        if stage.lived > end:
            return False
        await asyncio.sleep(LOOK)
    return True


async def _heard(stage: Stage, name: str, person: Person) -> bool:
    """Whether the bot has got it, as far as that shows within a while."""
    end = stage.lived + HEARING
    while not stage.sure(name, person) and not taken(stage.here.look, [name]):
        if stage.lived > end:
            return False
        await asyncio.sleep(LOOK)
    return True


def arrived(reads: list[Read], wish: Wish) -> bool:
    """Whether the video of this wish is there."""
    return any(read.video and wish.mark in read.text for read in reads)
