"""Outbound -> the pieces that the Bot API takes: texts within their limits, keyboards, threads,
previews."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bots import codec
from core.messages import Address, Button, Outbound, Video

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""Characters of a text and of a caption; counted here as UTF-16 units, the strictest reading."""

GENERAL = "1"
"""The thread of a forum's General topic: messages must not name it, chat actions must."""


def to_keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """The inline keyboard; None without buttons, which on an edit takes the old ones away."""
    return (
        InlineKeyboardMarkup([[_button(button) for button in row] for row in stacked(rows)])
        if any(rows)
        else None
    )


WIDE = 24
"""Characters of a label beside which a phone shows no other whole."""


def stacked(rows: tuple[tuple[Button, ...], ...]) -> list[tuple[Button, ...]]:
    """The rows, those with long labels one button below the other."""
    found: list[tuple[Button, ...]] = []
    for row in filter(None, rows):
        wide = any(len(button.label) > WIDE for button in row)
        found += [(button,) for button in row] if wide else [row]
    return found


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=codec.to_data(button))


def post_thread(address: Address) -> int | None:
    """Where a message goes: the General topic must be left out, or sendMessage says "message thread
    not found"."""
    return int(address.thread) if address.thread not in ("", GENERAL) else None


def action_thread(address: Address) -> int | None:
    """Where a chat action goes: it shows in the General topic only when that is named."""
    return int(address.thread) if address.thread else None


def preview(message: Outbound) -> LinkPreviewOptions:
    """The page of a clip that could not be uploaded is shown large; other links are not
    unfolded."""
    if message.video is None or not message.video.url:
        return LinkPreviewOptions(is_disabled=True)
    return LinkPreviewOptions(url=message.video.url, prefer_large_media=True)


def with_link(text: str, video: Video) -> str:
    """The words with the clip's link in them, where they do not have it yet."""
    return text if video.url in text else f"{text}\n{video.url}".strip()


def cut(text: str, limit: int) -> tuple[str, str]:
    """Head and rest of a text: the head at most `limit` units long, ended at a paragraph, line,
    sentence or word."""
    if _units(text) <= limit:
        return text, ""
    head = _first(text, limit - 1)
    for mark in ("\n\n", "\n", ". ", "。", " "):
        end = head.rfind(mark)
        if end > len(head) // 2:
            head = head[: end + len(mark.strip())]
            break
    return head.rstrip() + "…", text[len(head) :].strip()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _first(text: str, limit: int) -> str:
    """So many characters that they make at most `limit` units: those beyond U+FFFF count twice."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", errors="ignore")
