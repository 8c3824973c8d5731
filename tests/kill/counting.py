"""What came of a wish: videos, paid turns and exports, counted at Telegram and at the backend,
never in the bot."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bots.sandbox.standin.calls import Call
from tests.kill.people import OnTelegram, Read
from tests.process import Look, Scene
from tests.servers.telegram import FakeTelegram, Seen

TWICE = re.compile("reaches you twice|read this twice")
"""Stands in the note under a result, or other words, that may have been posted before."""


@dataclass(frozen=True)
class Wish:
    """One request: who sent it, and the title that marks its every trace."""

    user: int
    mark: str

    @property
    def words(self) -> str:
        return f'make a 2-second video of this with the title "{self.mark}"'

    def in_json(self, call: Call) -> bool:
        """Whether a request to the backend carries the mark."""
        return self.mark in json.dumps(call.facts.get("json", ""))


@dataclass(frozen=True)
class Tally:
    """`marked` videos say that they may be a repetition; `offers` are words with a button to run
    the wish again.

    `photos` is the most that any project of the wish holds at the backend.
    """

    photos: int
    videos: int
    marked: int
    turns: int
    renders: int
    repeated: int
    offers: int

    def broken(self, pressed: int = 0, doubtful: bool = False) -> list[str]:
        """The promises that were not kept; `doubtful`: killed between a send and its
        confirmation."""
        wrong = []
        if not self.videos:
            wrong.append("no video")
        paid = max(1, pressed)
        if self.videos > paid + doubtful or self.videos - self.marked > paid:
            wrong.append(f"{self.videos} videos, {self.marked} of them marked")
        if self.turns > 1 + pressed:
            wrong.append(f"{self.turns} turns")
        if self.renders > 1 + pressed or self.repeated:
            wrong.append(f"{self.renders} exports, {self.repeated} started twice")
        if self.photos > 1:
            wrong.append(f"the photo went into the project {self.photos} times")
        return wrong


def tally(
    scene: Scene,
    wish: Wish,
    since: int = 0,
    reads: Sequence[Read] | None = None,
    *,
    alone: bool = True,
) -> Tally:
    """All traces of one wish. `reads` is what its asker has before them, on Telegram unless given.

    `since`: only the backend's calls from this one on, where no others are mixed in. `alone`: a
    paid request that was cut off before the backend had read for which wish it was can only have
    been for this one."""
    said = OnTelegram(scene, wish.user).reads() if reads is None else reads
    videos = [read for read in said if read.video and wish.mark in read.text]
    calls = scene.standin.calls[since:]
    drafts = [call for call in calls if call.endpoint == "render" and wish.in_json(call)]
    made = {call.facts["json"]["id"] for call in drafts if call.status == 200}
    sessions = {
        call.facts["session"] for call in calls if call.endpoint == "turn" and wish.in_json(call)
    }
    return Tally(
        photos=max((_photos(scene, session) for session in sessions), default=0),
        videos=len(videos),
        marked=sum(bool(TWICE.search(read.text)) for read in videos),
        turns=sum(
            call.endpoint == "turn" and (wish.in_json(call) or (alone and untraced(call)))
            for call in calls
        ),
        renders=len(made),
        repeated=sum(call.status == 409 for call in drafts),
        offers=len(offered(said)),
    )


def _photos(scene: Scene, session: str) -> int:
    return sum(not medium.generated for medium in scene.standin.world.sessions[session].media)


def untraced(call: Call) -> bool:
    """A request that was cut off before the backend had read it."""
    return "json" not in call.facts


def offered(reads: Sequence[Read]) -> list[Read]:
    """Words that leave it to the user to run the wish again."""
    return [read for read in reads if not read.video and "🔁" in " ".join(read.labels)]


def offers(telegram: FakeTelegram, user: int) -> list[Seen]:
    """The same in a chat on Telegram."""
    return [
        seen for seen in telegram.said(user) if not seen.video and "🔁" in " ".join(seen.labels)
    ]


def idle(look: Look) -> bool:
    """Whether the bot owes nothing: no open job, no word in the outbox."""
    ((open_jobs,),) = look("SELECT COUNT(*) FROM jobs WHERE state = 'open'")
    ((owed,),) = look("SELECT COUNT(*) FROM outbox WHERE slot = ''")
    return not open_jobs and not owed
