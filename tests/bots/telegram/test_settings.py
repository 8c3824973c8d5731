"""The adapter's variables: what is taken, what is refused with which sentence, and that no token
shows."""

from pathlib import Path

import pytest

from bots.telegram import Settings, connect
from core.settings import WrongSetting, read, variables

TOKEN = "123456789:AAE-made-up-token-for-tests-0123456789"


def test_without_a_token_there_is_no_telegram(tmp_path: Path) -> None:
    assert connect({}, tmp_path) is None
    assert connect({"TELEGRAM_BOT_TOKEN": " "}, tmp_path) is None


async def test_with_a_token_there_is_an_adapter_that_touches_no_network(tmp_path: Path) -> None:
    adapter = connect({"TELEGRAM_BOT_TOKEN": TOKEN}, tmp_path)
    assert adapter is not None
    assert (adapter.platform, adapter.edit_seconds, adapter.repeatable) == ("telegram", 3.0, False)
    assert (adapter.largest_upload, adapter.largest_download) == (50_000_000, 20_971_520)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "my secret words"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_LOCAL_MODE", "perhaps"),
        ("TELEGRAM_WEBHOOK_URL", "http://bot.example/hook"),
        ("TELEGRAM_WEBHOOK_URL", "https://bot.example:9000/hook"),
        ("TELEGRAM_WEBHOOK_SECRET", "two words"),
        ("PORT", "many"),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as caught:
        read(Settings, {name: value})
    sentence = str(caught.value)
    assert sentence.startswith(f"{name} cannot be used: ")
    assert f"Example: {name}=" in sentence
    assert "\n" not in sentence


def test_every_variable_has_words_and_an_example_that_can_be_used() -> None:
    for name, field in variables(Settings).items():
        assert field.about.description, name
        assert field.about.examples, name
        if "TOKEN" not in name.upper():
            read(Settings, {name.upper(): str(field.about.examples[0])})


def test_no_token_shows() -> None:
    settings = read(Settings, {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": "word-0815"})
    assert TOKEN not in repr(settings)
    assert "word-0815" not in repr(settings)
    assert (settings.token, settings.webhook_secret) == (TOKEN, "word-0815")
