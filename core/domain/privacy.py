"""What is kept about a person, why, and how long: one table that feeds /privacy and the sweep
alike."""

from dataclasses import dataclass

from core.domain.spans import DAY
from core.i18n import text


@dataclass(frozen=True, slots=True)
class Retention:
    """One kind of stored thing; `seconds` is how long it lives after its last use, None until the
    user says forget."""

    name: str
    seconds: float | None


KEPT = (
    Retention("account", None),
    Retention("chat", None),
    Retention("photos", DAY),
    Retention("reels", DAY),
    Retention("page", 30 * DAY),
    Retention("requests", 30 * DAY),
    Retention("seen", 7 * DAY),
    Retention("counted", DAY),
    Retention("granted", 7 * DAY),
    Retention("charged", 32 * DAY),
)


def first_words(language: str, *, sandbox: bool) -> str:
    """Who makes a video of the photos, said before the first: in the sandbox nobody elsewhere."""
    return text("talk.on_this_computer" if sandbox else "talk.third_party", language)


def described(language: str, *, sandbox: bool = False) -> str:
    """The answer to /privacy."""
    rows = []
    for kept in KEPT:
        what = text(f"privacy.{kept.name}", language)
        days = None if kept.seconds is None else round(kept.seconds / DAY)
        key = "until_forget" if days is None else "day" if days == 1 else "days"
        rows.append(f"• {what}{text(f'privacy.{key}', language, days=days)}")
    tail = text("privacy.tail_here" if sandbox else "privacy.tail", language)
    return "\n".join((text("privacy.head", language), *rows, tail))


def lifetime(name: str) -> float:
    """Seconds that one kind of thing is kept after its last use; infinite where only /forget ends
    it."""
    return next(
        kept.seconds if kept.seconds is not None else float("inf")
        for kept in KEPT
        if kept.name == name
    )
