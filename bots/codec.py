"""What all adapters write and read alike: the data of a button, and a typed `/command`."""

import re
import zlib
from dataclasses import dataclass

from core.messages import Button, Command

LIMIT = 64
"""Bytes of a button's data, as many as the strictest platform takes (Bot API,
InlineKeyboardButton)."""

VERSION = "v1"
LABELLED = "v1l"
"""The words of this button are its label: they were too long for the data. What stands in their
place only tells two of them apart."""

DATA = re.compile(
    rf"(?P<version>{VERSION}|{LABELLED}):(?P<command>[a-z]*):(?P<job>[0-9]{{0,18}}):(?P<text>[\s\S]*)"
)
"""Never more digits than a database holds: clients can send any data they like."""

COMMAND = re.compile(
    r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>[A-Za-z0-9_]+))?(?:\s+(?P<rest>.*))?$", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Called:
    """A typed command. `name` is in small letters, `bot` the account it is for, empty for any;
    `command` is None where we have none of that name."""

    name: str
    bot: str
    rest: str

    @property
    def command(self) -> Command | None:
        """One of ours; None where somebody typed another."""
        return Command(self.name) if self.name in set(Command) else None


def to_data(button: Button, limit: int = LIMIT) -> str:
    """`v1:<command>:<job>:<text>`, at most `limit` bytes: it names a stored job, never a thing in
    memory.

    A text that does not fit is left out, and the label stands for it. Buttons outlive every version
    of this bot: what an earlier one has written is read for ever."""
    head = f"{button.command or ''}:{'' if button.job is None else button.job}"
    whole = f"{VERSION}:{head}:{button.text}"
    if len(whole.encode()) <= limit:
        return whole
    return f"{LABELLED}:{head}:{zlib.crc32(button.text.encode()):08x}"


def from_data(data: str, label: str = "") -> Button | None:
    """The button that carried `data`; None for what no version of this bot has made."""
    found = DATA.fullmatch(data)
    if found is None or found["command"] not in {"", *Command}:
        return None
    return Button(
        label,
        command=Command(found["command"]) if found["command"] else None,
        job=int(found["job"]) if found["job"] else None,
        text=label if found["version"] == LABELLED else found["text"],
    )


def called(words: str) -> Called | None:
    """`/command words`, `/command@bot words`; None for any other words."""
    found = COMMAND.match(words) if words.startswith("/") else None  # most are none
    if found is None:
        return None
    return Called(found["name"].lower(), found["bot"] or "", (found["rest"] or "").strip())
