"""The admins' commands on a running bot, from its chat and from the command line."""

from pathlib import Path

import pytest

from bots import operating
from core.i18n import text
from core.settings import Settings, WrongSetting, read
from core.store.sqlite import SqliteStore
from tests.test_walk_telegram import telegram_bot
from tests.world import photo

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
        there.telegram.user_sends("/pause", user=ANN)
        await there.reads("Send photos (up to 10 at once)", chat_id=ANN)
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
    ):
        assert done == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[0].rstrip(";") for line in said] == [
        "Nothing", "Paused", "Paused", "Resumed", f"telegram:{ANN}", f"telegram:{ANN}",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("whom", "why"), [("12", "platform and id"), (f"telegram:{BOSS}", "one of ADMINS")]
)
def test_a_ban_needs_a_platform_and_spares_admins(tmp_path: Path, whom: str, why: str) -> None:
    with pytest.raises(WrongSetting, match=why):
        operating.ban(settings(tmp_path), whom)
