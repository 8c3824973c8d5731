"""`python -m bots doctor`: what does not work is found and named with its remedy, by real sockets
and real files."""

import json
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from bots import discord, telegram
from bots.doctor import database, folders, installation, live, network, report, variables
from bots.doctor.examination import examined
from bots.sandbox.standin.app import StandIn
from bots.telegram import examining
from bots.telegram.settings import Settings as TelegramSettings
from core import vault
from core.connections import Answer, Asking, Unreachable
from core.connections.asking import said
from core.domain.operating import Pause
from core.net import DIRECT, proxies_from
from core.ops.findings import Finding, Sign, exit_code, note, well, wrong
from core.settings import Environment, Settings, read
from core.store.sqlite import SqliteStore
from core.store.sqlite.outside import SqliteOutside
from tests.backend import quick_standin
from tests.servers.discord import FakeDiscord
from tests.servers.telegram import FakeTelegram
from tests.world import settings_for

NOW = 1_790_000_000.0


def codes(findings: list[Finding]) -> dict[str, Sign]:
    return {finding.code: finding.sign for finding in findings}


async def all_of(findings: AsyncIterator[Finding]) -> list[Finding]:
    return [finding async for finding in findings]


@pytest.fixture
async def service() -> AsyncIterator[tuple[StandIn, str]]:
    standin = quick_standin()
    async with standin.serving() as url:
        yield standin, url


# All together


async def test_a_whole_installation_is_well_from_end_to_end(
    tmp_path: Path, service: tuple[StandIn, str]
) -> None:
    async with FakeTelegram() as fake, FakeDiscord() as server:
        fake.user_sends("hi")  # so that nobody waits for the next message
        environment = {
            "NEMO_API_URL": service[1],
            "TELEGRAM_BOT_TOKEN": fake.token,
            "TELEGRAM_API_URL": fake.url,
            "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.sqlite'}",
            **server.environment,
        }
        found = await all_of(examined(environment, tmp_path / ".env", deep=True))
        waiting = [update for update in fake.world.updates if not update.confirmed]

    assert [finding.line for finding in found if finding.sign is Sign.WRONG] == []
    assert {"telegram", "discord", "discord-servers", "nemo", "clock", "live-claim"} <= {
        *codes(found)
    }
    assert len(waiting) == 1, "the message stays for the bot"
    assert service[0].asked("turn") == [], "nothing is paid for"
    told = json.loads(report.report(found, "1", NOW))
    assert told["video service"]["Does the host answer?"] == "yes"
    assert str(tmp_path) not in json.dumps(told)
    assert fake.token not in json.dumps(told) + "".join(finding.line for finding in found)


async def test_without_a_token_it_says_how_to_try_it(
    tmp_path: Path, service: tuple[StandIn, str]
) -> None:
    own = {"NEMO_API_URL": service[1], "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.sqlite'}"}
    lines = [finding.line for finding in await all_of(examined(own, tmp_path / ".env"))]
    assert "! Discord: not set up. Set DISCORD_BOT_TOKEN to serve it." in lines
    assert lines[-1] == "! Chats: none is set up. To try it without: python -m bots web"


async def test_with_a_token_it_speaks_of_no_trial(
    tmp_path: Path, service: tuple[StandIn, str]
) -> None:
    async with FakeTelegram() as fake:
        own = {
            "NEMO_API_URL": service[1],
            "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.sqlite'}",
            "TELEGRAM_BOT_TOKEN": fake.token,
            "TELEGRAM_API_URL": fake.url,
        }
        found = codes(await all_of(examined(own, tmp_path / ".env")))
    assert "no-token" in found
    assert "no-chat" not in found


async def test_the_report_is_for_its_owner_alone(tmp_path: Path) -> None:
    found = [note("Discord", 'on the server "Anna & friends" as @anna at /home/anna/x')]
    report.write(tmp_path / "r.json", report.report(found, "1", NOW))
    text = (tmp_path / "r.json").read_text(encoding="utf-8")
    assert "nna" not in text
    assert (tmp_path / "r.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ([], 0),
        ([well("a", "b")], 0),
        ([well("a", "b"), note("a", "b")], 1),
        ([wrong("a", "b", "c"), note("a", "b")], 2),
    ],
)
def test_the_exit_code_is_that_of_the_worst(findings: list[Finding], code: int) -> None:
    assert exit_code(findings) == code


def test_a_line_names_the_remedy() -> None:
    assert wrong("Disk", "full.", "Make room.").line == "✗ Disk: full. Make room."
    assert well("Clock", "right.").line == "✓ Clock: right."


# This machine


