"""The hands of the people in the chats: what a test does to the fake Telegram, and what a person
would see there."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from PIL import Image

from tests.servers.telegram.world import GENERAL, Chat, Post, World, entities, now, photo_sizes

USER = 1001
"""The person who acts where a test names nobody; the private chat with the bot has the same
number."""

Named = tuple[str, bytes, str]
"""A file as (name, bytes, MIME type)."""


@cache
def photograph(width: int = 1280, height: int = 960, colour: str = "steelblue") -> bytes:
    """A JPEG of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


@dataclass(frozen=True)
class Seen:
    """One message as a person sees it. `buttons` are rows of (label, callback data or address of a
    page)."""

    id: int
    by_bot: bool
    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...]
    video: bytes | None
    document: bytes | None
    animation: bytes | None
    photo: bytes | None
    body: Mapping[str, Any]
    thumbnail: bytes | None
    cover: str
    edits: int
    silent: bool
    reply_to: int | None
    thread: int | None

    @property
    def labels(self) -> list[str]:
        return [label for row in self.buttons for label, _ in row]

    def line(self) -> str:
        """The message in one line of a transcript."""
        kinds = [kind for kind in self.body if kind in MEDIA]
        marks = [f"<{kind}>" for kind in kinds] + [self.text] * bool(self.text)
        marks += [f"[{label}]" for label in self.labels]
        notes = ["silent"] * self.silent + [f"edited {self.edits}x"] * bool(self.edits)
        return f"{'bot' if self.by_bot else 'user'}: {' '.join(marks)}" + (
            f" ({', '.join(notes)})" if notes else ""
        )


MEDIA = ("photo", "document", "video", "animation", "audio", "voice", "video_note", "sticker")


