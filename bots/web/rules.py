"""What the page may be asked, by whom, and how often: decisions alone."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bots.web.settings import loopback
from core.i18n import ENGLISH, LANGUAGES, closest

SPOKEN = frozenset(code.partition("-")[0] for code in LANGUAGES)
TELLING = frozenset(["hans", "hant", "cn", "sg", "tw", "hk", "mo", "br", "pt"])
"""What tells one of our catalogues from another of the same language."""
PAGE = "page"
"""What the page's own script says in X-Requested-With: no form of another page can."""
COOKIE = re.compile(r"[A-Za-z0-9_-]{43}")
"""256 bits, as secrets.token_urlsafe writes them."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """How much somebody may still ask for at once, and when that was counted (seconds)."""

    left: float
    at: float

    def take(self, now: float, most: float, each: float) -> tuple["Bucket", float]:
        """One turn of `most` in a row, of which one comes back every `each` seconds; with the
        seconds to wait, 0 where it is granted."""
        left = min(most, self.left + max(0.0, now - self.at) / each)
        if left >= 1.0:
            return Bucket(left - 1.0, now), 0.0
        return Bucket(left, now), (1.0 - left) * each


def host_allowed(host: str, *, guarded: bool) -> bool:
    """Whether a request for this Host is for us: nobody can bend an address of this machine itself,
    as a name can be. Where a token is asked for (`guarded`), a bent name brings no cookie along, so
    any will do."""
    return bool(host) and (guarded or loopback(_name(host)))


def _name(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def same_origin(origin: str, host: str) -> bool:
    """Whether what is sent comes from our own page."""
    return bool(host) and origin in (f"http://{host}", f"https://{host}")


def user_of(cookie: str) -> str:
    """Who that is on this platform: of the secret itself nothing is kept. Empty for none of
    ours."""
    return hashlib.sha256(cookie.encode()).hexdigest()[:32] if COOKIE.fullmatch(cookie) else ""


def pass_of(token: str) -> str:
    """What the browser keeps in place of WEB_TOKEN; with another token it opens nothing more."""
    return hmac.new(token.encode(), b"access to the page", "sha256").hexdigest()


def alike(one: str, other: str) -> bool:
    """In the same time for every wrong one."""
    return hmac.compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))


def preferred(accepted: str) -> str:
    """The catalogue for an Accept-Language."""
    return next((found for tag in _by_weight(accepted) if (found := _spoken(tag))), ENGLISH)


def _by_weight(accepted: str) -> Iterable[str]:
    weighted = []
    for part in accepted.split(",")[:20]:
        tag, _, weight = part.partition(";")
        number = re.fullmatch(r"\s*q=(0(?:\.\d{1,3})?|1(?:\.0{1,3})?)\s*", weight)
        weighted.append((-(float(number[1]) if number else 1.0), tag.strip()))
    return [tag for weight, tag in sorted(weighted, key=lambda pair: pair[0]) if weight and tag]


def _spoken(tag: str) -> str:
    """Our own code for it. What is looked up is remembered, so there must be few of these."""
    language, *parts = tag.lower().split("-")
    told = [part for part in parts[:2] if part in TELLING]
    return closest("-".join((language, *told))) if language in SPOKEN else ""


def known(language: object) -> str:
    """One of our catalogues, or nothing."""
    return language if isinstance(language, str) and language in LANGUAGES else ""
