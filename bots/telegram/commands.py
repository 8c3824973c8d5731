"""What people see of the bot before they write to it: menus and descriptions, in every language."""

import json
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import product

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)
from telegram.error import BadRequest

from core.domain.conversation import Menu, command_menu, operators_menu
from core.i18n import ENGLISH, LANGUAGES, edition, text
from core.messages import Command

MENUS: tuple[tuple[BotCommandScope, Menu], ...] = (
    (BotCommandScopeAllPrivateChats(), Menu.PRIVATE),
    (BotCommandScopeAllGroupChats(), Menu.GROUP),
    (BotCommandScopeAllChatAdministrators(), Menu.ADMINS),
)


def language_code(language: str) -> str | None:
    """As Telegram tells languages apart, by two letters; None for English, which is for everybody
    else."""
    return None if language == ENGLISH else language.partition("-")[0]


SPOKEN = tuple({language_code(language): language for language in reversed(LANGUAGES)}.values())[
    ::-1
]
"""One catalogue for each code; of the two Chinese ones the first, which more people read."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that people see before they write. `name` tells it from all others, `words` are all
    that it says, and `put` sets it where Telegram shows something else."""

    name: str
    words: tuple[str, ...]
    put: Callable[[Bot], Awaitable[None]]


class NotYet(Exception):
    """There is no such chat so far: somebody whom ADMINS names has not said a word to the bot."""


def all_shown(
    languages: Sequence[str] = SPOKEN, admins: Collection[str] = frozenset()
) -> list[Shown]:
    """The menus of all languages come before the descriptions, of which Telegram allows few changes
    at a time. `admins` are people by their ids, who find what is theirs as well."""
    menus = [
        _menu(scope, command_menu(kind), language)
        for language, (scope, kind) in product(languages, MENUS)
    ]
    described = [make(language) for language in languages for make in (_long, _short)]
    own = [
        _menu(BotCommandScopeChat(int(admin)), operators_menu(), language, admin)
        for admin, language in product(sorted(filter(str.isdecimal, admins)), languages)
    ]
    return [*menus, Shown("menu button", (), _put_button), *described, *own]


def version(languages: Sequence[str] = SPOKEN, admins: Collection[str] = frozenset()) -> str:
    """What tells all that is shown from what any other start shows, without a word of it being
    read."""
    menus = [command_menu(kind) for _, kind in MENUS]
    return json.dumps([edition(), languages, sorted(admins), menus, operators_menu()])


def _menu(
    scope: BotCommandScope, commands: tuple[Command, ...], language: str, of: str = ""
) -> Shown:
    code = language_code(language)
    wanted = tuple(
        BotCommand(command.value, text(f"telegram.command_{command}", language))
        for command in commands
    )

    async def put(bot: Bot) -> None:
        try:
            if await bot.get_my_commands(scope, code) != wanted:
                await bot.set_my_commands(wanted, scope, code)
        except BadRequest as refused:
            if of and "chat not found" in refused.message.lower():
                raise NotYet from None
            raise

    words = tuple(f"{row.command} {row.description}" for row in wanted)
    where = f"{OF}{of}" if of else f"menu {scope.type}"
    return Shown(f"{where} {code or ''}", words, put)


OF = "menu of "
"""How the menus are called of those whom ADMINS names."""


async def withdraw(bot: Bot, name: str) -> None:
    """Take away the menu of somebody whom ADMINS names no more."""
    of, _, code = name.removeprefix(OF).partition(" ")
    await bot.delete_my_commands(BotCommandScopeChat(int(of)), code or None)


def _long(language: str) -> Shown:
    """The words of the empty chat."""
    code, words = language_code(language), text("telegram.description", language)

    async def put(bot: Bot) -> None:
        if (await bot.get_my_description(code)).description != words:
            await bot.set_my_description(words, code)

    return Shown(f"description {code or ''}", (words,), put)


def _short(language: str) -> Shown:
    """The words of the profile."""
    code, words = language_code(language), text("telegram.short_description", language)

    async def put(bot: Bot) -> None:
        if (await bot.get_my_short_description(code)).short_description != words:
            await bot.set_my_short_description(words, code)

    return Shown(f"short description {code or ''}", (words,), put)


async def _put_button(bot: Bot) -> None:
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
