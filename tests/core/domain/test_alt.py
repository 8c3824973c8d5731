"""What a video shows is said for who cannot see it."""

import pytest

from core.domain.replies import results
from core.domain.requests import Job, Plan, Step
from core.domain.requests.posting import LONGEST, alt_text
from core.i18n import LANGUAGES
from core.messages import Address
from tests.knowing import knowing

TIMELINE = 'Timeline (2 tracks):\n1. Video: photo 1 (0-5s)\n2. Title: "Summer" (0-3s)'


def job(words: str, language: str = "en", timeline: str = TIMELINE) -> Job:
    known = knowing(words=words, timeline=timeline, url="https://e.com/a.mp4")
    here = Address("discord", "1")
    return Job(4, "lock", "7", here, Plan.MAKE, Step.LINK, known, language=language)


def test_the_wish_and_the_timeline_tell_what_it_shows() -> None:
    assert alt_text(job("make the\u202e waves\n  move")) == (
        "Video: make the waves move Timeline (2 tracks): 1. Video: photo 1 (0-5s) "
        '2. Title: "Summer" (0-3s)'
    )


def test_it_is_never_longer_than_a_platform_takes() -> None:
    said = alt_text(job("very long " * 300))

    assert len(said) <= LONGEST
    assert said.endswith("…")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_result_carries_it_in_every_language(language: str) -> None:
    video = results.video_ready(job("waves", language)).video

    assert video is not None
    assert "waves" in video.alt
