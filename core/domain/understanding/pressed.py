"""The words on our own buttons, written instead of tapped: "Abbrechen", "Details", "Ещё раз"."""

import re
from functools import cache

from core.domain.understanding.folding import folded
from core.domain.understanding.meaning import (
    Again,
    Command,
    CommandKind,
    Decline,
    GoAhead,
    Meaning,
    Question,
    Topic,
    Unclear,
    Wish,
    WishKind,
)
from core.i18n import ENGLISH, LANGUAGES, catalogue

LABELS: dict[str, Meaning] = {
    **dict.fromkeys(("edit", "redo", "run_edited", "from_photos"), Unclear()),
    **dict.fromkeys(("without_photo", "reel_add", "reel_close", "set_skill"), Unclear()),
    **dict.fromkeys(("no_news", "send_news", "drop_news", "stop_news"), Unclear()),
    **dict.fromkeys(("make_it", "change_it", "confirm", "do_it", "go_on"), GoAhead()),
    "surprise": GoAhead(free_hand=True),
    "something_else": Decline(),
    **dict.fromkeys(("again", "once_more", "anew"), Again()),
    **dict.fromkeys(("strip_audio", "strip_text"), Wish(WishKind.EDIT)),
    **dict.fromkeys(("details", "project", "check_again"), Command(CommandKind.STATUS)),
    **dict.fromkeys(("export", "file"), Command(CommandKind.EXPORT)),
    **dict.fromkeys(("cancel", "drop_kept", "drop_rest"), Command(CommandKind.CANCEL)),
    "credits": Command(CommandKind.CREDITS),
    "new": Command(CommandKind.NEW),
    "undo": Command(CommandKind.UNDO),
    "elsewhere": Command(CommandKind.ELSEWHERE),
    "set_language": Command(CommandKind.LANGUAGE),
    "looks": Command(CommandKind.HELP),
    **dict.fromkeys(("forget", "forget_ask"), Question(Topic.PRIVACY)),
    "more_credits": Question(Topic.ACCOUNT),
}
"""What the words of a button mean where it is not known under what they would have been tapped.

Redo is paid where nothing was undone, so its words are no order for it."""


def label_meaning(text: str, language: str) -> Meaning | None:
    """What these words mean as the label of a button in this language (`en`, `zh-Hans`, `zh`), or
    in English; None where they are none."""
    line = _line(text)
    spoken = language.partition("-")[0]
    return _labels(spoken).get(line) or _labels(ENGLISH).get(line)


@cache
def _labels(spoken: str) -> dict[str, Meaning]:
    phrases = [catalogue(code).phrases for code in LANGUAGES if code.partition("-")[0] == spoken]
    return {
        _line(str(known[f"button.{name}"])): meaning
        for known in phrases
        for name, meaning in LABELS.items()
        if f"button.{name}" in known
    }


def _line(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", folded(text)).split())
