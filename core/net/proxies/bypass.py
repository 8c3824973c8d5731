"""NO_PROXY in every spelling: hosts, suffixes, patterns, ports, addresses and nets that are reached
directly."""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Net = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry: a net, or a host's name or pattern; with a port for that port alone."""

    net: Net | None = None
    name: str = ""
    port: int | None = None

    def holds(self, host: str, address: IPv4Address | IPv6Address | None, port: int) -> bool:
        if self.port not in (None, port):
            return False
        if self.net is not None:
            return address is not None and address in self.net
        if "*" in self.name:
            return fnmatchcase(host, self.name)
        return address is None and (host == self.name or host.endswith(f".{self.name}"))


@dataclass(frozen=True, slots=True)
class Bypass:
    """What is reached directly. This machine itself always is."""

    all: bool = False
    plain_names: bool = False
    entries: tuple[_Entry, ...] = ()

    @classmethod
    def read(cls, written: str) -> "Bypass":
        """From `*`, or a list with commas, semicolons or spaces: example.com and .example.com hold
        all below as well,
        *.example.com what is below; 10.0.0.0/8, 192.168.*, [::1], example.com:8443; <local> is
        every name without a dot. What cannot be read holds nothing."""
        pieces = [piece.strip("\"'").lower() for piece in re.split(r"[,;\s]+", written)]
        entries = tuple(entry for piece in pieces if piece and (entry := _entry(piece)))
        return cls("*" in pieces, "<local>" in pieces, entries)

    def holds(self, host: str, port: int) -> bool:
        """Whether a host is reached directly at a port."""
        host = host.lower().rstrip(".")
        address = _address(host)
        if self.all or _is_here(host, address):
            return True
        if self.plain_names and address is None and "." not in host:
            return True
        return any(entry.holds(host, address, port) for entry in self.entries)


NOTHING = Bypass()


def _entry(piece: str) -> _Entry | None:
    piece = re.sub(r"^\w+://", "", piece).rstrip("/")
    if (net := _net(piece)) is not None:
        return _Entry(net)
    host, _, port = piece.rpartition(":") if re.search(r":\d{1,5}$", piece) else (piece, "", "")
    number = int(port) if port else None
    if (net := _net(host)) is not None:
        return _Entry(net, port=number)
    name = host.strip(".")
    return _Entry(name=name, port=number) if name else None


def _net(words: str) -> Net | None:
    try:
        return ip_network(words.strip("[]"), strict=False)
    except ValueError:
        return None


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def _is_here(host: str, address: IPv4Address | IPv6Address | None) -> bool:
    if address is None:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
