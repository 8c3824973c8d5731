"""Finds tokens of the video service in what people paste, wherever it is: none is stored, or sent
on, as words."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from core.messages import Amended, Called, Command, Confided, Inbound
from core.patterns import Pattern

MARKED = Pattern(r"nmv\\?[_\u2013\u2014-]{1,2}[A-Za-z0-9_\\\u2013\u2014-]{8,}", re.IGNORECASE)
"""How all known tokens begin (docs/backend.md 4.1), also where a client has put a backslash or a
long dash in."""
BROKEN = Pattern(r"nmv[\W_]{0,3}usr[\W_]{0,3}[A-Za-z0-9_-]{16,}", re.IGNORECASE)
"""The same where something has taken the underlines for markup."""
NAMED = Pattern(
    r"(?:token|api[\s_-]?key|bearer|log[\s_-]?in|令牌|密钥|登录|登陆|登入)\W{0,4}(?:is\s|是|为)?\W{0,4}([A-Za-z0-9_-]{20,512})",
    re.IGNORECASE,
)
ALONE = Pattern(r"\W*([A-Za-z0-9_-]{32,512})\W*")
TYPED_LOGIN = Pattern(
    r"\s*[/\uff0f\\!]\s*log[\s_-]?in(?![a-z])(?:@\w+)?[\s:=\uff1a]*", re.IGNORECASE
)
HEX = Pattern(r"[0-9a-f]+", re.IGNORECASE)
UNSEEN = Pattern("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
USABLE = Pattern(r"[\x21-\x7e]{1,512}")
"""What a header can carry."""
AROUND = "\"'`<>()[]{}*_.,;:!? \t\n\u2018\u2019\u201c\u201d\u300c\u300d"
STARS = "***"


def token_in(words: str) -> str:
    """The first token in these words as it may be tried, or "".

    What begins like one is one. Without that, only what looks drawn by lot, and stands alone or is
    called a token."""
    plain = UNSEEN.sub("", unicodedata.normalize("NFKC", words))
    for pattern in (MARKED, BROKEN):
        if match := pattern.search(plain):
            return _as_made(match[0])
    named, alone = NAMED.search(plain), ALONE.fullmatch(plain)
    return next((match[1] for match in (named, alone) if match and _by_lot(match[1])), "")


def without_tokens(words: str) -> str:
    """The same words with stars for what begins like a token."""
    return BROKEN.sub(STARS, MARKED.sub(STARS, words))


def without_tokens_json(text: str) -> str:
    """The same for every string in a JSON text."""
    return (
        json.dumps(_mapped(json.loads(text), without_tokens), ensure_ascii=False) if text else text
    )


def token_sealed(inbound: Inbound, seal: Callable[[str], str]) -> Inbound:
    """The message with the token that it holds sealed, and without its words: what else is there
    may be a part of it.

    /login in whatever spelling makes the command, also in an edited message. What can be no token
    is dropped."""
    words, called = inbound.text, inbound.command is Command.LOGIN
    if inbound.command is None and (typed := TYPED_LOGIN.match(words)):
        words, called = words[typed.end() :], True
    token = token_in(words) or (UNSEEN.sub("", words).strip(AROUND) if called else "")
    if not token and not called:
        return inbound
    if USABLE.fullmatch(token) and (inbound.addressed or isinstance(inbound.happened, Amended)):
        secret = Confided(seal(token), called, inbound.attachments, inbound.heard)
        return replace(inbound, happened=secret)
    if called and inbound.command is None and inbound.addressed:
        return replace(inbound, happened=Called(Command.LOGIN, attachments=inbound.attachments))
    return inbound.worded("")


def _as_made(match: str) -> str:
    """What a client has changed is put right: backslashes, long dashes, capitals at the
    beginning."""
    token = match.replace("\\", "").replace("\u2013", "--").replace("\u2014", "--")
    for (
        begins,
        made,
    ) in BEGINNINGS:  # pragma: no branch (what was found begins in one of these ways)
        if there := begins.match(token):
            return made + token[there.end() :]
    return token  # pragma: no cover


BEGINNINGS = (
    (Pattern("nmv_usr_", re.IGNORECASE), "nmv_usr_"),
    (Pattern(r"nmv[\W_]{0,3}usr[\W_]?", re.IGNORECASE), "nmv_usr_"),
    (Pattern(r"nmv[\W_]{1,2}", re.IGNORECASE), "nmv_"),
)


def _by_lot(word: str) -> bool:
    """Whether it has small and capital letters and digits, or is one long number in hexadecimal."""
    mixed = any(map(str.islower, word)) and any(map(str.isupper, word))
    digits = any(map(str.isdigit, word))
    return digits and (mixed or (bool(HEX.fullmatch(word)) and not word.isdigit()))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case str():
            return change(value)
        case list():
            return [_mapped(each, change) for each in value]
        case dict():
            return {name: _mapped(each, change) for name, each in value.items()}
    return value