def test_a_library_that_is_missing_is_named() -> None:
    optional = {"no_such_module": ("Left out.", "x")}
    assert codes(list(installation.findings(optional))) == {
        "libraries": Sign.WELL,
        "without-no_such_module": Sign.NOTE,
    }


def test_names_nobody_reads_and_values_that_cannot_be_used_are_all_told(tmp_path: Path) -> None:
    file = {"TELEGRAM_BOTTOKEN": "x", "FRUIT": "apple", "HTTPS_PROXY": "http://p:1"}
    environment = {
        **file,
        "NEMO_RENDER_POLL_SECONDS": "soon",
        "LOG_LEVEL": "LOUD",
        "DISCORD_SHARDS": "many",
        "PROXY_URL": "ftp://x",
        "nemo_tokn": "nmv_usr_secret",
    }
    found = list(variables.findings(file, environment, tmp_path / ".env"))
    lines = [finding.line for finding in found]
    for name in ("NEMO_RENDER_POLL_SECONDS", "LOG_LEVEL", "DISCORD_SHARDS", "PROXY_URL"):
        assert sum(line.startswith(f"✗ Settings: {name} cannot be used") for line in lines) == 1
    assert any(
        "TELEGRAM_BOTTOKEN" in line and "TELEGRAM_BOT_TOKEN meant?" in line for line in lines
    )
    assert any("FRUIT" in line and "Take the line out" in line for line in lines)
    assert any("nemo_tokn" in line and "NEMO_TOKEN meant?" in line for line in lines)
    assert "secret" not in "".join(lines)
    assert not any("HTTPS_PROXY" in line for line in lines)


def test_settings_that_can_be_used_are_one_line(tmp_path: Path) -> None:
    (found,) = variables.findings({"NEMO_SKILL": "x"}, {"NEMO_SKILL": "x"}, tmp_path / ".env")
    assert found.sign is Sign.WELL
    (found,) = variables.findings({}, {}, tmp_path / ".env")
    assert "which is optional" in found.said


def settings(folder: Path, **more: str) -> Settings:
    return settings_for(folder, "http://127.0.0.1:9", more)


