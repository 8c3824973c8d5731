"""What is refused before any work starts: files over the profile's limit, and links that lead into a private net."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from core.messages import Attachment
from core.skills import Skill

LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")


def oversize(files: Iterable[Attachment], skill: Skill) -> tuple[Attachment, ...]:
    """The files known to be over the profile's limit (D12); a file of unknown size is judged after the download."""
    return tuple(file for file in files if file.bytes is not None and file.bytes > skill.max_bytes)


def out_of_reach(files: Iterable[Attachment], largest: int) -> tuple[Attachment, ...]:
    """The files that the platform will not hand out to us: more than `largest` bytes (0: no limit)."""
    return tuple(file for file in files if largest and (file.bytes or 0) > largest)


def public(link: str) -> bool:
    """Whether a typed link may be handed to the backend: http(s), a host name with a dot or a global address (D13)."""
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(LOCAL_NAMES) and not _looks_numeric(host)


def _looks_numeric(host: str) -> bool:
    """Whether a resolver may read the name as an IPv4 address: `127.1`, `0x7f.0.0.1` (WHATWG URL, host parsing)."""
    last = host.rsplit(".", 1)[-1]
    return last.isdigit() or last.startswith("0x")
