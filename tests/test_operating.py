"""The admins' commands on a running bot, from its chat and from the command line."""

from pathlib import Path

import pytest

from bots import operating
from core.domain.conversation import Chat, Decision
from core.i18n import text
from core.messages import Address
from core.settings import Settings, WrongSetting, read
from core.store.sqlite import SqliteStore
from core.store.sqlite.outside import SqliteOutside
from tests import messages
from tests.backend import quick_standin
from tests.bots.discord.conftest import connected
from tests.servers.discord import FakeDiscord, Photo
from tests.servers.discord.world import Channel
from tests.test_walk_telegram import telegram_bot
from tests.world import bot, photo

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time

BOSS, ANN = 4_242_424_242, 5_151_515_151
WISH = "a 2-second video of a lake"


def settings(folder: Path) -> Settings:
    database = f"sqlite:///{folder / 'bot.sqlite'}"
    return read(Settings, {"DATABASE_URL": database, "ADMINS": f"telegram:{BOSS}"})


async def test_a_pause_keeps_what_is_asked_for_and_a_ban_answers_somebody_no_more(
    tmp_path: Path,
) -> None:
    async with telegram_bot(tmp_path, ADMINS=f"telegram:{BOSS}") as there:
        operating.pause(settings(tmp_path), "")
        there.telegram.user_sends(WISH, photo=photo(), user=ANN)
        await there.reads(text("operating.looked_after", "en"), chat_id=ANN)
        there.telegram.user_sends("/stats", user=BOSS)
        await there.reads("requests waiting: 1", chat_id=BOSS)
        assert not there.standin.asked("token"), "nothing begins"
        operating.resume(settings(tmp_path))
        await there.video(chat_id=ANN)
        there.telegram.user_sends(f"/ban {ANN} enough", user=BOSS)
        await there.reads("I no longer answer telegram:", chat_id=BOSS)
        there.telegram.user_sends(WISH, photo=photo(1), user=ANN)
        await there.reads(text("talk.banned", "en"), chat_id=ANN)
        assert len(there.standin.asked("turn")) == 1


async def test_news_reach_everybody_once_and_a_no_counts(tmp_path: Path) -> None:
    async with telegram_bot(tmp_path, ADMINS=f"telegram:{BOSS}") as there:
        telegram = there.telegram
        telegram.user_sends("/start", user=ANN)
        await there.reads("Share your still images", chat_id=ANN)
        telegram.user_sends("/broadcast New looks are here.", user=BOSS)
        await there.reads("Send to 1 people?", chat_id=BOSS)
        telegram.presses(telegram.last_id(BOSS), "📣 Send", chat=BOSS, user=BOSS)
        await there.reads("New looks are here.", chat_id=ANN)
        telegram.presses(telegram.last_id(ANN), "🔕 No more news", chat=ANN, user=ANN)
        await there.reads("🔕 No more news. /news on", chat_id=ANN)
        assert telegram.transcript(ANN).count("New looks") == 1
        assert SqliteOutside(tmp_path / "bot.sqlite").standing(0.0)[1].people == 0


async def test_news_from_the_command_line_are_asked_about_and_can_be_stopped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = await SqliteStore.open(tmp_path / "bot.sqlite", 0.0)
    here = Chat("9", Address("telegram", "9"), introduced=True)
    hello = messages.said("m", "9", here.address, "hello")
    await store.take_in(hello, lambda _: Decision(here), 0.0)
    await store.close()
    half = "Hello\udce9."  # a byte of the terminal's that is no sign
    for words, sure, stop in (("Hello.", False, False), (half, True, False), ("", True, False),
                              ("", True, True)):  # fmt: skip
        done = operating.broadcast(settings(tmp_path), words, lambda _, sure=sure: sure, stop=stop)  # type: ignore[misc]
        assert done == 0
    said = capsys.readouterr().out
    parts = ("Nothing was sent", "It goes out", "On its way: 0 of 1", "Stopped: 0 of 1")
    assert [said.count(part) for part in parts] == [1, 1, 1, 1]
    operating.pause(settings(tmp_path), half)
    assert SqliteOutside(tmp_path / "bot.sqlite").standing(0.0)[0].words == "Hello."  # type: ignore[union-attr]
    with pytest.raises(WrongSetting, match="1500 signs"):
        operating.broadcast(settings(tmp_path), "x" * 1501, lambda _: True, stop=False)


async def test_on_discord_the_same_commands_are_typed(tmp_path: Path) -> None:
    standin = quick_standin()
    async with FakeDiscord() as discord, standin.serving() as url:
        adapter, boss = connected(discord, tmp_path), discord.asker
        async with bot(tmp_path, url, adapter, ADMINS=f"discord:{boss.id}"):
            await discord.wait_for(lambda: discord.gateway.identified)

            def said(channel: Channel) -> str:
                return "\n".join(message.content for message in discord.bot_says(channel))

            discord.says("/pause", user=discord.onlooker, mention=True)
            await discord.wait_for(discord.bot_says)
            assert SqliteOutside(tmp_path / "bot.sqlite").standing(0.0)[0] is None, (
                "these were words"
            )
            discord.says("/pause New disk.", channel=discord.dm)
            await discord.wait_for(lambda: "⏸ Paused." in said(discord.dm))
            discord.says(WISH, [Photo("a.jpg", photo())], channel=discord.dm)
            await discord.wait_for(lambda: "New disk.\nYour request waits" in said(discord.dm))
            assert not standin.asked("token"), "nothing begins"


async def test_the_command_line_says_what_it_has_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(WrongSetting, match="start the bot first"):
        operating.pause(settings(tmp_path), "")
    await (await SqliteStore.open(tmp_path / "bot.sqlite", 0.0)).close()
    for done in (
        operating.resume(settings(tmp_path)),
        operating.pause(settings(tmp_path), "New disk."),
        operating.pause(settings(tmp_path), ""),
        operating.resume(settings(tmp_path)),
        operating.ban(settings(tmp_path), f"telegram:{ANN}"),
        operating.unban(settings(tmp_path), f"telegram:{ANN}"),
        operating.budget(settings(tmp_path), f"telegram:{ANN}", "+500"),
        operating.budget(settings(tmp_path), "", ""),
    ):
        assert done == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[0].rstrip(";") for line in said] == [
        "Nothing", "Paused", "Paused", "Resumed", f"telegram:{ANN}", f"telegram:{ANN}",
        f"telegram:{ANN}", "💳", "•", "•", "One",
    ]  # fmt: skip


def test_a_budget_is_raised_by_a_number(tmp_path: Path) -> None:
    (tmp_path / "bot.sqlite").touch()
    with pytest.raises(WrongSetting, match=r"much cannot be used: .*\+500"):
        operating.budget(settings(tmp_path), f"telegram:{ANN}", "much")


@pytest.mark.parametrize(
    ("whom", "why"), [("12", "platform and id"), (f"telegram:{BOSS}", "one of ADMINS")]
)
def test_a_ban_needs_a_platform_and_spares_admins(tmp_path: Path, whom: str, why: str) -> None:
    with pytest.raises(WrongSetting, match=why):
        operating.ban(settings(tmp_path), whom)