def test_a_folder_that_is_a_file_and_one_that_others_can_read(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    assert codes(list(folders.findings(settings(tmp_path / "taken"))))["folder"] is Sign.WRONG
    open_file = tmp_path / "bot.sqlite"
    open_file.touch()
    open_file.chmod(0o644)
    (found,) = [f for f in folders.findings(settings(tmp_path)) if f.code == "modes"]
    assert found.sign is Sign.NOTE
    assert f"chmod go-rwx {open_file}" in found.remedy
    open_file.chmod(0o600)
    assert codes(list(folders.findings(settings(tmp_path)))) == {
        "folder": Sign.WELL,
        "disk": Sign.WELL,
    }


@pytest.mark.parametrize(
    ("free", "sign"),
    [(folders.LEAST - 1, Sign.WRONG), (folders.SCARCE - 1, Sign.NOTE), (folders.SCARCE, Sign.WELL)],
)
def test_a_disk_that_fills_up_is_told(free: int, sign: Sign) -> None:
    assert folders.room(free).sign is sign


async def test_a_sound_database_is_told_with_what_runs_on_it(tmp_path: Path) -> None:
    here = settings(tmp_path)
    assert codes(list(database.findings(here))) == {"no-database": Sign.WELL}
    store = await SqliteStore.open(here.database)
    assert "a bot runs on it" in next(iter(database.findings(here))).said
    await store.close()
    found = list(database.findings(here))
    assert codes(found) == {"database": Sign.WELL, "keys": Sign.WELL}
    SqliteOutside(here.database).operated(Pause(0.0), 0.0)
    assert codes(list(database.findings(here)))["paused"] is Sign.NOTE
    assert "no bot runs on it" in found[0].said


def test_a_lock_that_nobody_holds_is_no_bot(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite"
    assert not SqliteOutside(path).is_in_use()
    with FileLock(f"{path}.lock"):
        assert SqliteOutside(path).is_in_use()
    assert not SqliteOutside(path).is_in_use()


@pytest.mark.parametrize(
    ("spoil", "code", "sign"),
    [
        (lambda db: db.execute("PRAGMA user_version = 900"), "schema", Sign.WRONG),
        (lambda db: db.execute("PRAGMA user_version = 1"), "schema", Sign.NOTE),
        (
            lambda db: db.execute(
                "INSERT INTO accounts (user, platform, client_id, token) "
                "VALUES ('u', 'telegram', 'c', 'sealed')"
            ),
            "keys",
            Sign.WRONG,
        ),
    ],
    ids=["of a newer version", "of an older version", "tokens without their key"],
)
async def test_a_database_that_does_not_fit_is_told(
    tmp_path: Path, spoil: Callable[[sqlite3.Connection], object], code: str, sign: Sign
) -> None:
    here = settings(tmp_path)
    await (await SqliteStore.open(here.database)).close()
    with closing(sqlite3.connect(here.database)) as db:
        spoil(db)
        db.commit()
    assert codes(list(database.findings(here)))[code] is sign


async def test_keys_of_somebody_else_are_told(tmp_path: Path) -> None:
    here = settings(tmp_path, SECRETS_KEY="the sentence")
    await (await SqliteStore.open(here.database)).close()
    sealed = vault.load("the sentence", tmp_path / "secrets.key").seal("nmv_usr_x")
    with closing(sqlite3.connect(here.database)) as db:
        db.execute(
            "INSERT INTO accounts (user, platform, client_id, own) VALUES ('u', 't', 'c', ?)",
            (sealed,),
        )
        db.commit()
    assert codes(list(database.findings(here)))["keys"] is Sign.WELL
    other = settings(tmp_path, SECRETS_KEY="another sentence")
    assert codes(list(database.findings(other)))["keys"] is Sign.WRONG


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    here = settings(tmp_path)
    here.database.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    (found,) = database.findings(here)
    assert (found.sign, found.code) == (Sign.WRONG, "broken")
    assert "restore" in found.remedy


# The way out


async def looked_at(url: str, environment: Environment | None = None) -> list[Finding]:
    here = read(Settings, {"NEMO_API_URL": url, "DATABASE_URL": "sqlite:////x/y"})
    async with Asking(proxies_from(environment or {})) as asking:
        return await all_of(network.findings(here, asking))


async def test_a_service_that_cannot_be_reached_is_told() -> None:
    (found,) = await looked_at("http://127.0.0.1:9")
    assert (found.sign, found.code) == (Sign.WRONG, "nemo-unreachable")
    assert "no connection" in found.said


async def test_a_proxy_that_is_not_there_is_told() -> None:
    way, found = await looked_at("http://192.0.2.1", {"PROXY_URL": "http://me:word@127.0.0.1:9"})
    assert "http://127.0.0.1:9 leads" in way.said
    assert "word" not in way.line + found.line
    assert found.sign is Sign.WRONG


@pytest.mark.parametrize(
    ("skew", "sign"),
    [(None, Sign.NOTE), (3.0, Sign.WELL), (-90.0, Sign.WRONG), (3600.0, Sign.WRONG)],
)
def test_a_clock_that_is_wrong_is_told(skew: float | None, sign: Sign) -> None:
    assert network.clock(Answer(200, None, skew)).sign is sign


async def test_the_skew_is_read_from_the_other_sides_date(service: tuple[StandIn, str]) -> None:
    async with Asking(DIRECT, lambda: NOW) as asking:
        answer = await asking.get(service[1])
    assert answer.skew is not None


def test_why_there_was_no_answer_is_told_in_words() -> None:
    assert said(TimeoutError()) == "the answer broke off"
    assert (
        said(OSError("[SSL: CERTIFICATE_VERIFY_FAILED]")) == "its certificate is not trusted here"
    )


async def test_what_is_no_address_is_unreachable() -> None:
    async with Asking() as asking:
        with pytest.raises(Unreachable):
            await asking.get("http://")


# The video service


async def test_an_own_token_costs_no_free_one(service: tuple[StandIn, str], tmp_path: Path) -> None:
    standin, url = service
    standin.add_token("nmv_usr_own", credits=0)
    here = settings_for(tmp_path, url, {"NEMO_TOKEN": "nmv_usr_own"})
    found = await all_of(live.findings(here, DIRECT))
    assert codes(found)["live-own-token"] is Sign.WELL
    assert codes(found)["live-no-credits"] is Sign.NOTE
    assert "live-notice" not in codes(found)
    assert standin.asked("token") == []


async def test_a_token_that_is_refused_is_told(
    service: tuple[StandIn, str], tmp_path: Path
) -> None:
    here = settings_for(tmp_path, service[1], {"NEMO_TOKEN": "nmv_usr_nobody"})
    found = await all_of(live.findings(here, DIRECT))
    assert found[-1].sign is Sign.WRONG
    assert found[-1].code == "live-session-TokenRejected"


async def test_the_quota_of_free_tokens_is_told(
    service: tuple[StandIn, str], tmp_path: Path
) -> None:
    standin, url = service
    standin.faults.set("token", "http:429=7")
    found = await all_of(live.findings(settings_for(tmp_path, url), DIRECT))
    assert [finding.code for finding in found] == ["live-notice", "live-token-Busy"]


# Telegram


async def at_telegram(fake: FakeTelegram, **more: str) -> list[Finding]:
    own = {"TELEGRAM_BOT_TOKEN": fake.token, "TELEGRAM_API_URL": fake.url, **more}
    async with Asking() as asking:
        return await all_of(
            examining.findings(read(TelegramSettings, own), asking, runs=False, listened=0)
        )


async def test_a_token_that_telegram_does_not_know() -> None:
    async with FakeTelegram() as fake:
        (found,) = await at_telegram(fake, TELEGRAM_BOT_TOKEN="123:wrong")
    assert (found.sign, found.code) == (Sign.WRONG, "telegram-token")
    assert "BotFather" in found.remedy
    assert "wrong" not in found.line


async def test_a_server_that_is_no_telegram_and_one_that_is_away(
    service: tuple[StandIn, str],
) -> None:
    async with FakeTelegram() as fake:
        fake.answer_raw("getMe", 200, "<html>")
        assert codes(await at_telegram(fake)) == {"telegram-answer": Sign.WRONG}
        away = await at_telegram(fake, TELEGRAM_API_URL="http://127.0.0.1:9")
    assert codes(away) == {"telegram-unreachable": Sign.WRONG}


async def test_another_program_at_the_same_token_is_told() -> None:
    async with FakeTelegram() as fake:
        fake.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request")
        assert codes(await at_telegram(fake))["telegram-poller"] is Sign.NOTE


async def test_a_bot_that_runs_here_is_not_disturbed() -> None:
    async with FakeTelegram() as fake, Asking() as asking:
        own = {"TELEGRAM_BOT_TOKEN": fake.token, "TELEGRAM_API_URL": fake.url}
        await telegram.examine(own, asking, runs=True)
        assert fake.calls("getUpdates") == []


async def test_a_foreign_webhook_and_what_it_cannot_do_is_told() -> None:
    async with FakeTelegram() as fake:
        fake.world.webhook |= {
            "url": "https://other.example.com/x",
            "last_error_message": "Connection refused",
            "pending_update_count": 5000,
        }
        found = codes(await at_telegram(fake))
        assert found["telegram-webhook"] is Sign.NOTE
        assert found["telegram-webhook-error"] is Sign.NOTE
        assert found["telegram-waiting"] is Sign.NOTE
        fake.world.webhook["url"] = ""
        ours = await at_telegram(fake, TELEGRAM_WEBHOOK_URL="https://bot.example.com/t")
    assert codes(ours)["telegram-webhook-unset"] is Sign.NOTE


async def test_what_the_bot_sees_in_groups_is_told() -> None:
    async with FakeTelegram(privacy=False) as fake:
        assert codes(await at_telegram(fake))["telegram-privacy"] is Sign.NOTE
    async with FakeTelegram() as fake:
        assert codes(await at_telegram(fake))["telegram"] is Sign.WELL


# Discord


async def at_discord(fake: FakeDiscord, **more: str) -> list[Finding]:
    async with Asking() as asking:
        return await discord.examine({**fake.environment, **more}, asking, runs=False)


async def test_a_token_that_discord_does_not_know() -> None:
    async with FakeDiscord() as fake:
        (found,) = await at_discord(fake, DISCORD_BOT_TOKEN="wrong.token")
    assert (found.sign, found.code) == (Sign.WRONG, "discord-token")
    assert "wrong.token" not in found.line


async def test_discord_in_trouble_and_discord_away() -> None:
    async with FakeDiscord() as fake:
        fake.refuse("GET /applications/@me", 500)
        assert codes(await at_discord(fake)) == {"discord-answer": Sign.WRONG}
        away = await at_discord(fake, DISCORD_API_URL="http://127.0.0.1:9/api/v10")
    assert codes(away) == {"discord-unreachable": Sign.WRONG}


async def test_rights_that_are_lacking_are_told_by_server() -> None:
    async with FakeDiscord() as fake:
        fake.world.lacking = {"attach_files"}
        found = await at_discord(fake)
    (lacking,) = [finding for finding in found if finding.code == "discord-rights"]
    assert '"A server" it lacks: attach files.' in lacking.said


async def test_a_bot_that_is_nowhere_and_cannot_be_added_is_told() -> None:
    async with FakeDiscord() as fake:
        fake.guild.inside = False
        fake.world.installable = {"0": {}}
        found = codes(await at_discord(fake))
    assert found["discord-install"] is Sign.NOTE
    assert found["discord-nowhere"] is Sign.NOTE
    assert found["discord-commands"] is Sign.NOTE


def test_the_example_of_an_environment_has_no_name_that_nobody_reads() -> None:
    root = Path(__file__).parents[3]
    text = (root / ".env.example").read_text(encoding="utf-8")
    names = re.findall(r"^(?:# )?([A-Z_]+)=", text, re.M)
    assert len(names) > 50
    assert set(names) <= {*variables.known()}
