"""Which links and addresses lead into the open internet, and not into a private net."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from unicodedata import normalize
from urllib.parse import urlsplit

UNFIT_NAMES = ("api.telegram.org", "cdn.discordapp.com", "media.discordapp.net")
"""Addresses of chat files: one holds a bot's token, the others end within the day (D13)."""
LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")

HOST = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{1,63}")
"""Names with a dot, in any script: nothing that one reader takes for the end of the name and
another does not."""


def is_public(link: str) -> bool:
    """Whether a typed link may be handed to the backend: http(s), a host name with a dot or a
    global address (D13).

    We never open such a link ourselves, so what a name leads to, or is redirected to, is the
    backend's to judge."""
    try:
        parts = urlsplit(link)
        host = _as_resolved(parts.hostname or "")
        odd = parts.port == 0
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or odd or parts.username is not None:
        return False
    if ":" in host or _looks_numeric(host):
        return open_to_all(host)
    return bool(HOST.fullmatch(host)) and not host.endswith((*LOCAL_NAMES, *UNFIT_NAMES))


def open_to_all(address: str) -> bool:
    """Whether an IP address is one of the open internet, and so is the IPv4 address that an IPv6
    one may stand for."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    inner = _inner(found) if isinstance(found, IPv6Address) else None
    return found.is_global and not found.is_multicast and (inner is None or open_to_all(str(inner)))


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address in one that is mapped, 6to4, NAT64 (RFC 6052) or in the old compatible
    form."""
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    embeds = any(address in network for network in EMBEDDING)
    return IPv4Address(int(address) & 0xFFFFFFFF) if embeds else None


EMBEDDING = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))


def _as_resolved(host: str) -> str:
    """The name as a resolver takes it: wide letters and the dots of other scripts are plain ones
    (UTS 46)."""
    return normalize("NFKC", host).replace("\u3002", ".").rstrip(".").lower()


def _looks_numeric(host: str) -> bool:
    """Whether a resolver may read the name as an IPv4 address: `127.1`, `0x7f.0.0.1` (WHATWG URL,
    host parsing)."""
    last = host.rsplit(".", 1)[-1]
    return last.isdigit() or last.startswith("0x")
