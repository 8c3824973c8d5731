"""What a decision may look at: all that is known when somebody speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.domain.admission import Rules, Space, Spent
from core.domain.conversation.chat.memory import Chat
from core.domain.policy import Confirm
from core.domain.requests import (
    Job,
    Project,
)
from core.skills import Skill


@dataclass(frozen=True, slots=True)
class Terms:
    """What the operator has set about answers: when a paid turn is confirmed, files in one video
    (0: any), and the address of the video service's pages."""

    confirm: Confirm = Confirm.UNCLEAR
    files: int = 0
    web: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """All that a decision may look at. `open` are this chat's unfinished jobs, oldest first;
    `named` a button's job, and `answered` that of the message that this one answers. `about` is the
    project of either, where there is one: then it is `chat.project` for this message.

    `past` are the last videos made here, newest first; `largest_download` is what the platform
    hands out (bytes, 0: no limit). `waiting` are this user's open requests and `owed` the messages
    not yet posted to them, wherever they are; `refused` is how often they were told each reason
    lately."""

    chat: Chat
    skills: Mapping[str, Skill]
    default_skill: str
    open: tuple[Job, ...] = ()
    named: Job | None = None
    past: tuple[Job, ...] = ()
    rules: Rules = Rules()
    space: Space = Space()
    spent: Spent = Spent()
    waiting: int = 0
    owed: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    settle: float = 1.2
    largest_download: int = 0
    wanted: str = ""
    terms: Terms = Terms()
    answered: Job | None = None
    about: Project | None = None

    @property
    def skill(self) -> Skill:
        """The profile in force: the one `wanted` for this request alone, the chat's, or that of its
        group."""
        chosen = self.wanted or self.chat.skill or self.space.skill
        return self.skills.get(chosen) or self.skills[self.default_skill]