class People:
    """Everything a person can do in Telegram that reaches the bot, and how the chats look to
    them."""

    world: World

    def add_group(
        self, chat_id: int, *, forum: bool = False, topics: Sequence[int] = (), admin: bool = False
    ) -> "People":
        """A group with the bot in it: ids below -1000000000000 are supergroups. `admin`: the bot
        administers it."""
        kind = "supergroup" if chat_id < -1_000_000_000_000 else "group"
        self.world.chats[chat_id] = Chat(chat_id, kind, "The group", forum, set(topics))
        if admin:
            self.world.chats[chat_id].admins.add(int(str(self.world.bot["id"])))
        return self

    def user_sends(
        self,
        text: str = "",
        *,
        photo: bytes | None = None,
        document: Named | None = None,
        audio: Named | None = None,
        video: bytes | None = None,
        animation: bytes | None = None,
        voice: bytes | None = None,
        video_note: bytes | None = None,
        sticker: bytes | None = None,
        size: int | None = None,
        chat: int | None = None,
        user: int = USER,
        language: str = "en",
        thread: int | None = None,
        reply_to: int | None = None,
        album_id: str = "",
    ) -> int:
        """One message; with a medium, `text` is its caption. `size` claims that the file has so
        many bytes.

        Returns the id of the update. What privacy mode hides from the bot is in the chat, but makes
        no update."""
        world = self.world
        body = (
            ({"photo": photo_sizes(world, photo, size)} if photo is not None else {})
            | (self._file("document", document, size) if document else {})
            | (self._file("audio", audio, size, duration=7) if audio else {})
            | (
                self._file("video", ("clip.mp4", video, "video/mp4"), size, **_FRAME)
                if video is not None
                else {}
            )
            | (self._animation(animation, size) if animation is not None else {})
            | (
                self._file("voice", ("", voice, "audio/ogg"), size, duration=7)
                if voice is not None
                else {}
            )
            | (self._note(video_note, size) if video_note is not None else {})
            | (self._sticker(sticker) if sticker is not None else {})
        )
        body |= self._words(text, "caption" if body else "text")
        if album_id:
            body["media_group_id"] = album_id
        post = self._say(body, chat, user, language, thread)
        post.reply_to = reply_to
        return world.queue("message", world.shown(post)) if self._visible(post) else 0

    def user_sends_album(self, *items: tuple[bytes, str], **where: Any) -> list[int]:
        """Several photos as one album: (bytes, caption) each. Telegram sends them as separate
        updates."""
        album = str(self.world.number("post"))
        return [
            self.user_sends(caption, photo=data, album_id=album, **where) for data, caption in items
        ]

    def bot_posted(
        self,
        chat: int = USER,
        text: str = "",
        *,
        video: bytes | None = None,
        thread: int | None = None,
    ) -> int:
        """A message that the bot posted in earlier times. Returns its id."""
        body = self._words(text, "caption" if video is not None else "text")
        if video is not None:
            body |= self._file("video", ("clip.mp4", video, "video/mp4"), None, **_FRAME)
        place = self._open(chat, chat, "en")
        post = Post(
            self.world.number("post"),
            place,
            self.world.bot,
            body,
            now(),
            thread=thread,
            video=video,
        )
        return self.world.add(post).id

    def user_edits(self, message_id: int, text: str | None, *, chat: int = USER) -> int:
        """Change the words of a message, or, with None, something that the bot cannot see."""
        post = self.world.posts[chat, message_id]
        if text is not None:
            where = "text" if "text" in post.body else "caption"
            for name in (where, "entities", "caption_entities"):
                post.body.pop(name, None)
            post.body |= self._words(text, where)
        post.edits += 1
        return self.world.queue("edited_message", self.world.shown(post))

    def presses(
        self,
        message_id: int,
        button: str,
        *,
        chat: int = USER,
        user: int = USER,
        language: str = "en",
    ) -> int:
        """Press a button, named by its label or its callback data. Returns the id of the update."""
        post = self.world.post(chat, message_id)
        assert post is not None, f"there is no message {message_id} to press a button of"
        rows = post.body["reply_markup"]["inline_keyboard"]
        found = [b for row in rows for b in row if button in (b["text"], b.get("callback_data"))]
        assert found, f"no button {button!r} among {[b['text'] for row in rows for b in row]}"
        query = str(self.world.number("query"))
        self.world.queries[query] = None
        payload = {
            "id": query,
            "from": self._person(user, language),
            "message": self.world.shown(post),
            "chat_instance": str(chat),
            "data": found[0]["callback_data"],
        }
        return self.world.queue("callback_query", payload)

    def user_deletes(self, message_id: int, *, chat: int = USER) -> None:
        """Delete a message; the bot hears nothing of it."""
        self.world.posts[chat, message_id].deleted = True

    def user_blocks(self, user: int = USER) -> int:
        """Block the bot in the private chat."""
        self._open(user, user, "en").closed = "Forbidden: bot was blocked by the user"
        return self._membership(user, user, "member", "kicked")

    def user_unblocks(self, user: int = USER) -> int:
        """Let the bot write again."""
        self._open(user, user, "en").closed = ""
        return self._membership(user, user, "kicked", "member")

    def removes_bot(self, chat: int, *, user: int = USER) -> int:
        """Throw the bot out of a group."""
        self.world.chats[
            chat
        ].closed = f"Forbidden: bot was kicked from the {self.world.chats[chat].kind} chat"
        return self._membership(chat, user, "member", "left")

    def group_migrates(
        self, chat: int, new: int, *, services: Sequence[str] = ("to", "from")
    ) -> list[int]:
        """Turn a group into a supergroup. Two service messages tell of it, in practice not always
        both."""
        old = self.world.chats[chat]
        self.add_group(new)
        updates = []
        for service in services:
            where, field, value = (
                (chat, "migrate_to_chat_id", new)
                if service == "to"
                else (new, "migrate_from_chat_id", chat)
            )
            post = self._say({field: value}, where, USER, "en", None)
            updates.append(self.world.queue("message", self.world.shown(post)))
        old.moved_to = new
        return updates

    def chat(self, chat_id: int = USER) -> list[Seen]:
        """The messages of a chat, oldest first, as they stand there now."""
        here = [
            post
            for (chat, _), post in self.world.posts.items()
            if chat == chat_id and not post.deleted
        ]
        return [_seen(post) for post in sorted(here, key=lambda post: post.id)]

    def said(self, chat_id: int = USER) -> list[Seen]:
        """The messages of the bot in a chat, oldest first."""
        return [seen for seen in self.chat(chat_id) if seen.by_bot]

    def transcript(self, chat_id: int = USER) -> str:
        """The chat as lines of text."""
        return "\n".join(seen.line() for seen in self.chat(chat_id))

    def last_id(self, chat_id: int = USER) -> int:
        """The id of the newest message of a chat."""
        return self.chat(chat_id)[-1].id

    def _person(self, user: int, language: str) -> dict[str, Any]:
        return {
            "id": user,
            "is_bot": False,
            "first_name": f"User {user}",
            "language_code": language,
        }

    def _open(self, chat_id: int, user: int, language: str) -> Chat:
        """The chat, made when a person writes to the bot for the first time."""
        if chat_id > 0 and chat_id not in self.world.chats:
            self.world.chats[chat_id] = Chat(
                chat_id, "private", person=self._person(user, language)
            )
        return self.world.chats[chat_id]

    def _say(
        self, body: dict[str, Any], chat: int | None, user: int, language: str, thread: int | None
    ) -> Post:
        place = self._open(user if chat is None else chat, user, language)
        if thread not in (None, GENERAL):
            place.topics.add(thread)
        sender = self._person(user, language)
        return self.world.add(
            Post(self.world.number("post"), place, sender, body, now(), thread=thread)
        )

    def _visible(self, post: Post) -> bool:
        """Privacy mode: in groups the bot is shown commands, mentions of it and replies to it (bots
        FAQ)."""
        bot = self.world.bot
        if post.chat.kind == "private" or not self.world.privacy or bot["id"] in post.chat.admins:
            return True
        replied = self.world.post(post.chat.id, post.reply_to or 0)
        words = post.words
        command = words.startswith("/") and (
            f"@{bot['username']}" in words or "@" not in words.split()[0]
        )
        return command or f"@{bot['username']}" in words or bool(replied and replied.by_bot)

    def _words(self, text: str, where: str) -> dict[str, Any]:
        found = (
            {"entities" if where == "text" else "caption_entities": entities(text)}
            if entities(text)
            else {}
        )
        return ({where: text} if text else {}) | found

    def _file(self, kind: str, named: Named, size: int | None, **more: int) -> dict[str, Any]:
        name, data, mime = named
        file = self.world.store(kind, data, name, mime, size)
        shown = {
            "file_id": file.id,
            "file_unique_id": file.unique,
            "file_size": file.size,
            "mime_type": mime,
        }
        return {kind: shown | ({"file_name": name} if name else {}) | more}

    def _animation(self, data: bytes, size: int | None) -> dict[str, Any]:
        """An animation also shows as a document, for older clients."""
        shown = self._file("animation", ("giphy.mp4", data, "video/mp4"), size, **_FRAME)[
            "animation"
        ]
        return {
            "animation": shown,
            "document": {
                k: v for k, v in shown.items() if k not in ("width", "height", "duration")
            },
        }

    def _note(self, data: bytes, size: int | None) -> dict[str, Any]:
        file = self.world.store("video_note", data, "note.mp4", "video/mp4", size)
        shown = {"file_id": file.id, "file_unique_id": file.unique, "file_size": file.size}
        return {"video_note": shown | {"length": 384, "duration": 7}}

    def _sticker(self, data: bytes) -> dict[str, Any]:
        file = self.world.store("sticker", data, "sticker.webp", "image/webp")
        shown = {
            "file_id": file.id,
            "file_unique_id": file.unique,
            "type": "regular",
            "width": 512,
            "height": 512,
        }
        return {"sticker": shown | {"is_animated": False, "is_video": False, "emoji": "👍"}}

    def _membership(self, chat: int, user: int, before: str, after: str) -> int:
        def member(status: str) -> dict[str, Any]:
            return {"status": status, "user": self.world.bot} | (
                {"until_date": 0} if status == "kicked" else {}
            )

        payload = {
            "chat": self.world.chats[chat].shown(),
            "from": self._person(user, "en"),
            "date": now(),
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }
        return self.world.queue("my_chat_member", payload)


_FRAME = {"width": 640, "height": 360, "duration": 7}


def _seen(post: Post) -> Seen:
    rows = post.body.get("reply_markup", {}).get("inline_keyboard", [])
    return Seen(
        id=post.id,
        by_bot=post.by_bot,
        text=post.words,
        buttons=tuple(
            tuple((b["text"], b.get("callback_data") or b.get("url", "")) for b in row)
            for row in rows
        ),
        video=post.video,
        document=post.document,
        animation=post.animation,
        photo=post.photo,
        body=post.body,
        thumbnail=post.thumbnail,
        cover=post.cover,
        edits=post.edits,
        silent=post.silent,
        reply_to=post.reply_to,
        thread=post.thread,
    )
