"""The address of a database's server, which holds a user and perhaps a password."""

import re
from collections.abc import Mapping

LINE: Mapping[str, int | str] = {
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
