"""The words of the shipped looks: understood alike in every language."""

import pytest

from bots.sandbox.standin.wishes import Wishes, read
from core.i18n import LANGUAGES
from core.skills import Preset, available_presets


def heard(wishes: Wishes) -> tuple[object, ...]:
    return wishes.make, wishes.seconds, wishes.aspect, bool(wishes.title), wishes.music_off


@pytest.mark.parametrize("look", available_presets(None), ids=lambda look: look.slug)
def test_a_look_asks_for_the_same_in_every_language(look: Preset) -> None:
    wanted = heard(read(look.words["en"]))
    found = {code: heard(read(look.words[code])) for code in LANGUAGES}
    assert {code: it for code, it in found.items() if it != wanted} == {}
