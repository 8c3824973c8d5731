"""What the fake Telegram knows: people, chats, messages, files and waiting updates, shown as the
Bot API shows them."""

import asyncio
import contextlib
import io
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from PIL import Image, UnidentifiedImageError

from tests.servers.telegram.spec import problems_of_type

BOT_ID = 7000000001
BOT_NAME = "PhotoToVideoTestBot"
DOWNLOAD_LIMIT = 20_971_520
"""The server's own constant for `getFile`; greater files are refused with "file is too big"."""

GENERAL = 1
"""Thread of a forum's General topic: refused by sendMessage, needed by sendChatAction."""


class Refused(Exception):
    """The answer `ok: false`, worded as Telegram words it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass
class Upload:
    """One file part of a multipart request."""

    name: str
    mime: str
    data: bytes


@dataclass
class Form:
    """The parameters of one request: plain ones as text, nested ones as JSON text, files as
    parts."""

    values: Mapping[str, str]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def number(self, name: str) -> int | None:
        raw = self.values.get(name)
        if raw is None:
            return None
        if not re.fullmatch(r"-?\d+", raw):
            raise Refused(400, f"Bad Request: {name} must be a number")
        return int(raw)

    def flag(self, name: str) -> bool:
        return self.values.get(name) == "true"

    def nested(self, name: str) -> Any:
        raw = self.values.get(name)
        try:
            return None if raw is None else json.loads(raw)
        except ValueError:
            raise Refused(400, f"Bad Request: can't parse {name} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The part of that name, or the one that the value refers to by `attach://`."""
        return self.files.get(name) or self.files.get(self.text(name).removeprefix("attach://"))


@dataclass
class File:
    """Bytes on Telegram's side; `size` may be claimed greater than the bytes to play a large
    file."""

    id: str
    kind: str
    data: bytes
    name: str
    mime: str
    size: int
    path: str

    @property
    def unique(self) -> str:
        return f"U{self.id}"


@dataclass
class Chat:
    """A private chat, a group or a supergroup; `closed` is the sentence of the 403 once the bot is
    not wanted there."""

    id: int
    kind: str
    title: str = ""
    forum: bool = False
    topics: set[int] = field(default_factory=set)
    closed: str = ""
    moved_to: int | None = None
    admins: set[int] = field(default_factory=set)
    person: Mapping[str, Any] = field(default_factory=dict)

    def shown(self) -> dict[str, Any]:
        if self.kind == "private":
            names = {k: self.person[k] for k in ("first_name", "username") if k in self.person}
            return {"id": self.id, "type": "private", **names}
        return {"id": self.id, "type": self.kind, "title": self.title} | (
            {"is_forum": True} if self.forum else {}
        )


@dataclass
class Post:
    """One message in a chat, of a person or of the bot; `body` holds the fields that make up its
    content."""

    id: int
    chat: Chat
    sender: Mapping[str, Any]
    body: dict[str, Any]
    date: int
    thread: int | None = None
    reply_to: int | None = None
    silent: bool = False
    edits: int = 0
    deleted: bool = False
    video: bytes | None = None
    document: bytes | None = None
    animation: bytes | None = None
    photo: bytes | None = None
    thumbnail: bytes | None = None
    cover: str = ""

    @property
    def by_bot(self) -> bool:
        return int(self.sender["id"]) == BOT_ID

    @property
    def words(self) -> str:
        return str(self.body.get("text", self.body.get("caption", "")))


@dataclass
class Update:
    """One update waiting for the bot; `confirmed` once the bot asked for a higher offset or
    answered the webhook."""

    id: int
    kind: str
    payload: dict[str, Any]
    confirmed: bool = False

    def shown(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.payload}


