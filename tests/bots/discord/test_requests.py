"""However Discord refuses a result, it takes few requests until it is there, or is owed."""

from pathlib import Path

import pytest

from bots.discord.run import Discord
from core.adapter import DeliveryError, Gone
from core.messages import Button, Command, Outbound, Video
from core.runtime.engine.refusals import poorer
from tests.bots.discord.conftest import Taken, answer
from tests.servers.discord import FakeDiscord, Photo

POST = "POST /channels/{channel_id}/messages"
ROUTES = (
    POST,
    "POST /webhooks/{webhook_id}/{webhook_token}",
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
)
LINK = "https://media.example.com/clip.mp4"
MOST = 8


async def delivered(bot: Discord, message: Outbound) -> str:
    """As the core hands it out: again with less, until it is there or cannot be."""
    while True:
        try:
            await bot.send(message, None, "n-2")
        except Gone:
            return "owed"
        except DeliveryError as problem:
            less = poorer(message, problem)
            if less is None:
                return "refused"
            message = less
        else:
            return "posted"


@pytest.mark.parametrize("way", ["mention", "slash"])
@pytest.mark.parametrize(("status", "code"), [(400, 50109), (413, 0), (400, 200000)])
async def test_a_result_that_is_refused_over_and_over_takes_few_requests(
    dc: FakeDiscord, bot: Discord, taken: Taken, tmp_path: Path, way: str, status: int, code: int
) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"0" * 100)
    if way == "slash":
        dc.slash("video", {"prompt": "go"}, [Photo()])
        await dc.wait_for(lambda: taken.inbounds)
        await bot.send(answer(taken.last, "On it", slot="job-1"), None, "n-1")
    else:
        dc.says("make a clip", mention=True)
        await dc.wait_for(lambda: taken.inbounds)
    for route in ROUTES:
        dc.refuse(route, status, code, times=100)
    before = len(dc.requests)
    buttons = ((Button("Again", Command.AGAIN, 1),),)
    video = Video(LINK, "video.mp4", str(clip), bytes=100, cover="discord:1/2/3")
    message = answer(taken.last, "Here", media=video, buttons=buttons, job=1, last=True)
    assert await delivered(bot, message) == "owed"
    assert len(dc.requests) - before <= MOST
