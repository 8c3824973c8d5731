"""From an Outbound, and from what a visitor said, to the JSON that the page shows."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from bots import codec
from core import i18n
from core.domain import tokens
from core.i18n import catalogue, closest
from core.messages import Button, Card, Command, Form, Outbound, Span, Style, Video

KINDS = {Style.BLOCK: "pre"}
"""What the page calls otherwise."""
DOCUMENT = "my-data.json"


ENDINGS = {"video/mp4": "mp4", "image/gif": "gif"}


def body_of(message: Outbound, files: Mapping[str, str]) -> dict[str, Any]:
    """What is kept of a message of the bot; `files` are those that are kept with it, their kind by
    their sort: `film`, `picture`, `document`."""
    video, gallery = message.video, message.gallery
    return {
        **_framed(message.language),
        "text": message.text,
        "spans": spans(message.text, message.spans),
        "buttons": [[_button(button) for button in row] for row in message.buttons],
        "silent": message.silent,
        "answers": message.reply_to or None,
        "video": _video(video, ENDINGS.get(files.get("film", ""), "")) if video else None,
        "picture": {"alt": gallery.alt} if gallery and "picture" in files else None,
        "document": {"name": DOCUMENT} if message.document else None,
        "status": _status(message.card) if message.card and message.working else None,
    }


def without_token(text: str) -> str:
    """What is kept of a visitor's words: no token of the video service, however it was pasted."""
    if login := tokens.TYPED_LOGIN.match(text):
        return f"/{Command.LOGIN} {tokens.STARS if text[login.end() :].strip() else ''}".strip()
    token = tokens.token_in(text)
    rest = tokens.without_tokens(text).replace(token, tokens.STARS) if token else text
    return tokens.STARS if token and tokens.token_in(rest) else rest


def chosen_language(message: Outbound) -> str:
    """The language that the visitor has just chosen in the chat, as far as `message` tells so; else
    empty."""
    told = i18n.text("talk.language_set", message.language)
    return closest(message.language) if message.text == told else ""


def own_body(
    text: str, files: Iterable[Mapping[str, Any]], answers: str | None, language: str
) -> dict[str, Any]:
    """What is kept of a message of the visitor."""
    return {
        **_framed(language),
        "text": without_token(text),
        "files": list(files),
        "answers": answers,
    }


def shown(
    number: int, body: Mapping[str, Any], *, client: str, at: float, edited: bool
) -> dict[str, Any]:
    """The message as the page gets it; `client` is what it called its own, empty for the bot's."""
    name = f"m{number}"
    video, picture, document = (body.get(part) for part in ("video", "picture", "document"))
    return {
        "spans": [],
        "buttons": [],
        "silent": False,
        "answers": None,
        "files": [],
        "status": None,
        "over": False,
        **body,
        "id": name,
        "from": "you" if client else "bot",
        "client": client,
        "at": at,
        "edited": edited,
        "video": _with_address(name, video) if video else None,
        "picture": {"src": f"/pictures/{name}", **picture} if picture else None,
        "document": {"src": f"/documents/{name}", **document} if document else None,
    }


def _framed(language: str) -> dict[str, Any]:
    found = closest(language)
    return {"language": found, "direction": "rtl" if catalogue(found).rtl else "ltr"}


def spans(text: str, found: Sequence[Span]) -> list[dict[str, Any]]:
    """With places as scripts in a page count: signs beyond the first plane are two."""
    places = [0, *accumulate(2 if ord(sign) > 0xFFFF else 1 for sign in text)]
    last = len(text)
    return [
        {
            "from": places[min(span.start, last)],
            "to": places[min(span.stop, last)],
            "kind": KINDS.get(span.style, span.style.value),
            "url": "",
        }
        for span in found
    ]


def _button(button: Button) -> dict[str, str]:
    return {
        "label": button.label,
        "data": "" if button.url else codec.to_data(button),
        "url": button.url,
    }


def _video(video: Video, ending: str) -> dict[str, Any]:
    """`ending` names the kind of the file that is kept here, empty where there is only the link."""
    return {
        "ending": ending,
        "link": video.url,
        "width": video.width,
        "height": video.height,
        "seconds": video.seconds,
        "moving": video.form is Form.MOVING,
        "alt": video.alt,
    }


def _with_address(name: str, video: Mapping[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in video.items() if key != "ending"}
    src = f"/videos/{name}.{video['ending']}" if video["ending"] else ""
    return {"src": src, "download": src and f"{src}?download=1", **rest}


def _status(card: Card) -> dict[str, Any]:
    return {
        "phase": card.phase,
        "steps": [
            {
                "label": label,
                "state": "done" if n < card.reached else "now" if n == card.reached else "next",
            }
            for n, label in enumerate(card.stages)
        ],
        "percent": card.percent,
        "left": card.time or card.queue,
    }
