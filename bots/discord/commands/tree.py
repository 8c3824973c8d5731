"""The commands as Discord shows them: names and texts in every language, usable in servers, DMs and
groups alike."""

from collections.abc import Mapping
from typing import Any

import discord
import structlog
from discord import app_commands
from discord.app_commands import AppCommandError, Choice

from bots.discord.commands.forms import edit_form, login_form
from bots.discord.commands.hints import phrase
from bots.discord.commands.interactions import Desk, Use
from bots.discord.commands.video import to_choices, to_menu, to_video
from bots.discord.translate import Asked
from core.domain.conversation import Menu, command_menu
from core.domain.versions import MOST
from core.i18n import LANGUAGES, catalogue, closest
from core.messages import Command
from core.skills import Skill

log = structlog.get_logger()

Slash = app_commands.Command[Any, ..., None]


class Tree(app_commands.CommandTree[discord.Client]):
    """All commands of one client; `titles` are those of the profiles that some of them offer."""

    def __init__(
        self, client: discord.Client, desk: Desk, skills: Mapping[str, Skill], default: str
    ) -> None:
        everywhere = app_commands.AppCommandContext(
            guild=True, dm_channel=True, private_channel=True
        )
        both = app_commands.AppInstallationType(guild=True, user=True)
        super().__init__(client, allowed_contexts=everywhere, allowed_installs=both)
        self._desk = desk
        self.titles = {
            slug: [skill.title[code] for code in LANGUAGES] for slug, skill in skills.items()
        }
        self.add_command(to_menu(desk))
        with_options = {
            command.name: command
            for command in (
                to_video(desk, skills, default),
                *_asking(desk),
                _going(desk, Command.UNDO),
                _going(desk, Command.REDO),
                _reel(desk),
                *_choosing(desk, skills),
            )
        }
        for name in command_menu(Menu.SLASH):
            self.add_command(with_options.get(name) or _plain(desk, name))

    async def on_error(self, use: Use, error: AppCommandError, /) -> None:
        """A command that we no longer have, or have with other options, is answered with words all
        the same."""
        known = isinstance(
            error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch
        )
        if not known:
            log.error("a command failed", command=getattr(use.command, "name", ""), exc_info=error)
        if not use.response.is_done():
            await self._desk.excuse(use, "old_command" if known else "failed")


def _plain(desk: Desk, name: Command) -> Slash:
    async def ask(use: Use) -> None:
        await desk.take(use, Asked(name))

    return _command(name, ask)


def _command(name: Command, callback: Any) -> Slash:
    return app_commands.Command(
        name=phrase(f"name_{name}"), description=phrase(f"about_{name}"), callback=callback
    )


def _asking(desk: Desk) -> tuple[Slash, Slash]:
    """The two commands that open a form."""

    @app_commands.rename(change=phrase("option_change"))
    @app_commands.describe(change=phrase("option_change_about"))
    async def edit(use: Use, change: app_commands.Range[str, 1, 2000] | None = None) -> None:
        if change:
            await desk.take(use, Asked(Command.EDIT, change))
        else:
            await desk.open(use, edit_form(closest(use.locale.value)))

    async def login(use: Use) -> None:
        await desk.open(use, login_form(closest(use.locale.value)))

    return _command(Command.EDIT, edit), _command(Command.LOGIN, login)


def _going(desk: Desk, name: Command) -> Slash:
    """A step through the versions, or straight to the one of that number."""

    @app_commands.rename(version=phrase("option_version"))
    @app_commands.describe(version=phrase("option_version_about"))
    async def go(use: Use, version: app_commands.Range[int, 1, MOST] | None = None) -> None:
        await desk.take(use, Asked(name, str(version or "")))

    return _command(name, go)


def _reel(desk: Desk) -> Slash:
    """Opens a group reel, or says what to make of it: where the bot is a member, for its message
    stands in the channel for everybody."""

    @app_commands.rename(prompt=phrase("option_prompt"))
    @app_commands.describe(prompt=phrase("option_prompt_about"))
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def reel(use: Use, prompt: app_commands.Range[str, 1, 2000] | None = None) -> None:
        await desk.take(use, Asked(Command.REEL, prompt or ""))

    return _command(Command.REEL, reel)


SPOKEN = [Choice(name=catalogue(code).name, value=code) for code in LANGUAGES]


def _choosing(desk: Desk, skills: Mapping[str, Skill]) -> tuple[Slash, Slash, Slash]:
    """The commands with choices; without one the core shows buttons."""

    @app_commands.rename(skill=phrase("option_skill"))
    @app_commands.describe(skill=phrase("option_skill_about"))
    @app_commands.choices(skill=to_choices(skills))
    async def choose_skill(use: Use, skill: str | None = None) -> None:
        await desk.take(use, Asked(Command.SKILL, skill or ""))

    @app_commands.rename(language=phrase("option_language"))
    @app_commands.describe(language=phrase("option_language_about"))
    @app_commands.choices(language=SPOKEN)
    async def choose_language(use: Use, language: str | None = None) -> None:
        await desk.take(use, Asked(Command.LANGUAGE, language or ""))

    settings = _settings(desk, skills)
    return (
        _command(Command.SKILL, choose_skill),
        _command(Command.LANGUAGE, choose_language),
        settings,
    )


def _settings(desk: Desk, skills: Mapping[str, Skill]) -> Slash:
    """What the admins of a server may set; the core reads it as words, the same on every
    platform."""
    names = ("state", "channels", "language", "skill", "daily")

    @app_commands.rename(**{name: phrase(f"option_{name}") for name in names})
    @app_commands.describe(**{name: phrase(f"option_{name}_about") for name in names})
    @app_commands.choices(
        state=[Choice(name=phrase(f"state_{state}"), value=state) for state in ("on", "off")],
        channels=[
            Choice(name=phrase(f"channels_{place}"), value=place)
            for place in ("here", "everywhere")
        ],
        language=SPOKEN,
        skill=to_choices(skills),
    )
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def settings(
        use: Use,
        state: str | None = None,
        channels: str | None = None,
        language: str | None = None,
        skill: str | None = None,
        daily: app_commands.Range[int, 0, 1000] | None = None,
    ) -> None:
        place = {"here": str(use.channel_id), "everywhere": ""}.get(channels or "")
        given = {"channels": place, "language": language, "skill": skill, "daily": daily}
        words = [
            state or "",
            *(f"{name}={value}" for name, value in given.items() if value is not None),
        ]
        await desk.take(use, Asked(Command.SETTINGS, " ".join(filter(None, words))))

    return _command(Command.SETTINGS, settings)
