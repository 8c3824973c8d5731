"""Outbound -> what is asked of the Bot API: which kind of call, and the arguments that all kinds
share."""

from enum import StrEnum
from typing import Any

from telegram import ReplyParameters

from bots.telegram.translate.entities import to_entities
from bots.telegram.translate.outbound import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    cut,
    post_thread,
    to_keyboard,
    with_link,
)
from core.adapter import Blame
from core.domain.formatting import clipped
from core.messages import Form, Outbound, Video


class Kind(StrEnum):
    """What is asked."""

    TOAST = "toast"
    CLIP = "clip"
    PICTURE = "picture"
    DOCUMENT = "document"
    EDIT = "edit"
    REMOVAL = "removal"
    TEXT = "text"


CHANGES = frozenset({Kind.EDIT, Kind.REMOVAL})
"""What is asked about a message that is there already."""


def kind_of(message: Outbound, edit: str | None) -> Kind:
    """A clip and a document are always new messages, since an edit does not ring."""
    if message.toast:
        return Kind.TOAST
    if message.over and edit:
        return Kind.REMOVAL
    if clip_of(message) is not None:
        return Kind.CLIP
    if message.gallery and message.gallery.path:
        return Kind.PICTURE
    if message.document:
        return Kind.DOCUMENT
    return Kind.EDIT if edit else Kind.TEXT


def clip_of(message: Outbound) -> Video | None:
    """The clip, where there is something to post it from: a file, or its id here."""
    video = message.video
    return video if video and (video.path or video.ref) else None


def to_words(message: Outbound) -> str:
    """The words, with the link of a clip that is not there itself."""
    return with_link(message.text, message.video) if message.video else message.text


def as_text(message: Outbound) -> dict[str, Any]:
    """The words as a text of their own, with what is set apart in them."""
    text = cut(to_words(message), TEXT_LIMIT)[0]
    return {"text": text, "entities": to_entities(text, clipped(message.spans, 0, len(text)))}


def as_caption(message: Outbound) -> dict[str, Any]:
    """The same under a file, which needs no link to itself."""
    text = cut(message.text, CAPTION_LIMIT)[0]
    apart = to_entities(text, clipped(message.spans, 0, len(text)))
    return {"caption": text or None, "caption_entities": apart}


def new_post(message: Outbound) -> dict[str, Any]:
    """The arguments of every new message."""
    reply = (
        ReplyParameters(int(message.reply_to), allow_sending_without_reply=True)
        if message.reply_to
        else None
    )
    return {
        "chat_id": message.address.chat,
        "message_thread_id": post_thread(message.address),
        "disable_notification": message.silent or None,
        "reply_parameters": reply,
        "reply_markup": to_keyboard(message.buttons),
    }


def changed_post(message: Outbound, edit: str) -> dict[str, Any]:
    """The arguments of an edit."""
    return {
        "chat_id": message.address.chat,
        "message_id": int(edit),
        "reply_markup": to_keyboard(message.buttons),
    }


def suspects(message: Outbound, kind: Kind) -> tuple[Blame, ...]:
    """What Telegram gets to see of a message besides its words, the likeliest to be disliked first.

    A card is never among it: here its words say it all."""
    clip = clip_of(message) if kind is Kind.CLIP else None
    again = clip is not None and bool(clip.ref)
    parts = (
        (Blame.CLIP, again),
        (Blame.FORMAT, bool(message.spans)),
        (Blame.BUTTONS, any(message.buttons)),
        (Blame.PICTURES, clip is not None and _pictured(clip)),
        (Blame.REPLY, bool(message.reply_to) and kind not in CHANGES),
        (Blame.CLIP, clip is not None and not again),
        (Blame.FILES, clip is not None or kind in (Kind.DOCUMENT, Kind.PICTURE)),
    )
    return tuple(blame for blame, seen in parts if seen)


def _pictured(clip: Video) -> bool:
    """Whether it is uploaded with a tile or a cover; a document has neither."""
    shown = clip.form is Form.CLIP or (clip.form is Form.BARE and bool(clip.cover))
    return bool(clip.path) and shown
