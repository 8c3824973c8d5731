"""Addresses are used as written where requests can be sent there, and refused in words where
not."""

import pytest

from bots.discord.settings import Settings as DiscordSettings
from bots.telegram.settings import Settings as TelegramSettings
from core.net import checked_address, checked_server
from core.settings import FromEnvironment, Settings, WrongSetting, read


@pytest.mark.parametrize(
    "address",
    [
        "https://api.telegram.org",
        "http://127.0.0.1:8081",
        "http://[::1]:8081",
        "http://bot_api:8081",
        "https://user:p%40ss@bot.example:8443",
        "https://bot.example/a/path",
        "HTTP://Bot.Example.",
        "http://бот.example",
        "http://localhost",
    ],
)
def test_an_address_is_used_as_written_but_for_the_last_slashes(address: str) -> None:
    assert checked_address(address) == checked_address(f"{address}//") == address


@pytest.mark.parametrize(
    "address",
    [
        "bot.example",
        "ftp://bot.example",
        "http://",
        "http:///path",
        "http://:8081",
        "http://bot example",
        "http://bot.example:0",
        "http://bot.example:99999",
        "http://bot.example:port",
        "http://[::1",
        "http://[fe80::1%25eth0]:1",
        "http://a..b",
        f"http://{'a' * 64}.example",
        "http://bot.example/{token}",
        "http://bot.example?x=1",
        "http://bot.example#x",
        "http://bot.example?",
        "http://bot.example\\x",
    ],
)
@pytest.mark.parametrize(
    ("settings", "name"),
    [
        (Settings, "NEMO_API_URL"),
        (TelegramSettings, "TELEGRAM_API_URL"),
        (DiscordSettings, "DISCORD_API_URL"),
    ],
)
def test_what_is_no_address_is_one_sentence_without_its_value(
    settings: type[FromEnvironment], name: str, address: str
) -> None:
    with pytest.raises(WrongSetting) as refusal:
        read(settings, {name: address.replace("://", "://me:secret@")})
    assert str(refusal.value).startswith(f"{name} cannot be used: it")
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("settings", "name"), [(Settings, "NEMO_API_URL"), (DiscordSettings, "DISCORD_API_URL")]
)
def test_where_a_token_goes_with_each_request_there_is_no_room_for_a_password(
    settings: type[FromEnvironment], name: str
) -> None:
    with pytest.raises(WrongSetting, match="user and a password"):
        read(settings, {name: "https://me:secret@service.example"})


@pytest.mark.parametrize(
    "address", ["wss://[::1", "wss://", "https://gateway.example", "wss://a b"]
)
def test_a_gateway_that_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(WrongSetting, match="DISCORD_GATEWAY_URL cannot be used"):
        read(DiscordSettings, {"DISCORD_GATEWAY_URL": address})


def test_a_gateway_may_be_copied_with_its_query() -> None:
    address = "wss://gateway.example/?v=10&encoding=json"
    assert read(DiscordSettings, {"DISCORD_GATEWAY_URL": address}).discord_gateway_url == address


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        (Settings, "NEMO_TOKEN"),
        (DiscordSettings, "DISCORD_BOT_TOKEN"),
        (Settings, "NEMO_CLIENT_ID"),
        (Settings, "SKILL_SOURCE"),
    ],
)
@pytest.mark.parametrize("value", ["“secret”", "sec\nret", "secrét"])
def test_what_no_header_can_hold_is_refused_at_the_start(
    settings: type[FromEnvironment], name: str, value: str
) -> None:
    with pytest.raises(WrongSetting, match=f"{name} cannot be used") as refusal:
        read(settings, {name: value})
    assert value not in str(refusal.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://bot@db.example/bot",
        "postgresql://bot:a%40b%2Fc:d!$&'()*+,;=-._~@db.example:5432/bot?sslmode=require",
        "postgresql://bot@[::1]:5432,db-2.example:5433/bot?target_session_attrs=read-write",
        "postgresql://postgres:@/bot?host=/var/run/postgresql",
        "postgresql://bot@%2Fvar%2Frun/bot",
        "postgresql:///bot",
    ],
)
def test_it_is_used_as_written(address: str) -> None:
    assert checked_server(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://bot:secret%zz@db.example/bot",
        "postgresql://bot:secret%00@db.example/bot",
        "postgresql://bot:secret%@db.example/bot",
        "postgresql://bot:sec/ret@db.example/bot",
        "postgresql://bot:sec?ret@db.example/bot",
        "postgresql://bot:sec#ret@db.example/bot",
        "postgresql://bot:sec@ret@db.example/bot",
        "postgresql://bot:sec ret@db.example/bot",
        "postgresql://bot@db.example/bot?password=sec@ret",
        "postgresql://bot:secret",
        "postgresql://bot@db.example:secret/bot",
        "postgresql://bot:secret@[::1/bot",
    ],
)
def test_one_that_is_read_otherwise_than_meant_is_refused_and_not_shown(address: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be read|host or port") as refused:
        checked_server(address)
    assert "sec" not in str(refused.value)
