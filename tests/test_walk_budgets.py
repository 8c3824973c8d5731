"""Budgets from end to end, on both platforms: used up nothing is paid and the words say when there
is more; when the day is over it works again."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.backend import quick_standin
from tests.bots.discord.conftest import connected
from tests.process import until
from tests.servers.discord import FakeDiscord, Photo
from tests.servers.telegram import photograph
from tests.test_walk_telegram import telegram_bot
from tests.world import bot, photo, world

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time

OPERATOR = "nmv_usr_operator0123456789abcdef"
WISH = "a 2-second video of a lake"


def a_day_passes(folder: Path) -> None:
    """What was spent, was spent long ago."""
    with closing(sqlite3.connect(folder / "bot.sqlite", timeout=30)) as db, db:
        db.execute("UPDATE charges SET at = at - 86400 * 40")


async def test_on_telegram_a_day_is_used_up_and_begins_anew(tmp_path: Path) -> None:
    async with telegram_bot(tmp_path, NEMO_TOKEN=OPERATOR, BUDGET_USER_DAY="120") as there:
        there.standin.add_token(OPERATOR)
        there.telegram.user_sends(WISH, photo=photo())
        await there.video()
        there.telegram.user_sends(WISH, photo=photo(1))
        said = await there.reads("You have used 100 of your 120 credits for today.")
        assert "There is more in about" in said
        assert len(there.standin.asked("turn")) == 1
        a_day_passes(tmp_path)
        there.telegram.user_sends(WISH)  # the photo has been kept
        await until(lambda: len(there.standin.asked("turn")) == 2)
        assert len(there.standin.asked("upload")) == 2


async def test_on_discord_the_bots_own_budget_is_used_up_and_begins_anew(tmp_path: Path) -> None:
    standin, limits = quick_standin(), {"NEMO_TOKEN": OPERATOR, "BUDGET_BOT_DAY": "100"}
    standin.add_token(OPERATOR)
    async with (
        FakeDiscord() as dc,
        standin.serving() as url,
        bot(tmp_path, url, connected(dc, tmp_path), **limits),
    ):
        await dc.wait_for(lambda: dc.gateway.identified)
        with closing(sqlite3.connect(tmp_path / "bot.sqlite", timeout=30)) as db, db:
            db.execute(
                "INSERT INTO charges VALUES (999, 'discord', 'x', '', 'make', 0, unixepoch(), 100)"
            )
        dc.says(WISH, [Photo("photo.jpg", photograph(480, 320, "steelblue"))], channel=dc.dm)
        used_up = "The credits that my operator gives out are used up for now. There is more in"
        await dc.wait_for(lambda: any(used_up in said.content for said in dc.bot_says(dc.dm)))
        assert not standin.asked("turn")
        a_day_passes(tmp_path)
        dc.says(WISH, channel=dc.dm)  # the photo has been kept
        await dc.wait_for(lambda: any(message.files for message in dc.bot_says(dc.dm)))
        assert (len(standin.asked("upload")), len(standin.asked("turn"))) == (1, 1)


async def test_a_set_and_many_people_at_once_begin_no_more_than_there_is_room_for(
    tmp_path: Path,
) -> None:
    async with world(
        tmp_path, NEMO_TOKEN=OPERATOR, BUDGET_USER_DAY="250", BUDGET_BOT_DAY="400"
    ) as here:
        here.standin.add_token(OPERATOR)
        await here.adapter.says("make a 2-second video of each", photo(), photo(1), photo(2))
        allowed = "Today's limit allows 2; the other 1 are kept"
        await until(lambda: allowed in here.adapter.transcript())
        people = [f"user-{number}" for number in range(2, 8)]
        await asyncio.gather(*(here.adapter.says(WISH, photo(), user=user) for user in people))
        told = "credits that my operator gives out are used up"
        await until(lambda: here.adapter.transcript().count(told) == 4)
        # the second of the set waits behind the first
        await until(lambda: len(here.standin.asked("turn")) >= 3)
