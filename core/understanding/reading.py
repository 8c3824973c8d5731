"""From words to a meaning."""

from core.intents import KEYWORDS, Intent, asks_for_video, classify
from core.understanding.meaning import (
    Again,
    Command,
    CommandKind,
    GoAhead,
    Meaning,
    Question,
    Topic,
    Unclear,
    Wish,
    WishKind,
)

TRIGGERS: dict[Intent, Meaning] = {
    Intent.EXPORT: Command(CommandKind.EXPORT),
    Intent.CREDITS: Command(CommandKind.CREDITS),
    Intent.STATUS: Command(CommandKind.STATUS),
    Intent.UPLOAD: Question(Topic.HOWTO_SEND),
    Intent.CANCEL: Command(CommandKind.CANCEL),
    Intent.UNDO: Command(CommandKind.UNDO),
    Intent.NEW: Command(CommandKind.NEW),
    Intent.REGENERATE: Again(),
    Intent.HELP: Command(CommandKind.HELP),
    Intent.GREETING: Question(Topic.GREETING),
    Intent.THANKS: Question(Topic.THANKS),
    Intent.REPLY: GoAhead(),
}
"""What the trigger words of the skills mean (backend guide 12.1)."""


def read(text: str, language: str) -> Meaning:
    """The meaning of one message that is neither a command nor a button. Pure; any text, any language.

    `language` is a hint (`en`, `zh-Hans`, …, or empty). What cannot be told with confidence is Unclear.
    """
    intent = classify(text, attachments=False)
    if intent in TRIGGERS:
        return TRIGGERS[intent]
    if asks_for_video(text):
        return Wish(WishKind.BARE if text.strip().casefold() in KEYWORDS[Intent.GENERATE] else WishKind.MAKE)
    return Unclear()
