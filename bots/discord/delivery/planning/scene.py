"""What is known when a message goes out: what to say, to whom, and what the bot may do there."""

from dataclasses import dataclass

from bots.discord.translate import FILE_LIMIT, Grant, Handle, guild_of
from core.messages import Form, Outbound


@dataclass(frozen=True, slots=True)
class Place:
    """A channel as the bot knows it. `limit` in bytes is what a file may have there.

    The rest are sentences for an admin: `due` names rights that would help and goes with the next
    answer, `shut` tells who had to be answered elsewhere, `no_files` why there is only a link."""

    channel: int
    limit: int = FILE_LIMIT
    due: str = ""
    shut: str = ""
    no_files: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One message and its circumstances; `now` in seconds since the epoch.

    `here` is its chat and `above` the channel over the thread of a request. `filled` tells whether
    the deferred answer of the grant has been filled in, None where only Discord knows. `size` in
    bytes is that of the clip on this machine, None without one. `picture` is the preview for the
    card, where it is ready. `handle` names the message to edit. `again`: an earlier try was cut
    off, so it may be there already."""

    message: Outbound
    nonce: str
    now: float
    here: Place
    above: Place | None = None
    grant: Grant | None = None
    filled: bool | None = None
    size: int | None = None
    picture: bytes = b""
    handle: Handle | None = None
    again: bool = False

    @property
    def until(self) -> float:
        """When the token is over; 0 without one."""
        return self.message.ticket.expires if self.message.ticket else 0.0

    @property
    def token(self) -> Grant | None:
        """The grant, while its token lives."""
        grant = self.grant
        return grant if grant and grant.token and self.until > self.now else None

    @property
    def open_answer(self) -> Grant | None:
        """The grant whose answer still says "thinking…", or may."""
        grant = self.token
        return grant if grant and grant.original and not self.filled else None

    @property
    def ground(self) -> Place:
        """The channel whose rights count: the bot writes there, or in a thread under it."""
        return self.above or self.here

    @property
    def guild(self) -> int | None:
        """The server; None in direct chats and groups."""
        return guild_of(self.message.address)

    @property
    def member(self) -> bool:
        """Whether the bot itself is there, and may post by its own right."""
        return self.grant is None or self.grant.member

    @property
    def discreet(self) -> bool:
        """Whether only one of several readers may see it."""
        alone = self.guild is None and self.member  # a direct chat: nobody else reads it
        return not alone and (self.message.discreet or bool(self.grant and self.grant.hidden))

    @property
    def user(self) -> int:
        """Whom it is for; 0 unknown."""
        return int(self.message.user or 0)

    @property
    def language(self) -> str:
        """The language of its words."""
        return self.message.language

    @property
    def linked(self) -> bool:
        """Whether the words alone lead to all there is: no clip that has no link is left out."""
        video = self.message.video
        return video is None or bool(video.url) or video.form is Form.LINK or self.size is None

    def fits(self, limit: int) -> bool:
        """Whether the clip itself can go along."""
        video = self.message.video
        as_file = video is not None and video.form is not Form.LINK
        return as_file and self.size is not None and self.size <= limit
