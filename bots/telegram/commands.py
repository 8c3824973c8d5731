"""What people see of the bot before they write to it: menus and descriptions, in every language."""

from collections.abc import Sequence
from itertools import product

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    MenuButtonCommands,
)
from telegram.error import TelegramError

from core.i18n import ENGLISH, LANGUAGES, text
from core.messages import Command

log = structlog.get_logger()

IN_PRIVATE = (
    Command.NEW,
    Command.STATUS,
    Command.EXPORT,
    Command.HISTORY,
    Command.CREDITS,
    Command.SKILL,
    Command.LANGUAGE,
    Command.LOGIN,
    Command.LOGOUT,
    Command.PRIVACY,
    Command.MYDATA,
    Command.FORGET,
    Command.CANCEL,
    Command.HELP,
    Command.START,
)
IN_GROUPS = (
    Command.NEW,
    Command.STATUS,
    Command.EXPORT,
    Command.HISTORY,
    Command.SKILL,
    Command.LANGUAGE,
    Command.CANCEL,
    Command.HELP,
)
FOR_ADMINS = (*IN_GROUPS, Command.SETTINGS)

MENUS: tuple[tuple[BotCommandScope, tuple[Command, ...]], ...] = (
    (BotCommandScopeAllPrivateChats(), IN_PRIVATE),
    (BotCommandScopeAllGroupChats(), IN_GROUPS),
    (BotCommandScopeAllChatAdministrators(), FOR_ADMINS),
)


def language_code(language: str) -> str | None:
    """As Telegram tells languages apart, by two letters; None for English, which is for everybody
    else."""
    return None if language == ENGLISH else language.partition("-")[0]


SPOKEN = tuple({language_code(language): language for language in reversed(LANGUAGES)}.values())[
    ::-1
]
"""One catalogue for each code; of the two Chinese ones the first, which more people read."""


async def register(bot: Bot, languages: Sequence[str] = SPOKEN) -> None:
    """Set what differs from what Telegram already shows. Nothing depends on it: trouble is only
    noted.

    The menus of all languages come before the descriptions, of which Telegram allows few changes at
    a time."""
    try:
        for language, (scope, commands) in product(languages, MENUS):
            await _menu(bot, scope, commands, language, language_code(language))
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        for language in languages:
            await _descriptions(bot, language, language_code(language))
    except TelegramError as error:
        log.warning(
            "the command menu could not be set; the next start tries again",
            error=type(error).__name__,
        )


async def _menu(
    bot: Bot, scope: BotCommandScope, commands: tuple[Command, ...], language: str, code: str | None
) -> None:
    wanted = tuple(
        BotCommand(command.value, text(f"telegram.command_{command}", language))
        for command in commands
    )
    if await bot.get_my_commands(scope, code) != wanted:
        await bot.set_my_commands(wanted, scope, code)


async def _descriptions(bot: Bot, language: str, code: str | None) -> None:
    """The words of the empty chat and of the profile, only where they have to change."""
    long, short = (
        text("telegram.description", language),
        text("telegram.short_description", language),
    )
    if (await bot.get_my_description(code)).description != long:
        await bot.set_my_description(long, code)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
