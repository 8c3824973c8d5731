"""The choices of /video as words: the core reads one language of wishes, however they were
entered."""

from dataclasses import dataclass

from core.i18n import text

ASPECTS = ("9:16", "16:9", "1:1", "4:5")
LENGTHS = (5, 10, 15, 20, 30, 60)
TITLE_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose besides the prompt; empty where nothing was chosen. `length` in
    seconds."""

    aspect: str = ""
    length: int = 0
    title: str = ""
    music: str = ""


def to_wish(prompt: str, choices: Choices, language: str) -> str:
    """Prompt and choices as sentences in the user's language; the choices come last, so that they
    win."""
    said = [prompt.strip()]
    if choices.length:
        said.append(text("wish.length", language, seconds=choices.length))
    if choices.aspect:
        said.append(text("wish.aspect", language, aspect=choices.aspect))
    if choices.title:
        said.append(text("wish.title", language, title=choices.title.strip()))
    if choices.music:
        said.append(text("wish.music", language, music=choices.music.strip()))
    # in one line: several may be the words of several photos
    return " ".join(line for line in said if line)
