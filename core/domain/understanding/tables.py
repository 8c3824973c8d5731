"""What is certain from the words alone and wins over the model: trigger words of the skills, signs,
bare numbers."""

import re
import unicodedata
from functools import cache

from core.domain.intents import KEYWORDS, Intent
from core.domain.understanding.changing import change
from core.domain.understanding.folding import folded
from core.domain.understanding.languages import asked_for
from core.domain.understanding.meaning import (
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
    Wish,
    WishKind,
)
from core.domain.understanding.orders import copied_as, same_in_another_shape
from core.domain.understanding.sayings import COURTESIES, RUDE, SAYINGS, THING, TOPICS, WIPE, YES
from core.domain.understanding.versions import version_named

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
}
"""What the trigger words of the skills mean (docs/backend.md 12.1)."""
OTHERWISE: dict[str, Meaning] = {
    **{
        word: Question(topic)
        for topic, words in (*TOPICS.items(), *COURTESIES.items())
        for word in re.split(r"\s*[|\n]\s*", words.strip())
    },
    **dict.fromkeys(re.split(r"\s*[|\n]\s*", THING.strip()), Unclear()),
    **dict.fromkeys(re.split(r"\s*[|\n]\s*", WIPE.strip()), Question(Topic.PRIVACY)),
    **dict.fromkeys(re.split(r"\s*[|\n]\s*", RUDE.strip()), Question(Topic.COMPLAINT)),
    **dict.fromkeys(("安安", "安安你好"), Question(Topic.GREETING)),
    **dict.fromkeys(re.split(r"\s*[|\n]\s*", SAYINGS.strip()), Wish(WishKind.MAKE)),
    **dict.fromkeys(
        ("how long", "how much longer", "how long does it take", "还要多久", "多久", "要多久"),
        Question(Topic.TIME),
    ),
    **dict.fromkeys(("who are you", "what are you", "你是谁"), Question(Topic.WHO)),
    **dict.fromkeys(
        (
            "show credits",
            "show the credits",
            "show my credits",
            "show me my credits",
            "my credits",
            "my balance",
            "show my balance",
            "check my credits",
            "check my balance",
        ),
        Command(CommandKind.CREDITS),
    ),
    **dict.fromkeys(("redo", "redo it", "重做"), Command(CommandKind.REDO)),
    **dict.fromkeys(re.split(r"\s*[|\n]\s*", YES.strip()), GoAhead()),
}
"""Trigger words that say something finer than their intent."""
SIGNS: dict[str, Meaning] = {
    **dict.fromkeys("👍👌✅✔🆗🙆", GoAhead()),
    **dict.fromkeys("❌✖🙅🚫", Decline()),
    **dict.fromkeys("👎😡🤮💩😠🙄😒", Question(Topic.COMPLAINT)),
    **dict.fromkeys("🙏", Question(Topic.THANKS)),
    **dict.fromkeys("👋", Question(Topic.GREETING)),
    **dict.fromkeys(
        "❤🧡💛💚💙💜🖤🤍🤎♥💕💖💗💘💓💞😍🥰😘🔥👏🎉🤩💯🥳😻🙌✨⭐🌟💐🌹🫶", Question(Topic.PRAISE)
    ),
    **dict.fromkeys("😂🤣😅😆😄😁😀😃🙂😊😉😎😜🤪😹😭🥲😢🤔😐", Question(Topic.SMALLTALK)),
}
"""Messages that are nothing but signs, by the first that says something."""
LETTERS = "abcde"
_BARE = re.compile(r"[\W_]*(?:([0-9]{1,3})|([a-e]))[\W_]*")


def certain_meaning(text: str) -> Meaning | None:
    """What these words mean for sure; None where that is for the model to say."""
    line = _line(text)
    if not line:
        return _signs(text)
    known = triggers().get(line)
    if isinstance(known, GoAhead) and ASKED.search(text):
        return None  # "ok?" is no yes
    return known or _number(text) or _shape(text) or _asked(text)


def _asked(text: str) -> Meaning | None:
    """Words that consist of nothing but an order of a kind."""
    if asked_for(text):
        return Command(CommandKind.LANGUAGE)
    if version_named(text) is not None:
        return Command(CommandKind.UNDO)
    if copied_as(text):
        return Command(CommandKind.ELSEWHERE)
    if not same_in_another_shape(text):
        return None
    # made anew, so its price is told first, unless just that is said
    different = change(text)
    return Again(different, clear=different != text.strip())


ASKED = re.compile("[?？؟]")


def is_question(text: str) -> bool:
    """Whether a mark says that something is asked."""
    return ASKED.search(text) is not None


@cache
def triggers() -> dict[str, Meaning]:
    """Every trigger word of the skills in one spelling, with its meaning."""
    words = {word: meaning for intent, meaning in TRIGGERS.items() for word in KEYWORDS[intent]}
    return {_line(word): meaning for word, meaning in (words | OTHERWISE).items()}


def _line(text: str) -> str:
    """In the one spelling in which words are compared."""
    return " ".join(re.sub(r"[\W_]+", " ", folded(text)).split())


def _signs(text: str) -> Meaning:
    found = (SIGNS[character] for character in text if character in SIGNS)
    asked = (
        Command(CommandKind.HELP)
        if re.fullmatch(r"[\s?？¿؟!]*[?？؟][\s?？؟!]*", text)
        else Unclear()
    )
    return next(found, asked)


def _number(text: str) -> Choice | None:
    """`2`, `②`, `2.`, `(b)`, `٢` alone."""
    line = "".join(
        _digit(character) for character in unicodedata.normalize("NFKC", text).casefold()
    )
    match = _BARE.fullmatch(line)
    if not match:
        return None
    return Choice(int(match[1])) if match[1] else Choice(LETTERS.index(match[2]) + 1)


def _shape(text: str) -> Wish | None:
    """`9:16` alone is a complete order, as the button with these words is."""
    return Wish(WishKind.SHORT) if SHAPE.fullmatch(unicodedata.normalize("NFKC", text)) else None


SHAPE = re.compile(
    r"[\W_]*(?:9 ?[:：x×] ?16|(?:16|21) ?[:：x×] ?9|1 ?[:：x×] ?1|4 ?[:：x×] ?[35]|[35] ?[:：x×] ?4)[\W_]*"
)
"""The shapes that a video may have, in numbers."""


def _digit(character: str) -> str:
    """Digits of every script as the ones of ASCII."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else character
