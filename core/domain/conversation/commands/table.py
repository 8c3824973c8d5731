"""One row a command: what answers it, who reads that, and in which menus people find it.

Both platforms' menus, the console's, where an answer goes, what words do the same, /help and the
pages in docs/ follow from here. To add a command: its name in core.messages.Command, its row, and
its texts in the catalogues (`telegram.command_…`, `discord.name_…` and `about_…`, and a line in
`talk.help`). One for those whom ADMINS names alone stands in core.messages.OPERATING as well, is
`left_out` as OF_OPERATORS says, and needs `telegram.command_…` and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.domain.conversation.chat import Context, Decision, Past
from core.domain.conversation.choices import ask_for_change
from core.domain.conversation.commands.accounts import (
    ask_for_token,
    copy_all,
    forget,
    log_out,
    look_at_credits,
    tell_privacy,
)
from core.domain.conversation.commands.again import make_again
from core.domain.conversation.commands.broadcasting import broadcast, hear_news
from core.domain.conversation.commands.elsewhere import elsewhere
from core.domain.conversation.commands.greeting import explain, greet
from core.domain.conversation.commands.history import details, list_videos
from core.domain.conversation.commands.operating import (
    ban,
    budget,
    pause,
    resume,
    tell_how_it_is,
    unban,
)
from core.domain.conversation.commands.presets import choose_preset
from core.domain.conversation.commands.projects import export, look_at
from core.domain.conversation.commands.reel import reel
from core.domain.conversation.commands.settling import choose_language, choose_skill, set_up
from core.domain.conversation.commands.stopping import begin_anew, cancel, confirm
from core.domain.conversation.commands.versions import redo, undo
from core.domain.understanding import (
    CommandKind,
)
from core.messages import OPERATING, Command, Inbound

Handler = Callable[[Context, Inbound, float], Decision]


class Menu(StrEnum):
    """The kinds of lists in which people find commands."""

    PRIVATE = "private"
    """A chat with the bot alone, where they just write what they want."""
    GROUP = "group"
    """The same among others."""
    ADMINS = "admins"
    """Among others, for those who set up the place."""
    SLASH = "slash"
    """A platform where commands and their forms stand for writing, wherever they are used."""


class Readers(StrEnum):
    """Who reads the answer where others are around."""

    ALL = "all"
    THEMSELVES = "themselves"
    """Who asked alone, where the platform can show it to them alone in its place."""
    ALONE = "alone"
    """Who asked alone: where there is no other way, in their private chat."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A row. `left_out` says of each menu without this command why, `unhelped` why /help does not
    name it.

    `needs` are the earlier requests that the answer looks at, and `versions` says that it looks at
    those of the project; `words` is what people say for it.
    `impersonal`: the answer is the same for everybody in a place, so that also somebody whom the
    platform hides gets it. `always`: also for who has too much coming. `everywhere`: also where the
    bot is switched off. `paid`: it may begin what costs credits."""

    command: Command
    answer: Handler
    readers: Readers = Readers.ALL
    left_out: Mapping[Menu, str] = field(default_factory=dict)
    unhelped: str = ""
    needs: Past = Past.NONE
    versions: bool = False
    words: CommandKind | None = None
    impersonal: bool = False
    always: bool = False
    everywhere: bool = False
    paid: bool = False


OF_OPERATORS = dict.fromkeys(Menu, "it is for those whom ADMINS names")
ONLY_A_BUTTON = dict.fromkeys(Menu, "it is a button under the request that it is about")
JUST_WRITE = dict.fromkeys(
    (Menu.PRIVATE, Menu.GROUP, Menu.ADMINS), "there people just write what they want"
)
PERSONAL = dict.fromkeys(
    (Menu.GROUP, Menu.ADMINS), "it is about one person, who finds it in the private chat"
)
FOR_ADMINS = {
    Menu.PRIVATE: "it is about a group",
    Menu.GROUP: "it is for those who set the group up",
}
BY_ITSELF = "it is found where it is of use"

SPECS: tuple[Spec, ...] = (
    Spec(Command.VIDEO, explain, left_out=JUST_WRITE, unhelped=BY_ITSELF, needs=Past.MADE,
         versions=True, paid=True),
    Spec(Command.EDIT, ask_for_change, left_out=JUST_WRITE, unhelped=BY_ITSELF, paid=True),
    Spec(Command.NEW, begin_anew, Readers.THEMSELVES, words=CommandKind.NEW),
    Spec(Command.STATUS, look_at, Readers.THEMSELVES, words=CommandKind.STATUS),
    Spec(Command.EXPORT, export, words=CommandKind.EXPORT),
    Spec(Command.UNDO, undo, versions=True, words=CommandKind.UNDO),
    Spec(Command.REDO, redo, versions=True, words=CommandKind.REDO),
    Spec(Command.HISTORY, list_videos, Readers.ALONE, needs=Past.VIDEOS, versions=True,
         words=CommandKind.HISTORY),
    Spec(Command.CREDITS, look_at_credits, Readers.ALONE, left_out=PERSONAL,
         words=CommandKind.CREDITS),
    Spec(Command.SKILL, choose_skill, Readers.THEMSELVES),
    Spec(Command.PRESETS, choose_preset, paid=True),
    Spec(Command.LANGUAGE, choose_language, Readers.THEMSELVES, words=CommandKind.LANGUAGE),
    Spec(Command.LOGIN, ask_for_token, Readers.ALONE, left_out=PERSONAL),
    Spec(Command.LOGOUT, log_out, Readers.ALONE, left_out=PERSONAL,
         unhelped="it is for who has used /login, which names it"),
    Spec(Command.PRIVACY, tell_privacy, Readers.ALONE, left_out=PERSONAL, impersonal=True),
    Spec(Command.MYDATA, copy_all, Readers.ALONE, left_out=PERSONAL),
    Spec(Command.FORGET, forget, Readers.ALONE, left_out=PERSONAL, always=True),
    Spec(Command.CANCEL, cancel, Readers.THEMSELVES, words=CommandKind.CANCEL, always=True),
    Spec(Command.HELP, explain, Readers.THEMSELVES, words=CommandKind.HELP, impersonal=True,
         unhelped="it is what is being read"),
    Spec(Command.START, greet, Readers.THEMSELVES, impersonal=True,
         left_out=dict.fromkeys((Menu.GROUP, Menu.ADMINS), "a group is greeted as it comes"),
         unhelped="it is where everybody comes from"),
    Spec(Command.REEL, reel, Readers.THEMSELVES, unhelped="a group finds it in its menu",
         left_out={Menu.PRIVATE: "it is about a group"}, paid=True),
    Spec(Command.SETTINGS, set_up, Readers.THEMSELVES, left_out=FOR_ADMINS, impersonal=True,
         everywhere=True, unhelped="it is for the admins of a group, whose menu has it"),
    Spec(Command.DETAILS, details, left_out=ONLY_A_BUTTON),
    Spec(Command.AGAIN, make_again, left_out=ONLY_A_BUTTON, needs=Past.MADE, versions=True,
         paid=True),
    Spec(Command.CONFIRM, confirm, left_out=ONLY_A_BUTTON, always=True),
    Spec(Command.ELSEWHERE, elsewhere, left_out=ONLY_A_BUTTON, needs=Past.VIDEOS,
         words=CommandKind.ELSEWHERE),
    Spec(Command.NEWS, hear_news, Readers.THEMSELVES, left_out=ONLY_A_BUTTON, always=True),
    Spec(Command.STATS, tell_how_it_is, Readers.ALONE, left_out=OF_OPERATORS, always=True),
    Spec(Command.PAUSE, pause, Readers.ALONE, left_out=OF_OPERATORS, always=True),
    Spec(Command.RESUME, resume, Readers.ALONE, left_out=OF_OPERATORS, always=True),
    Spec(Command.BAN, ban, Readers.ALONE, left_out=OF_OPERATORS, always=True),
    Spec(Command.UNBAN, unban, Readers.ALONE, left_out=OF_OPERATORS, always=True),
    Spec(Command.BROADCAST, broadcast, Readers.ALONE, left_out=OF_OPERATORS, always=True),
    Spec(Command.BUDGET, budget, Readers.ALONE, left_out=OF_OPERATORS, always=True),
)  # fmt: skip
"""In the order in which menus show them."""

COMMAND_ROWS: Mapping[Command, Spec] = {spec.command: spec for spec in SPECS}


def command_menu(kind: Menu) -> tuple[Command, ...]:
    """The commands of one kind of menu, in their order."""
    return tuple(spec.command for spec in SPECS if kind not in spec.left_out)


def operators_menu() -> tuple[Command, ...]:
    """What those whom ADMINS names find in private: what everybody does, and what is theirs."""
    own = (spec.command for spec in SPECS if spec.command in OPERATING)
    return (*command_menu(Menu.PRIVATE), *own)
