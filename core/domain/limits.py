"""What is refused before any work starts: files over the profile's limit, and links that lead into
a private net."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from unicodedata import normalize
from urllib.parse import urlsplit

from core.messages import Attachment, Inbound

UNFIT_NAMES = ("api.telegram.org", "cdn.discordapp.com", "media.discordapp.net")
"""Addresses of chat files: one holds a bot's token, the others end within the day (D13)."""
LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")


HOUR = 3600.0
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator has set: who may use the bot (empty: everybody), who administers it,
    requests a day and an hour, files and bytes of one request (0: any).

    Names are a platform's ids, alone or as `telegram:123`.
    """

    users: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    admins: frozenset[str] = frozenset()
    daily_user: int = 0
    daily_group: int = 0
    hourly_user: int = 0
    hourly_group: int = 0
    files: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Space:
    """What the admins of one group or server have set; `channels` empty means all, `daily` 0 means
    no limit."""

    on: bool = True
    channels: tuple[str, ...] = ()
    language: str = ""
    skill: str = ""
    daily: int = 0


@dataclass(frozen=True, slots=True)
class Spent:
    """When this user, and everybody in this group, began paid requests in the last day (oldest
    first).

    `tried` counts whatever came of them, `user` and `group` only those that were paid for or still
    may be."""

    user: tuple[float, ...] = ()
    group: tuple[float, ...] = ()
    tried_user: tuple[float, ...] = ()
    tried_group: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Spending:
    """Credits of the last thirty days, as far as they are known: this user's, and everybody's in
    this group."""

    user: int = 0
    group: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something may go on; `reason` is the key of the words, empty for silence; `again`
    when it is possible."""

    allowed: bool
    reason: str = ""
    again: float = 0.0


def admit(inbound: Inbound, rules: Rules, space: Space) -> Verdict:
    """Whether this person may use the bot here. In a group a refusal is silence."""
    if outsider(inbound, rules):
        return Verdict(False, "" if inbound.space else STRANGER)
    if not inbound.space or named(rules.admins, inbound, inbound.user):
        return Verdict(True)
    places = {inbound.address.chat, inbound.parent}
    return Verdict(space.on and not (space.channels and places.isdisjoint(space.channels)))


STRANGER = "talk.stranger"
SOON = 600.0
"""Seconds after which a refusal may be said anew."""
TOLD = 3
"""Times that one is said to one person until then."""
TOLD_WHO_WAITS = 20
"""Times, to somebody who waits for the answer to a command or a button."""


def outsider(inbound: Inbound, rules: Rules) -> bool:
    """Whether the operator has left out this person, or this group: nothing that they send is so
    much as stored."""
    if named(rules.admins, inbound, inbound.user):
        return False
    known = named(rules.users, inbound, inbound.user)
    if not inbound.space:
        return bool(rules.users) and not known
    listed = named(rules.groups, inbound, inbound.space)
    return not listed and (bool(rules.groups) or (bool(rules.users) and not known))


def named(names: frozenset[str], inbound: Inbound, identity: str) -> bool:
    """Whether a list of the operator's names this user or group."""
    return identity in names or f"{inbound.address.platform}:{identity}" in names


def afford(rules: Rules, space: Space, spent: Spent, now: float) -> Verdict:
    """Whether one more paid request is within the limits of the hour and the day; if not, when it
    will be."""
    for tried, most, reason in (
        (spent.tried_user, rules.hourly_user, "talk.hourly_user"),
        (spent.tried_group, rules.hourly_group, "talk.hourly_group"),
    ):
        lately = [at for at in tried if at > now - HOUR]
        if most and len(lately) >= most:
            return Verdict(False, reason, lately[-most] + HOUR)
    mine = [at for at in spent.user if at > now - DAY]
    ours = [at for at in spent.group if at > now - DAY]
    per_user = min(filter(None, (rules.daily_user, space.daily)), default=0)
    if per_user and len(mine) >= per_user:
        return Verdict(False, "talk.daily_user", mine[-per_user] + DAY)
    if rules.daily_group and len(ours) >= rules.daily_group:
        return Verdict(False, "talk.daily_group", ours[-rules.daily_group] + DAY)
    return Verdict(True)


MOST_OPEN = 10
"""Open requests of one user, wherever they have asked."""
MOST_OWED = 20
"""Messages that one user has coming: who writes faster than the platform lets us answer is asked to
wait."""


def patient(waiting: int, owed: int) -> Verdict:
    """Whether this user may begin one more request, and be answered at all, with so many open and
    on their way."""
    if owed >= MOST_OWED:
        return Verdict(False, "talk.slowly")
    return Verdict(waiting < MOST_OPEN, "talk.too_many_open")


def room(rules: Rules, space: Space, spent: Spent, now: float) -> int | None:
    """How many paid requests the daily limits leave, the one that asks included; None where there
    is no limit."""
    mine = sum(at > now - DAY for at in spent.user)
    ours = sum(at > now - DAY for at in spent.group)
    per_user = min(filter(None, (rules.daily_user, space.daily)), default=0)
    left = [
        limit - used + 1 for limit, used in ((per_user, mine), (rules.daily_group, ours)) if limit
    ]
    return max(min(left), 0) if left else None


def oversize(files: Iterable[Attachment], most: int) -> tuple[Attachment, ...]:
    """The files known to have more than `most` bytes (D12); one of unknown size is judged after the
    download."""
    return tuple(file for file in files if file.bytes is not None and file.bytes > most)


def fitting(
    files: Iterable[Attachment], held: Iterable[Attachment], rules: Rules
) -> tuple[Attachment, ...]:
    """As many of these files, the first ones, as go into one request beside those that it holds
    already."""
    there = list(held)
    begun = len(there)
    for file in files:
        size = sum(known.bytes or 0 for known in (*there, file))
        if (rules.files and len(there) >= rules.files) or (rules.bytes and size > rules.bytes):
            break
        there.append(file)
    return tuple(there[begun:])


def out_of_reach(files: Iterable[Attachment], largest: int) -> tuple[Attachment, ...]:
    """The files that the platform will not hand out to us: more than `largest` bytes (0: no
    limit)."""
    return tuple(file for file in files if largest and (file.bytes or 0) > largest)


HOST = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{1,63}")
"""Names with a dot, in any script: nothing that one reader takes for the end of the name and
another does not."""


def public(link: str) -> bool:
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
