"""A timeline tells of everything on it, by the names that people know."""

import pytest

from core.i18n import LANGUAGES
from core.nemo.draft import for_people
from core.nemo.draft.timeline import changes, summary

PHOTOS = [f"7-{number}.jpg" for number in range(1, 9)]


def made(kind: int, names: list[str]) -> dict[str, object]:
    """One track with these segments of two seconds; "" is one without a name."""
    parts = [
        {"st": 2000 * place, "d": 2000, "m": {"name": name} if name else {}}
        for place, name in enumerate(names)
    ]
    return {"t": [{"tt": kind, "sg": parts}]}


CLIPS = ["7-1.mp4", "7-2.mov", "7-3.webm", "7-4.mkv"]
LONG = [f"a photograph of a very long day at the sea, number {number}.png" for number in range(9)]
LINES = (
    (0, PHOTOS[:3], "1. Video: photo 1 / photo 2 / photo 3 (0-6s)"),
    (
        0,
        PHOTOS,
        "1. Video: 8 photos – photo 1 / photo 2 / photo 3 / photo 4 / photo 5 / photo 6 / photo 7 "
        "/ photo 8 (0-16s)",
    ),
    (0, CLIPS, "1. Video: 4 clips – clip 1 / clip 2 / clip 3 / clip 4 (0-8s)"),
    (
        0,
        [*PHOTOS[:2], *CLIPS[2:]],
        "1. Video: 4 clips – photo 1 / photo 2 / clip 3 / clip 4 (0-8s)",
    ),
    (
        0,
        [*PHOTOS[:4], PHOTOS[0]],
        "1. Video: 4 photos – photo 1 / photo 2 / photo 3 / photo 4 (0-10s)",
    ),
    (0, ["7-1.jpg", "", ""], "1. Video: 3 clips – photo 1 (0-6s)"),
    (0, ["", "", "", ""], "1. Video: 4 clips (0-8s)"),
    (0, LONG, f"1. Video: 9 photos – {LONG[0]} / {LONG[1]} / … (0-18s)"),
    (1, ["7-2.m4a"], "1. BGM: sound 2 (0-2s)"),
    (1, ["7-2-voice.m4a"], "1. BGM: voice message 2 (0-2s)"),
    (
        1,
        ["7-1-voice.m4a", "7-2-voice.m4a", "7-3-voice.mp3", "7-4-voice.wav"],
        "1. BGM: 4 voice messages – voice message 1 / voice message 2 / voice message 3 / voice "
        "message 4 (0-8s)",
    ),
    (7, ["A", "B", "C", "D"], "1. Title: 4 titles – A / B / C / D (0-8s)"),
    (7, ["Summer"], '1. Title: "Summer" (0-2s)'),
    (9, ["x", "y", "z", "w"], "1. Track: 4 other parts – x / y / z / w (0-8s)"),
)


@pytest.mark.parametrize(("kind", "names", "line"), LINES)
def test_every_part_is_named_or_counted(kind: int, names: list[str], line: str) -> None:
    told = for_people(summary(made(kind, names), "en"), "en")

    assert told == f"Timeline (1 track):\n{line}"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_eight_photos_are_eight_in_every_language(language: str) -> None:
    told = for_people(summary(made(0, PHOTOS), language), language)

    assert "8" in told.splitlines()[1].partition("–")[0]
    assert ".jpg" not in told
    assert "  " not in told


def test_what_was_added_is_called_by_its_name() -> None:
    one, many = made(0, PHOTOS[:1]), made(0, PHOTOS)

    said = changes(one, many, "en")

    assert said[0] == "7 photos added"
    assert for_people(changes(made(0, []), one, "en")[0], "en") == "photo 1 added (0-2s)"


def test_names_of_others_stay_as_they_are() -> None:
    words = "IMG-7-1.jpg, 7-1.jpgs and 7-1.pdf"

    assert for_people(words, "en") == words
