"""Choices by button instead of words: shape, length and mood, after photos and under a video; and
what a press on one does.

What is chosen stands in the buttons themselves, so a choice is a function of the one before it, and
what was posted long ago still works. What was chosen last of photos that wait is remembered with
them, for words that are written after it."""

import re
from dataclasses import dataclass, replace

from core.domain.conversation.chat import (
    Context,
    Decision,
    asks,
    reply,
    suggestion_row,
    toast,
    what_now,
)
from core.domain.replies import Rows
from core.domain.requests import USUAL_CREDITS, Plan, status_slot
from core.domain.understanding import names_length
from core.i18n import text
from core.messages import (
    Button,
    Command,
    Inbound,
    Outbound,
    Payload,
    Status,
    payload_words,
    read_payload,
)
from core.patterns import Pattern

SHAPES = {"p": "9:16", "w": "16:9", "s": "1:1"}
LENGTHS = (5, 10, 15, 30)
MOODS = {"c": "calm", "h": "happy", "e": "epic", "d": "dreamy"}
SIGNS = {"c": "🌿", "h": "🎉", "e": "🎬", "d": "💭"}
CODE = re.compile(rf"([{''.join(SHAPES)}]?)(\d{{0,2}})([{''.join(MOODS)}]?)(?:\.(\d{{1,12}}))?")

RATIO = re.compile(r"\d+ ?[:：x×] ?\d+")
SHAPED = Pattern(
    rf"{RATIO.pattern}|\bvert[iy][ck]|hori[sz]ont|вертик|горизонт|hochkant|hochformat|querformat|\bsquare"
    r"|quadrat|cuadrad|quadrad|carrée?|dikey|yatay|persegi|tik ?tok|\bshorts\b|[竖豎横橫縦]|方形"
    r"|세로|가로|정사각|عمودي|أفقي|مربع|खड़ा|आड़ा|चौकोर",
    re.IGNORECASE,
)
"""What says of which shape a video is to be."""


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
    return _followed(words.strip(), sentences(choice, language) if choice else "")


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


def with_chosen(words: str, code: str, language: str) -> str:
    """The words with what was tapped before they were written, as far as they leave it open: what
    they say themselves counts more."""
    choice = read(code)
    if choice is None:
        return words
    if SHAPED.search(words):
        choice = replace(choice, shape="")
    if names_length(words, language):
        choice = replace(choice, seconds=0)
    said = sentences(choice, language)
    return words if said in words else _followed(words, said)


def _followed(words: str, said: str) -> str:
    """Two parts of one wish: "with the title Home" ends before what follows."""
    if not (words and said):
        return words or said
    return f"{words}{'' if words.endswith(ENDS) else '.'} {said}"


ENDS = (".", "!", "?", "…", "。", "！", "？")


def for_photos(choice: Choice, language: str, job: int | None) -> Rows:
    """Under photos that came without words: what a video of them is to be like, and one button that
    makes it, with its price, or the way to ready-made looks for them."""
    key = "button.surprise" if choice.open else "button.make_it"
    label = f"{text(key, language)} (≈{USUAL_CREDITS[Plan.MAKE]} 💳)"
    go = Button(label, Command.VIDEO, job, payload_words(Payload.CHOSEN, choice.code))
    looks = Button(text("button.looks", language), Command.PRESETS, job)
    return (*_rows(choice, language, Command.VIDEO, job), (go, looks))


def for_video(choice: Choice, language: str, job: int | None) -> Rows:
    """Under *Edit*: another shape means making it anew, so that button has that price; all else is
    a change."""
    rows = _rows(choice, language, Command.EDIT, job)
    carries = payload_words(Payload.CHOSEN, choice.code)
    if choice.open:
        return rows
    if choice.shape:
        label = f"{text('button.anew', language)} (≈{USUAL_CREDITS[Plan.MAKE]} 💳)"
        return (*rows, (Button(label, Command.AGAIN, job, carries),))
    return (*rows, (Button(text("button.change_it", language), Command.EDIT, job, carries),))


def _rows(choice: Choice, language: str, command: Command, job: int | None) -> Rows:
    def button(label: str, changed: Choice, chosen: bool) -> Button:
        mark = "✓ " if chosen else ""
        return Button(mark + label, command, job, payload_words(Payload.CHOOSE, changed.code))

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


def choose(context: Context, inbound: Inbound, now: float) -> Decision:
    """Another choice under photos, or under a video: the same message with other marks."""
    found = read_payload(inbound.text)
    choice = read(found.which) if found else None
    files = context.chat.holds(now).files
    edits = inbound.command is Command.EDIT
    if choice is None or inbound.job is None or not (files or edits):
        words = text("ask.stale", context.chat.speaks)
        return Decision(context.chat, posts=(toast(context, inbound, words),))
    if edits:
        return Decision(context.chat, posts=(about_video(context, inbound, choice),))
    language = context.chat.speaks
    words = what_now(files, language, inbound.address, private=inbound.place.private)
    rows = under_photos(context, choice, inbound.job)
    chat = replace(context.chat, chosen=replace(choice, key="").code)
    return Decision(chat, posts=(_shown(context, inbound, choice, words, rows),))


def ask_for_change(context: Context, inbound: Inbound, now: float) -> Decision:
    """The *Edit* button: what is to be changed, in words or by choosing."""
    if inbound.job is None or context.chat.project is None:
        key = "talk.edit" if context.chat.project else "talk.nothing_to_edit"
        return Decision(context.chat, posts=(asks(context, inbound, key),))
    post = about_video(context, inbound, Choice(key=f"{int(now)}"))
    return Decision(context.chat, posts=(post,))


def under_photos(context: Context, choice: Choice, job: int) -> Rows:
    """The profile's own suggestions, then the"""
    language = context.chat.speaks
    return (
        *suggestion_row(context.skill, language, job),
        *for_photos(choice, language, job),
    )


def about_video(context: Context, inbound: Inbound, choice: Choice) -> Outbound:
    """The question what to change, with what is chosen so far; another shape names its price."""
    language = context.chat.speaks
    words = [asks(context, inbound, "talk.edit").text]
    if choice.shape:
        words.append(text("talk.anew", language, needed=USUAL_CREDITS[Plan.MAKE]))
    rows = for_video(choice, language, inbound.job)
    return _shown(context, inbound, choice, "\n\n".join(words), rows)


def _shown(context: Context, inbound: Inbound, choice: Choice, words: str, rows: Rows) -> Outbound:
    """The message in whose place it stands: that of the request about the photos, or one of its
    own."""
    status = status_slot(inbound.job or 0) + (f"-{choice.key}" if choice.key else "")
    return replace(reply(context, inbound, words, *rows), manner=Status(status, prompt=True))
