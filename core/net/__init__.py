"""Addresses, and the way that leads to each: whether one can be asked at all, whether it lies in
the open internet, and by which proxy it is reached."""

from core.net.addresses import (
    POSTGRES_LINE,
    checked_address,
    checked_server,
    without_credentials,
)
from core.net.proxies import DIRECT, Proxies, Proxy, proxies_from
from core.net.public import is_public, open_to_all

__all__ = [
    "DIRECT",
    "POSTGRES_LINE",
    "Proxies",
    "Proxy",
    "checked_address",
    "checked_server",
    "is_public",
    "open_to_all",
    "proxies_from",
    "without_credentials",
]
