"""Why a request has failed, as one word for the operator: never what somebody or a service said."""

from collections.abc import Mapping
from enum import StrEnum


class Why(StrEnum):
    """Stored with the request, so a value never changes."""

    OTHER = ""
    """Not named: it is of an earlier version."""
    TOKEN = "token"  # noqa: S105 - a word
    SESSION = "session"
    CREDITS = "credits"
    QUOTA = "quota"
    LIMIT = "limit"
    UNANSWERED = "unanswered"
    BUSY = "busy"
    AWAY = "away"
    CUT = "cut"
    MISUNDERSTOOD = "misunderstood"
    BLOCKED = "blocked"
    TURN = "turn"
    RENDER = "render"
    UPLOAD = "upload"
    FILE = "file"
    GONE = "gone"
    NOTHING = "nothing"
    CONVERTER = "converter"
    COPY = "copy"
    MACHINE = "machine"
    RESTLESS = "restless"
    DEFECT = "defect"


WORDS: Mapping[Why, str] = {
    Why.OTHER: "not known",
    Why.TOKEN: "the token of the video service was refused",
    Why.SESSION: "the project was gone at the video service",
    Why.CREDITS: "the credits were used up",
    Why.QUOTA: "no free token was left this week",
    Why.LIMIT: "a limit of the operator was reached",
    Why.UNANSWERED: "nobody said yes to the price",
    Why.BUSY: "the video service was too busy for too long",
    Why.AWAY: "a service could not be reached for too long",
    Why.CUT: "the video service kept breaking off",
    Why.MISUNDERSTOOD: "the video service did not understand a request of ours",
    Why.BLOCKED: "the export was blocked until the project is registered",
    Why.TURN: "the turn came to nothing",
    Why.RENDER: "the export failed or took too long",
    Why.UPLOAD: "the files did not arrive at the video service",
    Why.FILE: "a file could not be used",
    Why.GONE: "a file was gone from its platform",
    Why.NOTHING: "nothing was left to work on",
    Why.CONVERTER: "a converter is missing or too slow",
    Why.COPY: "the copy could not be made",
    Why.MACHINE: "this machine ran out of disk, memory or handles",
    Why.RESTLESS: "it kept starting over",
    Why.DEFECT: "a defect of the bot: see the log",
}
"""For the operator's page and the terminal, which speak English."""


def why_told(word: str) -> str:
    """The words for a stored value, also for one of a newer version."""
    return WORDS[Why(word)] if word in set(Why) else word
