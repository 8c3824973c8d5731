"""The conversations in docs/conversations.md, taken down from a bot at work: `python -m
tests.conversations` writes them anew.

A scene is a list of what one person says and presses; everything else is what the bot answered, as
it stood in the chat when it was read: a status as it began, a result as it rang. A test plays every
scene and compares."""

import asyncio
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fakes import FakeAdapter, Shown
from tests.pages import DOCS
from tests.world import World, photo, world

PAGE = DOCS / "conversations.md"


@dataclass(frozen=True, slots=True)
class Says:
    """Words, with so many photos."""

    words: str = ""
    photos: int = 0


@dataclass(frozen=True, slots=True)
class Presses:
    """The newest button with this in its label."""

    label: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Who speaks which language (the platform's code), what they do, and how many messages ring
    for each of it."""

    language: str
    acts: Sequence[Says | Presses]
    rings: int = 1


SCENES: Mapping[str, Scene] = {
    "versions en": Scene(
        "en",
        (
            Says("make a 5-second video of this", photos=1),
            Says("add the title Summer"),
            Says("softer music"),
            Says("make it 8 seconds"),
            Presses("Previous version"),
            Presses("Later version"),
            Says("go back to the first"),
            Says("add the title Our Summer"),
            Says("again, but vertical"),
            Says("/history"),
        ),
    ),
    "versions zh": Scene(
        "zh-hans",
        (
            Says("把这张照片做成5秒的视频", photos=1),
            Says("加上标题“夏天”"),
            Says("音乐轻一点"),
            Says("改成8秒"),
            Presses("上一个版本"),
            Presses("后一个版本"),
            Says("回到第一版"),
            Says("加上标题“我们的夏天”"),
            Says("再来一个，竖屏的"),
            Says("/history"),
        ),
    ),
}
"""By the marks on the page."""


async def played(scene: Scene) -> str:
    """What is on the screen when the scene is over."""
    with TemporaryDirectory() as folder:
        async with world(Path(folder)) as here:
            lines = [await _act(here, scene, act) for act in scene.acts]
    return "\n".join(("```text", *lines, "```", ""))


async def _act(here: World, scene: Scene, act: Says | Presses) -> str:
    """One thing said or pressed, with all that was answered to it."""
    adapter, before = here.adapter, len(here.adapter.shown)
    told = len(_rung(adapter.shown))
    match act:
        case Says(words, photos):
            pictures = [photo(number) for number in range(photos)]
            await adapter.says(words, *pictures, language=scene.language)
            said = f"{'🖼 ' * photos}{words}"
        case Presses(label):
            await adapter.presses(label)
            said = f"[{_pressed(adapter, label)}]"
    await adapter.until(lambda it: len(_rung(it.shown)) >= told + scene.rings)
    answers = (_told(shown) for shown in adapter.shown[before:])
    return "\n".join([f"you  {said}", *filter(None, answers)])


def _pressed(adapter: FakeAdapter, part: str) -> str:
    labels = (
        button.label for shown in adapter.shown for row in shown.outbound.buttons for button in row
    )
    return [label for label in labels if part in label][-1]


def _rung(shown: Sequence[Shown]) -> list[Shown]:
    return [each for each in shown if not each.outbound.silent]


def _told(shown: Shown) -> str:
    """A message as it is read: a status by how it began, since all it says later passes."""
    if shown.outbound.silent:
        return _set("  …  ", shown.before[0] if shown.before else shown.text)
    film = "🎞 (video)\n" if shown.outbound.video else ""
    rows = (" ".join(f"[{b.label}]" for b in row) for row in shown.outbound.buttons)
    return _set("bot  ", "\n".join((film + shown.text, *rows)))


def _set(start: str, text: str) -> str:
    lines = [line for line in _masked(text).splitlines() if line.strip()]
    return "\n".join(f"{start if not place else '     '}{line}" for place, line in enumerate(lines))


def _masked(text: str) -> str:
    """Without what is another one each time: the service's addresses, and the day."""
    text = re.sub(r"https?://[\w.:]+/\S*", "https://…", text)
    return re.sub(r"\d{4}-\d\d-\d\d", "2026-01-01", text)


def on_page(mark: str, page: str) -> re.Match[str]:
    """What stands between the marks. Raises ValueError where they are gone."""
    place = rf"(?<=<!-- {mark} -->\n\n).*?(?=\n<!-- /{mark} -->)"
    found = re.search(place, page, re.DOTALL)
    if found is None:
        raise ValueError(f"the marks of {mark} are gone")
    return found


async def write() -> None:
    """Play every scene, and write down how it went."""
    page = PAGE.read_text(encoding="utf-8")
    for mark, scene in SCENES.items():
        told, found = await played(scene), on_page(mark, page)
        page = f"{page[: found.start()]}{told}{page[found.end() :]}"
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(asyncio.run(write()))
