"""The people of a kill test: what they say and press, what they read, and what the bot is known to
have of theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from tests.process import Look, Scene
from tests.servers.discord import Channel, Message, Photo
from tests.servers.discord import Person as Account
from tests.servers.discord.world import TEXT
from tests.world import photo


@dataclass(frozen=True)
class Read:
    """One message of the bot, as its reader sees it now; `where` finds it again at its platform."""

    text: str
    video: bool
    labels: tuple[str, ...]
    where: int


class Person(Protocol):
    """Somebody in a conversation of their own with the bot. What is said returns the name by which
    the bot knows it.

    The name is empty where the platform itself keeps what was said until the bot has confirmed it.
    """

    id: int

    def says(self, words: str) -> str:
        """Say something."""
        ...

    def wishes(self, words: str) -> str:
        """Ask for a video of a photo."""
        ...

    def presses(self, there: Read, label: str) -> str:
        """Press the button with this label."""
        ...

    def reads(self) -> list[Read]:
        """All that the bot has said, in the order in which it was posted."""
        ...


class OnTelegram:
    """A private chat. Telegram delivers until it is confirmed, so nothing that was said may ever be
    lost."""

    def __init__(self, here: Scene, user: int) -> None:
        self._telegram, self.id = here.telegram, user

    def says(self, words: str) -> str:
        """A text."""
        self._telegram.user_sends(words, user=self.id)
        return ""

    def wishes(self, words: str) -> str:
        """A photo with a caption."""
        self._telegram.user_sends(words, photo=photo(), user=self.id)
        return ""

    def presses(self, there: Read, label: str) -> str:
        """A callback query."""
        self._telegram.presses(there.where, label, chat=self.id, user=self.id)
        return ""

    def reads(self) -> list[Read]:
        """The chat."""
        return [
            Read(seen.text, bool(seen.video), tuple(seen.labels), seen.id)
            for seen in self._telegram.said(self.id)
        ]


class OnDiscord:
    """A channel of a server, used by commands or by mentions, or the direct messages: `way` is
    slash, mention or dm; or foreign, by commands of an app that only this person has installed.

    Discord sends what is said once, to a bot that is there: the rest is known to have been taken in
    by its name alone."""

    def __init__(self, here: Scene, number: int, way: str) -> None:
        self._discord, self._way, self.uses_commands = (
            here.discord,
            way,
            way in ("slash", "foreign"),
        )
        self.direct = way == "dm"
        self._me: Account = self._discord.world.new_person(f"Person {number}")
        self.id = self._me.id
        self._installed = "user" if way == "foreign" else "guild"
        self._channel = self._place(f"channel-{number}")

    def _place(self, name: str) -> Channel:
        match self._way:
            case "dm":
                return self._discord.world.dm_of(self._me)
            case "foreign":
                return self._discord.foreign(name)
            case _:
                return self._discord.world.new_channel(TEXT, name, guild=self._discord.guild)

    def says(self, words: str) -> str:
        """A message, with a mention where it needs one."""
        return self._writes(words)

    def wishes(self, words: str) -> str:
        """/video with a photo, or a message with one."""
        if not self.uses_commands:
            return self._writes(words, _picture())
        where: dict[str, Any] = {
            "user": self._me,
            "channel": self._channel,
            "installed": self._installed,
        }
        use = self._discord.slash("video", {"prompt": words}, [_picture()], **where)
        return f"dc:i:{use.id}"

    def _writes(self, words: str, *photos: Photo) -> str:
        mention = self._way != "dm"
        said = self._discord.says(
            words, photos, user=self._me, channel=self._channel, mention=mention
        )
        return f"dc:m:{said.id}"

    def job_under(self, there: Read, label: str) -> int:
        """The bot's own number of the request that a button names: it may be an earlier one than
        its reader means."""
        parts = [
            part
            for row in self._discord.world.messages[there.where].components
            for part in row["components"]
        ]
        return int(
            next(part["custom_id"].split(":")[2] for part in parts if part.get("label") == label)
        )

    def presses(self, there: Read, label: str) -> str:
        """A button."""
        message = self._discord.world.messages[there.where]
        use = self._discord.presses(message, label, user=self._me, installed=self._installed)
        return f"dc:i:{use.id}"

    def reads(self) -> list[Read]:
        """The channel, with the answers that only this person sees."""
        return [_read(message) for message in self._discord.bot_says(self._channel, self._me)]

    def answered(self, key: str) -> bool:
        """Whether the bot has answered that use of a command or button, be it with "thinking…"
        alone."""
        uses = self._discord.world.interactions.values()
        return any(key == f"dc:i:{use.id}" and use.answered for use in uses)


def words_of(look: Look, jobs: Iterable[int]) -> dict[int, str]:
    """All that the bot has on disk of these requests, their words among it."""
    found = (look(f"SELECT id, body FROM jobs WHERE id = {job:d}") for job in jobs)
    return {id: body for rows in found for id, body in rows}


def _picture() -> Photo:
    return Photo("photo.jpg", photo())


def _read(message: Message) -> Read:
    return Read(message.content, bool(message.files), tuple(message.labels), message.id)


def taken(look: Look, keys: Iterable[str]) -> set[str]:
    """Those of the names that the bot has on disk: what it has taken in, it must carry out."""
    wanted = sorted(set(keys) - {""})
    named = ", ".join(f"'{key}'" for key in wanted)
    return (
        {key for (key,) in look(f"SELECT id FROM seen WHERE id IN ({named})")} if named else set()
    )
