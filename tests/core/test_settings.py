"""Settings are read from variables only, and a wrong one is named in one sentence with an
example."""

import re
from datetime import date

import pytest

from core.settings import (
    FromEnvironment,
    SecretStr,
    Settings,
    WrongSetting,
    example,
    read,
    variable,
    variables,
)
from tests.pages import settings_classes

A_VIDEO, A_CHANGE = 100, 50
"""Credits."""


def test_empty_variables_count_as_unset() -> None:
    assert read(Settings, {"NEMO_TOKEN": "", "LOG_LEVEL": " ", "BOTS": ""}) == read(Settings, {})


def test_an_empty_variable_hides_none_of_the_same_name() -> None:
    assert read(Settings, {"LOG_LEVEL": "ERROR", "log_level": " "}).log_level == "ERROR"


def test_the_sandbox_gives_enough_for_a_video_and_several_changes() -> None:
    given = read(Settings, {}).sandbox_credits
    assert given >= A_VIDEO + 3 * A_CHANGE


def test_what_only_the_start_knows_is_read_from_no_variable() -> None:
    assert read(Settings, {"SANDBOX": "1"}).sandbox is False
    assert "sandbox" not in variables(Settings)


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
        ("DATABASE_URL", "postgresql://bot:sec@ret@db/bot"),
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


@pytest.mark.parametrize(
    ("name", "values", "wanted"),
    [
        ("FILES_PER_REQUEST", ("many", "1.5", "²", "٣", "１", "-1"), "a whole number, 0 or more"),
        ("TURNS_AT_ONCE", ("0", "1e3"), "a whole number, 1 or more"),
        ("STATUS_PORT", ("http", "65536", "-1"), "a whole number from 0 to 65535"),
        ("GATHER_SECONDS", ("soon", "-1", "nan", "inf", "٣", "31"), "a number from 0 to 30"),
        ("STILL_WORKING_SECONDS", ("0", "1h"), "a number from 0.05 to 3600"),
        ("LOG_LIBRARIES", ("maybe", "2"), "1 for yes or 0 for no"),
        ("LOG_LEVEL", ("LOUD",), "DEBUG, INFO, WARNING or ERROR"),
        ("NEMO_TOKEN_MODE", ("both",), "sole or fallback"),
    ],
)
def test_a_wrong_value_is_told_what_would_fit(
    name: str, values: tuple[str, ...], wanted: str
) -> None:
    (cls,) = [cls for cls in settings_classes() if name.lower() in variables(cls)]
    example = (variables(cls)[name.lower()].about.examples or ("",))[0]
    for value in values:
        with pytest.raises(WrongSetting) as refusal:
            read(cls, {name: value})
        assert str(refusal.value) == (
            f"{name} cannot be used: it must be {wanted}. Example: {name}={example}"
        )


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("GATHER_SECONDS", ".5", 0.5),
        ("GATHER_SECONDS", "2.", 2),
        ("GATHER_SECONDS", "007", 7),
        ("GATHER_SECONDS", "+1", 1),
        ("GATHER_SECONDS", "1e1", 10),
        ("FILES_PER_REQUEST", "60.0", 60),
        ("FILES_PER_REQUEST", "1_000", 1000),
        ("FILES_PER_REQUEST", "-0", 0),
    ],
)
def test_a_number_is_one_however_it_is_written(name: str, text: str, value: float) -> None:
    assert getattr(read(Settings, {name: text}), name.lower()) == value


@pytest.mark.parametrize("value", ["", "²", "-1", "~nobody-here/a", "nan", "9" * 400])
def test_no_setting_of_any_kind_is_refused_in_the_words_of_a_library(value: str) -> None:
    said = [_refusal(cls, name, value) for cls in settings_classes() for name in variables(cls)]
    assert [words for words in said if re.search("[Ii]nput|valid|pars|Example: .*=…", words)] == []


def _refusal(cls: type[FromEnvironment], name: str, value: str) -> str:
    try:
        read(cls, {name.upper(): value})
    except WrongSetting as refusal:
        return str(refusal)
    return ""


def test_what_has_no_words_of_its_own_is_shown_by_its_example() -> None:
    class Odd(FromEnvironment):
        odd: date | None = variable(default=None, examples=["2026-01-31"])

    with pytest.raises(WrongSetting, match="ODD cannot be used: it must be written as in the"):
        read(Odd, {"ODD": "soon"})


class Own(FromEnvironment):
    """As somebody else's adapter may have it."""

    least: "int" = variable(default=1, ge=1)
    most: "float" = variable(default=1, le=9)
    any_number: float = variable(default=1)
    plain: "int" = 1
    key: SecretStr = variable(default=SecretStr("kept"), description="The key")


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("LEAST", "0", "a whole number, 1 or more"),
        ("MOST", "10", "a number, 9 or less"),
        ("ANY_NUMBER", "nan", "a number"),
        ("PLAIN", "many", "a whole number"),
    ],
)
def test_an_adapter_of_ones_own_bounds_what_it_likes(name: str, value: str, wanted: str) -> None:
    with pytest.raises(WrongSetting, match=f"^{name} cannot be used: it must be {wanted}[.] "):
        read(Own, {name: value})
    assert getattr(read(Own, {name: "5"}), name.lower()) == 5


def test_what_an_adapter_of_ones_own_cannot_do_without_has_to_be_set() -> None:
    class Needy(FromEnvironment):
        door: int = variable(ge=1, examples=["7"])

    with pytest.raises(WrongSetting, match=r"^DOOR cannot be used: it must be a whole .*DOOR=7$"):
        read(Needy, {"DOOR": " "})
    assert read(Needy, {"DOOR": "3"}).door == 3


def test_the_secret_of_an_adapter_of_ones_own_waits_to_be_filled_in() -> None:
    assert example(Own).endswith("# The key\nKEY=\n\n")


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
