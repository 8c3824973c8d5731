"""Answers of our own: free, in the person's language, with the button that does what was asked
where there is one."""

from collections.abc import Callable
from dataclasses import dataclass

from core import i18n
from core.domain.gathering import are_photos, drop_label, files_counted, files_still_here
from core.domain.policy import Situation
from core.domain.understanding import (
    Topic,
)
from core.i18n import LANGUAGES, text
from core.messages import Attachment, Button, Command

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where and to whom something is answered: `photos` are those that wait, `kept` the same as
    files where they are known, `used` those that the video at hand is made of, as far as they are
    known; `files` and `megabytes` are the limits, `web` the page where people register and buy
    credits; `undoable` says that there is an earlier version, `wished` that words wait for a
    photo, `sandbox` that a stand-in makes the videos."""

    situation: Situation
    language: str
    photos: int = 0
    kept: tuple[Attachment, ...] = ()
    used: tuple[Attachment, ...] = ()
    files: int = 0
    megabytes: int = 0
    web: str = ""
    undoable: bool = False
    wished: bool = False
    sandbox: bool = False


def answer(topic: Topic, around: Circumstances) -> tuple[str, Rows]:
    """The words of the answer, with what happens next, and its buttons."""
    said = _words(topic, around)
    after = _next(topic, around)
    return "\n\n".join(filter(None, (said, after))), BUTTONS.get(topic, _none)(around)


def _words(topic: Topic, around: Circumstances) -> str:
    language = around.language
    match topic:
        case Topic.LIMITS:
            return text(
                "answer.limits", language, count=around.files or "∞", limit=around.megabytes
            )
        case Topic.LANGUAGES:
            names = [i18n.catalogue(code).name for code in LANGUAGES]
            return text("answer.languages", language, languages=i18n.listed(names, language))
        case Topic.MISTAKE if not around.photos:
            if are_photos(around.used):
                return text("answer.mistake_made", language)
            return text(
                "answer.mistake_files", language, files=files_counted(around.used, language)
            )
        case Topic.PRIVACY if around.sandbox:
            return text("answer.privacy_here", language)
        case Topic.COMPLAINT if around.situation not in MADE:
            return text("answer.complaint_nothing", language)
    return text(f"answer.{topic}", language)


MADE = (Situation.PROJECT, Situation.RUNNING)
COMPLETE = frozenset({Topic.MISTAKE, Topic.COMPLAINT, Topic.HOWTO_SEND, Topic.LANGUAGES, Topic.BYE})
"""Answers that say themselves what happens next."""


def _next(topic: Topic, around: Circumstances) -> str:
    """What happens next: a photo that waits is never left without a word."""
    if around.photos and topic is not Topic.MISTAKE:
        if around.kept:
            return files_still_here(around.kept, around.language)
        return text("answer.next_photo", around.language, count=around.photos)
    if topic in COMPLETE:
        return ""
    match around.situation:
        case Situation.RUNNING:
            return text("answer.next_running", around.language)
        case Situation.PROJECT:
            return text("answer.next_change", around.language)
    return text("answer.next_wish" if around.wished else "answer.next_send", around.language)


def _none(around: Circumstances) -> Rows:
    return ()


def _credits(around: Circumstances) -> Rows:
    return ((Button(text("button.credits", around.language), Command.CREDITS),),)


def _more(around: Circumstances) -> Rows:
    more = (
        (Button(text("button.more_credits", around.language), url=around.web),)
        if around.web
        else ()
    )
    return ((*more, Button(text("button.credits", around.language), Command.CREDITS)),)


def _forget(around: Circumstances) -> Rows:
    return ((Button(text("button.forget_ask", around.language), Command.FORGET),),)


def _drop(around: Circumstances) -> Rows:
    if around.situation is Situation.RUNNING:
        return ((Button(text("button.cancel", around.language), Command.CANCEL),),)
    return (
        ((Button(drop_label(around.kept, around.language), Command.CANCEL),),)
        if around.photos
        else ()
    )


def _undo(around: Circumstances) -> Rows:
    return (
        ((Button(text("button.undo", around.language), Command.UNDO),),) if around.undoable else ()
    )


def languages() -> Rows:
    """A button for each language, a few in a row."""
    offered = [
        Button(i18n.catalogue(code).name, Command.LANGUAGE, None, code) for code in LANGUAGES
    ]
    return tuple(tuple(offered[at : at + IN_A_ROW]) for at in range(0, len(offered), IN_A_ROW))


IN_A_ROW = 3
"""Buttons side by side that can still be read on a phone."""
BUTTONS: dict[Topic, Callable[[Circumstances], Rows]] = {
    Topic.PRICE: _credits,
    Topic.ACCOUNT: _more,
    Topic.PRIVACY: _forget,
    Topic.MISTAKE: _drop,
    Topic.COMPLAINT: _undo,
    Topic.LANGUAGES: lambda around: languages(),
}
