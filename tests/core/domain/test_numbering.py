"""How photos are called by their number, in every language."""

from dataclasses import fields

import pytest

from core.domain.understanding import names_all, photo_named
from core.domain.understanding.numbering import tongues
from core.patterns import Pattern


def test_every_pattern_of_every_language_can_be_compiled() -> None:
    for tongue in tongues():
        patterns = [getattr(tongue, field.name) for field in fields(tongue)]
        alone = [pattern for pattern in patterns if isinstance(pattern, Pattern)]
        for pattern in (*alone, *tongue.each, *(pattern for pattern, _ in tongue.single)):
            pattern.search("2")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("use photo 5", 5),
        ("swap photo 2 and the third photo", 3),
        ("用第五张照片", 5),
        ("das 5. Foto", 5),
        ("5枚目の写真を使って", 5),
        ("5번째 사진", 5),
        ("صورة ٣", 3),
        ("the last photo", 0),
        ("a title that says “photo 5”", 0),
        ("photo 16:9", 0),
        ("photo 3D", 0),
        ("this photo 10 times", 0),
        ("each photo 4 seconds", 0),
        ("jedes foto 3 sekunden", 0),
        ("写真5枚で動画", 0),
        ("사진 5장으로", 0),
        ("turn my 5 photos into a video", 0),
        ("5 seconds", 0),
    ],
)
def test_a_photo_is_called_by_its_number_and_not_by_another(words: str, number: int) -> None:
    assert photo_named(words) == number


@pytest.mark.parametrize(
    ("words", "language", "spoken"),
    [
        ("make a video of all of them", "en", True),
        ("make a video with both", "en", True),
        ("mach ein Video aus allen", "de", True),
        ("сделай видео из всех фото", "ru", True),
        ("tüm fotoğraflardan video yap", "tr", True),
        ("用所有照片做视频", "zh-Hans", True),
        ("모든 사진으로 영상 만들어줘", "ko", True),
        ("make a video of this one", "en", False),
        ('make a video called "all of us"', "en", False),
        ("ballet", "en", False),
    ],
)
def test_whether_all_photos_are_spoken_of(words: str, language: str, *, spoken: bool) -> None:
    assert names_all(words, language) is spoken
