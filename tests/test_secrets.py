"""Everything at DEBUG, libraries too, on both platforms: no secret in what is printed, stored,
copied or posted."""

import asyncio
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from core.messages import Command
from core.settings import WrongSetting
from tests import forking
from tests.backend import quick_standin
from tests.process import ROOT, Scene, scene, until
from tests.servers.discord import FakeDiscord, Photo
from tests.test_walk import said as begins
from tests.world import photo, world

OPERATOR, OWN, THEIRS = (
    "nmv_usr_operator-0123456789",
    "nmv_usr_own-of-somebody-0123456789",
    "nmv_usr_wrong-0123456789",
)
HOOK, KEY, OLD = (
    "the-webhook-word_0123456789",
    "a very private sentence",
    "the sentence of last year",
)
MADE = ("nmv_usr_", "clm_")
"""How the tokens begin that the backend hands out; none of them may lie anywhere in plain."""


def a_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def found(folder: Path, secrets: dict[str, str]) -> Iterator[str]:
    """Every file of the folder that holds a secret: database, its log of changes, copies, key,
    printed lines."""
    for file in (file for file in folder.rglob("*") if file.is_file()):
        with suppress(FileNotFoundError):
            held = file.read_bytes()
            yield from (
                f"{name} in {file.name}"
                for name, secret in secrets.items()
                if secret.encode() in held
            )


def said(here: Scene, discord: FakeDiscord) -> str:
    """All that the bot has said to anybody, with the addresses behind its buttons."""
    telegram = [
        f"{seen.text} {seen.buttons}"
        for chat in here.telegram.world.chats
        for seen in here.telegram.chat(chat)
    ]
    posted = [f"{message.content} {message.buttons}" for message in discord.bot_says()]
    return "\n".join(line for line in (*telegram, *posted) if "/login" not in line)


async def life(here: Scene, discord: FakeDiscord) -> None:
    """A day of this bot: videos, logins, refusals, trouble, a defect, a copy of the database."""
    standin, telegram = here.standin, here.telegram
    standin.add_token(OPERATOR)
    standin.add_token(OWN, 10_000)
    standin.faults.set("upload", "reset")
    standin.faults.set("state", "malformed")
    telegram.user_sends("turn this into a 2-second video", photo=photo())
    await until(lambda: any(seen.video for seen in telegram.said()))
    telegram.user_sends(f"/login {OWN}")
    await until(lambda: "logged in" in telegram.transcript())
    telegram.user_sends(f"/login {THEIRS}", user=1002)
    await until(lambda: "was not accepted" in telegram.transcript(1002))
    telegram.user_sends("/mydata")
    await until(lambda: any(seen.document for seen in telegram.said()))
    discord.slash("video", {"prompt": "a 2-second video"}, [Photo("a.jpg", photo())])
    form = discord.slash("login")
    await until(lambda: form.modal)
    discord.submits(form, {"words": OWN})
    await until(lambda: any(message.files for message in discord.bot_says()))
    telegram.refuse("sendChatAction", 400, f"Bad Request: /bot{telegram.token}/sendMessage")
    telegram.drop("sendMessage")
    telegram.user_sends("/credits", user=1003)
    await until(lambda: "credits left" in telegram.transcript(1003))
    assert await here.command("backup", "copy.sqlite") == 0


