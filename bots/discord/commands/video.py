"""/video with its options, and the menu on a message: the two ways in which photos come through an
interaction."""

from collections.abc import Callable, Coroutine, Mapping
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
Photo = discord.Attachment | None
Call = Callable[..., Coroutine[Any, Any, None]]


def to_video(
    desk: Desk, skills: Mapping[str, Skill], default: str
) -> "app_commands.Command[Any, ..., None]":
    """The command; without a photo it opens a form that takes ten."""

    # Discord shows one box for each parameter: their number is what /video offers.
    async def video(
        use: Use,
        prompt: app_commands.Range[str, 1, 2000] | None = None,
        photo1: Photo = None, photo2: Photo = None, photo3: Photo = None, photo4: Photo = None,
        photo5: Photo = None,
        photo6: Photo = None, photo7: Photo = None, photo8: Photo = None, photo9: Photo = None,
        photo10: Photo = None,
        aspect: str | None = None,
        length: int | None = None,
        title: app_commands.Range[str, 1, 100] | None = None,
        music: app_commands.Range[str, 1, 100] | None = None,
        skill: str | None = None,
    ) -> None:  # fmt: skip
        language = closest(use.locale.value)
        words = to_wish(
            prompt or "", Choices(aspect or "", length or 0, title or "", music or ""), language
        )
        photos = (photo1, photo2, photo3, photo4, photo5, photo6, photo7, photo8, photo9, photo10)
        files = tuple(sent(photo) for photo in photos if photo is not None)
        if files:
            await desk.take(use, Asked(Command.VIDEO, words, files=files, skill=skill or ""))
        else:
            await desk.open(use, video_form(language, words, skill or ""))

    command = _dressed(video, skills)
    command.autocomplete("prompt")(_suggesting(skills, default))
    return command


def _dressed(video: Call, skills: Mapping[str, Skill]) -> "app_commands.Command[Any, ..., None]":
    """The callback with names, descriptions and choices in both languages."""
    photos = {f"photo{number}": number for number in range(1, 11)}
    plain = ("prompt", "aspect", "length", "title", "music", "skill")
    app_commands.rename(**{name: phrase(f"option_{name}") for name in (*plain, *photos)})(video)
    app_commands.describe(**{name: phrase(f"option_{name}_about") for name in plain})(video)
    app_commands.describe(**{name: phrase("option_photo_about") for name in photos})(video)
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
