"""Choices by button instead of words: shape, length and mood, after photos and under a video.

What is chosen stands in the buttons themselves, so a choice is a function of the one before it:
nothing is remembered between two presses, and what was posted long ago still works."""

import re
from dataclasses import dataclass, replace

from core.domain.payloads import Payload, carrying
from core.domain.replies.buttons import Rows
from core.domain.requests import USUAL_CREDITS, Plan
from core.i18n import text
from core.messages import Button, Command

SHAPES = {"p": "9:16", "w": "16:9", "s": "1:1"}
LENGTHS = (5, 10, 15, 30)
MOODS = {"c": "calm", "h": "happy", "e": "epic", "d": "dreamy"}
SIGNS = {"c": "🌿", "h": "🎉", "e": "🎬", "d": "💭"}
CODE = re.compile(rf"([{''.join(SHAPES)}]?)(\d{{0,2}})([{''.join(MOODS)}]?)(?:\.(\d{{1,12}}))?")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen so far: letters of `SHAPES` and `MOODS`, and seconds; empty or 0 for what was
    left open. `key` tells the message with the buttons from others about the same request."""

    shape: str = ""
    seconds: int = 0
    mood: str = ""
    key: str = ""

    @property
    def code(self) -> str:
        """The same as a button carries it; see `read`."""
        seconds = str(self.seconds or "")
        return f"{self.shape}{seconds}{self.mood}" + (f".{self.key}" if self.key else "")

    @property
    def open(self) -> bool:
        """Whether nothing is chosen yet."""
        return not (self.shape or self.seconds or self.mood)


def read(code: str) -> Choice | None:
    """The choice that a button carries; None where it is none that is offered."""
    found = CODE.fullmatch(code)
    if found is None or (seconds := int(found[2] or 0)) not in (0, *LENGTHS):
        return None
    return Choice(found[1], seconds, found[3], found[4] or "")


def wished(carries: str, language: str) -> str:
    """What a press on *go* asks for: the words that were typed with it, then what was chosen."""
    code, _, words = carries.partition("\n")
    choice = read(code.strip())
    said = sentences(choice, language) if choice else ""
    return " ".join(filter(None, (words.strip(), said)))


def sentences(choice: Choice, language: str) -> str:
    """The choice as one wish in the person's language, in one line, since several lines may be the
    words of several photos; empty where nothing is chosen."""
    said = []
    if choice.seconds:
        said.append(text("wish.length", language, seconds=choice.seconds))
    if choice.shape:
        said.append(text("wish.aspect", language, aspect=SHAPES[choice.shape]))
    if choice.mood:
        mood = text(f"button.mood_{MOODS[choice.mood]}", language)
        said.append(text("wish.mood", language, mood=mood))
    return " ".join(said)


def for_photos(choice: Choice, language: str, job: int | None) -> Rows:
    """Under photos that came without words: what a video of them is to be like, and one button that
    makes it, with its price, or the way to ready-made looks for them."""
    key = "button.surprise" if choice.open else "button.make_it"
    label = f"{text(key, language)} (≈{USUAL_CREDITS[Plan.MAKE]} 💳)"
    go = Button(label, Command.VIDEO, job, carrying(Payload.CHOSEN, choice.code))
    looks = Button(text("button.looks", language), Command.PRESETS, job)
    return (*_rows(choice, language, Command.VIDEO, job), (go, looks))


def for_video(choice: Choice, language: str, job: int | None) -> Rows:
    """Under *Edit*: another shape means making it anew, so that button has that price; all else is
    a change."""
    rows = _rows(choice, language, Command.EDIT, job)
    carries = carrying(Payload.CHOSEN, choice.code)
    if choice.open:
        return rows
    if choice.shape:
        label = f"{text('button.anew', language)} (≈{USUAL_CREDITS[Plan.MAKE]} 💳)"
        return (*rows, (Button(label, Command.AGAIN, job, carries),))
    return (*rows, (Button(text("button.change_it", language), Command.EDIT, job, carries),))


def _rows(choice: Choice, language: str, command: Command, job: int | None) -> Rows:
    def button(label: str, changed: Choice, chosen: bool) -> Button:
        mark = "✓ " if chosen else ""
        return Button(mark + label, command, job, carrying(Payload.CHOOSE, changed.code))

    shapes = tuple(
        button(name, replace(choice, shape="" if choice.shape == it else it), choice.shape == it)
        for it, name in SHAPES.items()
    )
    lengths = tuple(
        button(
            f"{it} s", replace(choice, seconds=0 if choice.seconds == it else it),
            choice.seconds == it,
        )
        for it in LENGTHS
    )  # fmt: skip
    moods = tuple(
        button(
            f"{SIGNS[it]} {text(f'button.mood_{name}', language)}",
            replace(choice, mood="" if choice.mood == it else it),
            choice.mood == it,
        )
        for it, name in MOODS.items()
    )
    return (shapes, lengths, moods)
