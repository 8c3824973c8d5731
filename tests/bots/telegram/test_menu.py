"""What people see before they write: command menus, menu button, descriptions, in their
language."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bots.telegram.commands import SPOKEN, all_shown, language_code
from bots.telegram.run import Telegram
from bots.telegram.run.menus import ALL, FRESH_SECONDS, digest, due, recalled
from core.domain.conversation.commands import SPECS, Menu, operators_menu
from core.i18n import LANGUAGES, text
from tests.bots.telegram.conftest import NOW, PACE, Taken, connected, running
from tests.servers.telegram import USER, FakeTelegram

SCOPES = {
    "all_private_chats": Menu.PRIVATE,
    "all_group_chats": Menu.GROUP,
    "all_chat_administrators": Menu.ADMINS,
}

EVERYTHING = 2 * (3 + 2) + 1 + 1
"""Menus and descriptions in the two languages of the tests, the button, and that all of it was
set."""


async def test_each_language_and_scope_has_its_menu(bot: Telegram, telegram: FakeTelegram) -> None:
    await telegram.wait_for(lambda: ("short_description", "zh") in telegram.world.profile)
    profile = telegram.world.profile
    for scope, menu in SCOPES.items():
        commands = [spec.command for spec in SPECS if menu not in spec.left_out]
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


def calls(telegram: FakeTelegram) -> list[str]:
    """What was asked about menus and descriptions."""
    about = ("Command", "Description", "MenuButton")
    return [call.method for call in telegram.requests if any(word in call.method for word in about)]


async def set_once(telegram: FakeTelegram, folder: Path, taken: Taken) -> None:
    """Everything is set, and that is remembered."""
    async with running(connected(telegram, folder), taken):
        await telegram.wait_for(lambda: len(recalled(folder / "menus.json")) == EVERYTHING)
    telegram.requests.clear()


async def test_a_second_start_asks_nothing(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    await set_once(telegram, tmp_path, taken)
    async with running(connected(telegram, tmp_path), taken):
        telegram.user_sends("hello")
        await telegram.wait_for(lambda: taken.inbounds)
    assert calls(telegram) == []


async def test_of_what_another_version_has_set_only_what_differs_is_set(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    await set_once(telegram, tmp_path, taken)
    file = tmp_path / "menus.json"
    known = recalled(file)
    other = ("of another version", NOW)
    file.write_text(json.dumps(known | {"menu button": other, ALL: other}))
    async with running(connected(telegram, tmp_path), taken):
        await telegram.wait_for(lambda: recalled(file) == known)
    assert calls(telegram) == ["setChatMenuButton"]


async def test_what_is_set_already_is_only_compared_where_nobody_remembers(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    await set_once(telegram, tmp_path, taken)
    for left in ("", "[]", "{}", '{"menu button": 1}', "not JSON"):
        (tmp_path / "menus.json").write_text(left)
        telegram.requests.clear()
        async with running(connected(telegram, tmp_path), taken):
            await telegram.wait_for(lambda: len(recalled(tmp_path / "menus.json")) == EVERYTHING)
        assert [call for call in calls(telegram) if call.startswith("set")] == ["setChatMenuButton"]


async def test_after_a_month_it_is_compared_again_while_the_bot_runs(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    now = NOW
    pace = replace(PACE, menus=0.01)
    async with running(connected(telegram, tmp_path, pace, lambda: now), taken):
        await telegram.wait_for(lambda: len(recalled(tmp_path / "menus.json")) == EVERYTHING)
        telegram.world.profile["description", "zh"] = "changed elsewhere"
        now += FRESH_SECONDS
        await telegram.wait_for(
            lambda: telegram.world.profile["description", "zh"] != "changed elsewhere"
        )


async def test_a_refusal_is_tried_again_from_where_it_came(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    telegram.refuse("setMyDescription", 429, "Too Many Requests: retry after 9", retry_after=9)
    async with running(connected(telegram, tmp_path, replace(PACE, menus=0.01)), taken):
        await telegram.wait_for(lambda: len(recalled(tmp_path / "menus.json")) == EVERYTHING)
    assert calls(telegram).count("getMyCommands") == 6


def test_what_is_due_is_what_changed_and_what_is_of_another_account() -> None:
    shown = all_shown(("en",))
    known = {each.name: (digest(each, 1), NOW) for each in shown}
    assert due(shown, known, 1, NOW) == []
    assert due(shown, known, 2, NOW) == shown
    assert due(shown, known, 1, NOW + FRESH_SECONDS) == shown
    assert due(shown, known, 1, NOW - 1) == shown, "a clock that was wrong does not count"
    other = replace(shown[0], words=("new other words",))
    assert due([other, *shown[1:]], known, 1, NOW) == [other]
    assert len({each.name for each in all_shown()}) == len(all_shown())


async def test_a_menu_that_cannot_be_set_keeps_nobody_waiting(
    adapter: Telegram, telegram: FakeTelegram, taken: Taken
) -> None:
    telegram.refuse("getMyCommands", 429, "Too Many Requests: retry after 3600", retry_after=3600)
    async with running(adapter, taken):
        telegram.user_sends("hello")
        await telegram.wait_for(lambda: taken.inbounds)


async def test_who_is_named_in_admins_finds_what_is_theirs_and_loses_it_with_the_name(
    telegram: FakeTelegram, tmp_path: Path, taken: Taken
) -> None:
    scope, stranger = json.dumps({"chat_id": USER, "type": "chat"}), USER + 5
    telegram.user_sends("/start")
    adapter = connected(telegram, tmp_path, replace(PACE, menus=0.01))
    adapter.admins = frozenset({str(USER), str(stranger), "x"})
    async with running(adapter, taken):
        await telegram.wait_for(lambda: ("commands", scope, "zh") in telegram.world.profile)
        telegram.user_sends("hello", user=stranger)
        theirs = scope.replace(str(USER), str(stranger))
        await telegram.wait_for(lambda: ("commands", theirs, "zh") in telegram.world.profile)
    shown = telegram.world.profile["commands", scope, ""]
    assert [row["command"] for row in shown] == [str(each) for each in operators_menu()]
    async with running(connected(telegram, tmp_path), taken):
        await telegram.wait_for(lambda: ("commands", scope, "zh") not in telegram.world.profile)
    assert ("commands", scope, "") not in telegram.world.profile


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
    shown = [spec.command for spec in SPECS if set(SCOPES.values()) - set(spec.left_out)]
    for command in shown:
        assert len(text(f"telegram.command_{command}", language)) <= 40, (
            "a phone shows about so many"
        )
