"""The words of Discord in every language: what its limits allow, and the names that they call
things by."""

import re
from collections import Counter

import pytest

from core.i18n import LANGUAGES, catalogue, text
from core.messages import Command
from core.skills import load
from tests.servers.discord.checks import NAME

EACH = pytest.mark.parametrize("language", LANGUAGES)
OPTIONS = {
    "video": (
        "prompt",
        *(f"photo{number}" for number in range(1, 11)),
        "aspect",
        "length",
        "title",
        "music",
        "skill",
    ),
    "settings": ("state", "channels", "language", "skill", "daily"),
}
LONGEST = {
    r"(about_|option_\w+_about|form_\w+_about)": 100,
    r"form_": 45,
    r"(aspect|length|state|channels)_": 100,
}
"""Characters by the beginning of a key."""


def limit(name: str) -> int | None:
    return next((most for pattern, most in LONGEST.items() if re.match(pattern, name)), None)


@EACH
def test_names_of_commands_and_options_are_such_as_discord_takes(language: str) -> None:
    words = {
        key.partition(".")[2]: text(key, language)
        for key in catalogue("en").phrases
        if _is_name(key)
    }
    assert [
        name for name in words.values() if not NAME.fullmatch(name) or name != name.lower()
    ] == []
    commands = Counter(
        words[f"name_{command}"] for command in Command if f"name_{command}" in words
    )
    options = (Counter(words[f"option_{option}"] for option in of) for of in OPTIONS.values())
    assert [
        name for names in (commands, *options) for name, times in names.items() if times > 1
    ] == []
    assert len(text("discord.menu_video", language)) <= 32


def _is_name(key: str) -> bool:
    return bool(re.fullmatch(r"discord\.(name_\w+|option_[a-z0-9]+)", key))


@EACH
def test_texts_are_no_longer_than_discord_takes(language: str) -> None:
    """A form that is too long does not open at all, a command that is too long takes all others
    with it."""
    long = {
        key: len(text(key, language))
        for key, phrase in catalogue("en").phrases.items()
        if key.startswith("discord.") and isinstance(phrase, str) and "{" not in phrase
        if (most := limit(key.partition(".")[2])) and len(text(key, language)) > most
    }
    assert long == {}
    assert [skill.slug for skill in load().values() if len(skill.title[language]) > 100] == []


CALLED = {
    "how": ("video",), "hint": ("video", "edit"), "send": ("video",), "change": ("edit",),
}  # fmt: skip
BY_MENU = ("how", "hint", "send")


@EACH
def test_words_for_a_server_call_commands_as_they_are_named_there(language: str) -> None:
    named = {
        command: f"/{text(f'discord.name_{command}', language)}"
        for command in ("video", "edit", "help")
    }
    for key, commands in CALLED.items():
        words = text(f"group_discord.{key}", language)
        assert [command for command in commands if named[command] not in words] == [], key
        assert key not in BY_MENU or text("discord.menu_video", language) in words, key
    assert named["edit"] in text("discord.cannot_read", language)
    assert named["video"] in text("discord.no_photo_there", language)
    assert named["video"] in text("discord.role_named", language)
    assert named["help"] in text("discord.old_button", language)


BUTTONS = {
    "result.broken_file": "export", "result.no_file": "export", "trouble.no_credits_own": "again",
    "trouble.converter_busy": "again", "privacy.photos": "again",
    "group_discord.change": "edit",
}  # fmt: skip


@EACH
def test_words_that_send_somebody_to_a_button_call_it_by_its_label(language: str) -> None:
    labels = {
        key: text(f"button.{button}", language).partition(" ")[2] for key, button in BUTTONS.items()
    }
    phrases = {key: text(key, language, limit=1, platform="", name="", link="") for key in BUTTONS}
    assert {
        key: label for key, label in labels.items() if label.lower() not in phrases[key].lower()
    } == {}
