"""What is tried after a platform has refused a message: the same with less, until its words and its
link arrive.

A refusal says that nothing was posted. The row in the outbox becomes the poorer message, so each is
tried once, also over a restart, and what comes twice is never one of them."""

import re
from collections.abc import Callable
from dataclasses import replace

from core.adapter import Blame, DeliveryError, Refused, TooLarge
from core.domain.requests import status_slot
from core.i18n import text
from core.messages import (
    Button,
    Command,
    Form,
    Outbound,
    Recipient,
    Status,
    Subject,
    Video,
    Words,
)

Rung = Callable[[Outbound], Outbound]


def poorer(message: Outbound, problem: DeliveryError) -> Outbound | None:
    """The message with less of what the platform may dislike; None where nothing less is worth
    sending."""
    if message.toast:
        return None
    rungs = (_no_buttons, _no_card) if message.slot else (*_suspected(problem), *RUNGS)
    unseen = _unseen(problem)
    worth = (rung for rung in rungs if rung not in unseen)
    return next((less for rung in worth if (less := rung(message)) != message), None)


def words_change(message: Outbound, less: Outbound | None) -> bool:
    """Whether what is left to leave out are the words themselves: before that, they are worth a
    second try."""
    return message.video is None and (less is None or less.text != message.text)


def _suspected(problem: DeliveryError) -> tuple[Rung, ...]:
    """What is left out first, where the platform says what it dislikes; more than it takes is as
    large without tile."""
    if isinstance(problem, TooLarge):
        return (_as_link,) if problem.limit else (_no_cover, _no_tile, _as_document, _as_link)
    if not isinstance(problem, Refused):
        return ()
    blamed = (problem.blame,) if problem.blame else problem.suspects or ()
    return tuple(rung for blame in blamed for rung in SUSPECTED[blame])


def _unseen(problem: DeliveryError) -> frozenset[Rung]:
    """What is left out in vain, since the platform never got to see it: the same would come
    again."""
    if not isinstance(problem, Refused) or problem.suspects is None:
        return frozenset()
    seen = {*problem.suspects, problem.blame}
    return frozenset(rung for blame in Blame if blame not in seen for rung in SUSPECTED[blame])


def unposted(message: Outbound) -> Outbound | None:
    """What the status says of a result of which the platform has refused even the words; None where
    it has none."""
    if message.slot or not message.last or message.job is None:
        return None
    key = "status.not_posted_video" if message.video or _link(message) else "status.not_posted"
    said = text(key, message.language, platform=message.address.platform.capitalize())
    return Outbound(
        Recipient(message.address, message.user, message.language),
        Words(said),
        manner=Status(status_slot(message.job)),
        about=Subject(message.job),
    )


def _video(message: Outbound, change: Callable[[Video], Video]) -> Outbound:
    return replace(message, media=change(message.video)) if message.video else message


def _no_ref(message: Outbound) -> Outbound:
    return _video(message, lambda video: replace(video, ref=""))


def _no_buttons(message: Outbound) -> Outbound:
    return message.offering()


def _no_card(message: Outbound) -> Outbound:
    return message.without_card()


def _no_cover(message: Outbound) -> Outbound:
    return _video(message, lambda video: replace(video, cover=""))


def _no_tile(message: Outbound) -> Outbound:
    return _video(
        message, lambda video: replace(video, form=Form.BARE) if video.form is Form.CLIP else video
    )


def _no_reply(message: Outbound) -> Outbound:
    return replace(message, to=replace(message.to, reply_to=""))


def _as_document(message: Outbound) -> Outbound:
    bare = (Form.CLIP, Form.BARE, Form.MOVING)
    return _video(
        message, lambda video: replace(video, form=Form.DOCUMENT) if video.form in bare else video
    )


def _as_link(message: Outbound) -> Outbound:
    """Its link in place of the file; where it has none, words that say how to get it."""
    if message.video is None or message.video.url:
        return _video(message, lambda video: replace(video, form=Form.LINK))
    language = message.language
    if message.video.copy:
        return replace(message.saying(text("copy.not_here", language)), media=None)
    row = (Button(text("button.export", language), Command.EXPORT, message.job),)
    said = text("result.no_file", language)
    return replace(message, words=Words(said, (row,)), media=None)


def _no_gallery(message: Outbound) -> Outbound:
    """Without the picture: the buttons say the same."""
    return replace(message, media=None) if message.gallery else message


def _no_preview(message: Outbound) -> Outbound:
    """Words alone, with the link in them."""
    video = message.video
    if video is None:
        return message
    words = message.text if video.url in message.text else f"{message.text}\n\n{video.url}".strip()
    return replace(message.saying(words, message.spans), media=None)


def _in_short(message: Outbound) -> Outbound:
    """A sentence of ours in place of words that somebody else may have had a part in."""
    language, link = message.language, _link(message)
    said = text("trouble.words_refused", language, platform=message.address.platform.capitalize())
    if link:
        said = f"{text('result.ready', language)}\n\n{text('result.link', language, url=link)}"
    return replace(message.without_card().saying(said), media=message.video)


def _no_spans(message: Outbound) -> Outbound:
    """The same words, plain."""
    return message.saying(message.text)


RUNGS: tuple[Rung, ...] = (
    _no_ref, _no_spans, _no_gallery, _no_buttons, _no_cover, _no_tile, _no_reply, _as_document,
    _as_link, _no_preview, _no_card, _in_short,
)  # fmt: skip
SUSPECTED: dict[Blame, tuple[Rung, ...]] = {
    Blame.FORMAT: (_no_spans,),
    Blame.BUTTONS: (_no_buttons,),
    Blame.PICTURES: (_no_cover, _no_tile, _no_card),
    Blame.REPLY: (_no_reply,),
    Blame.CLIP: (_no_ref, _as_document),
    Blame.FILES: (_no_gallery, _as_link),
}


def _link(message: Outbound) -> str:
    """The link of the video that the words are about: the last one in them."""
    found = re.findall(r"https?://\S+", message.text)
    return message.video.url if message.video else found[-1] if found else ""
