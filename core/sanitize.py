"""Takes out of people's and the backend's words what deceives a reader, rings for somebody, or
cannot be stored."""

import re

UNSEEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but for tab and line feed
    r"\u202a-\u202e\u2066-\u2069"  # what turns the direction of the text around
    # no width and no use; joiners stay, emoji and some scripts need them
    r"\u200b\u2060-\u2065\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff"  # halves of characters: no platform, file or database takes them
)
ENDS = re.compile("\r\n|[\r\u2028\u2029]")
WORDS = re.compile(f"[{UNSEEN}]")
NAME = re.compile(rf"[{UNSEEN}\t\n\u00ad\u061c\u200c-\u200f\u2028\u2029]+")
NAME_LIMIT = 60
"""Characters of a file's name that are shown."""

STOP = "\u2060"
"""A joiner without width: it can be seen by nobody, and keeps a mark from being read as a name or a
link."""
RINGS = re.compile(r"(https?://\S+)|@[!&]?(?=\w)|\](?=\()")


def words(text: str) -> str:
    """What somebody has written, without what cannot be seen; lines end in one way."""
    return WORDS.sub("", ENDS.sub("\n", text))


def name(text: str) -> str:
    """A file's name to be shown: one line, no tricks, its ending in sight however long it is."""
    plain = " ".join(NAME.sub(" ", text).split())
    return plain if len(plain) <= NAME_LIMIT else f"{plain[: NAME_LIMIT - 20]}…{plain[-19:]}"


def posted(text: str) -> str:
    """Words to be posted: nobody is named by them, and no link hides behind other words. Addresses
    stay as they are."""
    return RINGS.sub(stopped, words(text))


def stopped(found: re.Match[str]) -> str:
    """What RINGS has found, so that it does nothing any more; an address as it is."""
    return found[1] or f"{found[0][:1]}{STOP}{found[0][1:]}"