async def test_no_secret_is_printed_stored_or_posted_whatever_happens(tmp_path: Path) -> None:
    port, standin = a_port(), quick_standin(quota=False, credits=10**6)
    async with FakeDiscord() as discord:
        more: dict[str, Any] = discord.environment | {
            "LOG_LEVEL": "DEBUG",
            "LOG_LIBRARIES": "1",
            "NEMO_TOKEN": OPERATOR,
            "NEMO_TOKEN_MODE": "fallback",
            "SECRETS_KEY": f"{KEY},{OLD}",
            "TELEGRAM_WEBHOOK_URL": "https://bot.example/hook",
            "TELEGRAM_WEBHOOK_SECRET": HOOK,
            "PORT": str(port),
        }
        async with scene(tmp_path, standin, **more) as here:
            here.telegram.webhook_door = f"http://127.0.0.1:{port}"
            await here.bot.start()
            await until(lambda: here.telegram.world.webhook["url"] and discord.gateway.identified)
            here.telegram.world.changed()
            try:
                await life(here, discord)
            except TimeoutError:
                raise AssertionError(
                    f"{here.telegram.transcript()}\n{discord.transcript()}"
                ) from None
            secrets = {
                "the Telegram token": here.telegram.token,
                "its secret half": here.telegram.token.partition(":")[2],
                "the Discord token": discord.token,
                "the operator's token": OPERATOR,
                "a user's own token": OWN,
                "a wrong token": THEIRS,
                "the webhook's secret": HOOK,
                "the key": KEY,
                "the old key": OLD,
            } | {f"a token of the backend ({mark})": mark for mark in MADE}
            tickets = {
                f"an interaction's token {n}": token
                for n, token in enumerate(discord.world.interactions)
            }
            assert "DEBUG aiosqlite" in here.bot.log, "the libraries do speak"
            assert "HTTP Request" in here.bot.log
            assert "discord.gateway" in here.bot.log
            assert sorted(set(found(tmp_path, secrets))) == []
            assert [name for name, token in tickets.items() if token in here.bot.log] == []
            told = said(here, discord)
            assert [
                name for name, secret in secrets.items() if secret in told and secret not in MADE
            ] == []
            assert "nmv_usr_" not in told
            assert all(
                "workspace/claim?ct=" in line for line in told.splitlines() if "clm_" in line
            )
            stored = [f"{name} in {file.name}" for file in tmp_path.glob("*.sqlite*") for name,
            token in tickets.items()
                      if token.encode() in file.read_bytes()]  # fmt: skip
            assert stored == []


@pytest.mark.parametrize(
    "wrong",
    [
        {
            "TELEGRAM_WEBHOOK_SECRET": "no spaces allowed nmv_usr_x",
            "TELEGRAM_WEBHOOK_URL": "https://x.example/",
        },
        {"NEMO_API_URL": "nmv_usr_in-the-wrong-place"},
        {"LOG_LEVEL": "nmv_usr_in-the-wrong-place"},
        {
            "BOTS": "telegram",
            "TELEGRAM_BOT_TOKEN": "7000000001:nmv_usr_",
            "TELEGRAM_API_URL": "nmv_usr_x",
        },
        {"NEMO_QUIET_SECONDS": "nmv_usr_in-the-wrong-place"},
        {"DATABASE_URL": "nmv_usr_in-the-wrong-place"},
    ],
)
def test_a_wrong_setting_is_told_without_its_value(tmp_path: Path, wrong: dict[str, str]) -> None:
    more = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    env = {"TELEGRAM_BOT_TOKEN": "7000000001:AAAA-secret-half", **more, **wrong}
    done = forking.ran((), tmp_path, env)
    printed = done.stdout + done.stderr
    assert done.returncode == 2, printed
    assert "nmv_usr_" not in printed
    assert "secret-half" not in printed
    assert len(printed.strip().splitlines()) == 1


DEFECT = """
import sys
from core.ops.logs import configure
configure("INFO", "console", ["a very private sentence"])
url = "https://api.telegram.org/bot123456789:AAF-abcdefghijklmnopqrstuvwxyz012345"
raise RuntimeError(f"{url} a very private sentence")
"""


def test_what_ends_the_process_is_printed_without_secrets(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DEFECT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert "RuntimeError" in done.stderr
    assert "AAF-" not in done.stderr
    assert "https://api.telegram.org/bot*** ***" in re.sub(
        r"\s+", " ", done.stderr.splitlines()[-1]
    )
    assert asyncio.iscoroutinefunction(life)


async def test_a_key_that_does_not_fit_stops_the_start_and_an_old_one_beside_the_new_one_fits(
    tmp_path: Path,
) -> None:
    async with world(tmp_path, SECRETS_KEY=OLD) as here:
        here.standin.add_token(OWN, 100)
        await here.adapter.says(OWN, command=Command.LOGIN)
        await begins(here, "🔑 You're logged in")
    with pytest.raises(WrongSetting, match="does not open the tokens") as refused:
        async with world(tmp_path, SECRETS_KEY=KEY):
            pass
    assert KEY not in str(refused.value)
    async with world(tmp_path, SECRETS_KEY=f"{KEY},{OLD}") as here:
        here.standin.add_token(OWN, 100)
        await here.adapter.says("", command=Command.CREDITS)
        await begins(here, "💳 You have 100 credits left")
