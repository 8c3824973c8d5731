"""Asking back, choosing and answering from end to end, over real sockets, in private and in a
group."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.servers.telegram import USER
from tests.test_walk_telegram import telegram_bot
from tests.world import photo

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time
GROUP = -1_001_234_567_891
BYSTANDER = 2002


def stored(folder: Path, user: int) -> int:
    """Rows about somebody, in any table that has a column for the user."""
    with closing(sqlite3.connect(folder / "bot.sqlite")) as db:
        tables = [
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        found = 0
        for table in tables:
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            if "user" in columns:
                found += db.execute(
                    f"SELECT count(*) FROM {table} WHERE user = ?", (str(user),)
                ).fetchone()[0]
        return found


async def test_what_is_unclear_is_made_by_a_tap_and_questions_come_with_their_buttons(
    tmp_path: Path,
) -> None:
    async with telegram_bot(tmp_path) as there:
        telegram = there.telegram

        async def answer(part: str) -> int:
            await there.reads(part)
            return next(
                seen.id for seen in reversed(telegram.chat()) if seen.by_bot and part in seen.text
            )

        telegram.user_sends("how much is it?", photo=photo())
        telegram.presses(await answer("A video takes about 100"), "💳 Credits")
        await there.reads("credits left")
        telegram.user_sends("is it private?")
        telegram.presses(await answer("to nobody else"), "🗑 Delete my data")
        assert await answer("Shall I delete everything")
        telegram.user_sends("my cat")
        asked = await answer("Shall I make a video with “my cat”?")
        assert not there.standin.asked("turn")
        telegram.presses(asked, "✅ Make it")
        telegram.presses(asked, "✅ Make it")
        await there.video()
        assert len(there.standin.asked("turn")) == 1


async def test_a_number_chooses_what_was_proposed(tmp_path: Path) -> None:
    async with telegram_bot(tmp_path) as there:
        there.telegram.user_sends(photo=photo())
        await there.reads("What shall I make of it?")
        there.telegram.user_sends("2")
        await there.video()
        (turn,) = there.standin.asked("turn")
        assert "10-second" in str(turn.facts["json"])


async def test_friends_who_talk_under_a_video_pay_for_nothing_and_leave_nothing(
    tmp_path: Path,
) -> None:
    async with telegram_bot(tmp_path) as there:
        telegram, me = there.telegram, there.telegram.world.bot["username"]
        telegram.add_group(GROUP)
        telegram.user_sends(f"@{me} make a 2-second video", photo=photo(), chat=GROUP)
        await there.video(chat_id=GROUP)
        await telegram.wait_for(  # the status has gone, if it ever came
            lambda: all(seen.video for seen in telegram.chat(GROUP) if seen.by_bot)
        )
        clip = next(seen.id for seen in telegram.chat(GROUP) if seen.video)
        said = len([seen for seen in telegram.chat(GROUP) if seen.by_bot])
        for words in (
            "haha amazing",
            "so cute!! where is that?",
            "is that your cat?",
            "lol",
            "make it slower",
        ):
            telegram.user_sends(words, chat=GROUP, user=BYSTANDER, reply_to=clip)
        telegram.user_sends("haha amazing", chat=GROUP, reply_to=clip)
        telegram.user_sends("how much is this?", chat=GROUP, reply_to=clip)
        await there.reads("A video takes about 100", chat_id=GROUP)
        assert len([seen for seen in telegram.chat(GROUP) if seen.by_bot]) == said + 1
        assert len(there.standin.asked("turn")) == 1
        assert not stored(tmp_path, BYSTANDER)
        assert stored(tmp_path, USER)
