"""Presets as data: those that are shipped, and what an operator's own may look like."""

from pathlib import Path

import pytest
from PIL import Image

from core.i18n import LANGUAGES
from core.skills import BadPreset, load
from core.skills.presets import LONGEST_NAME, LONGEST_WORDS, available_presets

OWN = '[neon]\nname = {en = "Neon", zh = "霓虹"}\nwords = {en = "Make it glow."}\n'


def own(folder: Path, text: str) -> Path:
    (folder / "presets.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("skill", load())
def test_every_profile_offers_ten_looks(skill: str) -> None:
    assert len([preset for preset in available_presets(None) if preset.fits(skill)]) == 10


@pytest.mark.parametrize("preset", available_presets(None), ids=lambda preset: preset.slug)
def test_a_shipped_look_has_words_in_every_language_and_a_small_picture(preset: object) -> None:
    (known,) = (it for it in available_presets(None) if it == preset)
    assert set(known.name.root) == set(known.words.root) == set(LANGUAGES)
    assert len(set(known.words.root.values())) == len(LANGUAGES), "none is left in English"
    assert max(map(len, known.name.root.values())) <= LONGEST_NAME
    assert max(map(len, known.words.root.values())) <= LONGEST_WORDS
    assert all(words.strip() == words for words in known.words.root.values())
    assert known.picture is not None
    assert known.picture.stat().st_size < 20_000
    with Image.open(known.picture) as picture:
        assert picture.size == (400, 225)


def test_the_profiles_that_are_named_are_there() -> None:
    assert {skill for preset in available_presets(None) for skill in preset.skills} <= set(load())


def test_an_operators_own_come_first_in_whatever_languages_they_have(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "neon.jpg")
    Image.new("RGB", (8, 8)).save(tmp_path / "other.png")
    more = '[plain]\nname.en = "Plain"\nwords.en = "Make it plain."\npicture = "other.png"\n'
    bare = '[bare]\nname.en = "Bare"\nwords.en = "Make it bare."\nskills = ["mine"]\n'
    neon, plain, none, *rest = available_presets(own(tmp_path, OWN + more + bare))
    assert (neon.name["zh-Hans"], neon.words["ru"]) == ("霓虹", "Make it glow.")
    assert (neon.picture, plain.picture) == (tmp_path / "neon.jpg", tmp_path / "other.png")
    assert (none.picture, none.fits("mine"), none.fits("for-beginners-ai-image")) == (
        None,
        True,
        False,
    )
    assert tuple(rest) == available_presets(None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there is no preset in it"),
        ("[neon", "this is not TOML"),
        ("neon = 1", "neon stands outside of a preset"),
        ("[NEON]\n", r"\[NEON\] "),
        ('[neon]\nname.en = "Neon"\n', r"\[neon\] the key words is missing"),
        (OWN + "skills = [3]\n", r"\[neon\] skills.0 cannot be used"),
        (OWN + "colour = 1\n", r"\[neon\] unknown key colour"),
        (OWN.replace("en", "tlh"), r"\[neon\] name cannot be used: .*unknown language tlh"),
        (OWN.replace("Neon", "N" * 41), r"\[neon\] name.en cannot be used"),
        (OWN + 'picture = "gone.jpg"\n', r"\[neon\] there is no picture gone\.jpg"),
        (OWN + f'picture = "{"g" * 300}"\n', r"\[neon\] there is no picture gg"),
        (OWN.replace("[neon]", f"[{'n' * 300}]"), r"\[nn+\] slug cannot be used"),
        (OWN.replace("[neon]", '["a/b"]'), r"\[a/b\] slug cannot be used"),
        (OWN.replace("neon", "story", 1), r"the name \[story\] is taken"),
    ],
)
def test_a_preset_that_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(BadPreset, match=words) as refused:
        available_presets(own(tmp_path, text))
    assert str(refused.value).startswith(f"{tmp_path / 'presets.toml'}: ")
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_or_cannot_be_read_is_told_too(tmp_path: Path) -> None:
    with pytest.raises(BadPreset, match="there is no such file"):
        available_presets(tmp_path)
    (tmp_path / "presets.toml").mkdir()
    with pytest.raises(BadPreset, match="cannot be read"):
        available_presets(tmp_path)
