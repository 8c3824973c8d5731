"""Who may use the bot where, and how often: the operator's lists, the limits of a group, of the
hour and the day, and of what one person has under way; and which requests count against them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from core.domain.requests import Job, Plan, State
from core.domain.spans import DAY, HOUR
from core.messages import Inbound
from core.settings import Limits


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
    first): of each the newest, as many as the limits ask for (`Counted`).

    `tried` counts whatever came of them, `user` and `group` only those that were paid for or still
    may be."""

    user: tuple[float, ...] = ()
    group: tuple[float, ...] = ()
    tried_user: tuple[float, ...] = ()
    tried_group: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the newest requests the limits look at: beyond a limit nothing is to be known,
    and nothing where there is none (0)."""

    user: int = 0
    group: int = 0
    tried_user: int = 0
    tried_group: int = 0


def counted_days(limits: Limits, space: Space) -> Counted:
    """As many as make a limit full."""
    return Counted(
        user=_per_user(limits, space),
        group=limits.daily_per_group,
        tried_user=limits.hourly_per_user,
        tried_group=limits.hourly_per_group,
    )


def counted_for_videos(limits: Limits, space: Space) -> Counted:
    """What `room` looks at: one more than makes a limit of the day full, since the request that
    asks is among them, and a limit may have become smaller since it began."""
    user, group = _per_user(limits, space), limits.daily_per_group
    return Counted(user=user and user + 1, group=group and group + 1)


def _per_user(limits: Limits, space: Space) -> int:
    """Paid requests that one may ask for in a day, 0 for any number."""
    return min(filter(None, (limits.daily_per_user, space.daily)), default=0)


@dataclass(frozen=True, slots=True)
class Spending:
    """Credits of the last thirty days, as far as they are known: this user's, and everybody's in
    this group."""

    user: int = 0
    group: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something may go on; `reason` is the key of the words, empty for silence; `again`
    when it is possible. Of a budget so many credits are `used`, up to its `limit`."""

    allowed: bool
    reason: str = ""
    again: float = 0.0
    used: int = 0
    limit: int = 0


def admitted(inbound: Inbound, limits: Limits, space: Space) -> Verdict:
    """Whether this person may use the bot here. In a group a refusal is silence."""
    if is_outsider(inbound, limits):
        return Verdict(False, "" if inbound.place.space else STRANGER)
    if not inbound.place.space or is_named(limits.admins, inbound, inbound.user):
        return Verdict(True)
    places = {inbound.address.chat, inbound.place.parent}
    return Verdict(space.on and not (space.channels and places.isdisjoint(space.channels)))


STRANGER = "talk.stranger"
REPEATED_SECONDS = 600.0
"""Seconds after which a refusal may be said anew."""
TOLD_AT_MOST = 3
"""Times that one is said to one person until then."""
TOLD_AT_MOST_WHO_WAITS = 20
"""Times, to somebody who waits for the answer to a command or a button."""


def is_outsider(inbound: Inbound, limits: Limits) -> bool:
    """Whether the operator has left out this person, or this group: nothing that they send is so
    much as stored."""
    if is_named(limits.admins, inbound, inbound.user):
        return False
    known = is_named(limits.allowed_users, inbound, inbound.user)
    if not inbound.place.space:
        return bool(limits.allowed_users) and not known
    listed = is_named(limits.allowed_groups, inbound, inbound.place.space)
    return not listed and (
        bool(limits.allowed_groups) or (bool(limits.allowed_users) and not known)
    )


def is_named(names: frozenset[str], inbound: Inbound, identity: str) -> bool:
    """Whether a list of the operator's names this user or group."""
    return identity in names or f"{inbound.address.platform}:{identity}" in names


def ids_named(names: frozenset[str], platform: str) -> frozenset[str]:
    """Of a list of the operator's, the ids that hold on this platform."""
    found = (name.rpartition(":") for name in names)
    return frozenset(id for where, _, id in found if where in ("", platform))


def within_daily_limits(limits: Limits, space: Space, spent: Spent, now: float) -> Verdict:
    """Whether one more paid request is within the limits of the hour and the day; if not, when it
    will be."""
    for tried, most, reason in (
        (spent.tried_user, limits.hourly_per_user, "talk.hourly_user"),
        (spent.tried_group, limits.hourly_per_group, "talk.hourly_group"),
    ):
        lately = [at for at in tried if at > now - HOUR]
        if most and len(lately) >= most:
            return Verdict(False, reason, lately[-most] + HOUR)
    mine = [at for at in spent.user if at > now - DAY]
    ours = [at for at in spent.group if at > now - DAY]
    per_user = _per_user(limits, space)
    if per_user and len(mine) >= per_user:
        return Verdict(False, "talk.daily_user", mine[-per_user] + DAY)
    if limits.daily_per_group and len(ours) >= limits.daily_per_group:
        return Verdict(False, "talk.daily_group", ours[-limits.daily_per_group] + DAY)
    return Verdict(True)


MOST_OPEN = 10
"""Open requests of one user, wherever they have asked."""
MOST_OWED = 20
"""Messages that one user has coming: who writes faster than the platform lets us answer is asked to
wait."""


def within_open_requests(waiting: int, owed: int) -> Verdict:
    """Whether this user may begin one more request, and be answered at all, with so many open and
    on their way."""
    if owed >= MOST_OWED:
        return Verdict(False, "talk.slowly")
    return Verdict(waiting < MOST_OPEN, "talk.too_many_open")


def videos_left_today(limits: Limits, space: Space, spent: Spent, now: float) -> int | None:
    """How many paid requests the daily limits leave, the one that asks included; None where there
    is no limit."""
    mine = sum(at > now - DAY for at in spent.user)
    ours = sum(at > now - DAY for at in spent.group)
    per_user = _per_user(limits, space)
    left = [
        limit - used + 1
        for limit, used in ((per_user, mine), (limits.daily_per_group, ours))
        if limit
    ]
    return max(min(left), 0) if left else None


COUNTED_PLANS = frozenset({Plan.MAKE, Plan.EDIT})
"""Requests that cost credits; all else is free, and may be asked for as often as anybody likes."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A request as the limits see it: when it was created (seconds since the epoch), and whether
    its paid turn has been `sent`, or is about to be."""

    created: float
    plan: Plan
    state: State
    sent: bool

    @classmethod
    def of(cls, job: Job) -> "Begun":
        """One that is known as a whole."""
        sent = job.progress.turn.snapshot is not None
        return cls(job.created, job.plan, job.state, sent)


@dataclass(frozen=True, slots=True)
class Tried:
    """One that counts: when it was created, and whether it is paid for or still may be. No more
    than that is remembered of who is forgotten."""

    created: float
    paid: bool


def counted_try(begun: Begun) -> Tried | None:
    """The request as it counts, None where it does not. What failed, was cancelled or never came
    to its turn was only tried."""
    if begun.plan not in COUNTED_PLANS:
        return None
    done = begun.state is State.DONE and begun.sent
    return Tried(begun.created, begun.state is State.OPEN or done)


USUAL_SAMPLE = 25
"""Finished requests that are looked at, the newest."""
FEWEST = 5
"""Requests that make a history to estimate from."""


def usual_of(known: Sequence[float | None]) -> float:
    """The median of what the last requests took or cost, as far as it is known; 0 while there is
    too little."""
    told = [value for value in known if value is not None]
    return median(told) if len(told) >= FEWEST else 0.0
