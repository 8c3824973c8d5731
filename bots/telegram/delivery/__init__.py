"""Posts, edits and fetches: the Bot API's limits are met beforehand, its refusals become the core's
few errors."""

import asyncio
from pathlib import Path

import structlog
from telegram import Bot, InputFile
from telegram.error import BadRequest, Forbidden, TelegramError

from bots.telegram.delivery import errors, files
from bots.telegram.delivery.answers import Answers
from bots.telegram.delivery.chat_actions import Working
from bots.telegram.delivery.clips import UPLOAD_PATIENCE, Clips, post
from bots.telegram.delivery.errors import seconds as seconds
from bots.telegram.delivery.pacing import Pacing as Pacing
from bots.telegram.delivery.receipts import ODD, posted
from bots.telegram.delivery.receipts import Receipts as Receipts
from bots.telegram.translate import (
    CHANGES,
    SCHEME,
    Kind,
    as_caption,
    as_text,
    changed_post,
    clip_of,
    kind_of,
    new_post,
    preview,
    suspects,
    to_its_reader,
)
from core.adapter import Flooded, Gone, Posted, Reach, Refused
from core.messages import Attachment, Gallery, Outbound, Video
from core.net import DIRECT, Proxies

log = structlog.get_logger()

LARGEST_UPLOAD = 50_000_000
LARGEST_LOCAL_UPLOAD = 2_000_000_000
"""Bytes of a clip at the public server, and at one's own (Bot API, "Using a Local Bot API
Server")."""


