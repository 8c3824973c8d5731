"""/video with its options, and the menu on a message: the two ways in which photos come through an
interaction."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import fields
from inspect import Parameter, Signature
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bots.discord.commands.forms import video_form
from bots.discord.commands.hints import phrase
from bots.discord.commands.interactions import Desk, Use
from bots.discord.translate import ASPECTS, LENGTHS, Asked, Choices, sent, shown_by, to_wish
from core.i18n import ENGLISH, LANGUAGES, closest
from core.messages import Command
from core.skills import Skill

SHOWN = 25
"""Choices that Discord shows at most."""

CHOICE_LIMIT = 100
PHOTOS = tuple(f"photo{number}" for number in range(1, 11))
BOXES: dict[str, Any] = {
    "prompt": app_commands.Range[str, 1, 2000],
    **dict.fromkeys(PHOTOS, discord.Attachment),
    "aspect": str,
    "length": int,
    "title": app_commands.Range[str, 1, 100],
    "music": app_commands.Range[str, 1, 100],
    "skill": str,
}
"""What /video offers, in this order: Discord shows one box for each. All may stay empty."""
CHOSEN = tuple(each.name for each in fields(Choices))
"""Those that are no words and no photos: what the wish is told of them."""


def to_video(
    desk: Desk, skills: Mapping[str, Skill], default: str
) -> "app_commands.Command[Any, ..., None]":
    """The command; without a photo it opens a form that takes ten."""

    async def video(use: Use, **given: Any) -> None:
        language = closest(use.locale.value)
        filled = {name: value for name, value in given.items() if value is not None}
        files = tuple(sent(filled[name]) for name in PHOTOS if name in filled)
        chosen = {name: filled[name] for name in CHOSEN if name in filled}
        words = to_wish(filled.get("prompt", ""), Choices(**chosen), language)
        skill = filled.get("skill", "")
        if files:
            await desk.take(use, Asked(Command.VIDEO, words, files=files, skill=skill))
        else:
            await desk.open(use, video_form(language, words, skill))

    command = _dressed(video, skills)
    command.autocomplete("prompt")(_suggesting(skills, default))
    return command


def _signature() -> Signature:
    """The boxes as the library reads them off a callback."""
    boxes = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=kind | None)
        for name, kind in BOXES.items()
    ]
    return Signature([Parameter("use", Parameter.POSITIONAL_ONLY), *boxes])


def _dressed(
    video: Callable[..., Coroutine[Any, Any, None]], skills: Mapping[str, Skill]
) -> "app_commands.Command[Any, ..., None]":
    """The callback with its boxes, and names, descriptions and choices in all languages."""
    setattr(video, "__signature__", _signature())  # noqa: B010 - no attribute that types know of
    app_commands.rename(**{name: phrase(f"option_{name}") for name in BOXES})(video)
    about = {name: "photo" if name in PHOTOS else name for name in BOXES}
    app_commands.describe(**{it: phrase(f"option_{what}_about") for it, what in about.items()})(
        video
    )
    app_commands.choices(
        aspect=[
            Choice(name=phrase(f"aspect_{shape.replace(':', '_')}"), value=shape)
            for shape in ASPECTS
        ],
        skill=to_choices(skills),
    )(video)
    app_commands.choices(
        length=[Choice(name=phrase(f"length_{seconds}"), value=seconds) for seconds in LENGTHS]
    )(video)
    return app_commands.Command(
        name=phrase("name_video"), description=phrase("about_video"), callback=video
    )


def to_choices(skills: Mapping[str, Skill]) -> list[Choice[str]]:
    """The skill profiles as choices, under their own titles."""
    return [Choice(name=_titled(skill), value=slug) for slug, skill in skills.items()][:SHOWN]


def _titled(skill: Skill) -> locale_str:
    titles = {code: skill.title[code][:CHOICE_LIMIT] for code in LANGUAGES}
    return locale_str(titles[ENGLISH], **titles)


def _suggesting(skills: Mapping[str, Skill], default: str) -> Any:
    async def suggest(use: Use, typed: str) -> list[Choice[str]]:
        """The profile's own suggestions, those first that hold what was typed."""
        skill = skills.get(use.namespace.skill or default) or next(iter(skills.values()))
        lines = [line[:CHOICE_LIMIT] for line in skill.suggestions[closest(use.locale.value)]]
        fitting = [line for line in lines if typed.lower() in line.lower()]
        return [Choice(name=line, value=line) for line in (fitting or lines)[:SHOWN]]

    return suggest


def to_menu(desk: Desk) -> app_commands.ContextMenu:
    """Apps ▸ Make a video: the photos of any message, whoever posted it, until the words come."""

    async def make(use: Use, message: discord.Message) -> None:
        files = shown_by(message)
        if not files:
            await desk.excuse(use, "no_photo_there")
            return
        own = message.author.id == use.user.id
        await desk.take(use, Asked(Command.VIDEO, message.content if own else "", files=files))

    return app_commands.ContextMenu(name=phrase("menu_video"), callback=make)