class News:
    """Wakes everybody who waits for something to change."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def tell(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._event.wait()


class World:
    """Everything that exists on Telegram's side; `news` tells whenever something changed."""

    def __init__(self, token: str, privacy: bool, upload_limit: int) -> None:
        self.token, self.privacy, self.upload_limit = token, privacy, upload_limit
        self.download_limit: int | None = DOWNLOAD_LIMIT
        self.bot = {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": "Photo to Video",
            "username": BOT_NAME,
        }
        self.chats: dict[int, Chat] = {}
        self.posts: dict[tuple[int, int], Post] = {}
        self.files: dict[str, File] = {}
        self.updates: list[Update] = []
        self.allowed: list[str] = []
        self.webhook: dict[str, Any] = {"url": ""}
        self.queries: dict[str, str | None] = {}
        self.actions: list[tuple[int, int | None, str]] = []
        self.profile: dict[object, Any] = {}
        self.violations: list[str] = []
        self.news = News()
        self.polls = 0
        self._numbers = {"post": 100, "update": 500_000, "file": 0, "query": 9_000}

    def number(self, kind: str) -> int:
        self._numbers[kind] += 1
        return self._numbers[kind]

    def changed(self) -> None:
        self.news.tell()

    def chat(self, chat_id: int) -> Chat:
        """The chat the bot wants to act in, or the refusal the real server would give."""
        found = self.chats.get(chat_id)
        if found is None:
            raise Refused(400, "Bad Request: chat not found")
        if found.moved_to is not None:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refused(400, words, migrate_to_chat_id=found.moved_to)
        if found.closed:
            raise Refused(403, found.closed)
        return found

    def post(self, chat_id: int, number: int) -> Post | None:
        found = self.posts.get((chat_id, number))
        return None if found is None or found.deleted else found

    def add(self, post: Post) -> Post:
        self.posts[post.chat.id, post.id] = post
        self.changed()
        return post

    def store(self, kind: str, data: bytes, name: str, mime: str, size: int | None = None) -> File:
        number = self.number("file")
        path = f"{kind}s/file_{number}.{name.rpartition('.')[2] or 'bin'}"
        file = File(
            f"FILE-{kind}-{number}",
            kind,
            data,
            name,
            mime,
            len(data) if size is None else size,
            path,
        )
        self.files[file.id] = file
        return file

    def queue(self, kind: str, payload: dict[str, Any]) -> int:
        """Let an update wait for the bot. Types it did not ask for are never made, as at the real
        server."""
        update = Update(self.number("update"), kind, payload)
        self.violations += [
            f"the fake itself: {p}" for p in problems_of_type("Update", update.shown())
        ]
        if not self.allowed or kind in self.allowed:
            self.updates.append(update)
            self.changed()
        return update.id

    def shown(self, post: Post, depth: int = 1) -> dict[str, Any]:
        """The `Message` object of the Bot API; a replied-to message is shown without its own
        reply."""
        message = {
            "message_id": post.id,
            "date": post.date,
            "chat": post.chat.shown(),
            "from": dict(post.sender),
        }
        if post.thread is not None and post.thread != GENERAL:
            message |= {"message_thread_id": post.thread, "is_topic_message": True}
        if depth and post.reply_to and (replied := self.post(post.chat.id, post.reply_to)):
            message["reply_to_message"] = self.shown(replied, depth=0)
        if post.edits:
            message["edit_date"] = post.date
        message |= post.body
        self.violations += [f"the fake itself: {p}" for p in problems_of_type("Message", message)]
        return message


def now() -> int:
    """Seconds since the epoch, whole as in the Bot API."""
    return int(time.time())


def photo_sizes(world: World, data: bytes, size: int | None) -> list[dict[str, Any]]:
    """A photo as Telegram offers it: smaller copies first, the largest last."""
    try:
        (width, height), copies = _copies(data)
    except UnidentifiedImageError:
        return [_photo_size(world.store("photo", data, "photo.jpg", "image/jpeg", size), 1280, 960)]
    return [
        *(
            _photo_size(world.store("photo", copy, "photo.jpg", "image/jpeg"), *measures)
            for copy, measures in copies
        ),
        _photo_size(world.store("photo", data, "photo.jpg", "image/jpeg", size), width, height),
    ]


@lru_cache(maxsize=64)
def _copies(data: bytes) -> tuple[tuple[int, int], tuple[tuple[bytes, tuple[int, int]], ...]]:
    """The size of a photo, and its smaller copies with theirs: most tests send the same one."""
    with Image.open(io.BytesIO(data)) as image:
        whole, small = image.size, image.convert("RGB")
    copies = []
    for edge in (90, 320):
        if max(whole) > edge:
            copy, out = small.copy(), io.BytesIO()
            copy.thumbnail((edge, edge))
            copy.save(out, "JPEG")
            copies.append((out.getvalue(), copy.size))
    return whole, tuple(copies)


def _photo_size(file: File, width: int, height: int) -> dict[str, Any]:
    return {
        "file_id": file.id,
        "file_unique_id": file.unique,
        "file_size": file.size,
        "width": width,
        "height": height,
    }


def utf16(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


ENTITIES = re.compile(
    r"(?P<bot_command>(?<!\S)/[A-Za-z0-9_]+(?:@\w+)?)|(?P<url>https?://\S+)|(?P<mention>(?<!\w)@[A-Za-z]\w{4,31})"
)


def entities(text: str) -> list[dict[str, Any]]:
    """Commands, links and mentions in a text, with offsets in UTF-16 code units."""
    return [
        {"type": match.lastgroup, "offset": utf16(text[: match.start()]), "length": utf16(match[0])}
        for match in ENTITIES.finditer(text)
    ]
