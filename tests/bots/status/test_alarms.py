"""Admins are told in their chats what is wrong, once, and when it is over."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bots.status.alarms import FILE, Watch
from bots.status.state import Status
from core.adapter import Gone
from core.messages import Outbound
from core.ops.meter import Meter
from core.settings import Settings
from core.store import StoreBroken
from core.store.sqlite import SqliteStore
from core.store.sqlite.outside import SqliteOutside

NOW = 1_790_000_000.0


class Platform:
    """Takes messages, unless it is shut."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.shut = False

    async def send(self, message: Outbound, edit: str | None, nonce: str) -> str:
        if self.shut:
            raise Gone("shut")
        self.said.append((message.address.chat, message.text))
        return "1"


class Scene:
    """A bot that can be made to have trouble, and who is told."""

    def __init__(self, folder: Path, *admins: str) -> None:
        self.now, self.broken, self.disk = NOW, False, 10**12
        self.leading = True
        self.heard = {"telegram": NOW}
        self.telegram, self.discord = Platform(), Platform()
        status = Status(
            SqliteOutside(folder / "bot.sqlite"), folder, Meter(), lambda: self.heard, dict,
            self.touch, "1", lambda: self.now, NOW - 86400,
        )  # fmt: skip
        adapters: Any = {"telegram": self.telegram, "discord": self.discord}
        self.watch = Watch(status, adapters, admins, True, lambda _: self.disk, leads=self.leads)

    async def leads(self) -> bool:
        if self.broken:
            raise StoreBroken("away")
        return self.leading

    async def touch(self) -> None:
        if self.broken:
            raise StoreBroken("read only")


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    await (await SqliteStore.open(tmp_path / "bot.sqlite")).close()
    with closing(sqlite3.connect(tmp_path / "bot.sqlite")) as db:
        db.execute(
            "INSERT INTO chats (user, platform, chat, thread, body, updated, private, language) "
            "VALUES ('7', 'discord', '77', '', '{}', 0, 1, 'de')"
        )
        db.commit()
    return tmp_path


async def test_trouble_is_told_once_and_when_it_is_over(folder: Path) -> None:
    here = Scene(folder, "telegram:1")
    await here.watch.look()
    assert here.telegram.said == []
    here.disk = 1000
    await here.watch.look()
    await here.watch.look()
    again = Scene(folder, "telegram:1")  # after a restart
    again.disk = 1000
    await again.watch.look()
    assert again.telegram.said == []
    again.disk = 10**12
    await again.watch.look()
    said = here.telegram.said + again.telegram.said
    assert [chat for chat, _ in said] == ["1", "1"]
    assert said[0][1].startswith("⚠️ The disk is nearly full.")
    assert said[1][1].startswith("✅ Over: The disk is nearly full.")


async def test_a_budget_that_runs_out_is_told_and_is_as_it_was_while_nothing_can_be_read(
    folder: Path,
) -> None:
    here = Scene(folder, "telegram:1")
    here.watch.status.limits = Settings(budget_bot_day=100, budget_bot_month=0)
    with closing(sqlite3.connect(folder / "bot.sqlite")) as db:
        db.execute("INSERT INTO charges VALUES (1, 'fake', 'x', '', 'make', 0, ?, 80)", (NOW,))
        db.commit()
    await here.watch.look()
    assert len(here.telegram.said) == 2, "nearly, and no change fits in any more"
    here.broken = True
    await here.watch.look()
    assert len(here.telegram.said) == 3
    assert "takes no writes" in here.telegram.said[-1][1]


async def test_a_database_that_takes_no_writes_is_told_without_it(folder: Path) -> None:
    here, other = Scene(folder, "telegram:1"), Scene(folder, "telegram:1")
    other.leading = False
    for scene in (other, here):
        await scene.watch.look()
        scene.broken = True
        await scene.watch.look()
    ((_, said),) = here.telegram.said
    assert "takes no writes" in said
    assert other.telegram.said == [], "of several processes one tells it"


async def test_a_lost_platform_is_told_on_another_in_the_language_of_that_chat(
    folder: Path,
) -> None:
    here = Scene(folder, "telegram:1", "discord:7", "8")
    here.now += 1000
    here.telegram.shut = True
    await here.watch.look()
    ((chat, said),) = here.discord.said
    assert (chat, said) == (
        "77",
        "⚠️ Von Telegram höre ich nichts. Ist das Netz da? Mein Log sagt mehr.",
    )


async def test_what_reached_nobody_is_told_later(folder: Path) -> None:
    here = Scene(folder, "telegram:1")
    here.disk, here.telegram.shut = 1000, True
    await here.watch.look()
    assert not (folder / FILE).exists()
    here.telegram.shut = False
    await here.watch.look()
    assert len(here.telegram.said) == 1


async def test_failures_that_rise_are_told_by_their_kind(folder: Path) -> None:
    here = Scene(folder, "1")
    for _ in range(12):
        here.watch.status.meter.hear(
            None, "warning", {"event": "a step failed", "error": "Trouble"}
        )
    await here.watch.look()
    ((_, said),) = here.telegram.said
    assert "a step failed Trouble" in said
