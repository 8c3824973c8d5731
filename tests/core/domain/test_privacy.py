"""What is kept about a person: said in whole sentences, in both languages, and swept after the same
time."""

from dataclasses import replace

import pytest

from core.domain.privacy import KEPT, described, first_words, lifetime
from core.domain.spans import DAY
from core.i18n import LANGUAGES, text
from core.settings import Settings
from tests.talk import Talk


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "• your access to the video service (sealed) – until you say /forget",
                "• references to photos that wait for your words (of a Discord command the "
                "photos themselves, so that"
                " Again works) – for a day",
                "• your requests and their result links – for 30 days",
            ],
        ),
        (
            "zh",
            [
                "• 你的语言、技能、当前项目，以及最后一条消息的编号，保留到你说 /forget",
                "• 已处理消息的编号，保留 7 天",
            ],
        ),
    ],
)
def test_every_kind_of_thing_is_said_with_its_time(language: str, lines: list[str]) -> None:
    words = described(language).splitlines()
    assert len([line for line in words if line.startswith("•")]) == len(KEPT)
    assert set(lines) <= set(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_the_sandbox_nothing_is_said_to_go_to_the_service(language: str) -> None:
    for words in (first_words, described):
        assert "NemoVideo" in words(language, sandbox=False)
        assert "NemoVideo" not in words(language, sandbox=True)


def test_the_sandbox_says_with_the_first_photo_and_when_asked_that_nothing_leaves_it() -> None:
    talk = Talk(settings=replace(Settings(), sandbox=True))
    heard = []
    for said in ("[photo]", "is this private?", "/privacy", "/start"):
        talk.say(said)
        heard.append(" ".join(talk.heard))
        talk.heard.clear()
    photo, asked, listed, greeted = heard
    assert text("talk.on_this_computer", "en") in photo
    assert text("answer.privacy_here", "en") in asked
    assert text("privacy.tail_here", "en") in listed
    assert text("talk.on_this_computer", "en") in greeted


def test_the_sweep_keeps_things_as_long_as_the_words_say() -> None:
    assert lifetime("photos") == DAY
    assert lifetime("account") == float("inf")
