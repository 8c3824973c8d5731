"""The conversations in docs/conversations.md, taken down from a bot at work: `python -m
tests.conversations` writes them anew.

A scene is a list of what one person says and presses; everything else is what the bot answered, as
it stood in the chat when it was read: a status as it began, a result as it rang. A test plays every
scene and compares."""

import asyncio
import re
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core.i18n import LANGUAGES, text
from core.messages import Called, Command, Heard
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
class InGroup:
    """What one of several says in a group, as an answer to the first message there, until the bot
    shows these words."""

    who: str
    words: str
    shows: str
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
    acts: Sequence[Says | InGroup | Presses]
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
    "batch en": Scene(
        "en",
        (Says("1: slow zoom\n2: add the title Summer\n3: in black and white", photos=3),),
        rings=3,
    ),
    "batch zh": Scene(
        "zh-hans", (Says("第一张慢慢放大，第二张加标题“夏天”，第三张变成黑白", photos=3),), rings=3
    ),
    "reel en": Scene(
        "en",
        (
            InGroup("Anna", "/reel", "no photos yet"),
            InGroup("Ben", "", "2 photos from 1 person", photos=2),
            InGroup("Cleo", "", "3 photos from 2 people", photos=1),
            InGroup("Ben", "make it slow", "Only the person who opened this reel"),
            InGroup(
                "Anna",
                "make a slow 6-second video of them",
                "is ready! + is done",
            ),
        ),
    ),
    "reel zh": Scene(
        "zh-hans",
        (
            InGroup("小安", "/reel", "还没有照片"),
            InGroup("阿本", "", "1 人的 2 张照片", photos=2),
            InGroup("小可", "", "2 人的 3 张照片", photos=1),
            InGroup("阿本", "做一个10秒的视频", "只有发起人"),
            InGroup("小安", "做一个6秒的慢视频", "时长 + 视频做好了，照片"),
        ),
    ),
}
"""By the marks on the page."""


async def played(scene: Scene) -> str:
    """What is on the screen when the scene is over."""
    with TemporaryDirectory() as folder:
        async with world(Path(folder)) as here:
            lines = [await _act(here, scene, act, Path(folder)) for act in scene.acts]
    return "\n".join(("```text", *lines, "```", ""))


async def _in_group(here: World, scene: Scene, act: InGroup, folder: Path) -> str:
    """One thing said among others, with what the bot shows then: a message that changes in place as
    it stands from now on."""
    adapter, stood = here.adapter, [shown.text for shown in here.adapter.shown]
    first = next((shown.id for shown in adapter.shown if shown.outbound.slot), "")
    place: dict[str, Any] = {"private": False, "space": "group", "language": scene.language}
    pictures = [photo(sum(map(ord, act.who)) % 3 + number) for number in range(act.photos)]
    if act.words.startswith("/"):
        await adapter.says(user=act.who, what=Called(Command(act.words[1:])), **place)
    else:
        await _noted(folder, first)
        asked: dict[str, Any] = {"heard": Heard.REPLY, "answers": first, **place}
        await adapter.says(act.words, *pictures, user=act.who, **asked)
    parts = act.shows.split(" + ")
    await adapter.until(lambda it: all(any(p in each.text for each in it.shown) for p in parts))
    now = [*adapter.shown]
    news = [each for each, text in zip_longest(now, stood) if each.text != text]
    news.sort(key=lambda each: not each.outbound.silent)
    answers = (_standing(each) if each.outbound.slot == "job-1" else _told(each) for each in news)
    return "\n".join([f"{act.who}  {'🖼 ' * act.photos}{act.words}", *filter(None, answers)])


async def _noted(folder: Path, message: str) -> None:
    """What somebody answers is known by then to be a message of the bot."""
    with closing(sqlite3.connect(folder / "bot.sqlite")) as db:
        sql = f"SELECT 1 FROM messages WHERE message = '{message}'"
        while not db.execute(sql).fetchone():  # noqa: ASYNC110  (another thread rings no event)
            await asyncio.sleep(0.01)


def _standing(shown: Shown) -> str:
    rows = (" ".join(f"[{b.label}]" for b in row) for row in shown.outbound.buttons)
    return _set("  …  " if shown.outbound.silent else "bot  ", "\n".join((shown.text, *rows)))


async def _act(here: World, scene: Scene, act: Says | InGroup | Presses, folder: Path) -> str:
    """One thing said or pressed, with all that was answered to it."""
    if isinstance(act, InGroup):
        return await _in_group(here, scene, act, folder)
    adapter, before = here.adapter, len(here.adapter.shown)
    told = len(_rung(adapter.shown))
    match act:
        case Says(words, photos):
            pictures = [photo(number) for number in range(photos)]
            what = Called(Command(words[1:])) if words.startswith("/") else None
            await adapter.says(words, *pictures, language=scene.language, what=what)
            said = f"{'🖼 ' * photos}{words}"
        case Presses(label):
            await adapter.presses(label)
            said = f"[{_pressed(adapter, label)}]"
    await adapter.until(lambda it: len(_rung(it.shown)) >= told + scene.rings)
    found = adapter.shown[before:]
    if scene.rings > 1:  # which of a status and a film comes first is chance
        found = sorted(found, key=lambda it: (not it.outbound.silent, it.text.splitlines()[0]))
    answers = (_told(shown) for shown in found)
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
        began = _set("  …  ", shown.before[0] if shown.before else shown.text)
        labels = {b.label for row in shown.outbound.buttons for b in row}
        stands = shown.before and labels - CANCEL
        return f"{began}\n{_standing(shown)}" if stands else began
    shows = {"video": "🎞 (video)\n", "gallery": "🖼 (picture)\n"}
    film = next((told for kind, told in shows.items() if getattr(shown.outbound, kind)), "")
    rows = (" ".join(f"[{b.label}]" for b in row) for row in shown.outbound.buttons)
    return _set("bot  ", "\n".join((film + shown.text, *rows)))


CANCEL = {text("button.cancel", code) for code in LANGUAGES}


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
