"""What is certain from the words alone and wins over the model: keywords, signs, bare numbers, the
words of a button that are written instead of tapped."""

import re
import unicodedata
from functools import cache

from core.domain.understanding.choosing import version_named
from core.domain.understanding.keywords import (
    COURTESIES,
    KEYWORDS,
    RUDE,
    SAYINGS,
    THING,
    TOPICS,
    WIPE,
    YES,
    Intent,
)
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
from core.domain.understanding.orders import change, copied_as, same_in_another_shape
from core.domain.understanding.spelling import folded, is_question
from core.i18n import ENGLISH, LANGUAGES, catalogue

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
    if isinstance(known, GoAhead) and is_question(text):
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


LABELS: dict[str, Meaning] = {
    **dict.fromkeys(("edit", "redo", "run_edited", "from_photos"), Unclear()),
    **dict.fromkeys(("without_photo", "reel_add", "reel_close", "set_skill"), Unclear()),
    **dict.fromkeys(("no_news", "send_news", "drop_news", "stop_news"), Unclear()),
    **dict.fromkeys(("make_it", "change_it", "confirm", "do_it", "go_on"), GoAhead()),
    "surprise": GoAhead(free_hand=True),
    "something_else": Decline(),
    **dict.fromkeys(("again", "once_more", "anew"), Again()),
    **dict.fromkeys(("strip_audio", "strip_text"), Wish(WishKind.EDIT)),
    **dict.fromkeys(("details", "project", "check_again"), Command(CommandKind.STATUS)),
    **dict.fromkeys(("export", "file"), Command(CommandKind.EXPORT)),
    **dict.fromkeys(("cancel", "drop_kept", "drop_rest"), Command(CommandKind.CANCEL)),
    "credits": Command(CommandKind.CREDITS),
    "new": Command(CommandKind.NEW),
    "undo": Command(CommandKind.UNDO),
    "elsewhere": Command(CommandKind.ELSEWHERE),
    "set_language": Command(CommandKind.LANGUAGE),
    "looks": Command(CommandKind.HELP),
    **dict.fromkeys(("forget", "forget_ask"), Question(Topic.PRIVACY)),
    "more_credits": Question(Topic.ACCOUNT),
}
"""What the words of a button mean where it is not known under what they would have been tapped.

Redo is paid where nothing was undone, so its words are no order for it."""


def label_meaning(text: str, language: str) -> Meaning | None:
    """What these words mean as the label of a button in this language (`en`, `zh-Hans`, `zh`), or
    in English; None where they are none."""
    line = _line(text)
    spoken = language.partition("-")[0]
    return _labels(spoken).get(line) or _labels(ENGLISH).get(line)


@cache
def _labels(spoken: str) -> dict[str, Meaning]:
    phrases = [catalogue(code).phrases for code in LANGUAGES if code.partition("-")[0] == spoken]
    return {
        _line(str(known[f"button.{name}"])): meaning
        for known in phrases
        for name, meaning in LABELS.items()
        if f"button.{name}" in known
    }
