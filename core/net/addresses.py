"""Addresses of servers that an operator names: whether requests can be sent there at all, told
before the first one."""

import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

ADDRESS_SIGNS = re.compile(r"[^\s\\<>\"^`{|}\x00-\x20\x7f]+")
IPV6_SIGNS = re.compile(r"[0-9A-Fa-f:.]+")


def checked_address(value: str, schemes: tuple[str, ...] = ("https", "http")) -> str:
    """An address to which paths can be added: as written, but for slashes at its end. Raises
    ValueError.

    The text of the error shows nothing of the value, which may hold a password.
    """
    first, second = schemes
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("its host or port is none") from None
    if parts.scheme not in schemes:
        raise ValueError(f"it must start with {first}:// (or {second}://)")
    if (
        not ADDRESS_SIGNS.fullmatch(value)
        or parts.query
        or parts.fragment
        or value.endswith(("?", "#"))
    ):
        raise ValueError("it must be an address without spaces, ? and #")
    if port == 0 or not _is_host(host):
        raise ValueError("its host or port is none")
    return value.rstrip("/")


def _is_host(host: str) -> bool:
    """A name that can be looked up, or an address."""
    if ":" in host:
        return IPV6_SIGNS.fullmatch(host) is not None and _is_ip(host)
    try:
        name = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return False
    labels = name.removesuffix(".").split(".")
    return len(name) < 254 and all(re.fullmatch(r"[A-Za-z0-9_-]{1,63}", label) for label in labels)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def without_credentials(value: str) -> str:
    """For a server to which each request carries a token of its own. Raises ValueError."""
    if "@" in urlsplit(value).netloc:
        raise ValueError("it must not hold a user and a password: the token stands in their place")
    return value


POSTGRES_LINE: Mapping[str, int | str] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "photo-to-video-bot",
}
"""How every line to Postgres is kept (libpq's words): one on which nothing comes back any more ends
within seconds, instead of after the quarter of an hour that TCP takes."""
_ADDRESS = re.compile(
    r"[a-z]+://(?:[^\s@/?#]*@)?(?P<hosts>[^\s@/?#]*)(?:/[^\s@/?#]*)?(?:\?[^\s@?#]*)?"
)
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s\[\]:]*)(?::\d{0,5})?")
_UNREADABLE = re.compile("%(?![0-9A-Fa-f]{2})|%00")


def checked_server(value: str) -> str:
    """As written, where each of its parts is what it looks like: what stands behind a password with
    signs of an address in it would be shown as a host. Raises ValueError, which shows nothing of
    the value."""
    found = _ADDRESS.fullmatch(value)
    if not found or _UNREADABLE.search(value):
        raise ValueError(
            "it cannot be read: write each @ / ? # % and space in a user or a password as"
            " %40 %2F %3F %23 %25 and %20"
        )
    if not all(map(_HOST.fullmatch, found["hosts"].split(","))):
        raise ValueError("its host or port is none")
    return value
