"""A result of more than Telegram takes comes as a smaller copy, with its link."""

from dataclasses import replace
from pathlib import Path

from bots.telegram.run import Telegram
from core.messages import Video
from tests.bots.telegram.conftest import words
from tests.films import film, handed_out
from tests.servers.telegram import USER, FakeTelegram
from tests.test_handing_out import Hands, hands

__all__ = ["hands"]


async def test_a_result_that_is_too_large_comes_smaller(
    telegram: FakeTelegram, adapter: Telegram, hands: Hands, tmp_path: Path
) -> None:
    telegram.user_sends("make it move")
    large = film(tmp_path / "v.mp4", size=51_000_000)
    here = replace(hands, runtime=replace(hands.runtime, adapters={"telegram": adapter}))
    async with handed_out(large) as url:
        await here.runtime.store.post(words("Here it is!", media=Video(url)), here.clock())
        await here.all()
    seen = telegram.said(USER)[-1]
    assert seen.video is not None
    assert len(seen.video) < 50_000_000
    assert (url in seen.text, "A smaller copy" in seen.text) == (True, True)
