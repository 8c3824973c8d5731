"""Which proxy leads to an address: from PROXY_URL or the machine's own variables, and what NO_PROXY
leaves out."""

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import unquote, urlsplit

from core.variables import Environment, WrongSetting

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


OWN = "PROXY_URL"
SCHEMES = {
    "http": "http", "https": "https",
    "socks": "socks5", "socks5": "socks5", "socks5h": "socks5", "socks4": "socks4",
    "socks4a": "socks4",
}  # fmt: skip
"""What is written, and the protocol that is meant. Desktops write socks:// for what is SOCKS 5
nearly everywhere."""

PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks4": 1080}
SECURE, PLAIN = ("https", "wss"), ("http", "ws")


@dataclass(frozen=True, slots=True)
class Proxy:
    """One proxy. `scheme` is http, https, socks5 or socks4; `remote`: it looks names up, which
    SOCKS 4 cannot."""

    scheme: str
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    remote: bool = True

    @property
    def address(self) -> str:
        """Where it is, without its credentials."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies for http and for https addresses, and what is reached directly."""

    plain: Proxy | None = None
    secure: Proxy | None = None
    bypass: Bypass = NOTHING

    def for_url(self, url: str) -> Proxy | None:
        """The proxy for an http(s) or ws(s) address; None where it is reached directly, as this
        machine always is."""
        if self.plain is None and self.secure is None:
            return None
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return None  # no address, which who connects to it will say
        secure = parts.scheme.lower() in SECURE
        found = self.secure if secure else self.plain if parts.scheme.lower() in PLAIN else None
        if found is None or self.bypass.holds(host, port or PORTS["https" if secure else "http"]):
            return None
        return found


DIRECT = Proxies()
"""No proxy at all."""


def proxies_from(environment: Environment) -> Proxies:
    """What PROXY_URL says, else HTTP_PROXY, HTTPS_PROXY and ALL_PROXY, in capitals or not; NO_PROXY
    counts for both.

    Small letters come first, as everywhere. Raises WrongSetting for what is no proxy, without
    showing its value."""
    bypass = Bypass.read(_value(environment, "NO_PROXY")[1])
    own = _proxy(environment, OWN)
    if own:
        return Proxies(own, own, bypass)
    others = _proxy(environment, "ALL_PROXY")
    plain, secure = _proxy(environment, "HTTP_PROXY"), _proxy(environment, "HTTPS_PROXY")
    return Proxies(plain or others, secure or others, bypass)


def _value(environment: Environment, name: str) -> tuple[str, str]:
    """The variable as it is spelled here, and its value."""
    for spelled in (name.lower(), name):
        if value := environment.get(spelled, "").strip():
            return spelled, value
    return name, ""


def _proxy(environment: Environment, name: str) -> Proxy | None:
    spelled, value = _value(environment, name)
    if not value:
        return None
    try:
        return _read(value)
    except ValueError as problem:
        raise WrongSetting(
            f"{spelled} cannot be used: {problem}. Example: {spelled}=http://user:password@proxy.example.com:3128"
        ) from None


def _read(value: str) -> Proxy:
    """Raises ValueError, whose text shows nothing of the value."""
    try:
        parts = urlsplit(value if "://" in value else f"http://{value}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("its host or port is none") from None
    written = parts.scheme.lower()
    if written not in SCHEMES:
        raise ValueError("it must begin with http://, https://, socks5:// or socks4://")
    if not host or port == 0 or any(sign.isspace() for sign in host) or parts.path.strip("/"):
        raise ValueError("it must name a host and a port")
    scheme = SCHEMES[written]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Proxy(scheme, host, port or PORTS[scheme], user, password, remote=written != "socks4")