class Delivery:
    """Everything that goes out through one bot account. `receipts` is the transport that the `bot`
    was made with, `folder` holds files that live for one call."""

    def __init__(
        self, bot: Bot, receipts: Receipts, folder: Path, pacing: Pacing, action_every: float,
        answer_within: float,
        proxies: Proxies = DIRECT,
    ) -> None:  # fmt: skip
        self._bot, self._receipts, self._pacing, self._proxies = bot, receipts, pacing, proxies
        self.largest_upload = LARGEST_LOCAL_UPLOAD if bot.local_mode else LARGEST_UPLOAD
        self.working = Working(bot, action_every)
        self.answers = Answers(bot, answer_within)
        self._clips = Clips(bot, folder, self.largest_upload, proxies)

    async def close(self) -> None:
        """End what runs in the background."""
        await self.working.close()
        await self.answers.close()
        await self._clips.close()

    async def send(self, message: Outbound, edit: str | None) -> str:
        """Post, or edit; see core.adapter. A clip is always a new message, since an edit does not
        ring.

        What comes too soon is Flooded before it is tried: of statuses the core then sends the
        newest, of results all."""
        kind = kind_of(message, edit)
        if kind is Kind.TOAST:
            await self.answers.toast(message)
            return ""
        group, message = message.address, to_its_reader(message)
        self.working.follow(message)
        chat, edits = message.address.chat, kind in CHANGES and not message.prompt
        if held := self._held(chat, edits=edits):
            raise held
        self._pacing.note(chat, edit=edits)
        try:
            async with self._pacing.turn(chat, edit=edits, long=message.media is not None):
                done = await self._surely(kind, message, edit)
        except TelegramError as error:
            self.working.stop(message.address)
            problem = errors.to_delivery_error(
                error, message.address, repeatable=edits, suspects=suspects(message, kind)
            )
        else:
            self._pacing.taken()
            return done
        if isinstance(problem, Flooded):
            self._pacing.refused(chat)
        if isinstance(problem, Gone) and message.address != group:
            # the group is there as before, and of the message nothing was seen
            raise Refused("there is no chat with its reader alone", suspects=())
        raise problem

    def held(self, message: Outbound, edit: str | None) -> Flooded | None:
        """See core.adapter.Paced."""
        kind = kind_of(message, edit)
        if kind is Kind.TOAST:
            return None
        return self._held(to_its_reader(message).address.chat, edits=kind is Kind.EDIT)

    def _held(self, chat: str, *, edits: bool) -> Flooded | None:
        wait = self._pacing.wait(chat, edit=edits)
        return Flooded(wait, Reach.MESSAGE if edits else Reach.CHAT) if wait else None

    async def _surely(self, kind: Kind, message: Outbound, edit: str | None) -> str:
        """What is posted is posted, also where its answer makes us, or the library, stumble."""
        with self._receipts.noted() as answers:
            try:
                return await self._done(kind, message, edit)
            except ODD:
                found = posted(answers)
                if found is None:
                    raise
                log.exception("a defect after a message was posted", message=str(found))
                return found

    async def _done(self, kind: Kind, message: Outbound, edit: str | None) -> str:
        clip = clip_of(message)
        if kind is Kind.CLIP and clip is not None:
            return await self._clip(message, clip)
        if kind is Kind.PICTURE and message.gallery:
            return await self._picture(message, message.gallery)
        if kind is Kind.DOCUMENT:
            return await self._document(message)
        if kind is Kind.REMOVAL and edit:
            return await self._removal(message, edit)
        return await (self._edit(message, edit) if edit else self._text(message))

    async def fetch(self, attachment: Attachment, folder: Path) -> Path:
        """Stream the file behind `attachment.ref` into `folder`; see core.adapter."""
        return await files.fetch(self._bot, attachment, folder, self._proxies)

    async def _text(self, message: Outbound) -> str:
        where, what = new_post(message), as_text(message)
        there = await post(
            self._bot.send_message, where, **what, link_preview_options=preview(message)
        )
        return str(there.message_id)

    async def _edit(self, message: Outbound, edit: str) -> str:
        where = changed_post(message, edit)
        try:
            try:
                await self._bot.edit_message_text(
                    **where, **as_text(message), link_preview_options=preview(message)
                )
            except BadRequest as error:
                if not errors.says(error, errors.NO_TEXT):
                    raise
                await self._bot.edit_message_caption(**where, **as_caption(message))
        except BadRequest as error:
            if not errors.says(error, errors.NOT_MODIFIED):
                raise
        return edit

    async def _removal(self, message: Outbound, edit: str) -> str:
        """A status that has had its day; one that is too old for it (48 hours) says its few
        words."""
        try:
            await self._bot.delete_message(message.address.chat, int(edit))
        except BadRequest as error:
            if errors.says(error, errors.NOTHING_TO_DELETE):
                return edit
            return await self._edit(message, edit)
        return edit

    async def _document(self, message: Outbound) -> str:
        """A JSON file with the words as its caption."""
        where = new_post(message)
        file = InputFile(message.document.encode(), filename="data.json")
        there = await post(
            self._bot.send_document,
            where,
            document=file,
            **as_caption(message),
            read_timeout=UPLOAD_PATIENCE,
        )
        return str(there.message_id)

    async def _picture(self, message: Outbound, gallery: Gallery) -> str:
        """A picture of ours with the words as its caption."""
        drawn = await asyncio.to_thread(Path(gallery.path).read_bytes)
        there = await post(
            self._bot.send_photo,
            new_post(message),
            photo=InputFile(drawn, filename=gallery.name),
            **as_caption(message),
            read_timeout=UPLOAD_PATIENCE,
        )
        return str(there.message_id)

    async def _clip(self, message: Outbound, video: Video) -> str:
        """The clip with its words; the core has parted them where they do not fit."""
        where = new_post(message) | as_caption(message)
        try:
            there = await self._clips.again(where, video)
            if there is None:
                self.working.begin(message.address)
                there = await self._clips.upload(where, video)
        except (BadRequest, Forbidden) as error:
            if not errors.says(error, *errors.NO_FILES):
                raise
            return await self._text(message)
        finally:
            self.working.stop(message.address)
        media = there.video or there.animation or there.document
        return Posted(str(there.message_id), SCHEME + media.file_id if media else "")
