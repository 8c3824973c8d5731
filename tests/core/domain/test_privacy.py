"""What is kept about a person: said in whole sentences, in both languages, and swept after the same
time."""

import pytest

from core.domain.privacy import KEPT, described, lifetime
from core.domain.spans import DAY


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


def test_the_sweep_keeps_things_as_long_as_the_words_say() -> None:
    assert lifetime("photos") == DAY
    assert lifetime("account") == float("inf")
