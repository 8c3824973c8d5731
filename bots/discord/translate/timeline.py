"""The timeline as a list: the core says it in one sentence, which a phone breaks where it likes."""

import re
from functools import cache

from core.i18n import LANGUAGES, text

KINDS = ("video", "audio", "text", "other")


def listed(words: str) -> str:
    """The words with one track a line, wherever they hold a timeline."""
    return "\n".join(_broken(line) for line in words.split("\n"))


def _broken(line: str) -> str:
    head, track = _patterns()
    found = head.match(line)
    if found is None:
        return line
    return f"{found[0].rstrip()}\n{track.sub(chr(10), line[found.end() :])}"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How the sentence begins and the gap before each further track, as the phrases of both languages have them."""
    heads, labels = [], []
    for language in LANGUAGES:
        for key in ("draft.timeline", "draft.timeline_one"):
            before = text(key, language, count="\0", tracks="\1").partition("\1")[0]
            heads.append(re.escape(before).replace("\0", r"\d+"))
        labels += [re.escape(text(f"draft.label_{kind}", language)) for kind in KINDS]
    return re.compile("|".join(heads)), re.compile(rf" (?=\d+\. (?:{'|'.join(labels)})(?:[:：(（ ]|$))")
