"""What is certain from the words alone and wins over the model: trigger words of the skills, signs, bare numbers."""

import re
import unicodedata
from functools import cache

from core.intents import KEYWORDS, Intent
from core.understanding.folding import folded
from core.understanding.meaning import (
    Again,
    Choice,
    Command,
    CommandKind,
    Decline,
    GoAhead,
    Meaning,
    Question,
    Topic,
    Unclear,
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
}
"""What the trigger words of the skills mean (backend guide 12.1)."""
OTHERWISE: dict[str, Meaning] = {
    **dict.fromkeys(
        ("how long", "how much longer", "how long does it take", "还要多久", "多久", "要多久"), Question(Topic.TIME)
    ),
    **dict.fromkeys(("who are you", "what are you", "你是谁"), Question(Topic.WHO)),
    **dict.fromkeys(("redo", "redo it", "重做"), Command(CommandKind.REDO)),
}
"""Trigger words that say something finer than their intent."""
SIGNS: dict[str, Meaning] = {
    **dict.fromkeys("👍👌✅✔🆗🙆", GoAhead()),
    **dict.fromkeys("❌✖🙅🚫", Decline()),
    **dict.fromkeys("👎😡🤮💩😠🙄😒", Question(Topic.COMPLAINT)),
    **dict.fromkeys("🙏", Question(Topic.THANKS)),
    **dict.fromkeys("👋", Question(Topic.GREETING)),
    **dict.fromkeys("❤🧡💛💚💙💜🖤🤍🤎♥💕💖💗💘💓💞😍🥰😘🔥👏🎉🤩💯🥳😻🙌✨⭐🌟💐🌹🫶", Question(Topic.PRAISE)),
    **dict.fromkeys("😂🤣😅😆😄😁😀😃🙂😊😉😎😜🤪😹😭🥲😢🤔😐", Question(Topic.SMALLTALK)),
}
"""Messages that are nothing but signs, by the first that says something."""
LETTERS = "abcde"
_BARE = re.compile(r"[\W_]*(?:([0-9]{1,3})|([a-e]))[\W_]*")


def certain(text: str) -> Meaning | None:
    """What these words mean for sure; None where that is for the model to say."""
    line = " ".join(re.sub(r"[\W_]+", " ", folded(text)).split())
    if not line:
        return _signs(text)
    return triggers().get(line) or _number(text)


@cache
def triggers() -> dict[str, Meaning]:
    """Every trigger word of the skills in one spelling, with its meaning."""
    words = {word: meaning for intent, meaning in TRIGGERS.items() for word in KEYWORDS[intent]}
    return {folded(word): meaning for word, meaning in (words | OTHERWISE).items()}


def _signs(text: str) -> Meaning:
    found = (SIGNS[character] for character in text if character in SIGNS)
    asked = Command(CommandKind.HELP) if re.fullmatch(r"[\s?？¿؟!]*[?？؟][\s?？؟!]*", text) else Unclear()
    return next(found, asked)


def _number(text: str) -> Choice | None:
    """`2`, `②`, `2.`, `(b)`, `٢` alone."""
    line = "".join(_digit(character) for character in unicodedata.normalize("NFKC", text).casefold())
    match = _BARE.fullmatch(line)
    if not match:
        return None
    return Choice(int(match[1])) if match[1] else Choice(LETTERS.index(match[2]) + 1)


def _digit(character: str) -> str:
    """Digits of every script as the ones of ASCII."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else character
