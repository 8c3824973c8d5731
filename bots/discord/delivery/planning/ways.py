"""The ways of a message, in their order: which there are for it, and what each lets through.

What is new goes into the deferred answer, the channel, a follow-up, or a direct message. Nothing is
posted twice unnoticed: a message in a channel has a nonce, which Discord honours for some minutes.
A follow-up has none: it is for what is hidden, for places where the bot is not a member, and for a
clip that only its limit lets through."""

from dataclasses import dataclass
from enum import StrEnum

import discord

from bots.discord.delivery.planning.scene import Scene
from bots.discord.translate import FILE_LIMIT, Grant, Handle

EDITABLE_SECONDS = 3600.0
"""Edits of messages older than an hour have a narrow limit of their own (30046): a new status is
better then."""


class Kind(StrEnum):
    """What is asked of Discord."""

    ORIGINAL = "the deferred answer"
    FOLLOW_UP = "a follow-up"
    THREAD = "the thread of the request"
    CHANNEL = "the channel"
    DIRECT = "a direct message"
    WITHDRAW = "taking the deferred answer away"
    BY_TOKEN = "an edit by the token"  # noqa: S105  (no password)
    BY_RIGHT = "an edit by the bot's own right"


EDITS = frozenset({Kind.BY_TOKEN, Kind.BY_RIGHT})
BY_OWN_RIGHT = frozenset({Kind.CHANNEL, Kind.THREAD})


@dataclass(frozen=True, slots=True)
class Way:
    """One way; `limit` in bytes is what a file may have there."""

    kind: Kind
    limit: int = FILE_LIMIT
    hidden: bool = False


WITHDRAWAL = Way(Kind.WITHDRAW)
"""An open "thinking…" cannot become private: it goes, and a private follow-up takes its place."""


def plan(scene: Scene) -> tuple[Way, ...]:
    """The ways to try, the first one first; none where nothing leads there."""
    if scene.handle is not None:
        return _edits(scene, scene.handle)
    if scene.message.toast:
        return _toast(scene)
    own = () if scene.discreet or not scene.member else by_right(scene)
    found = own if scene.token is None else _by_token(scene, scene.token, own)
    if scene.user and (scene.guild is not None or not scene.member):
        found = (*found, Way(Kind.DIRECT))
    return found


def by_right(scene: Scene) -> tuple[Way, ...]:
    """The channel; for a request with a thread of its own that one, else the channel above it."""
    channel = Way(Kind.CHANNEL, scene.ground.limit)
    return (channel,) if scene.above is None else (Way(Kind.THREAD, scene.ground.limit), channel)


def _by_token(scene: Scene, grant: Grant, own: tuple[Way, ...]) -> tuple[Way, ...]:
    follow_up = Way(Kind.FOLLOW_UP, grant.limit, hidden=scene.discreet)
    if scene.open_answer is None:
        roomier = own and scene.fits(grant.limit) and not scene.fits(own[0].limit)
        return (follow_up, *own) if roomier else (*own, follow_up)
    if scene.discreet and not grant.hidden:
        return (WITHDRAWAL, follow_up)
    return (Way(Kind.ORIGINAL, grant.limit), *own, follow_up)


def _toast(scene: Scene) -> tuple[Way, ...]:
    """A line for one person, through the token or not at all.

    A first follow-up would take the place of an open "thinking…", and be seen as that is."""
    grant = scene.token
    if grant is None:
        return ()
    line = Way(Kind.FOLLOW_UP, grant.limit, hidden=True)
    return (WITHDRAWAL, line) if scene.open_answer and not grant.hidden else (line,)


def _edits(scene: Scene, handle: Handle) -> tuple[Way, ...]:
    """Through the token that made the message, or by the bot's own right; never counted, never
    ringing."""
    grant, found = scene.token, list[Way]()
    if grant is not None and grant.interaction == handle.interaction:
        found.append(Way(Kind.BY_TOKEN))
    if scene.message.over and not handle.hidden:
        return (*found, Way(Kind.BY_RIGHT))  # nothing is too old to be taken away
    age = scene.now - discord.utils.snowflake_time(int(handle.message)).timestamp()
    if not handle.hidden and age < EDITABLE_SECONDS:
        found.append(Way(Kind.BY_RIGHT))
    return tuple(found)
