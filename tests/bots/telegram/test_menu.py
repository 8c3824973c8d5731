"""What people see before they write: command menus, menu button, descriptions, in their
language."""

import json
from pathlib import Path

import pytest

from bots.telegram.commands import FOR_ADMINS, IN_GROUPS, IN_PRIVATE, SPOKEN, language_code
from bots.telegram.run import Telegram
from core.i18n import LANGUAGES, text
from tests.bots.telegram.conftest import Taken, connected, running
from tests.servers.telegram import FakeTelegram

SCOPES = {
    "all_private_chats": IN_PRIVATE,
    "all_group_chats": IN_GROUPS,
    "all_chat_administrators": FOR_ADMINS,
}


async def test_each_language_and_scope_has_its_menu(bot: Telegram, telegram: FakeTelegram) -> None:
    await telegram.wait_for(lambda: ("short_description", "zh") in telegram.world.profile)
    profile = telegram.world.profile
    for scope, commands in SCOPES.items():
        for language, code in (("en", ""), ("zh", "zh")):
            shown = profile["commands", json.dumps({"type": scope}), code]
            assert [row["command"] for row in shown] == [str(command) for command in commands]
            assert [row["description"] for row in shown] == [
                text(f"telegram.command_{command}", language) for command in commands
            ]
    assert profile["menu button"] == {"type": "commands"}
    assert profile["description", "zh"] == text("telegram.description", "zh")
    assert profile["description", ""] == text("telegram.description", "en")
    assert profile["short_description", "zh"] == text("telegram.short_description", "zh")


async def test_a_second_start_changes_nothing_that_is_already_right(
    bot: Telegram, telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    await telegram.wait_for(lambda: len(telegram.calls("setMyShortDescription")) == 2)
    before = {
        name: len(telegram.calls(name))
        for name in ("setMyCommands", "setMyDescription", "setMyShortDescription")
    }
    assert before == {"setMyCommands": 6, "setMyDescription": 2, "setMyShortDescription": 2}
    async with running(connected(telegram, tmp_path), taken):
        await telegram.wait_for(lambda: len(telegram.calls("getMyShortDescription")) == 4)
    assert {name: len(telegram.calls(name)) for name in before} == before


async def test_a_menu_that_cannot_be_set_keeps_nobody_waiting(
    adapter: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.refuse("getMyCommands", 429, "Too Many Requests: retry after 3600", retry_after=3600)
    async with running(adapter, taken):
        telegram.user_sends("hello")
        await telegram.wait_for(lambda: taken.inbounds)


def test_each_code_of_telegram_has_one_menu() -> None:
    assert [language_code(language) for language in SPOKEN].count("zh") == 1
    assert {language_code(language) for language in SPOKEN} == {
        language_code(language) for language in LANGUAGES
    }
    assert language_code("pt-BR") == "pt"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_fit_where_telegram_shows_them(language: str) -> None:
    assert len(text("telegram.description", language)) <= 512
    assert len(text("telegram.short_description", language)) <= 120
    for command in {*IN_PRIVATE, *FOR_ADMINS}:
        assert len(text(f"telegram.command_{command}", language)) <= 40, (
            "a phone shows about so many"
        )
