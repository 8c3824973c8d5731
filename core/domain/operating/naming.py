"""Which person an admin means, by the id that platforms give to people."""

import re

PERSON = re.compile(
    r"(?:(?P<platform>[a-z]{2,20}):)?(?:<@!?)?(?P<user>\d{1,20}|[0-9a-f]{32})>?(?=\s|$)"
)
"""An id is a number, or the page's code for a browser."""


def person(words: str, platform: str) -> tuple[str, str] | None:
    """Platform and user at the beginning of these words: `telegram:123`, `123` (on this
    `platform`), a mention as Discord writes it. What follows is read by nobody."""
    found = PERSON.match(words.strip())
    return (found["platform"] or platform, found["user"]) if found else None
