"""Three photos with words of their own, over the wire: each its video, told apart, and the trouble
of one is not that of the others."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from bots.sandbox.standin.app import StandIn
from tests.backend import quick_standin
from tests.bots.telegram.conftest import PACE, connected
from tests.servers.telegram import USER, FakeTelegram, Seen, photograph
from tests.world import bot

pytestmark = pytest.mark.unmeasured  # other tests go through the same code in a shorter time
WORDS = "first slow zoom, second with title B [[fault:error]], third with title C"


def asked(backend: StandIn) -> list[str]:
    """The words of the turns, in order."""
    told = (call.facts["json"]["new_message"]["parts"] for call in backend.asked("turn"))
    return ["".join(part.get("text", "") for part in parts) for parts in told]


async def test_each_of_three_photos_gets_its_own_words_and_its_own_buttons(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    adapter = connected(telegram, tmp_path, replace(PACE, group_edit=0.0), time.time)
    adapter.edit_seconds = 0.0
    backend = quick_standin()

    def said(part: str) -> list[Seen]:
        return [seen for seen in telegram.said(USER) if part in seen.text]

    async with backend.serving() as url, bot(tmp_path, url, adapter):
        photos = [photograph(480, height) for height in (320, 480, 640)]
        telegram.user_sends_album((photos[0], WORDS), (photos[1], ""), (photos[2], ""))
        await telegram.wait_for(lambda: [seen for seen in said("3 of 3") if seen.video])
        assert [words.split(" [[")[0] for words in asked(backend)] == [
            "Make a short video of this photo: slow zoom",
            "Make a short video of this photo: with title B",
            "Make a short video of this photo: with title C",
        ]
        uploads = [call.facts["parts"] for call in backend.asked("upload")]
        sizes = [part["bytes"] for parts in uploads for part in parts]
        assert sizes == [len(photo) for photo in photos], "each with its own photo"
        assert "About 300 credits in all" in said("One video of each: 3")[0].text
        clips = [seen for seen in telegram.said(USER) if seen.video]
        assert [clip.text.splitlines()[0] for clip in clips] == [
            "🖼 1 of 3 – photo 1",
            "🖼 3 of 3 – photo 3",
        ]
        failed = said("🖼 2 of 3 – photo 2")[-1]
        again = next(label for label in failed.labels if "Again" in label)
        telegram.presses(failed.id, again)
        await telegram.wait_for(lambda: len(asked(backend)) == 4)
        assert "with title B" in asked(backend)[-1], "its button is about that photo"
