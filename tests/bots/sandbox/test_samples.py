"""The sample photographs: always the same, all different, and no flat colour."""

import io

import pytest
from PIL import Image, ImageStat

from bots.sandbox.samples import VARIANTS, sample_photo, sample_picture


@pytest.mark.parametrize("variant", range(VARIANTS))
def test_a_sample_is_a_jpeg_with_light_and_shade(variant: int) -> None:
    with Image.open(io.BytesIO(sample_photo(variant, (480, 320)))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (480, 320))
        light = ImageStat.Stat(picture.convert("L"))
    assert light.stddev[0] > 25
    assert 40 < light.mean[0] < 210


def test_the_default_is_large_enough_for_a_full_hd_video() -> None:
    with Image.open(io.BytesIO(sample_photo())) as picture:
        assert min(picture.width / 1920, picture.height / 1080) >= 1


def test_a_variant_is_always_the_same_picture_and_others_are_not() -> None:
    pictures = [sample_picture(variant, (240, 160)).tobytes() for variant in range(VARIANTS)]
    assert len(set(pictures)) == VARIANTS
    assert sample_picture(VARIANTS, (240, 160)).tobytes() == pictures[0]
