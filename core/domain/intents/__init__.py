"""What a message wants, read from its words alone: the router of the skills (rule D37), in English
and Chinese."""

import re
from functools import cache

from core.domain.intents.assigning import each, one_of
from core.domain.intents.keywords import COURTESY, FILLERS, KEYWORDS, Intent
from core.domain.intents.wishes import (
    asks_for_video,
    extends_project,
    links_in,
    names_voice_over,
    needs_photo,
    plain,
    resolution_asked,
)

__all__ = [
    "KEYWORDS",
    "Intent",
    "asks_for_video",
    "each",
    "extends_project",
    "intent_by_keywords",
    "links_in",
    "names_voice_over",
    "needs_photo",
    "one_of",
    "resolution_asked",
]

MOST_WORDS = 6
MOST_HAN = 12
HAN = re.compile(r"[\u3400-\u9fff]")
ARTICLES = r"(?:(?:the|my|me|a|an|our|your)\s+)*"
THUMBS = re.compile("[\U0001f44d\U0001f44e\U0001f44c\u2705\u2714\u274c]")


def intent_by_keywords(text: str, attachments: bool) -> Intent:
    """The intent of one message that is neither a command nor a button.

    A trigger counts when the message is the trigger, or is short and holds nothing but trigger,
    courtesy and format words. Everything else is GENERATE or EDIT and goes to the backend, so "add
    end credits" is no question about credits. With attachments, words that only greet or offer are
    UPLOAD, a plain wish stays what it is, and the caller uploads first in any case. An empty
    message is GREETING."""
    words = plain(text)
    intent = _triggered(words) if words else _wordless(text)
    if attachments and intent in (
        Intent.GREETING,
        Intent.HELP,
        Intent.THANKS,
        Intent.UPLOAD,
        Intent.REPLY,
    ):
        return Intent.UPLOAD
    if intent is None:
        return Intent.GENERATE if asks_for_video(text) else Intent.EDIT
    return intent


def _wordless(text: str) -> Intent:
    if THUMBS.search(text):
        return Intent.REPLY
    if "?" in text or "？" in text:
        return Intent.HELP
    return Intent.THANKS if text.strip() else Intent.GREETING


def _triggered(words: str) -> Intent | None:
    short = (
        len(re.findall(r"[^\s\u3400-\u9fff]+", words)) <= MOST_WORDS
        and len(HAN.findall(words)) <= MOST_HAN
    )
    for intent in KEYWORDS:
        if words in KEYWORDS[intent] or (
            short and _perhaps(intent, words) and _pattern(intent).fullmatch(words)
        ):
            return intent
    return None


def _perhaps(intent: Intent, words: str) -> bool:
    """Whether some trigger at least begins in the words. Else nothing is compiled for them: that is
    slow, and the first message waits for it with all others."""
    return any(beginning in words for beginning in _beginnings(intent))


@cache
def _beginnings(intent: Intent) -> frozenset[str]:
    """The first word, or Chinese character, of every trigger."""
    return frozenset(
        phrase[0] if HAN.search(phrase) else phrase.split()[0] for phrase in KEYWORDS[intent]
    )


@cache
def _pattern(intent: Intent) -> re.Pattern[str]:
    """Trigger with courtesy around it. Only for short messages: overlapping fillers make long ones
    slow to refuse."""
    filler = f"(?:{_any(COURTESY + FILLERS.get(intent, ()))}|\\s+)*"
    return re.compile(f"{filler}(?:{_any(KEYWORDS[intent])}){filler}")


def _any(phrases: tuple[str, ...]) -> str:
    return "|".join(_phrase(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _phrase(phrase: str) -> str:
    """A Latin phrase stands between word boundaries and may hold articles inside; Chinese knows
    neither."""
    if HAN.search(phrase):
        return r"\s*".join(re.escape(character) for character in phrase if character != " ")
    inner = (r"\s+" + ARTICLES).join(re.escape(word) for word in phrase.split())
    return rf"(?<![a-z0-9]){inner}(?![a-z0-9])"
