"""What is noted of a command is read back as it was, also where an earlier version wrote it."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bots.discord.run.notes import Noted, read, written
from core.messages import Address, Called, Command, Happened, Pressed
from tests import messages

FLAT: dict[str, Any] = {
    "id": "dc:i:5", "user": "7", "address": {"platform": "discord", "chat": "1", "thread": "2"},
    "text": "make it move", "attachments": [], "album": "", "order": 5, "said": 1.5,
    "language": "en-US", "addressed": True, "private": False, "command": "video", "job": None,
    "ticket": None, "message": "", "edited": False, "partial_album": False, "unusable": False,
    "moved_to": None, "present": None, "space": "2", "parent": "3", "admin": True, "aside": None,
    "skill": "", "masked": False, "token": "", "replying": False,
}  # fmt: skip
"""An Inbound as it was written before it was an envelope with what happened in it."""
ASKED = messages.happened(
    "dc:i:5", "7", Address("discord", "1", "2"), Called(Command.VIDEO, "make it move"), order=5,
    at=1.5, language="en-US", private=False, space="2", parent="3", admin=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("more", "happened"),
    [
        ({}, Called(Command.VIDEO, "make it move")),
        ({"skill": "slow"}, Called(Command.VIDEO, "make it move", skill="slow")),
        ({"command": "edit", "job": 4}, Pressed(Command.EDIT, "make it move", 4)),
    ],
)
def test_what_an_earlier_version_noted_is_not_lost(
    more: dict[str, object], happened: Happened
) -> None:
    note = json.dumps({"use": 5, "inbound": FLAT | more, "files": []})
    assert read(note.encode()) == Noted(5, replace(ASKED, happened=happened), ())


@pytest.mark.parametrize(
    "happened",
    [
        Called(Command.VIDEO, "make it move", skill="slow"),
        Called(Command.AGAIN),
        Pressed(Command.EDIT, "make it move", 4),
        Pressed(Command.AGAIN),
    ],
)
def test_a_note_is_read_as_it_was_written(happened: Happened) -> None:
    noted = Noted(5, replace(ASKED, happened=happened), ())
    assert read(written(noted)) == noted
