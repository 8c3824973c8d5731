"""Several processes on one database: each does what its role is, and what one leaves another takes
up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backend import quick_standin
from tests.fakes import FakeAdapter
from tests.servers import postgres
from tests.world import bot, photo

SENTENCE = "a sentence that all of them know"


@pytest.fixture
def database() -> Iterator[str]:
    with postgres.database(postgres.server()) as made:
        yield made


async def test_a_gateway_takes_in_and_a_worker_makes_the_video(
    database: str, tmp_path: Path
) -> None:
    standin, chats, files = quick_standin(), FakeAdapter(), FakeAdapter()
    shared = {"DATABASE_URL": database, "SECRETS_KEY": SENTENCE}
    gateway, worker = {"ROLE": "gateway", **shared}, {"ROLE": "worker", **shared}
    files.files = chats.files
    async with (
        standin.serving() as url,
        bot(tmp_path / "g", url, chats, DATA_FOLDER=str(tmp_path / "g"), **gateway),
        bot(tmp_path / "w", url, files, DATA_FOLDER=str(tmp_path / "w"), **worker),
    ):
        await chats.says("turn this into a 2-second video", photo())
        video = await chats.result()
        await chats.until(lambda _: any("💳" in shown.text for shown in chats.shown))
    assert video.text.startswith("🎬 Your video is ready!")
    assert len(standin.asked("turn")) == 1
    assert not chats.fetched, "the gateway makes nothing"
    assert len(files.fetched) == 1
    assert not files.shown, "the worker says nothing"
