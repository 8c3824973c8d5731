"""What the fake Discord knows: people, servers, channels, messages, interactions, and a clock that
can be moved."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

EPOCH_MS = 1_420_070_400_000
TEXT, DM, GROUP, PUBLIC_THREAD, FORUM = 0, 1, 3, 11, 15
SLASH, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
EPHEMERAL, LOADING, SILENT = 1 << 6, 1 << 7, 1 << 12
FILE_LIMIT = 10_485_760
"""Bytes of one file without boosts: 10 MiB (Discord's reference, "Uploading Files")."""

GUILD_LIMITS = {0: FILE_LIMIT, 1: FILE_LIMIT, 2: 52_428_800, 3: 104_857_600}
REQUEST_LIMIT = 26_214_400
TEXT_LIMIT = 2000
FIRST_ANSWER_SECONDS = 3.0
TOKEN_SECONDS = 900.0
NONCE_SECONDS = 300.0
LINK_SECONDS = 86_400.0
FOLLOW_UPS = 5

RIGHTS = {
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "create_public_threads": 1 << 35,
    "send_messages_in_threads": 1 << 38,
}
"""The rights that the fake knows, as bits of Discord's permission set."""


class Refusal(Exception):
    """An answer of 4xx or 5xx: status, Discord's own code and its sentence."""

    def __init__(self, status: int, code: int, message: str, **more: Any) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.code, self.message, self.more = status, code, message, more


@dataclass
class Clock:
    """The real time, plus what a test has moved it on."""

    offset: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        self.offset += seconds


@dataclass(frozen=True)
class Person:
    """An account; `open` says whether it takes direct messages from the bot, `admin` whether it
    manages servers."""

    id: int
    name: str
    bot: bool = False
    open: bool = True
    admin: bool = False


@dataclass(frozen=True)
class Photo:
    """A file as somebody attaches it."""

    name: str = "photo.jpg"
    data: bytes = b"\xff\xd8\xff\xe0 a small photo \xff\xd9"
    mime: str = "image/jpeg"
    width: int | None = 640
    height: int | None = 480


@dataclass
class Attached:
    """A file that Discord keeps. `ephemeral`: from a slash option or a modal, and gone after a
    while."""

    id: int
    channel: int
    photo: Photo
    ephemeral: bool = False
    description: str = ""
    gone: bool = False


@dataclass
class Guild:
    """A server. `tier` is the boost level; `inside` says whether the bot is a member, `available`
    whether it is told about it when it connects."""

    id: int
    name: str
    tier: int = 0
    inside: bool = True
    available: bool = True


@dataclass
class Channel:
    """A text channel, thread, forum, direct message or group; `denied` are the rights that the bot
    lacks here."""

    id: int
    kind: int
    name: str = ""
    guild: Guild | None = None
    people: tuple[Person, ...] = ()
    parent: int | None = None
    owner: int = 1
    denied: set[str] = field(default_factory=set)
    archived: bool = False
    locked: bool = False
    typing: list[float] = field(default_factory=list)


@dataclass
class Message:
    """One message as it stands now; `before` holds the texts it had earlier, `pings` the people it
    rang for."""

    id: int
    channel: Channel
    author: Person
    content: str
    at: float
    stored: list[Attached] = field(default_factory=list)
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    flags: int = 0
    mentions: list[Person] = field(default_factory=list)
    pings: set[int] = field(default_factory=set)
    reply_to: "Message | None" = None
    asked_by: "Interaction | None" = None
    only_for: Person | None = None
    edited_at: float | None = None
    before: list[str] = field(default_factory=list)
    deleted: bool = False
    nonce: str | None = None
    forwarded: "Message | None" = None
    names_role: bool = False

    @property
    def files(self) -> list[Attached]:
        """What hangs on it by itself: a picture that an embed shows is no attachment
        (discord-api-docs#1340)."""
        return [file for file in self.stored if file not in self.pictures]

    @property
    def pictures(self) -> list[Attached]:
        """The stored pictures that its embeds show."""
        named = {
            embed[part]["url"]
            for embed in self.embeds
            for part in ("thumbnail", "image")
            if embed.get(part)
        }
        return [file for file in self.stored if f"attachment://{file.photo.name}" in named]

    @property
    def card(self) -> str:
        """What its embeds say."""
        return "\n".join(embed.get("description") or "" for embed in self.embeds)

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def thinking(self) -> bool:
        return bool(self.flags & LOADING)

    @property
    def silent(self) -> bool:
        return bool(self.flags & SILENT)

    @property
    def edited(self) -> bool:
        return self.edited_at is not None

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """All buttons in reading order, as the bot described them."""
        return [
            part
            for row in self.components
            for part in row.get("components", [])
            if part.get("type") == 2
        ]

    @property
    def labels(self) -> list[str]:
        return [button.get("label", "") for button in self.buttons]


@dataclass
class Interaction:
    """One use of a command, button, modal or autocomplete, and what became of it."""

    id: int
    token: str
    kind: int
    user: Person
    channel: Channel
    at: float
    data: dict[str, Any]
    locale: str
    limit: int
    owners: dict[str, str]
    message: Message | None = None
    answer: int | None = None
    answered_at: float | None = None
    original: Message | None = None
    modal: dict[str, Any] | None = None
    choices: list[dict[str, Any]] | None = None
    follow_ups: int = 0
    opened_by: "Interaction | None" = None

    @property
    def answered(self) -> bool:
        return self.answer is not None

    @property
    def only_user_installed(self) -> bool:
        return "0" not in self.owners

    @property
    def seconds_to_answer(self) -> float:
        return (self.answered_at or float("inf")) - self.at


class World:
    """The one store of the fake. Everything is kept by id; ids are snowflakes of the moving
    clock."""

    def __init__(self, token: str, clock: Clock) -> None:
        self.token, self.clock = token, clock
        self.violations: list[str] = []
        self.omits_answered = False  # as Discord may do with what a message answers
        self._ids = self._snowflakes()
        self.bot = Person(self.new_id(), "Clip", bot=True)
        self.role_of_bot = self.new_id()
        self.people: dict[int, Person] = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.lacking: set[str] = set()
        self.installable: dict[str, Any] = {"0": {}, "1": {}}
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, Message] = {}
        self.interactions: dict[str, Interaction] = {}
        self.files: dict[int, Attached] = {}
        self.nonces: dict[tuple[int, str], tuple[Message, float]] = {}
        self.commands: list[dict[str, Any]] = []
        self.syncs = 0

    def _snowflakes(self) -> Iterator[int]:
        count = 0
        while True:
            count += 1
            yield (int(self.clock() * 1000) - EPOCH_MS << 22) + count % (1 << 22)

    def new_id(self) -> int:
        return next(self._ids)

    # Places and people

    def new_person(self, name: str, *, open: bool = True, admin: bool = False) -> Person:
        person = Person(self.new_id(), name, open=open, admin=admin)
        self.people[person.id] = person
        return person

    def new_guild(self, name: str, *, tier: int = 0, inside: bool = True) -> Guild:
        guild = Guild(self.new_id(), name, tier, inside)
        self.guilds[guild.id] = guild
        return guild

    def new_channel(self, kind: int, name: str = "", *, id: int = 0, **more: Any) -> Channel:
        channel = Channel(id or self.new_id(), kind, name, **more)
        self.channels[channel.id] = channel
        return channel

    def dm_of(self, person: Person) -> Channel:
        """The direct messages between a person and the bot; opened when first needed."""
        for channel in self.channels.values():
            if channel.kind == DM and channel.people == (person,):
                return channel
        return self.new_channel(DM, people=(person,))

    # Files

    def keep(self, photo: Photo, channel: Channel, *, ephemeral: bool = False) -> Attached:
        attached = Attached(self.new_id(), channel.id, photo, ephemeral)
        self.files[attached.id] = attached
        return attached

    def upload_limit(self, channel: Channel) -> int:
        """Bytes of one file that the bot may post here by its own right."""
        return GUILD_LIMITS[channel.guild.tier] if channel.guild else FILE_LIMIT

    # Rights of the bot

    def reach(self, channel: Channel) -> None:
        """Refuse unless the bot can see this channel."""
        inside = channel.guild.inside if channel.guild else channel.kind == DM
        if not inside or "view_channel" in self.denied(channel):
            raise Refusal(403, 50001, "Missing Access")

    def need(self, channel: Channel, *rights: str) -> None:
        """Refuse unless the bot has these rights here."""
        self.reach(channel)
        if set(rights) & self.denied(channel):
            raise Refusal(403, 50013, "Missing Permissions")

    def denied(self, channel: Channel) -> set[str]:
        """What the bot may not do here; a thread takes the rights of its channel."""
        parent = self.channels.get(channel.parent or 0)
        return channel.denied | (parent.denied if parent else set())

    def permissions(self, channel: Channel) -> int:
        return sum(bit for name, bit in RIGHTS.items() if name not in self.denied(channel))

    # Messages

    def find(self, channel: int, message: int) -> Message:
        """A message of this channel that the bot can name; ephemeral ones are known only to their
        interaction."""
        found = self.messages.get(message)
        if found is None or found.channel.id != channel or found.deleted or found.ephemeral:
            raise Refusal(404, 10008, "Unknown Message")
        return found

    def place(self, channel: int) -> Channel:
        if channel not in self.channels:
            raise Refusal(404, 10003, "Unknown Channel")
        return self.channels[channel]

    def add(self, message: Message) -> Message:
        self.messages[message.id] = message
        return message

    def shown(self, channel: Channel, to: Person | None = None) -> list[Message]:
        """The messages of a channel in order, as everybody or one person sees them (None: with all
        ephemeral ones)."""
        here = [
            message
            for message in self.messages.values()
            if message.channel is channel and not message.deleted
        ]
        seen = [message for message in here if to is None or message.only_for in (None, to)]
        return sorted(seen, key=lambda message: message.id)
