"""Which proxy leads to an address: from PROXY_URL or the machine's own variables, and what NO_PROXY
leaves out."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from core.net.proxies.bypass import NOTHING, Bypass
from core.variables import Environment, WrongSetting

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
