"""What the page says by itself: its words in every language, and its commands."""

from typing import Any

from core.domain.conversation import Menu, command_menu
from core.i18n import ENGLISH, LANGUAGES, catalogue, text

SECTION = "web."
KINDS = "image/*,video/*,audio/*,.heic,.heif,.avif"
"""What a browser is told to offer."""

SAMPLES = tuple(
    {"name": f"{one}.jpg", "src": f"/samples/{one}.jpg"} for one in ("lake", "hills", "sea")
)
"""Photos for who has none at hand; small pictures of them lie with the page."""


def direction(language: str) -> str:
    """Which way its words run, as HTML calls it."""
    return "rtl" if catalogue(language).rtl else "ltr"


def page(html: str, language: str) -> str:
    """The page, which says in which language it is."""
    return html.replace(
        '<html lang="en" dir="ltr"', f'<html lang="{language}" dir="{direction(language)}"', 1
    )


def words(language: str, files: int, size: int) -> dict[str, Any]:
    """All that the page needs to speak this language; `files` and `size` (bytes) are what one
    message takes."""
    phrases = {**catalogue(ENGLISH).phrases, **catalogue(language).phrases}
    return {
        "language": language,
        "direction": direction(language),
        "languages": [
            {"code": code, "name": catalogue(code).name, "direction": direction(code)}
            for code in LANGUAGES
        ],
        "words": {
            key.removeprefix(SECTION): phrase
            for key, phrase in phrases.items()
            if key.startswith(SECTION)
        },
        "commands": [
            {
                "name": str(command),
                "text": f"/{command}",
                "says": text(f"telegram.command_{command}", language),
            }
            for command in command_menu(Menu.PRIVATE)
        ],
        "limits": {"files": files, "bytes": size, "kinds": KINDS},
        "samples": list(SAMPLES),
    }
