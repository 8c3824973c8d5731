"""What a decision may look at: all that is known when somebody speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.domain.admission import Space, Spent
from core.domain.budgets import Charged
from core.domain.conversation.chat.memory import Chat
from core.domain.operating import Overview, Pause
from core.domain.reels import Reel
from core.domain.requests import (
    Job,
    Project,
)
from core.domain.versions import Versions
from core.settings import Settings
from core.skills import Skill
from core.skills.presets import Presets


@dataclass(frozen=True, slots=True)
class Context:
    """All that a decision may look at. `open` are this chat's unfinished jobs, oldest first;
    `named` a button's job, and `answered` that of the message that this one answers. `about` is the
    project of either, where there is one: then it is `chat.project` for this message. `reel` is the
    group reel that the message is about.

    `past` are the last videos made here, newest first; `largest_download` is what the platform
    hands out (bytes, 0: no limit). `versions` are those of the project that the message is about,
    and `histories` those of every project that is looked at, by their sessions. `waiting` are this
    user's open requests and `owed` the messages not yet posted to them, wherever they are;
    `refused` is how often they were told each reason lately. `pause`: the bot is being looked
    after; `banned`: this person is answered no more. `overview` is how the whole bot
    stands, where one of those whom ADMINS names asks. `charged` is what has been spent of the
    operator's credits."""

    chat: Chat
    skills: Mapping[str, Skill]
    settings: Settings
    open: tuple[Job, ...] = ()
    named: Job | None = None
    past: tuple[Job, ...] = ()
    space: Space = Space()
    spent: Spent = Spent()
    waiting: int = 0
    owed: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    largest_download: int = 0
    wanted: str = ""
    answered: Job | None = None
    about: Project | None = None
    presets: Presets = ()
    versions: Versions = Versions()
    histories: Mapping[str, Versions] = field(default_factory=dict)
    reel: Reel | None = None
    pause: Pause | None = None
    banned: bool = False
    overview: Overview = field(default_factory=Overview)
    charged: Charged = Charged()

    @property
    def settle(self) -> float:
        """Seconds to wait for more of the same request."""
        return self.settings.gather_seconds

    @property
    def skill(self) -> Skill:
        """The profile in force: the one `wanted` for this request alone, the chat's, or that of its
        group."""
        chosen = self.wanted or self.chat.skill or self.space.skill
        return self.skills.get(chosen) or self.skills[self.settings.nemo_skill]
