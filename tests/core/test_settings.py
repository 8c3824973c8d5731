"""Settings are read from variables only, and a wrong one is named in one sentence with an
example."""

import pytest

from core.settings import Settings, WrongSetting, read


def test_empty_variables_count_as_unset() -> None:
    assert read(Settings, {"NEMO_TOKEN": "", "LOG_LEVEL": " ", "BOTS": ""}) == read(Settings, {})


def test_names_of_bots_are_a_comma_list() -> None:
    assert read(Settings, {"BOTS": "telegram, discord,"}).bots == ("telegram", "discord")


def test_the_environment_of_the_process_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEMO_RENDER_POLL_SECONDS", "7")
    assert read(Settings, {}).nemo_render_poll_seconds == 30


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEMO_RENDER_POLL_SECONDS", "soon"),
        ("NEMO_RENDER_POLL_SECONDS", "-1"),
        ("STILL_WORKING_SECONDS", "0"),
        ("NEMO_API_URL", "nemovideo.ai"),
        ("NEMO_TOKEN_MODE", "both"),
        ("DATABASE_URL", "postgres://db"),
        ("DATABASE_URL", "sqlite:///"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
        ("SKILLS_FOLDER", "~nobody-here/skills"),
        ("FILES_PER_REQUEST", "²"),
        ("MB_PER_REQUEST", "9" * 400),
    ],
)
def test_a_wrong_value_is_one_sentence_with_name_reason_and_example(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as refusal:
        read(Settings, {name: value})
    sentence = str(refusal.value)
    assert sentence.startswith(f"{name} cannot be used: ")
    assert f"Example: {name}=" in sentence
    assert "\n" not in sentence


def test_secrets_are_not_shown() -> None:
    settings = read(Settings, {"NEMO_TOKEN": "nmv_usr_secret", "SECRETS_KEY": "very-secret"})
    assert "secret" not in repr(settings).replace("secrets_key", "")


def test_who_has_no_home_has_to_say_where_the_database_lies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = read(Settings, {"DATABASE_URL": "sqlite:///~nobody-here/bot.sqlite"})
    with pytest.raises(WrongSetting, match="no home folder"):
        _ = settings.database
    for name in ("HOME", "XDG_DATA_HOME", "USERPROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    settings = read(Settings, {})
    with pytest.raises(WrongSetting, match="DATABASE_URL cannot be used"):
        _ = settings.database
