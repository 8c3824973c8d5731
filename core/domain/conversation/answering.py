"""Answers of our own: free, in the person's language, with the button that does what was asked
where there is one."""

from collections.abc import Callable
from dataclasses import dataclass

from core import i18n
from core.domain.files import are_photos, counted, still_here, to_drop
from core.domain.policy import Situation
from core.domain.understanding import Topic
from core.i18n import LANGUAGES, text
from core.messages import Attachment, Button, Command

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where and to whom something is answered: `photos` are those that wait, `kept` the same as
    files where they are known, `used` those that the video at hand is made of, as far as they are
    known; `files` and `megabytes` are the limits, `web` the page where people register and buy
    credits; `undoable` says that there is an earlier version, `wished` that words wait for a
    photo."""

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


def answer(topic: Topic, place: Place) -> tuple[str, Rows]:
    """The words of the answer, with what happens next, and its buttons."""
    said = _words(topic, place)
    after = _next(topic, place)
    return "\n\n".join(filter(None, (said, after))), BUTTONS.get(topic, _none)(place)


def _words(topic: Topic, place: Place) -> str:
    language = place.language
    match topic:
        case Topic.LIMITS:
            return text("answer.limits", language, count=place.files or "∞", limit=place.megabytes)
        case Topic.LANGUAGES:
            names = [i18n.catalogue(code).name for code in LANGUAGES]
            return text("answer.languages", language, languages=i18n.listed(names, language))
        case Topic.MISTAKE if not place.photos:
            if are_photos(place.used):
                return text("answer.mistake_made", language)
            return text("answer.mistake_files", language, files=counted(place.used, language))
        case Topic.COMPLAINT if place.situation not in MADE:
            return text("answer.complaint_nothing", language)
    return text(f"answer.{topic}", language)


MADE = (Situation.PROJECT, Situation.RUNNING)
COMPLETE = frozenset({Topic.MISTAKE, Topic.COMPLAINT, Topic.HOWTO_SEND, Topic.LANGUAGES, Topic.BYE})
"""Answers that say themselves what happens next."""


def _next(topic: Topic, place: Place) -> str:
    """What happens next: a photo that waits is never left without a word."""
    if place.photos and topic is not Topic.MISTAKE:
        if place.kept:
            return still_here(place.kept, place.language)
        return text("answer.next_photo", place.language, count=place.photos)
    if topic in COMPLETE:
        return ""
    match place.situation:
        case Situation.RUNNING:
            return text("answer.next_running", place.language)
        case Situation.PROJECT:
            return text("answer.next_change", place.language)
    return text("answer.next_wish" if place.wished else "answer.next_send", place.language)


def _none(place: Place) -> Rows:
    return ()


def _credits(place: Place) -> Rows:
    return ((Button(text("button.credits", place.language), Command.CREDITS),),)


def _more(place: Place) -> Rows:
    more = (
        (Button(text("button.more_credits", place.language), url=place.web),) if place.web else ()
    )
    return ((*more, Button(text("button.credits", place.language), Command.CREDITS)),)


def _forget(place: Place) -> Rows:
    return ((Button(text("button.forget_ask", place.language), Command.FORGET),),)


def _drop(place: Place) -> Rows:
    if place.situation is Situation.RUNNING:
        return ((Button(text("button.cancel", place.language), Command.CANCEL),),)
    return ((Button(to_drop(place.kept, place.language), Command.CANCEL),),) if place.photos else ()


def _undo(place: Place) -> Rows:
    return ((Button(text("button.undo", place.language), Command.UNDO),),) if place.undoable else ()


def languages() -> Rows:
    """A button for each language, a few in a row."""
    offered = [
        Button(i18n.catalogue(code).name, Command.LANGUAGE, None, code) for code in LANGUAGES
    ]
    return tuple(tuple(offered[at : at + IN_A_ROW]) for at in range(0, len(offered), IN_A_ROW))


IN_A_ROW = 3
"""Buttons side by side that can still be read on a phone."""
BUTTONS: dict[Topic, Callable[[Place], Rows]] = {
    Topic.PRICE: _credits,
    Topic.ACCOUNT: _more,
    Topic.PRIVACY: _forget,
    Topic.MISTAKE: _drop,
    Topic.COMPLAINT: _undo,
    Topic.LANGUAGES: lambda place: languages(),
}
