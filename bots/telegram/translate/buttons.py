"""Callback data of inline buttons: at most 64 bytes of text that name a stored job, never a thing
in memory."""

import re

from core.messages import Button, Command

LIMIT = 64
"""Bytes (Bot API, InlineKeyboardButton)."""

JOB = re.compile("[0-9]{1,18}")
"""Clients can send any data they like: a number that no database holds would break it."""

VERSION = "v1"
LABELLED = "v1l"
"""The words of this button are its label: they were too long for the data."""


def to_data(button: Button) -> str:
    """`v1:<command>:<job>:<text>`; a text that does not fit is left out, and the label stands for
    it."""
    head = f"{button.command or ''}:{'' if button.job is None else button.job}"
    whole = f"{VERSION}:{head}:{button.text}"
    return whole if len(whole.encode()) <= LIMIT else f"{LABELLED}:{head}:"


def from_data(data: str, label: str) -> Button:
    """The button that carried `data`. What no version of this bot has made comes back as words
    only, or empty."""
    version, _, rest = data.partition(":")
    command, _, rest = rest.partition(":")
    job, _, text = rest.partition(":")
    if version not in (VERSION, LABELLED):
        return Button(label)
    return Button(
        label,
        command=Command(command) if command in set(Command) else None,
        job=int(job) if JOB.fullmatch(job) else None,
        text=label if version == LABELLED else text,
    )
